import type { IsoDate } from '#shared/kernel/time.ts'
import { isoDate } from '#shared/kernel/time.ts'
import { FIRST_YEAR, fromHijri, LAST_YEAR } from '#shared/kernel/hijri.ts'
import { folded } from './text.ts'

/**
 * How the all-number dates of a column are ordered. Only `mdy` reads the month before the day; year-first dates, month names
 * and Hijri years are recognised under each of them, so the other three differ in what they tell the person.
 */
export type DateOrder = 'ymd' | 'dmy' | 'mdy' | 'hijri'

export type DateRefusal = 'not-a-date' | 'hijri-out-of-range'

const MONTHS: readonly (readonly string[])[] = [
  ['jan', 'january', 'يناير', 'كانون الثاني', 'محرم'],
  ['feb', 'february', 'فبراير', 'شباط', 'صفر'],
  ['mar', 'march', 'مارس', 'اذار', 'ربيع الاول', 'ربيع اول'],
  ['apr', 'april', 'ابريل', 'نيسان', 'ربيع الاخر', 'ربيع الثاني', 'ربيع ثاني'],
  ['may', 'مايو', 'ايار', 'جمادي الاولي', 'جمادي الاول'],
  ['jun', 'june', 'يونيو', 'يونيه', 'حزيران', 'جمادي الاخره', 'جمادي الثانيه', 'جمادي الثاني'],
  ['jul', 'july', 'يوليو', 'يوليه', 'تموز', 'رجب'],
  ['aug', 'august', 'اغسطس', 'اب', 'شعبان'],
  ['sep', 'sept', 'september', 'سبتمبر', 'ايلول', 'رمضان'],
  ['oct', 'october', 'اكتوبر', 'تشرين الاول', 'شوال'],
  ['nov', 'november', 'نوفمبر', 'تشرين الثاني', 'ذو القعده', 'ذي القعده'],
  ['dec', 'december', 'ديسمبر', 'كانون الاول', 'ذو الحجه', 'ذي الحجه'],
]
const MONTH_OF = new Map(MONTHS.flatMap((names, at) => names.map((name) => [folded(name), at + 1] as const)))

const NUMERIC = /^(\d{1,4})([/.-]| )(\d{1,2})\2(\d{1,4})$/
const NAMED = /^(\d{1,2})[ /.-]*([a-z\u0621-\u064a][a-z\u0621-\u064a ]*?)[ /.,-]*(\d{4}|\d{2})$/
const NAMED_FIRST = /^([a-z]+)[ .]*(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})$/
const MONTH_ONLY = /^([a-z\u0621-\u064a][a-z\u0621-\u064a ]*?)[ /.'-]*(\d{4}|\d{2})$/
const YEAR_MONTH = /^(\d{4})[/.-](\d{1,2})$/
const MONTH_YEAR = /^(\d{1,2})[/.-](\d{4})$/
const TIME = /(?:t| +)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: *(?:am|pm|ص|م|z|[+-]\d{2}:?\d{2}))?$/
const ERA = / *(?:هـ|ه|ah|a\.h\.|ad|م)\.?$/

/** A date's text ready for the patterns: folded, without a time of day, an era mark or a leading weekday's comma. */
function prepare(text: string): string {
  return folded(text).replace(TIME, '').replace(ERA, '').trim()
}

const isHijriYear = (year: number): boolean => year > 1200 && year < 1700
/** Two digits mean 1970–2069, as spreadsheets read them within a year or so. */
const fullYear = (text: string): number =>
  text.length > 2 ? Number(text) : Number(text) + (Number(text) < 70 ? 2000 : 1900)

function build(year: number, month: number, day: number): IsoDate | DateRefusal {
  if (isHijriYear(year)) {
    if (year < FIRST_YEAR || year > LAST_YEAR) return 'hijri-out-of-range'
    return fromHijri(year, month, day) ?? 'not-a-date'
  }
  if (year < 1900 || year > 2199) return 'not-a-date'
  return isoDate(`${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`) ?? 'not-a-date'
}

/** The three numbers of an all-number date, year found by its length; undefined when the text has another shape. */
function numeric(text: string): { first: number; second: number; year: number; yearFirst: boolean } | undefined {
  const [, one = '', , two = '', three = ''] = NUMERIC.exec(text) ?? []
  if (one === '') return undefined
  if (one.length === 4)
    return three.length > 2
      ? undefined
      : { first: Number(two), second: Number(three), year: Number(one), yearFirst: true }
  if (one.length === 3 || three.length === 3 || three.length === 1) return undefined
  return { first: Number(one), second: Number(two), year: fullYear(three), yearFirst: false }
}

/**
 * One date of any spelling that we know, as Gregorian ISO: numbers in either order, ISO with or without a time, month names in
 * English and Arabic (Gregorian and Hijri), months alone (their first day), Hijri years AH 1318–1500 by Umm al-Qura.
 */
export function readDate(text: string, order: DateOrder): IsoDate | DateRefusal {
  const quick = text.length === 10 ? isoDate(text) : undefined
  if (quick !== undefined) {
    const year = Number(quick.slice(0, 4))
    if (!isHijriYear(year) && year >= 1900 && year < 2200) return quick
  }
  const body = prepare(text)
  const plain = numeric(body)
  if (plain !== undefined) {
    const monthFirst = plain.yearFirst || order === 'mdy'
    return build(plain.year, monthFirst ? plain.first : plain.second, monthFirst ? plain.second : plain.first)
  }
  const compact = /^((?:19|20)\d{2})(\d{2})(\d{2})$/.exec(body)
  if (compact !== null) return build(Number(compact[1]), Number(compact[2]), Number(compact[3]))
  return readNamed(body) ?? readMonth(body) ?? 'not-a-date'
}

function readNamed(body: string): IsoDate | DateRefusal | undefined {
  const [, day = '', name = '', year = ''] = NAMED.exec(body) ?? []
  const month = MONTH_OF.get(name.trim())
  if (month !== undefined) return build(fullYear(year), month, Number(day))
  const [, first = '', dayAfter = '', yearAfter = ''] = NAMED_FIRST.exec(body) ?? []
  const monthFirst = MONTH_OF.get(first)
  return monthFirst === undefined ? undefined : build(Number(yearAfter), monthFirst, Number(dayAfter))
}

function readMonth(body: string): IsoDate | DateRefusal | undefined {
  const [, name = '', namedYear = ''] = MONTH_ONLY.exec(body) ?? []
  const named = MONTH_OF.get(name.trim())
  if (named !== undefined) return build(fullYear(namedYear), named, 1)
  const yearFirst = YEAR_MONTH.exec(body)
  if (yearFirst !== null) return build(Number(yearFirst[1]), Number(yearFirst[2]), 1)
  const yearLast = MONTH_YEAR.exec(body)
  return yearLast === null ? undefined : build(Number(yearLast[2]), Number(yearLast[1]), 1)
}

/** What one spelling says about the column's order: `either` reads as two different dates, `none` needs no order. */
export function dateEvidence(text: string): 'ymd' | 'dmy' | 'mdy' | 'either' | 'none' {
  const plain = numeric(prepare(text))
  if (plain === undefined) return 'none'
  if (plain.yearFirst) return 'ymd'
  if (plain.first > 12) return plain.second > 12 ? 'none' : 'dmy'
  if (plain.second > 12) return 'mdy'
  return plain.first === plain.second ? 'none' : 'either'
}

/** True when the year that the text names is one of the Hijri calendar. */
export const isHijri = (text: string): boolean => /(?:^|\D)1[345]\d\d(?:\D|$)/.test(prepare(text))

/** A date that names only a month: the column is monthly, and its days are a convention of ours. */
export const isMonthOnly = (text: string): boolean => {
  const body = prepare(text)
  return readNamed(body) === undefined && readMonth(body) !== undefined
}
