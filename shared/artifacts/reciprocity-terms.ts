import { z } from 'zod'
import type { Canonical } from '../kernel/canonical.ts'
import { encode } from '../kernel/canonical.ts'
import { toHex } from '../kernel/bytes.ts'
import type { Crypto } from '../kernel/crypto.ts'
import type { CompanyId } from '../kernel/ids.ts'
import { calendarDate } from './field.ts'
import type { IsoDate } from '../kernel/time.ts'

const company = z.string().regex(/^[0-9a-f]{64}$/) as unknown as z.ZodType<CompanyId>

/** Kinds of artifact that may answer a condition. */
export const RECIPROCAL_KINDS = ['any', 'SharedForecast.v1', 'ContextSlice.v1'] as const

/**
 * What the owner of a slice asks in return (PV-1). It stands in the policy and, because both screens must show why a slice is
 * closed, in the `slice-disclosed` fact, where every member of the channel reads it.
 */
export const reciprocityTermsSchema = z.object({
  /** From each of these companies; another company that receives the slice owes nothing. */
  companies: z.array(company).min(1).max(16),
  kind: z.enum(RECIPROCAL_KINDS),
  /** Names of columns that the other slice has to carry. */
  columns: z.array(z.string().min(1).max(200)).max(50),
  /** The months up to the other slice's own data day that it has to speak of. */
  months: z.int().min(1).max(36),
  /** Percent of those months in which it shows at least one value. */
  coverage: z.int().min(0).max(100),
  /** Percent: value points received over value points given must not fall under it; 0 sets no limit. */
  ratio: z.int().min(0).max(1000),
  /** Days below the limit before reads are suspended. */
  graceDays: z.int().min(0).max(365),
  /** Who moves first: the owner, who then hands the key over at once and waits `graceDays`, or the other side. */
  first: company,
})
export type ReciprocityTerms = Readonly<z.infer<typeof reciprocityTermsSchema>>

/** What a slice counts for in the ledger of value points; freshness is weighed in on the day of reading. */
export const worthSchema = z.object({
  rows: z.int().min(0),
  fields: z.int().min(0),
  /** Readable values by data class: a withheld cell gives nothing. */
  publicCells: z.int().min(0),
  sharedCells: z.int().min(0),
  asOf: calendarDate<IsoDate>(),
  currencyDays: z.int().min(1),
})
export type Worth = Readonly<z.infer<typeof worthSchema>>

/** Why a slice does not answer a condition. */
export const lackSchema = z.discriminatedUnion('lack', [
  z.object({ lack: z.literal('other-kind') }),
  z.object({ lack: z.literal('columns'), columns: z.array(z.string().max(200)).max(50) }),
  z.object({ lack: z.literal('months'), shown: z.int().min(0), needed: z.int().min(0) }),
  /** The value that its owner announced is not the one that the content has. */
  z.object({ lack: z.literal('worth-differs') }),
  /** It was opened and is not what was announced, or does not read. */
  z.object({ lack: z.literal('unsound') }),
])
export type Lack = Readonly<z.infer<typeof lackSchema>>

/** Names terms, so that a check of a slice says which terms it was made for. */
export const termsIdOf = (crypto: Crypto, terms: ReciprocityTerms): string =>
  toHex(crypto.hash('mithaq/reciprocity-terms/v1', encode(terms as unknown as Canonical)))
