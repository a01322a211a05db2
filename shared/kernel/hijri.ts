import type { IsoDate } from './time.ts'

/** The years of the published Umm al-Qura table; outside it `islamic-umalqura` silently becomes another calendar. */
export const FIRST_YEAR = 1318
export const LAST_YEAR = 1500

const DAY = 86_400_000
const MEAN_MONTH = 29.530588
/** 1 Muharram 1318 is 30 April 1900. */
const TABLE_START = Date.UTC(1900, 3, 30)

const formatter = new Intl.DateTimeFormat('en-u-ca-islamic-umalqura-nu-latn', {
  timeZone: 'UTC', day: 'numeric', month: 'numeric', year: 'numeric',
}) // prettier-ignore

function partsOf(at: number): { year: number; month: number; day: number } {
  const parts: Record<string, number> = {}
  for (const { type, value } of formatter.formatToParts(at)) parts[type] = Number.parseInt(value, 10)
  return { year: parts['year'] ?? 0, month: parts['month'] ?? 0, day: parts['day'] ?? 0 }
}

/** Start of each month asked for so far. The table never changes, so remembering it changes nothing but the time it takes. */
const starts = new Map<number, number>()

function monthStart(year: number, month: number): number {
  const index = (year - FIRST_YEAR) * 12 + month - 1
  const known = starts.get(index)
  if (known !== undefined) return known
  // Intl only converts from Gregorian: guess from the mean month, then step to the exact day.
  let at = TABLE_START + Math.round(index * MEAN_MONTH) * DAY
  for (let steps = 0; steps < 8; steps++) {
    const seen = partsOf(at)
    const ahead = (seen.year - year) * 12 + seen.month - month
    if (ahead === 0 && seen.day === 1) break
    at += ahead < 0 ? DAY : ahead > 0 ? -DAY * Math.max(1, seen.day - 1) : -DAY * (seen.day - 1)
  }
  starts.set(index, at)
  return at
}

/** The Gregorian date of an Umm al-Qura date; undefined outside AH 1318–1500 or when the day does not exist. */
export function fromHijri(year: number, month: number, day: number): IsoDate | undefined {
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1 || day > 30) return undefined
  const at = monthStart(year, month) + (day - 1) * DAY
  const seen = partsOf(at)
  if (seen.year !== year || seen.month !== month || seen.day !== day) return undefined
  return new Date(at).toISOString().slice(0, 10) as IsoDate
}

/** The Umm al-Qura date of a Gregorian one; undefined outside the table. */
export function toHijri(date: IsoDate): { year: number; month: number; day: number } | undefined {
  const seen = partsOf(Date.parse(`${date}T00:00:00Z`))
  return seen.year < FIRST_YEAR || seen.year > LAST_YEAR ? undefined : seen
}
