import type { Instant, IsoDate } from '#shared/kernel/time.ts'

export const LOCALES = ['en', 'ar'] as const
export type Locale = (typeof LOCALES)[number]
export const isLocale = (text: unknown): text is Locale => text === 'en' || text === 'ar'

const TAG = { en: 'en-GB', ar: 'ar-SA-u-nu-arab-ca-gregory' } as const
const HIJRI_TAG = { en: 'en-GB-u-ca-islamic-umalqura', ar: 'ar-SA-u-nu-arab-ca-islamic-umalqura' } as const
/** Umm al-Qura tables cover AH 1318 to 1500: 1900-04-30 to 2077-11-16. Outside them there is no Hijri date to show. */
const HIJRI_FROM = Date.UTC(1900, 3, 30)
const HIJRI_TO = Date.UTC(2077, 10, 16)
const ARABIC_DIGITS = '٠١٢٣٤٥٦٧٨٩'

/** Everything that turns a value into text of a language. Dates are Gregorian first; Hijri is always derived. */
export interface Formatters {
  readonly locale: Locale
  readonly dir: 'ltr' | 'rtl'
  /** Up to `places` decimals (default 2), grouped. */
  number(value: number, places?: number): string
  /** Short form for chart axes: 12.5K. */
  compact(value: number): string
  /** A fraction (0.125) as a percentage. */
  percent(fraction: number, places?: number): string
  /** Minor units of a currency (ISO 4217); halalas of the Saudi riyal unless said otherwise. */
  money(minor: number, currency?: string): string
  date(date: IsoDate | Instant): string
  hijri(date: IsoDate | Instant): string | null
  /** Date and time of the person's own clock. */
  moment(at: Instant): string
  time(at: Instant): string
  /** `YYYY-MM` as "Jan 2026". */
  month(month: string): string
  /** "3 days ago", seen from `now`. */
  ago(at: Instant, now: Instant): string
  /** Any digits in a text in this language's shapes: for ids that people read aloud. */
  digits(text: string): string
  list(items: readonly string[]): string
  bytes(size: number): string
  compare(a: string, b: string): number
}

const made: Partial<Record<Locale, Formatters>> = {}

/** The formatters of a language; made once. */
export function formattersOf(locale: Locale): Formatters {
  return (made[locale] ??= make(locale))
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

function make(locale: Locale): Formatters {
  const tag = TAG[locale]
  // Each of these takes the browser some milliseconds to make, the first date nearly twenty, and a screen needs two or three of them.
  const zone = once(() => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC')
  const numbers = [0, 1, 2, 3, 4].map((places) =>
    once(() => new Intl.NumberFormat(tag, { maximumFractionDigits: places })),
  )
  const percents = [0, 1, 2].map((places) =>
    once(() => new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: places })),
  )
  const compact = once(() => new Intl.NumberFormat(tag, { notation: 'compact', maximumFractionDigits: 1 }))
  const monies = new Map<string, Intl.NumberFormat>()
  const moneyIn = (currency: string): Intl.NumberFormat => {
    const known = monies.get(currency) ?? new Intl.NumberFormat(tag, { style: 'currency', currency })
    monies.set(currency, known)
    return known
  }
  const dates = (options: Intl.DateTimeFormatOptions, of: string = tag) =>
    once(() => new Intl.DateTimeFormat(of, { timeZone: zone(), ...options }))
  const day = { day: 'numeric', month: 'short', year: 'numeric' } as const
  const dayOf = { utc: dates({ ...day, timeZone: 'UTC' }), here: dates(day) }
  const hijriDay = { day: 'numeric', month: 'long', year: 'numeric' } as const
  const hijriOf = {
    utc: dates({ ...hijriDay, timeZone: 'UTC' }, HIJRI_TAG[locale]),
    here: dates(hijriDay, HIJRI_TAG[locale]),
  }
  const clock = { hour: '2-digit', minute: '2-digit' } as const
  const momentOf = dates({ ...day, ...clock })
  const timeOf = dates(clock)
  const monthOf = dates({ month: 'short', year: 'numeric', timeZone: 'UTC' })
  const relative = once(() => new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }))
  const lists = once(() => new Intl.ListFormat(tag, { type: 'conjunction' }))
  const collator = once(() => new Intl.Collator(tag, { numeric: true, sensitivity: 'base' }))
  const numberOf = (value: number, places = 2): string => (numbers[places] ?? numbers[2]!)().format(value)

  return {
    locale,
    dir: locale === 'ar' ? 'rtl' : 'ltr',
    number: numberOf,
    compact: (value) => compact().format(value),
    percent: (fraction, places = 1) => (percents[places] ?? percents[1]!)().format(fraction),
    money: (minor, currency = 'SAR') => {
      const format = moneyIn(currency)
      return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
    },
    date: (date) => (typeof date === 'string' ? dayOf.utc().format(Date.parse(date)) : dayOf.here().format(date)),
    hijri: (date) => {
      const at = typeof date === 'string' ? Date.parse(date) : date
      if (!(at >= HIJRI_FROM && at <= HIJRI_TO)) return null
      return (typeof date === 'string' ? hijriOf.utc : hijriOf.here)().format(at)
    },
    moment: (at) => momentOf().format(at),
    time: (at) => timeOf().format(at),
    month: (month) => monthOf().format(Date.parse(`${month}-01T00:00:00Z`)),
    ago: (at, now) => {
      const minutes = Math.round((at - now) / 60_000)
      if (Math.abs(minutes) < 60) return relative().format(minutes, 'minute')
      if (Math.abs(minutes) < 60 * 24) return relative().format(Math.round(minutes / 60), 'hour')
      return relative().format(Math.round(minutes / 1440), 'day')
    },
    digits: (text) =>
      locale === 'ar' ? text.replace(/[0-9]/g, (digit) => ARABIC_DIGITS[Number(digit)] ?? digit) : text,
    list: (items) => lists().format(items),
    bytes: (size) => {
      const unit = size < 1024 ? 'byte' : size < 1_048_576 ? 'kilobyte' : 'megabyte'
      const value = size / (unit === 'byte' ? 1 : unit === 'kilobyte' ? 1024 : 1_048_576)
      return new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }).format(
        value,
      )
    },
    compare: (a, b) => collator().compare(a, b),
  }
}
