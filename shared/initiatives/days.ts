import type { IsoDate, IsoMonth } from '#shared/kernel/time.ts'
import { addMonths, monthOf } from '#shared/kernel/time.ts'

const DAY = 86_400_000
const at = (date: IsoDate): number => Date.parse(`${date}T00:00:00Z`)

/** Days from `from` to `to`; negative when `to` comes first. */
export const daysBetween = (from: IsoDate, to: IsoDate): number => Math.round((at(to) - at(from)) / DAY)

/** Months that a period touches, in order; none when it ends before it begins. */
export function monthsOf(from: IsoDate, to: IsoDate): readonly IsoMonth[] {
  const found: IsoMonth[] = []
  for (let month = monthOf(from); month <= monthOf(to); month = addMonths(month, 1)) found.push(month)
  return found
}

const firstOf = (month: IsoMonth): IsoDate => `${month}-01` as IsoDate

export const daysIn = (month: IsoMonth): number => daysBetween(firstOf(month), firstOf(addMonths(month, 1)))

/** Days of `month` inside the period, both ends included. */
export function daysCovered(month: IsoMonth, from: IsoDate, to: IsoDate): number {
  const start = from > firstOf(month) ? from : firstOf(month)
  const after = firstOf(addMonths(month, 1))
  return to >= after ? Math.max(0, daysBetween(start, after)) : Math.max(0, daysBetween(start, to) + 1)
}
