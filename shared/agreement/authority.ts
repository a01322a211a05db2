import type { Instant } from '#shared/kernel/time.ts'
import type { AgreementContent } from '#shared/artifacts/agreement-content.ts'

/** What a role certificate says about signing, as far as this module asks. */
export interface Signer {
  readonly roles: readonly string[]
  readonly validTo: Instant
  readonly authority: {
    readonly matters: readonly string[]
    readonly limit: { readonly currency: string; readonly amount: number } | null
    readonly joint: boolean
  } | null
}
export type AuthorityRefusal = 'not-a-signatory' | 'no-authority' | 'matter-not-covered' | 'above-limit' | 'second-signature-needed' | 'certificate-expired' // prettier-ignore

/** Who heads a company signs for it by office; anybody else needs an authority in the role certificate. */
const BY_OFFICE = ['founder', 'ceo']

/**
 * Why a person may not sign this text for their company; undefined when they may. `amount` is the largest amount of the terms, in
 * halalas, null where the agreement names none. A joint authority needs a second signatory of the same company in the text.
 */
export function authorityRefusal(
  signer: Signer,
  content: Pick<AgreementContent, 'type' | 'signatories'>,
  company: string,
  amount: number | null,
  now: Instant,
): AuthorityRefusal | undefined {
  if (signer.validTo < now) return 'certificate-expired'
  const { authority } = signer
  if (authority === null) return signer.roles.some((role) => BY_OFFICE.includes(role)) ? undefined : 'no-authority'
  const matter = content.type.replace(/\.v\d+$/, '')
  const covered =
    authority.matters.length === 0 || authority.matters.some((one) => one === matter || one === 'agreements')
  if (!covered) return 'matter-not-covered'
  if (authority.limit && amount !== null && (authority.limit.currency !== 'SAR' || amount > authority.limit.amount))
    return 'above-limit'
  if (authority.joint && content.signatories.filter((one) => one.company === company).length < 2)
    return 'second-signature-needed'
  return undefined
}
