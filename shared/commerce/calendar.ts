import { addDays, addMonths, type IsoDate, type IsoMonth } from '#shared/kernel/time.ts'

export type OccasionId = 'ramadan' | 'eid-al-fitr' | 'eid-al-adha' | 'founding-day' | 'national-day'

/** The part of an occasion that falls into a month; dates inclusive. */
export interface Occasion {
  readonly id: OccasionId
  readonly from: IsoDate
  readonly to: IsoDate
  readonly days: number
}
export interface HijriDate {
  readonly year: number
  readonly month: number
  readonly day: number
}
export interface BucketCalendar {
  readonly bucket: IsoMonth
  readonly days: number
  /** Days that are neither weekend nor a public holiday. Ramadan is no holiday: its shorter hours are for the reader to judge. */
  readonly workingDays: number
  /** Hijri months that the bucket overlaps, first and last; null outside the table. */
  readonly hijri: { readonly from: HijriDate; readonly to: HijriDate } | null
  readonly occasions: readonly Occasion[]
}

/** 0 Sunday … 6 Saturday. Friday and Saturday are the weekend in Saudi Arabia. */
export const SAUDI_WEEKEND: readonly number[] = [5, 6]

const UMM_AL_QURA = new Intl.DateTimeFormat('en-u-ca-islamic-umalqura-nu-latn', {
  timeZone: 'UTC',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
})
/** The Umm al-Qura table is AH 1318 to 1500; outside of it Intl answers silently with another calendar. */
const TABLE = { from: '1900-04-30', to: '2077-11-16' } as const

/** Gregorian is the truth, Hijri derived. undefined outside AH 1318–1500. */
export function hijriOf(date: IsoDate): HijriDate | undefined {
  if (date < TABLE.from || date > TABLE.to) return undefined
  const parts = UMM_AL_QURA.formatToParts(new Date(`${date}T00:00:00Z`))
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value)
  return { year: part('year'), month: part('month'), day: part('day') }
}

/**
 * Days of the occasions as the labour regulations grant them to the private sector: four days of Eid al-Fitr from the day after the last of Ramadan (29 or 30), four
 * of Eid al-Adha from the day of Arafah (9 Dhu al-Hijja), Founding Day 22 February (from 2022), National Day 23 September (from 2005).
 */
function occasionsOn(date: IsoDate): readonly OccasionId[] {
  const found: OccasionId[] = []
  const year = Number(date.slice(0, 4))
  if (date.endsWith('-02-22') && year >= 2022) found.push('founding-day')
  if (date.endsWith('-09-23') && year >= 2005) found.push('national-day')
  const hijri = hijriOf(date)
  if (hijri?.month === 9) found.push('ramadan')
  if (hijri?.month === 10 && hijri.day <= 4) found.push('eid-al-fitr')
  if (hijri?.month === 12 && hijri.day >= 9 && hijri.day <= 12) found.push('eid-al-adha')
  return found
}

/** The public holidays of a Gregorian year, each whole when it begins in it. */
export function publicHolidaysOf(year: number): readonly Omit<Occasion, 'days'>[] {
  const found: { readonly id: OccasionId; readonly from: IsoDate; to: IsoDate }[] = []
  // No holiday is longer than four days: those that begin on the year's last day end within these.
  const end = addDays(`${String(year)}-12-31` as IsoDate, 4)
  for (let date = `${String(year)}-01-01` as IsoDate; date <= end; date = addDays(date, 1))
    for (const id of occasionsOn(date)) {
      if (id === 'ramadan') continue
      const last = found.findLast((one) => one.id === id)
      if (last && last.to === addDays(date, -1)) last.to = date
      else if (date.startsWith(String(year)) && !occasionsOn(addDays(date, -1)).includes(id)) found.push({ id, from: date, to: date })
    }
  return found
} // prettier-ignore

/** What a month holds for whoever plans capacity. `weekend`: days of the week without work. */
export function calendarOf(bucket: IsoMonth, weekend: readonly number[] = SAUDI_WEEKEND): BucketCalendar {
  const end = addDays(`${addMonths(bucket, 1)}-01` as IsoDate, -1)
  const occasions = new Map<OccasionId, Occasion>()
  let days = 0
  let workingDays = 0
  for (let date = `${bucket}-01` as IsoDate; date <= end; date = addDays(date, 1)) {
    days++
    const ids = occasionsOn(date)
    for (const id of ids) {
      const begun = occasions.get(id)
      occasions.set(id, { id, from: begun?.from ?? date, to: date, days: (begun?.days ?? 0) + 1 })
    }
    const free = weekend.includes(new Date(`${date}T00:00:00Z`).getUTCDay()) || ids.some((id) => id !== 'ramadan')
    if (!free) workingDays++
  }
  const [from, to] = [hijriOf(`${bucket}-01` as IsoDate), hijriOf(end)]
  return {
    bucket,
    days,
    workingDays,
    hijri: from === undefined || to === undefined ? null : { from, to },
    occasions: [...occasions.values()],
  }
}
