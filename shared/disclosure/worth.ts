import type { Lack, ReciprocityTerms, Worth } from '#shared/artifacts/reciprocity-terms.ts'
import { addDays, addMonths, isoDate, monthOf, type IsoDate, type IsoMonth } from '#shared/kernel/time.ts'
import type { SliceContent } from './slice.ts'

/** Value points of one readable value, by class. What is public can be had elsewhere. */
export const CLASS_WEIGHT = { public: 1, 'shared-confidential': 3 } as const
/** What a stale slice still counts for; an expired one counts for nothing. */
const STALE_WEIGHT = 0.5

/** What a slice holds: fields × rows by class, less what is withheld. Totals repeat what the rows say and add nothing. */
export function worthOf(slice: SliceContent): Worth {
  const cells = { public: 0, 'shared-confidential': 0 }
  for (const row of slice.rows) {
    slice.columns.forEach(({ dataClass }, at) => {
      if ((row[at] ?? null) !== null) cells[dataClass]++
    })
  }
  return {
    rows: slice.rows.length,
    fields: slice.columns.length,
    publicCells: cells.public,
    sharedCells: cells['shared-confidential'],
    asOf: slice.asOf,
    currencyDays: slice.currencyDays,
  }
}

export const sameWorth = (left: Worth, right: Worth): boolean =>
  left.rows === right.rows &&
  left.fields === right.fields &&
  left.publicCells === right.publicCells &&
  left.sharedCells === right.sharedCells &&
  left.asOf === right.asOf &&
  left.currencyDays === right.currencyDays

/** The last day on which it counts whole. */
export const currentUntil = (worth: Worth): IsoDate => addDays(worth.asOf, worth.currencyDays)

/** Value points on a day: fields × rows × class weight, weighed by freshness. */
export function pointsOn(worth: Worth, today: IsoDate): number {
  const whole = worth.publicCells * CLASS_WEIGHT.public + worth.sharedCells * CLASS_WEIGHT['shared-confidential']
  return today <= currentUntil(worth) ? whole : whole * STALE_WEIGHT
}

/** What keeps a slice of another company from answering the terms; empty: it answers them. */
export function lacksOf(slice: SliceContent, kind: string, terms: ReciprocityTerms): readonly Lack[] {
  const lacks: Lack[] = []
  if (terms.kind !== 'any' && terms.kind !== kind) lacks.push({ lack: 'other-kind' })
  const columns = terms.columns.filter((name) => !slice.columns.some((column) => column.name === name))
  if (columns.length > 0) lacks.push({ lack: 'columns', columns })
  const shown = monthsShown(slice, terms.months)
  const needed = Math.ceil((terms.months * terms.coverage) / 100)
  if (shown < needed) lacks.push({ lack: 'months', shown, needed })
  return lacks
}

/** How many of the `count` months up to the slice's data day have a row with a readable value beside the month. */
function monthsShown(slice: SliceContent, count: number): number {
  const dated = slice.columns.findIndex(({ type, transform }) => type === 'date' || transform === 'generalise(month)')
  if (dated < 0) return 0
  const last = monthOf(slice.asOf)
  const wanted = new Set<string>(Array.from({ length: count }, (_, back) => addMonths(last, -back)))
  const found = new Set<string>()
  const isAggregate = slice.columns.some(({ part }) => part === 'measure')
  for (const row of slice.rows) {
    const month = monthIn(row[dated])
    const speaks = row.some(
      (cell, at) => cell !== null && at !== dated && (!isAggregate || slice.columns[at]?.part === 'measure'),
    )
    if (month !== undefined && speaks && wanted.has(month)) found.add(month)
  }
  return found.size
}

function monthIn(cell: unknown): IsoMonth | undefined {
  if (typeof cell !== 'string') return undefined
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(cell)) return cell as IsoMonth
  const day = isoDate(cell)
  return day && monthOf(day)
}
