import type { Words } from '#shared/artifacts/words.ts'
import type { Instant, IsoDate } from '#shared/kernel/time.ts'

const day = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const
const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false, timeZone: 'UTC' } as const
const GREGORIAN = { en: 'en-GB-u-ca-gregory-nu-latn', ar: 'ar-SA-u-ca-gregory-nu-arab' } as const
const HIJRI = { en: 'en-GB-u-ca-islamic-umalqura-nu-latn', ar: 'ar-SA-u-ca-islamic-umalqura-nu-arab' } as const
/** AH 1318 to 1500: outside the published table `islamic-umalqura` silently becomes another calendar. */
const TABLE = { from: Date.UTC(1900, 3, 30), to: Date.UTC(2077, 10, 16) } as const

const write = (tag: string, at: number, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(tag, options).format(at)

/** A Gregorian date in words, and the Umm al-Qura date that it corresponds to; `hijri` is null outside its table. */
export function printDate(date: IsoDate): { readonly gregorian: Words; readonly hijri: Words | null } {
  const at = Date.parse(`${date}T00:00:00Z`)
  const inTable = at >= TABLE.from && at <= TABLE.to
  return {
    gregorian: { en: write(GREGORIAN.en, at, day), ar: `${write(GREGORIAN.ar, at, day)}م` },
    hijri: inTable ? { en: write(HIJRI.en, at, day), ar: write(HIJRI.ar, at, day) } : null,
  }
}

/** A moment in both languages, in coordinated universal time, because readers sit in several countries. */
export function printMoment(at: Instant): Words {
  const short = { ...day, month: 'short' } as const
  return {
    en: `${write(GREGORIAN.en, at, short)}, ${write(GREGORIAN.en, at, clock)} UTC`,
    ar: `${write(GREGORIAN.ar, at, day)}، ${write(GREGORIAN.ar, at, clock)} بالتوقيت العالمي`,
  }
}
