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

/*
 * Compensation for late delivery or a missed service level is allowed, and it is settled in money: a sentence that says what is
 * late, and that it is a delivery or a service, asks for nothing on a payment unless it also speaks of a late payment.
 */
const ENGLISH_INTEREST = /\b(?:interest|usury|late[ -]payment)\b/i
const ENGLISH_SERVICE =
  /\b(?:late|delayed) (?:delivery|performance|deliveries)\b|\b(?:delay|lateness) in (?:the )?(?:delivery|performance|service)\b|\bdelivered late\b|\bservice (?:level|credit)s?\b/i
const ENGLISH_LATE_MONEY =
  /\b(?:late|delayed|overdue|unpaid) (?:payments?|invoices?|amounts?|sums?)\b|\b(?:overdue|unpaid|arrears)\b|\b(?:payments?|invoices?|amounts?) (?:is|are|that is|that are|falls?) (?:late|delayed|overdue|unpaid)\b|\b(?:delay|lateness|default) in (?:the )?payments?\b|\b(?:fails?|failure) to pay\b|\bnot paid\b/i
const ARABIC_INTEREST = /(?:فائدة|فوائد|ربا)/
const ARABIC_SERVICE =
  /(?:تأخر|تأخير|التأخر|التأخير)\s+(?:في\s+)?(?:ال)?(?:تسليم|توريد|تنفيذ|أداء)|مستوى الخدمة|مستويات الخدمة|حسم الخدمة/
const ARABIC_LATE_MONEY =
  /(?:تأخر|تأخير|التأخر|التأخير|تخلف)\s+(?:\S+\s+)?(?:عن\s+|في\s+)?(?:ال)?(?:سداد|دفع|وفاء)|متأخرات|(?:مبالغ|المبالغ|فواتير|الفواتير|دفعات|الدفعات) المتأخرة/

/** Sentences of a clause that ask for interest or a penalty on a payment, per language. */
export function latePaymentCharges({ en, ar }: Words): readonly string[] {
  return [
    ...sentences(en).filter((one) => asks(one.replace(ENGLISH_NONE, ' '), ENGLISH)),
    ...sentences(ar).filter((one) => asks(one.replace(ARABIC_NONE, ' '), ARABIC)),
  ]
}

interface Wordings {
  readonly charge: RegExp
  readonly money: RegExp
  readonly interest: RegExp
  readonly service: RegExp
  readonly lateMoney: RegExp
}
const ENGLISH: Wordings = { charge: ENGLISH_CHARGE, money: ENGLISH_MONEY, interest: ENGLISH_INTEREST, service: ENGLISH_SERVICE, lateMoney: ENGLISH_LATE_MONEY } // prettier-ignore
const ARABIC: Wordings = { charge: ARABIC_CHARGE, money: ARABIC_MONEY, interest: ARABIC_INTEREST, service: ARABIC_SERVICE, lateMoney: ARABIC_LATE_MONEY } // prettier-ignore

function asks(text: string, { charge, money, interest, service, lateMoney }: Wordings): boolean {
  if (!charge.test(text) || !money.test(text)) return false
  return interest.test(text) || lateMoney.test(text) || !service.test(text)
}
const sentences = (text: string): readonly string[] =>
  text.split(/(?<=[.;؛!?؟\n])\s+/).filter((one) => one.trim() !== '')
