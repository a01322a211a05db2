import type { ColumnMeaning, DataClass } from '#shared/artifacts/table.ts'
import { asciiDigits, bare, folded } from './text.ts'

/** Header words in both languages, most telling first: the first group with a hit wins. */
const WORDS: readonly (readonly [ColumnMeaning, RegExp])[] = [
  ['email', /e-?mail|بريد الكتروني|البريد|ايميل/],
  ['iban', /iban|ايبان|حساب بنكي|رقم الحساب/],
  ['phone', /phone|mobile|\btel\b|whats ?app|هاتف|جوال|موبايل|تلفون/],
  ['national-id', /national id|\bnid\b|iqama|passport|هويه|اقامه|سجل مدني|جواز/],
  [
    'tax-id',
    /\bvat (?:no|num|id|reg)|\bvat\b.*number|tax (?:id|no|num|reg)|\btrn\b|\btin\b|رقم ضريبي|الرقم الضريبي|تسجيل ضريبي/,
  ],
  [
    'person-name',
    /contact|sales ?(?:rep|man|person)|employee|first name|last name|full name|buyer name|مسؤول|المسئول|مندوب|جهه الاتصال|موظف/,
  ],
  ['status', /\bstatus\b|\bstate\b(?! *\/)|حاله/],
  [
    'sku',
    /\bsku\b|item (?:code|no|num)|product (?:code|id|no)|material|part ?(?:no|num)|barcode|رمز الصنف|كود الصنف|رقم الصنف|رمز المنتج|كود المنتج|رقم المنتج/,
  ],
  ['order', /order|invoice|transaction|receipt|\bpo\b|document (?:no|num)|فاتوره|طلب|امر الشراء|رقم العمليه/],
  ['price', /price|unit cost|\brate\b|سعر/],
  ['quantity', /quantit|\bqty\b|\bunits?\b|pieces|\bpcs\b|volume|كميه|عدد/],
  ['amount', /amount|total|revenue|sales|value|net|gross|subtotal|مبلغ|اجمالي|قيمه|صافي|ايراد/],
  ['date', /date|\bday\b|month|period|week|تاريخ|يوم|شهر|فتره/],
  ['region', /region|city|area|province|territory|branch|location|governorate|منطقه|مدينه|محافظه|فرع|موقع/],
  ['customer', /customer|client|buyer|account|company|عميل|زبون|مشتري|شركه/],
  ['product', /product|item|description|goods|منتج|صنف|بضاعه|وصف/],
  ['note', /note|remark|comment|memo|ملاحظ|تعليق|بيان/],
]

/** Header words that must not win over a date found in the values: `Order date` names a date. */
const DATE_WORD = /date|تاريخ/

function byHeader(header: string): ColumnMeaning {
  const words = folded(header).replaceAll('_', ' ')
  if (DATE_WORD.test(words)) return 'date'
  return WORDS.find(([, pattern]) => pattern.test(words))?.[0] ?? 'other'
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/
const IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/
const PHONE = /^(?:\+|00)\d{9,15}$|^05\d{8}$|^9665\d{8}$|^01\d{8}$/

/** ISO 13616: move the first four letters to the end, letters to numbers, remainder 1 of 97. */
function isIban(text: string): boolean {
  if (!IBAN.test(text)) return false
  let remainder = 0
  for (const letter of text.slice(4) + text.slice(0, 4)) {
    const value = Number.parseInt(letter, 36)
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder === 1
}

/** Saudi national id and Iqama: ten digits from 1 or 2, checked by the Luhn sum. */
function isNationalId(digits: string): boolean {
  if (!/^[12]\d{9}$/.test(digits)) return false
  let sum = 0
  for (let at = 0; at < 10; at++) {
    const doubled = Number(digits[at]) * (at % 2 === 0 ? 2 : 1)
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** The kind of personal or fiscal identifier that one value looks like. */
export function identifierIn(value: string): ColumnMeaning | undefined {
  const text = asciiDigits(bare(value))
  if (EMAIL.test(text)) return 'email'
  const compact = text.replace(/[ ()-]/g, '')
  if (isIban(compact.toUpperCase())) return 'iban'
  if (PHONE.test(compact)) return 'phone'
  if (/^3\d{13}3$/.test(compact)) return 'tax-id'
  return isNationalId(compact) ? 'national-id' : undefined
}

const ENOUGH = 0.6

/**
 * What a column stands for: by its values where most are one kind of identifier (a header cannot talk an e-mail address into
 * being a note), else by the header's words in English or Arabic.
 */
export function proposeMeaning(header: string, values: readonly string[]): ColumnMeaning {
  const counts = new Map<ColumnMeaning, number>()
  for (const value of values) {
    const kind = identifierIn(value)
    if (kind !== undefined) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  for (const [kind, count] of counts) if (count >= values.length * ENOUGH) return kind
  return byHeader(header)
}

const SHAREABLE: ReadonlySet<ColumnMeaning> = new Set(['sku', 'region', 'date', 'quantity'])

/** Default deny: private, except the four that a forecast is made of, which are proposed as shared-confidential. Never public. */
export const proposeClass = (meaning: ColumnMeaning): DataClass =>
  SHAREABLE.has(meaning) ? 'shared-confidential' : 'private'

/** Meanings whose values are labels even when they are all digits: leading zeros and length matter. */
export const isLabel = (meaning: ColumnMeaning): boolean =>
  [
    'sku',
    'order',
    'phone',
    'iban',
    'national-id',
    'tax-id',
    'email',
    'person-name',
    'customer',
    'product',
    'region',
    'status',
    'note',
  ].includes(meaning)

/** Meanings stored as integer minor units. */
export const isMoney = (meaning: ColumnMeaning): boolean => meaning === 'price' || meaning === 'amount'
