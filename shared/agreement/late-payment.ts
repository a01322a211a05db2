import type { Words } from '#shared/artifacts/words.ts'

/*
 * TR-28. Under Saudi law compensation may be agreed for late or bad performance, but not where the obligation is a sum of money
 * (Civil Transactions Law, art. 178), and interest on late payment is against public policy. So a clause that asks for interest
 * or a penalty on late payment cannot be signed under that law. This looks for words and may stop an innocent clause; it never
 * changes one.
 */

const ENGLISH_CHARGE =
  /\b(?:interest|usury|late[ -]payment (?:fee|charge|penalt(?:y|ies)|interest)|penalt(?:y|ies)|liquidated damages|surcharge)\b/i
const ENGLISH_MONEY = /\b(?:pay(?:ment|ments|able|s)?|invoices?|amounts? due|sums? due|overdue|unpaid|arrears)\b/i
const ENGLISH_NONE =
  /\b(?:no|without|free of|neither)\b[^.;]{0,40}\b(?:interest|penalt(?:y|ies)|surcharge|late[ -]payment)\b/gi
const ARABIC_CHARGE = /(?:فائدة|فوائد|ربا|غرامة|غرامات|شرط جزائي|تعويض اتفاقي|جزاء مالي)/
const ARABIC_MONEY = /(?:سداد|دفع|مستحق|المستحقات|فاتورة|فواتير|مبلغ|مبالغ|متأخرات)/
const ARABIC_NONE = /(?:لا|دون|بدون|بلا|بغير)\s[^.؛]{0,40}(?:فائدة|فوائد|غرامة|غرامات|ربا)/g

/** Sentences of a clause that ask for interest or a penalty on a payment, per language. */
export function latePaymentCharges({ en, ar }: Words): readonly string[] {
  return [
    ...sentences(en).filter((one) => asks(one.replace(ENGLISH_NONE, ' '), ENGLISH_CHARGE, ENGLISH_MONEY)),
    ...sentences(ar).filter((one) => asks(one.replace(ARABIC_NONE, ' '), ARABIC_CHARGE, ARABIC_MONEY)),
  ]
}

const asks = (text: string, charge: RegExp, money: RegExp): boolean => charge.test(text) && money.test(text)
const sentences = (text: string): readonly string[] =>
  text.split(/(?<=[.;؛!?؟\n])\s+/).filter((one) => one.trim() !== '')
