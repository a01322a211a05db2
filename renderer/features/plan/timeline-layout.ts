import { addDays, addMonths, monthOf, type IsoDate, type IsoMonth } from '#shared/kernel/time.ts'
import { daysBetween, monthsOf } from '#shared/initiatives/days.ts'
import type { Milestone, Plan } from '#shared/initiatives/plan.ts'
import { finishOf } from '#shared/initiatives/schedule.ts'

export const ZOOMS = ['month', 'quarter'] as const
export type Zoom = (typeof ZOOMS)[number]

const PIXELS: Readonly<Record<Zoom, number>> = { month: 7, quarter: 2.4 }
/** Days left free on both sides, so that the first and the last bar can be moved. */
const MARGIN = 21
/** A picture longer than this shows its beginning; the table has everything. */
const LONGEST = 366 * 12

/** The stretch of time that a timeline shows, in whole months. */
export interface Scale {
  readonly from: IsoDate
  readonly days: number
  readonly zoom: Zoom
  readonly rtl: boolean
}

export const firstDay = (month: IsoMonth): IsoDate => `${month}-01` as IsoDate

export function scaleOf(
  { about, milestones }: Pick<Plan, 'about' | 'milestones'>,
  today: IsoDate,
  zoom: Zoom,
  rtl: boolean,
): Scale {
  const dates = [today, about.start, about.end, ...milestones.flatMap((one) => [one.start, one.due, one.doneOn])]
    .filter((date) => date !== null)
    .toSorted()
  const from = firstDay(monthOf(addDays(dates[0] ?? today, -MARGIN)))
  const to = addDays(firstDay(addMonths(monthOf(addDays(dates.at(-1) ?? today, MARGIN)), 1)), -1)
  return { from, days: Math.min(LONGEST, daysBetween(from, to) + 1), zoom, rtl }
}

export const widthOf = ({ days, zoom }: Scale): number => Math.round(days * PIXELS[zoom])

/** Where a day begins, from the left edge; in right-to-left screens time runs from the right. */
export function xOf(scale: Scale, date: IsoDate): number {
  const along = daysBetween(scale.from, date) * PIXELS[scale.zoom]
  return scale.rtl ? widthOf(scale) - along : along
}

/** Days that a drag over so many pixels to the right means. */
export const daysOver = ({ zoom, rtl }: Scale, pixels: number): number => {
  const days = Math.round(pixels / PIXELS[zoom])
  return days === 0 ? 0 : rtl ? -days : days
}

export interface Bar {
  readonly x: number
  readonly width: number
  /** Where it begins and ends in time: the right edge first in right-to-left screens. */
  readonly begin: number
  readonly end: number
}

/** The bar of a milestone: from its start to the end of its last day; without a start, that day alone. */
export function barOf(scale: Scale, milestone: Milestone): Bar | undefined {
  const finish = finishOf(milestone)
  if (finish === null) return undefined
  const start = milestone.start !== null && milestone.start <= finish ? milestone.start : finish
  const begin = xOf(scale, start)
  const end = xOf(scale, addDays(finish, 1))
  return { x: Math.min(begin, end), width: Math.abs(end - begin), begin, end }
}

export interface Tick {
  readonly month: IsoMonth
  readonly x: number
}

/** First days of the months, or of the quarters. */
export const ticksOf = (scale: Scale): readonly Tick[] =>
  monthsOf(scale.from, addDays(scale.from, scale.days - 1))
    .filter((month) => scale.zoom === 'month' || (Number(month.slice(5)) - 1) % 3 === 0)
    .map((month) => ({ month, x: xOf(scale, firstDay(month)) }))

/** A line from the end of one bar to the beginning of another, around the corner. */
export function linkPath(from: { x: number; y: number }, to: { x: number; y: number }, rtl: boolean): string {
  const step = rtl ? -8 : 8
  const forward = rtl ? to.x <= from.x + 2 * step : to.x >= from.x + 2 * step
  const down = to.y > from.y ? 1 : -1
  const middle = to.y - down * 14
  return forward
    ? `M${from.x} ${from.y}H${to.x - step}V${to.y}H${to.x}`
    : `M${from.x} ${from.y}h${step}V${middle}H${to.x - step}V${to.y}H${to.x}`
}

/** New dates after moving by days; `end` moves the due date alone, never before the start. */
export function movedBy(
  { start, due }: Milestone,
  days: number,
  part: 'whole' | 'end',
): { readonly start: IsoDate | null; readonly due: IsoDate } | undefined {
  if (due === null) return undefined
  const moved = addDays(due, days)
  if (part === 'whole') return { start: start === null ? null : addDays(start, days), due: moved }
  return { start, due: start !== null && moved < start ? start : moved }
}
