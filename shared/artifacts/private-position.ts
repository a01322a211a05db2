import { z } from 'zod'

/*
 * What a company would settle for. It is no artifact and no fact: it stays in the vault, and nothing that is sealed, sent, printed
 * or exported may hold any of it.
 */

/** A number in the term's own unit, a calendar date, or the name of a choice. */
const bound = z.union([z.int().min(0).max(1e15), z.string().min(1).max(40)])

const rangeSchema = z.object({
  /** The least and the most that we accept; null: no bound. Numbers and dates alone. */
  least: bound.nullable(),
  most: bound.nullable(),
  /** The only value that we accept. */
  must: bound.nullable(),
  never: z.array(bound).max(20),
  /** What we fall back to, and why. */
  note: z.string().max(4000),
})
export type PrivateRange = z.infer<typeof rangeSchema>
export type Bound = z.infer<typeof bound>

export const privatePositionSchema = z.object({
  /** By the name of a term, or `table.column` for every row of a table. */
  ranges: z.record(z.string().regex(/^[a-z][A-Za-z0-9]{0,39}(\.[a-z][A-Za-z0-9]{0,39})?$/), rangeSchema),
  /** By a clause's record: what we fall back to there. */
  clauses: z.record(z.string().regex(/^[a-z0-9]{1,32}$/), z.string().max(4000)),
})
export type PrivatePosition = z.infer<typeof privatePositionSchema>

export const NO_RANGE: PrivateRange = { least: null, most: null, must: null, never: [], note: '' }
export const NO_POSITION: PrivatePosition = { ranges: {}, clauses: {} }

/** By clause of a negotiation: a range, and the value at which we leave. A clause that is not there was not thought about yet. */
const negotiationRangeSchema = rangeSchema.extend({ walkAway: bound.nullable() })
export const negotiationRangesSchema = z.record(z.string().regex(/^[a-z0-9]{1,32}$/), negotiationRangeSchema)
export type NegotiationRange = z.infer<typeof negotiationRangeSchema>
export type NegotiationRanges = Readonly<Record<string, NegotiationRange>>
