import { CURRENCIES, type Currency } from '#shared/artifacts/joint-initiative-plan.v1.ts'
import { words, type Words } from '#shared/artifacts/words.ts'
import { arabicDigits } from '#shared/agreement/term-text.ts'
import type { IsoMonth } from '#shared/kernel/time.ts'

const grouped = (whole: string): string => whole.replace(/\B(?=(\d{3})+$)/g, ',')
const inArabic = (figures: string): string => arabicDigits(figures).replaceAll(',', '٬').replace('.', '٫')

/** A measured number with its unit, to two decimals. */
export function quantityText(value: number, unit = ''): Words {
  const [whole = '', decimals = ''] = Math.abs(value).toFixed(2).split('.')
  const rest = decimals.replace(/0+$/, '')
  const figures = `${value < 0 ? '−' : ''}${grouped(whole)}${rest ? `.${rest}` : ''}`
  const named = unit ? ` ${unit}` : ''
  return words(`${figures}${named}`, `${inArabic(figures)}${named}`)
}

/** An amount in minor units of a currency. */
export function moneyText(minor: number, currency: Currency): Words {
  const { decimals, label } = CURRENCIES[currency]
  const figures = (minor / 10 ** decimals).toFixed(decimals)
  const [whole = '', rest = ''] = figures.split('.')
  return words(`${currency} ${grouped(whole)}.${rest}`, `${inArabic(`${grouped(whole)}.${rest}`)} ${label.ar}`)
}

/** A share in hundredths of a percent. */
export function shareText(basisPoints: number): Words {
  const { en, ar } = quantityText(basisPoints / 100)
  return words(`${en}%`, `${ar}٪`)
}

/** `2026-05` as figures. */
export const monthText = (month: IsoMonth): Words => {
  const [year = '', number = ''] = month.split('-')
  return words(`${number}/${year}`, `${arabicDigits(number)}/${arabicDigits(year)}`)
}

/** Texts one after the other. */
export const joined = (separator: string, ...parts: readonly Words[]): Words =>
  words(parts.map(({ en }) => en).filter(Boolean).join(separator), parts.map(({ ar }) => ar).filter(Boolean).join(separator)) // prettier-ignore

/** A text that was written in one language only, for readers of both. */
export const either = (en: string | null, ar: string | null, otherwise: Words): Words =>
  words(en?.trim() || ar?.trim() || otherwise.en, ar?.trim() || en?.trim() || otherwise.ar)
