import type { Brand } from './brand.ts'

/** Milliseconds since 1970-01-01T00:00Z. Handed in; nothing in `shared` reads a clock. */
export type Instant = Brand<number, 'Instant'>
/** Calendar date, `YYYY-MM-DD`, Gregorian: the truth. Hijri is always derived from it. */
export type IsoDate = Brand<string, 'IsoDate'>
/** Calendar month, `YYYY-MM`. */
export type IsoMonth = Brand<string, 'IsoMonth'>

export interface Clock {
  now(): Instant
}

const DAY = 86_400_000

/** `YYYY-MM-DD` when the text is a date that exists, else undefined. */
export function isoDate(text: string): IsoDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined
  const at = Date.parse(`${text}T00:00:00Z`)
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text ? undefined : (text as IsoDate)
}

export const dateOf = (at: Instant): IsoDate => new Date(at).toISOString().slice(0, 10) as IsoDate
export const monthOf = (date: IsoDate): IsoMonth => date.slice(0, 7) as IsoMonth
export const addDays = (date: IsoDate, days: number): IsoDate =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10) as IsoDate

/** The month `count` after `month`; negative counts go back. */
export function addMonths(month: IsoMonth, count: number): IsoMonth {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}` as IsoMonth
}
