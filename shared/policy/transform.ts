import * as z from 'zod'
import type { ColumnType } from '#shared/artifacts/table.ts'

/** Longest run of characters that a mask may leave readable at either end. */
export const MASK_SHOWS_AT_MOST = 4

const count = z.int().min(0).max(MASK_SHOWS_AT_MOST)

/** What a policy does to one column. Strict: an unknown option is refused, never ignored. */
export const fieldTransformSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('keep') }),
  /** The column does not leave and is not named. */
  z.strictObject({ kind: z.literal('drop') }),
  /** The column is named, every value is withheld. */
  z.strictObject({ kind: z.literal('suppress') }),
  /** Letters become `x`, digits `#`, separators stay (`shape`), or the whole becomes `•••` with a fixed length. */
  z.strictObject({ kind: z.literal('mask'), shape: z.boolean(), start: count, end: count }),
  /** A stable pseudonym: the same value has the same pseudonym in one workspace and another one elsewhere. */
  z.strictObject({ kind: z.literal('replace'), prefix: z.string().max(12) }),
  /** A keyed hash: two recipients who compare notes cannot join their copies on it. */
  z.strictObject({ kind: z.literal('hash') }),
  z.strictObject({ kind: z.literal('generalise-date'), to: z.enum(['week', 'month', 'quarter', 'year']) }),
  /** Half-open bands between ascending edges: `< 10`, `10 – < 100`, `≥ 100`. */
  z.strictObject({ kind: z.literal('generalise-number'), edges: z.array(z.number()).min(1).max(50) }),
  /** Place to region. A place that the map does not know becomes `other`, so a new place cannot slip through. */
  z.strictObject({
    kind: z.literal('generalise-place'),
    map: z.record(z.string().max(200), z.string().max(200)),
    other: z.string().min(1).max(200),
  }),
  z.strictObject({ kind: z.literal('round'), step: z.number().positive() }),
  z.strictObject({ kind: z.literal('bucket'), size: z.number().positive() }),
  /** All dates of one workspace move by the same secret number of days, so intervals between them stay true. */
  z.strictObject({ kind: z.literal('date-shift'), most: z.int().min(7).max(3650) }),
])

export type FieldTransform = z.infer<typeof fieldTransformSchema>

/** The transform in canonical words for `SliceColumn.transform`. It never repeats a value of the table or of the map. */
export function wordsOf(transform: FieldTransform): string {
  switch (transform.kind) {
    case 'generalise-date':
      return `generalise(${transform.to})`
    case 'generalise-number':
      return 'generalise(band)'
    case 'generalise-place':
      return 'generalise(region)'
    case 'round':
      return `round(${transform.step})`
    case 'bucket':
      return `bucket(${transform.size})`
    default:
      return transform.kind
  }
}

/** Whether a transform makes sense for a column of that type. */
export function fits(transform: FieldTransform, type: ColumnType): boolean {
  switch (transform.kind) {
    case 'generalise-date':
    case 'date-shift':
      return type === 'date'
    case 'generalise-number':
    case 'round':
    case 'bucket':
      return type === 'integer' || type === 'decimal'
    case 'generalise-place':
    case 'mask':
      return type === 'text'
    default:
      return true
  }
}

/**
 * A transform that is written like a redaction and is none: edges that do not ascend, or a rounding step so fine that a
 * private value survives it. Integers need a step of 2 or more; for decimals (money with a fraction) a step of 1.
 */
export function isTooWeak(transform: FieldTransform, type: ColumnType): boolean {
  switch (transform.kind) {
    case 'round':
      return transform.step < (type === 'integer' ? 2 : 1)
    case 'bucket':
      return transform.size < (type === 'integer' ? 2 : 1)
    case 'generalise-number':
      return transform.edges.some((edge, at) => at > 0 && edge <= (transform.edges[at - 1] ?? Infinity))
    default:
      return false
  }
}

/** The type of the values that come out. */
export function typeAfter(transform: FieldTransform, type: ColumnType): ColumnType {
  switch (transform.kind) {
    case 'keep':
    case 'suppress':
    case 'round':
    case 'date-shift':
      return type
    default:
      return 'text'
  }
}
