import type { ForecastContent } from '#shared/artifacts/shared-forecast.v1.ts'
import type { Cell } from '#shared/artifacts/table.ts'
import { seriesKey } from '#shared/artifacts/cell-key.ts'
import { addDays, addMonths, monthOf, type IsoDate, type IsoMonth } from '#shared/kernel/time.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'

/** Months of one product in one region, from its first row in the slice on. null: suppressed, so unknown, never 0. */
export interface HistorySeries {
  readonly sku: string
  readonly region: string
  /** Index into `History.months` of `values[0]`; the series reaches to the last month. */
  readonly from: number
  readonly values: readonly (number | null)[]
}
export interface History {
  /** Complete calendar months, without a hole, oldest first. */
  readonly months: readonly IsoMonth[]
  readonly series: readonly HistorySeries[]
  /** The whole, month by month: the total that the slice publishes, else the sum of the series where every one is known. */
  readonly total: readonly (number | null)[]
  /** The month that the data breaks off in; left out, because a part of a month is not a month's quantity. */
  readonly partial: IsoMonth | null
}
/** What a table needs to be read as history: a slice has it, and so has a preview of one. */
export interface HistoryTable {
  readonly columns: readonly { readonly name: string; readonly part: string }[]
  readonly rows: readonly (readonly Cell[])[]
  readonly totals: readonly { readonly over: readonly number[]; readonly rows: readonly (readonly Cell[])[] }[]
  readonly asOf: IsoDate
}
export type HistoryColumns = ForecastContent['columns']
export type HistoryRefusal = 'no-such-column' | 'no-months' | 'too-many-months'

/** Twenty years: more is a mistake in the dates, or a table made to exhaust whoever opens it. */
const MOST_MONTHS = 240

/**
 * Reads a monthly aggregate. A month without a row between a series' first row and the end is 0 (the source recorded nothing);
 * a month whose quantity is null is unknown. Rows without a month are left out; several rows of one cell (the slice also splits by something
 * else) are added up, and one unknown among them makes the sum unknown.
 */
export function historyOf(table: HistoryTable, columns: HistoryColumns): Result<History, HistoryRefusal> {
  const at = (name: string, parts: readonly string[]): number =>
    table.columns.findIndex((column) => column.name === name && parts.includes(column.part))
  const sku = columns.sku === null ? undefined : at(columns.sku, ['group', 'detail'])
  const region = columns.region === null ? undefined : at(columns.region, ['group', 'detail'])
  const bucket = at(columns.bucket, ['group', 'detail'])
  const quantity = at(columns.quantity, ['measure', 'detail'])
  if (sku === -1 || region === -1 || bucket === -1 || quantity === -1) return refuse('no-such-column')

  const found = new Map<string, { sku: string; region: string; months: Map<IsoMonth, number | null> }>()
  let first: IsoMonth | undefined
  let last: IsoMonth | undefined
  for (const row of table.rows) {
    const month = monthIn(row[bucket] ?? null)
    if (month === undefined) continue
    if (first === undefined || month < first) first = month
    if (last === undefined || month > last) last = month
    const names = { sku: nameIn(row, sku), region: nameIn(row, region) }
    const key = seriesKey(names.sku, names.region)
    const series = found.get(key) ?? { ...names, months: new Map<IsoMonth, number | null>() }
    found.set(key, series)
    const value = row[quantity]
    const known = typeof value === 'number' ? value : null
    const before = series.months.get(month)
    series.months.set(month, before === undefined ? known : before === null || known === null ? null : before + known)
  }
  if (first === undefined || last === undefined) return refuse('no-months')
  if (monthNumber(last) - monthNumber(first) >= MOST_MONTHS) return refuse('too-many-months')

  const partial = monthOf(table.asOf) === last && monthOf(addDays(table.asOf, 1)) === last ? last : null
  const months: IsoMonth[] = []
  for (let at = 0; at <= monthNumber(last) - monthNumber(first); at++) {
    const month = addMonths(first, at)
    if (month !== partial) months.push(month)
  }
  const series: HistorySeries[] = []
  for (const { months: values, ...names } of found.values()) {
    const from = months.findIndex((month) => values.has(month))
    if (from < 0) continue
    const known = months.slice(from).map((month) => (values.has(month) ? (values.get(month) ?? null) : 0))
    series.push({ ...names, from, values: known })
  }
  series.sort((left, right) => order(left.sku, right.sku) || order(left.region, right.region))
  return months.length === 0
    ? refuse('no-months')
    : ok({ months, series, partial, total: publishedTotal(table, months, bucket, quantity) ?? totalOf(months, series) })
}

/** Totals by month alone, as published: they count what is suppressed in `rows`, which no sum could. undefined: none published. */
function publishedTotal(
  table: HistoryTable,
  months: readonly IsoMonth[],
  bucket: number,
  quantity: number,
): readonly (number | null)[] | undefined {
  const total = table.totals.find(({ over }) => over.length === 1 && over[0] === bucket)
  if (total === undefined) return undefined
  const found = new Map<IsoMonth, number | null>()
  for (const row of total.rows) {
    const month = monthIn(row[bucket] ?? null)
    const value = row[quantity]
    if (month !== undefined) found.set(month, typeof value === 'number' ? value : null)
  }
  return months.map((month) => (found.has(month) ? (found.get(month) ?? null) : 0))
}

/** All series added up, month by month: null where any of them is unknown, because a sum of the known parts is not the sum. */
function totalOf(months: readonly IsoMonth[], series: readonly HistorySeries[]): readonly (number | null)[] {
  return months.map((_, at): number | null => {
    let sum = 0
    for (const { from, values } of series) {
      if (at < from) continue
      const value = values[at - from] ?? null
      if (value === null) return null
      sum += value
    }
    return sum
  })
}

/** Code-unit order: the same on every machine, unlike a locale's. */
const order = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)
const nameIn = (row: readonly Cell[], at: number | undefined): string => (at === undefined ? '' : String(row[at] ?? ''))
const monthNumber = (month: IsoMonth): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7))
const monthIn = (cell: Cell): IsoMonth | undefined =>
  typeof cell === 'string' && /^(19|20|21)\d{2}-(0[1-9]|1[0-2])(-\d{2})?$/.test(cell)
    ? (cell.slice(0, 7) as IsoMonth)
    : undefined
