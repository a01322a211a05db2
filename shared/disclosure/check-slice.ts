import * as z from 'zod'
import type { Cell } from '#shared/artifacts/table.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'
import { ROLES, type CompanyId, type PolicyId, type SliceId } from '#shared/kernel/ids.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { isoDate, type Instant, type IsoDate } from '#shared/kernel/time.ts'
import { isCell } from './plain.ts'
import { MOST_SLICE_ROWS, type SliceColumn, type SliceContent } from './slice.ts'

const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`))
const count = z.int().min(0).max(1_000_000)
/** No control characters: they have no place in a table and can forge lines in a log or a terminal. */
const text = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[^\p{Cc}]*$/u)
const date = z
  .string()
  .refine((day) => isoDate(day) !== undefined)
  .transform((day) => day as IsoDate)
const table = z.array(z.unknown()).max(MOST_SLICE_ROWS)
const totals = z
  .array(z.strictObject({ over: z.array(count).max(10), rows: table, suppressed: z.array(z.unknown()) }))
  .max(20)

const envelope = z.strictObject({
  format: z.literal('mithaq.slice.v1'),
  owner: hex(64).transform((id) => id as CompanyId),
  policy: hex(32).transform((id) => id as PolicyId),
  policyVersion: count.min(1),
  revision: count.min(1),
  supersedes: hex(64)
    .transform((id) => id as SliceId)
    .nullable(),
  title: z.strictObject({ en: text(500), ar: text(500) }),
  purpose: text(500),
  necessity: text(500).nullable(),
  roles: z.array(z.enum(ROLES)).min(1).max(ROLES.length),
  k: count.min(1),
  columns: z
    .array(
      z.strictObject({
        name: text(200).min(1),
        type: z.enum(['text', 'integer', 'decimal', 'date', 'boolean']),
        part: z.enum(['group', 'measure', 'detail']),
        transform: text(100).min(1),
        dataClass: z.enum(['public', 'shared-confidential']),
      }),
    )
    .min(1)
    .max(120),
  rows: table,
  suppressed: z.array(z.unknown()),
  totals,
  provenance: z.strictObject({
    sourceSystem: text(500),
    sourceTimestamp: z.int().min(0).transform((at) => at as Instant), // prettier-ignore
    sourceVersion: text(500),
    transformation: text(50_000),
  }),
  asOf: date,
  currencyDays: count.min(1),
  expiresOn: date,
})

/**
 * Whether a decoded value is a slice. The envelope goes through the schema; the rows, which may be hundreds of thousands, are
 * walked by hand. What holds afterwards: every row has one cell per column, of the column's type; suppressed cells lie inside
 * the table, are null, are of measures, and are named once; totals keep existing group columns and leave the others null.
 */
export function checkSlice(value: Canonical): Result<SliceContent, 'slice-malformed' | 'slice-inconsistent'> {
  const parsed = envelope.safeParse(value)
  if (!parsed.success) return refuse('slice-malformed')
  const { columns, rows, suppressed, totals: sums } = parsed.data
  const isDetail = columns.every(({ part }) => part === 'detail')
  if (!isDetail && columns.some(({ part }) => part === 'detail')) return refuse('slice-inconsistent')
  if (isDetail !== (parsed.data.necessity !== null)) return refuse('slice-inconsistent')
  if ((parsed.data.revision === 1) !== (parsed.data.supersedes === null)) return refuse('slice-inconsistent')
  if (isDetail && (sums.length > 0 || suppressed.length > 0)) return refuse('slice-inconsistent')
  if (!isTable(columns, rows) || !fitsTable(columns, rows, suppressed)) return refuse('slice-inconsistent')
  for (const { over, rows: totalRows, suppressed: gone } of sums) {
    if (!isTable(columns, totalRows) || !fitsTable(columns, totalRows, gone)) return refuse('slice-inconsistent')
    if (new Set(over).size !== over.length || over.some((at) => columns[at]?.part !== 'group')) return refuse('slice-inconsistent') // prettier-ignore
    const summed = columns.flatMap(({ part }, at) => (part === 'group' && !over.includes(at) ? [at] : []))
    if (totalRows.some((row: readonly Cell[]) => summed.some((at) => row[at] !== null)))
      return refuse('slice-inconsistent')
  }
  return ok(parsed.data as SliceContent)
}

function isTable(columns: readonly SliceColumn[], rows: readonly unknown[]): rows is readonly (readonly Cell[])[] {
  return rows.every(
    (row) =>
      Array.isArray(row) &&
      row.length === columns.length &&
      row.every((cell: unknown, at) => isCell(cell, columns[at]!.type)),
  )
}

function fitsTable(
  columns: readonly SliceColumn[],
  rows: readonly (readonly Cell[])[],
  suppressed: readonly unknown[],
): boolean {
  const named = new Set<number>()
  return suppressed.every((entry) => {
    if (!Array.isArray(entry) || entry.length !== 3) return false
    const [row, column, why] = entry as unknown[]
    if (typeof row !== 'number' || typeof column !== 'number') return false
    if (why !== 'below-k' && why !== 'complementary') return false
    if (columns[column]?.part !== 'measure' || rows[row]?.[column] !== null) return false
    const at = row * columns.length + column
    return !named.has(at) && named.add(at)
  })
}
