import { LANGUAGE_WORDS, LAW_WORDS } from '#shared/artifacts/agreement.ts'
import type { TermValue, UnitSpec } from '#shared/artifacts/agreement-terms.ts'
import type { Words } from '#shared/artifacts/words.ts'
import { toHijri } from '#shared/kernel/hijri.ts'
import type { IsoDate } from '#shared/kernel/time.ts'
import * as arabic from 'n2words/ar-SA'
import * as english from 'n2words/en-GB'

type Unit = 'days' | 'months' | 'years'
const ENGLISH: Readonly<Record<Unit, readonly [string, string]>> = {
  days: ['day', 'days'],
  months: ['month', 'months'],
  years: ['year', 'years'],
}
/** One, two, three to ten, eleven and more: the Arabic noun follows its number. */
const ARABIC: Readonly<Record<Unit, readonly [string, string, string, string]>> = {
  days: ['يوم واحد', 'يومان', 'أيام', 'يومًا'],
  months: ['شهر واحد', 'شهران', 'أشهر', 'شهرًا'],
  years: ['سنة واحدة', 'سنتان', 'سنوات', 'سنة'],
}
const MONTHS_AR = ['يناير', 'فبراير', 'مارس', 'أبريل', 'مايو', 'يونيو', 'يوليو', 'أغسطس', 'سبتمبر', 'أكتوبر', 'نوفمبر', 'ديسمبر'] as const // prettier-ignore
const MONTHS_EN = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const // prettier-ignore
const HIJRI_AR = ['محرم', 'صفر', 'ربيع الأول', 'ربيع الآخر', 'جمادى الأولى', 'جمادى الآخرة', 'رجب', 'شعبان', 'رمضان', 'شوال', 'ذو القعدة', 'ذو الحجة'] as const // prettier-ignore
const HIJRI_EN = ['Muharram', 'Safar', 'Rabi al-Awwal', 'Rabi al-Akhir', 'Jumada al-Ula', 'Jumada al-Akhirah', 'Rajab', 'Shaban', 'Ramadan', 'Shawwal', 'Dhu al-Qadah', 'Dhu al-Hijjah'] as const // prettier-ignore

/** Western digits as Arabic-Indic ones. */
export const arabicDigits = (text: string): string =>
  text.replace(/[0-9]/g, (digit) => String.fromCodePoint(0x660 + Number(digit)))

const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',')

/** A counted term in figures and words, in both languages: `60 days (sixty)`. */
export function countText(value: number, unit: Unit): Words {
  const [one, many] = ENGLISH[unit]
  const [single, dual, few, plenty] = ARABIC[unit]
  const gender = unit === 'years' ? 'feminine' : 'masculine'
  // The numeral of three to ten agrees in reverse with a masculine noun: n2words' masculine form is that of counting.
  const spelled = arabic.toCardinal(value, { gender })
  const noun = value % 100 >= 3 && value % 100 <= 10 ? few : value % 100 === 0 || value % 100 <= 2 ? ARABIC_AFTER_HUNDRED[unit] : plenty // prettier-ignore
  const ar =
    value === 1 ? `${arabicDigits('1')} (${single})` : value === 2 ? `${arabicDigits('2')} (${dual})` : `${arabicDigits(grouped(value)).replace(/,/g, '٬')} ${noun} (${spelled})` // prettier-ignore
  return { en: `${grouped(value)} ${value === 1 ? one : many} (${english.toCardinal(value)})`, ar }
}
const ARABIC_AFTER_HUNDRED: Readonly<Record<Unit, string>> = { days: 'يوم', months: 'شهر', years: 'سنة' }

/** A share in figures and words. */
export const percentText = (value: number): Words => ({
  en: `${String(value)}% (${english.toCardinal(value)} per cent)`,
  ar: `${arabicDigits(String(value))}٪ (${arabic.toCardinal(value)} في المئة)`,
})

/** A share in hundredths of a percent: `150` is one and a half per cent. Decimals are read digit by digit in English. */
export function basisPointsText(value: number): Words {
  if (value % 100 === 0) return percentText(value / 100)
  const whole = Math.floor(value / 100)
  const decimals = String(value % 100)
    .padStart(2, '0')
    .replace(/0$/, '')
  const figures = `${grouped(whole)}.${decimals}`
  const digits = [...decimals].map((digit) => english.toCardinal(Number(digit))).join(' ')
  const read = `${decimals.startsWith('0') ? 'صفر ' : ''}${arabic.toCardinal(Number(decimals))}`
  return {
    en: `${figures}% (${english.toCardinal(whole)} point ${digits} per cent)`,
    ar: `${arabicFigures(figures)}٪ (${arabic.toCardinal(whole)} فاصلة ${read} في المئة)`,
  }
}

/** A bare count in figures: words beside every cell of a table would hide the numbers. */
export const numberText = (value: number): Words => ({ en: grouped(value), ar: arabicFigures(grouped(value)) })

const arabicFigures = (figures: string): string => arabicDigits(figures).replace(/,/g, '٬').replace('.', '٫')

/** An amount in Saudi riyals, given in halalas, in figures and words. */
export function amountText(halalas: number): Words {
  const [riyals, rest] = [Math.floor(halalas / 100), halalas % 100]
  const figures = `${grouped(riyals)}.${String(rest).padStart(2, '0')}`
  const cents = rest === 0 ? '' : ` and ${english.toCardinal(rest)} halalas`
  return {
    en: `SAR ${figures} (${english.toCardinal(riyals)} riyals${cents})`,
    ar: `${arabicFigures(figures)} ريال سعودي (${arabic.toCurrency(halalas / 100)})`,
  }
}

/** A date by both calendars: Gregorian is the truth, Umm al-Qura is derived and left out beyond its table. */
export function dateText(date: IsoDate): Words {
  const [year = '', month = '', day = ''] = date.split('-')
  const [at, number] = [Number(month) - 1, String(Number(day))]
  const hijri = toHijri(date)
  const islamic = hijri && {
    en: ` (${String(hijri.day)} ${HIJRI_EN[hijri.month - 1] ?? ''} ${String(hijri.year)} AH)`,
    ar: ` (${arabicDigits(String(hijri.day))} ${HIJRI_AR[hijri.month - 1] ?? ''} ${arabicDigits(String(hijri.year))}هـ)`,
  }
  return {
    en: `${number} ${MONTHS_EN[at] ?? ''} ${year}${islamic?.en ?? ''}`,
    ar: `${arabicDigits(number)} ${MONTHS_AR[at] ?? ''} ${arabicDigits(year)}م${islamic?.ar ?? ''}`,
  }
}

/** A structured term as text. A value that is not of its unit reads as it is. */
export function termText({ unit, options }: Pick<UnitSpec, 'unit' | 'options'>, value: TermValue): Words {
  if (typeof value === 'object') return { en: value.en.trim(), ar: value.ar.trim() }
  const plain = { en: String(value), ar: String(value) }
  switch (unit) {
    case 'date':
      return dateText(String(value) as IsoDate)
    case 'choice':
      return (Object.hasOwn(options ?? {}, value) && options?.[String(value)]) || plain
    case 'percent':
      return percentText(Number(value))
    case 'basis-points':
      return basisPointsText(Number(value))
    case 'halalas':
      return amountText(Number(value))
    case 'number':
      return numberText(Number(value))
    case 'words':
    case 'code':
      return plain
    default:
      return countText(Number(value), unit)
  }
}

/** The law and the language as a clause names them. */
export const lawText = (law: keyof typeof LAW_WORDS): Words => {
  const { en, ar } = LAW_WORDS[law]
  return { en: en.replace(/^L/, 'l'), ar }
}
export const languageText = (language: keyof typeof LANGUAGE_WORDS): Words => LANGUAGE_WORDS[language]
