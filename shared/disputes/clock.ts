import { afterWorking } from '#shared/approvals/working-time.ts'
import type { DisputeCalendar, DisputeLevel } from '#shared/artifacts/dispute-content.ts'
import type { Instant } from '#shared/kernel/time.ts'

const MINUTE = 60_000
const DAY = 86_400_000

/**
 * When a window is over that begins at `from`. The day on which it begins is not counted. Calendar days end with the last of them;
 * working days at the end of the working hours of the last. Counted in the calendar's offset, so every engine comes to the same
 * moment in whatever zone its machine stands.
 */
export function endOfWindow(from: Instant, { length, unit }: Pick<DisputeLevel, 'length' | 'unit'>, calendar: DisputeCalendar): Instant {
  const shift = calendar.utcOffset * MINUTE
  const midnight = (Math.floor((from + shift) / DAY) * DAY + DAY - shift) as Instant
  if (unit === 'days') return (midnight + length * DAY) as Instant
  return afterWorking(midnight, (length * (calendar.to - calendar.from)) / 60, calendar, calendar.off)
} // prettier-ignore

/** How many working days, or calendar days, begin until a window is over; 0: it ends today. */
export function daysLeft(now: Instant, until: Instant, unit: DisputeLevel['unit'], { utcOffset, days, off }: DisputeCalendar): number {
  const dayOf = (at: number): number => Math.floor((at + utcOffset * MINUTE) / DAY)
  // A window that ends at midnight ends with the day before.
  const [today, last] = [dayOf(now), dayOf(until - 1)]
  let left = 0
  for (let day = today + 1; day <= last; day++) if (unit === 'days' || isWorking(day, days, off)) left++
  return left
} // prettier-ignore

function isWorking(day: number, days: readonly number[], off: DisputeCalendar['off']): boolean {
  const date = new Date(day * DAY).toISOString().slice(0, 10)
  // 1970-01-01 was a Thursday.
  return days.includes((day + 4) % 7) && !off.some((one) => one.from <= date && date <= one.to)
}
