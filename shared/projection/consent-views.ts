import type { ArtifactId, CompanyId } from '#shared/kernel/ids.ts'
import type { ConsentRecord, ConsentState } from '#shared/policy/privacy/consent.ts'
import type { PrivacyGround } from '#shared/policy/privacy/ground.ts'
import type { PrivacyFinding } from '#shared/policy/privacy/judge-ground.ts'
import type { Bilingual } from './bilingual.ts'

/** The private register of consents, and where each partner keeps its data. */
export interface ConsentRegister {
  readonly ownCountry: string
  readonly companies: readonly {
    readonly company: CompanyId
    readonly name: Bilingual
    readonly country: string | null
  }[]
  readonly consents: readonly (ConsentRecord & {
    readonly state: ConsentState
    /** What is out under it now: a withdrawal ends these. */
    readonly disclosures: readonly { readonly artifact: ArtifactId; readonly title: Bilingual }[]
  })[]
}

/** What is recorded with a disclosure about personal data. */
export interface PrivacyView extends PrivacyFinding {
  readonly ground: PrivacyGround | null
}
