import type { ReciprocityTerms } from '#shared/artifacts/reciprocity-terms.ts'
import type { Missing, Standing } from '#shared/disclosure/reciprocity.ts'
import type { LedgerLine, ValueLedger } from '#shared/disclosure/value-ledger.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import type { IsoDate } from '#shared/kernel/time.ts'
import type { Bilingual } from './bilingual.ts'

/** A condition between two companies as both of them see it: why a slice is open or closed, what is missing and until when. */
export interface ReciprocityView {
  readonly artifact: ArtifactId
  readonly owner: Bilingual
  readonly other: Bilingual
  readonly mine: boolean
  readonly terms: ReciprocityTerms
  /** Who moves first. */
  readonly first: Bilingual
  readonly ownerFirst: boolean
  readonly standing: Standing
  readonly missing: readonly Missing[]
  readonly graceUntil: IsoDate | null
  readonly ledger: Omit<ValueLedger, 'lines'> & {
    readonly lines: readonly (LedgerLine & { readonly title: Bilingual; readonly fromOwner: boolean })[]
  }
  /** Revisions that the other company has but cannot open. */
  readonly sealed: readonly number[]
  /** Each side's policy waits for the other: nothing moves until one of them goes first. */
  readonly bothWait: boolean
}
