import {
  DIRECTION_WORDS,
  RISK_STATUS_WORDS,
  CURRENCIES,
  type PlanValues,
} from '#shared/artifacts/joint-initiative-plan.v1.ts'
import type { Words } from '#shared/artifacts/words.ts'
import { folded } from '#shared/intake/text.ts'

/** Sets into which rows of a spreadsheet can be pasted. */
export const PASTE_KINDS = ['milestones', 'risks', 'kpis', 'budget'] as const
export type PasteKind = (typeof PASTE_KINDS)[number]

type Options = Readonly<Record<string, Words>>
/** How a cell of a column is read. */
export type PasteType =
  | { readonly kind: 'text' | 'date' | 'number' | 'money' | 'percent' | 'company' | 'milestones' | 'rating' }
  | { readonly kind: 'choice'; readonly options: Options }

export interface PasteField {
  readonly field: string
  readonly type: PasteType
  /** Header words in both languages, folded. */
  readonly header: RegExp
}

const field = <K extends PasteKind>(
  name: keyof PlanValues<K> & string,
  type: PasteType['kind'] | Options,
  header: RegExp,
): PasteField => ({
  field: name,
  type: typeof type === 'string' ? ({ kind: type } as PasteType) : { kind: 'choice', options: type },
  header,
})
const yesNo: Options = { yes: { en: 'Yes', ar: 'نعم' }, no: { en: 'No', ar: 'لا' } }
const currencies: Options = Object.fromEntries(Object.entries(CURRENCIES).map(([code, { label }]) => [code, label]))
const OWNER = /^(?:owner|company|party|partner|responsible company|lead)\b|^(?:ال)?(?:شركه|جهه|طرف|مالك)/
const PERSON = /person|responsible|assignee|in charge|الشخص|المسؤول|مسؤول/

/** The columns of each kind, the more telling first: a header belongs to the first that knows it. */
export const PASTE_FIELDS: Readonly<Record<PasteKind, readonly PasteField[]>> = {
  milestones: [
    field<'milestones'>('titleAr', 'text', /arabic|\bar\b|بالعربيه|عربي/),
    field<'milestones'>('depends', 'milestones', /depend|predecessor|after|تعتمد|يعتمد|سابق|بعد/),
    field<'milestones'>('doneOn', 'date', /done|completed|actual|انجز|انجاز|اكتمل|الفعلي/),
    field<'milestones'>('start', 'date', /start|begin|\bfrom\b|بدايه|البدء|بدء|من تاريخ/),
    field<'milestones'>('due', 'date', /due|finish|\bend\b|deadline|\bdate\b|استحقاق|نهايه|انتهاء|موعد|تاريخ/),
    field<'milestones'>('gate', yesNo, /gate|بوابه/),
    field<'milestones'>('owner', 'company', OWNER),
    field<'milestones'>('person', 'text', PERSON),
    field<'milestones'>('titleEn', 'text', /milestone|title|task|name|activity|deliverable|مرحله|عنوان|مهمه|اسم|نشاط/),
  ],
  risks: [
    field<'risks'>('likelihood', 'rating', /likelihood|probability|احتمال/),
    field<'risks'>('impact', 'rating', /impact|severity|consequence|اثر|تاثير|شده/),
    field<'risks'>('mitigation', 'text', /mitigation|response|action|treatment|تخفيف|معالجه|اجراء|استجابه/),
    field<'risks'>('status', RISK_STATUS_WORDS, /status|state|حاله/),
    field<'risks'>('owner', 'company', OWNER),
    field<'risks'>('person', 'text', PERSON),
    field<'risks'>('text', 'text', /risk|description|title|خطر|مخاطر|وصف/),
  ],
  kpis: [
    field<'kpis'>('unit', 'text', /unit|وحده/),
    field<'kpis'>('direction', DIRECTION_WORDS, /direction|better|اتجاه/),
    field<'kpis'>('baseline', 'number', /baseline|current|اساس|حالي/),
    field<'kpis'>('by', 'date', /\bby\b|due|target date|deadline|date|بحلول|موعد|تاريخ/),
    field<'kpis'>('target', 'number', /target|goal|مستهدف|هدف/),
    field<'kpis'>('metric', 'text', /kpi|metric|indicator|measure|name|مؤشر|مقياس|اسم/),
  ],
  budget: [
    field<'budget'>('currency', currencies, /currency|عمله/),
    field<'budget'>('share', 'percent', /share|percent|%|٪|حصه|نسبه/),
    field<'budget'>('amount', 'money', /amount|cost|budget|value|total|مبلغ|تكلفه|قيمه|ميزانيه|اجمالي/),
    field<'budget'>('party', 'company', OWNER),
    field<'budget'>('item', 'text', /item|description|line|title|name|category|بند|وصف|اسم|فئه/),
  ],
}

/** The field without which a row says nothing. */
export const PASTE_KEY: Readonly<Record<PasteKind, readonly string[]>> = {
  milestones: ['titleEn', 'titleAr'],
  risks: ['text'],
  kpis: ['metric'],
  budget: ['item', 'party'],
}

/** A field per header cell; each field once, the first column that names it. */
export function matchHeaders(kind: PasteKind, cells: readonly string[]): readonly (string | null)[] {
  const taken = new Set<string>()
  return cells.map((cell) => {
    const text = folded(cell)
    if (text === '') return null
    const found = PASTE_FIELDS[kind].find(({ field: name, header }) => !taken.has(name) && header.test(text))
    if (found === undefined) return null
    taken.add(found.field)
    return found.field
  })
}
