import type { Crypto, SymmetricKey } from '#shared/kernel/crypto.ts'
import type { CompanyId, SliceId } from '#shared/kernel/ids.ts'
import type { Instant, IsoDate } from '#shared/kernel/time.ts'
import type { PiiFinding } from '#shared/policy/pii/finding.ts'
import type { DisclosureLedger } from './ledger.ts'
import type { HeldCell } from './differencing.ts'
import type { DisclosureReport } from './report.ts'
import type { HeldSlice, Slice } from './slice.ts'

/** What `disclose` needs beside the permit and the rows. */
export interface DisclosureContext {
  readonly crypto: Crypto
  /** A secret of this vault for disclosures alone; pseudonyms and ledger tags are derived from it. It never leaves. */
  readonly secret: SymmetricKey
  readonly owner: CompanyId
  /** The other companies that receive the slice. */
  readonly recipients: readonly CompanyId[]
  readonly title: { readonly en: string; readonly ar: string }
  /** 1 for the first. */
  readonly revision: number
  /** The slice that this one replaces; null exactly for revision 1. */
  readonly supersedes: SliceId | null
  readonly asOf: IsoDate
  /** Where the data came from. Shown to the partner, so no file name and no name of a dataset belongs in it. */
  readonly source: { readonly system: string; readonly timestamp: Instant; readonly version: string }
  /** The ledger of the revision that this one replaces; null for the first. */
  readonly previous: DisclosureLedger | null
  /** The latest ledgers of other policies over the same dataset; those with no recipient and role in common are passed over. */
  readonly others: readonly DisclosureLedger[]
}

export interface Disclosure {
  readonly slice: Slice
  readonly report: DisclosureReport
  /** To be stored in the vault in the transaction that seals the slice, and handed in next time. */
  readonly ledger: DisclosureLedger
}

/** A disclosure that waits for a person. It can be shown; `encodeSlice` does not take it before `confirmHeld`. */
export interface HeldDisclosure {
  readonly slice: HeldSlice
  readonly report: DisclosureReport
  readonly ledger: DisclosureLedger
  readonly cells: readonly HeldCell[]
}

export const DISCLOSURE_REFUSALS = [
  'personal-data-found', // the scan of the outgoing values found personal data that no clause requires
  'revision-isolates', // held: see `HeldDisclosure`
  'revision-out-of-order', // revision, supersedes and previous ledger do not belong together
  'no-rows-selected',
  'everything-suppressed', // not one cell has enough entities behind it
  'number-out-of-range', // a sum that is no longer exact
  'slice-too-large',
] as const

export type DisclosureRefusal =
  | { readonly code: 'personal-data-found'; readonly findings: readonly PiiFinding[] }
  | { readonly code: 'revision-isolates'; readonly held: HeldDisclosure }
  | { readonly code: 'revision-out-of-order' | 'no-rows-selected' }
  | { readonly code: 'everything-suppressed'; readonly report: DisclosureReport }
  | { readonly code: 'number-out-of-range'; readonly column: string }
  | { readonly code: 'slice-too-large'; readonly rows: number }
