import type { CompanyId } from '../kernel/ids.ts'
import type { Instant, IsoDate } from '../kernel/time.ts'
import { defineArtifact } from './define.ts'
import {
  bilingual, choice, count, date, instant, line, note, optional, records, reference, rich, type Field,
} from './field.ts' // prettier-ignore
import { words } from './words.ts'

export const NATURE_WORDS = {
  requirement: words('Requirement', 'متطلب'),
  guidance: words('Guidance', 'إرشاد'),
} as const
export type Nature = keyof typeof NATURE_WORDS

export const METHOD_OF_TEST_WORDS = {
  'json-schema': words('JSON Schema on a file', 'مخطط JSON على ملف'),
  'csv-rules': words('Rules for a table (CSV, Excel)', 'قواعد لجدول (CSV أو Excel)'),
  manual: words('By a person, with evidence', 'يجريه شخص مع دليل'),
} as const
export type TestMethod = keyof typeof METHOD_OF_TEST_WORDS

export const STRENGTH_WORDS = {
  must: words('Must', 'إلزامي'),
  should: words('Should', 'مستحسن'),
} as const
export type Strength = keyof typeof STRENGTH_WORDS

const SCOPE_WORDS = {
  in: words('In scope', 'ضمن النطاق'),
  out: words('Out of scope', 'خارج النطاق'),
} as const

const PROPOSED_WORDS = {
  add: words('To be added', 'للإضافة'),
  remove: words('To be removed', 'للإزالة'),
  // Written rather than emptied: who removes the clause at the same time has not seen it, and is contradicted.
  kept: words('Kept', 'أُبقي'),
} as const

/** A version's number as it is typed: judged where it is used, because a merged document cannot be refused. */
const version = (en: string, ar: string) => optional(line(words(en, ar)))
/** The id of a clause, a test or a comment: it never changes, whatever number the clause has at the moment. */
const anchor = (en: string, ar: string) => optional(line(words(en, ar)))
const order = optional(line(words('Place', 'الموضع')))

/** All that people write together. What a company states in its own name (a release, an adoption, a test run) is a fact. */
const JOINT = {
  about: records(words('About the standard', 'عن المعيار'), {
    title: optional(bilingual(words('Title', 'العنوان'))),
    purpose: optional(note(words('Purpose in English', 'الغرض بالإنجليزية'))),
    purposeAr: optional(note(words('Purpose in Arabic', 'الغرض بالعربية'))),
    owner: optional(reference<CompanyId>(words('Owner', 'المالك'), 32)),
    reviewOn: optional(date<IsoDate>(words('Next review', 'المراجعة القادمة'))),
  }),
  clauses: records(words('Clauses', 'البنود'), {
    order,
    level: optional(count(words('Level', 'المستوى'), 1, 6)),
    start: optional(
      count(words('Number at its level', 'الرقم في مستواه'), 1, 999, {
        help: words(
          'Only where counting does not give the number that the standard is known by.',
          'فقط حيث لا يعطي العدّ الرقم الذي يُعرف به المعيار.',
        ),
      }),
    ),
    nature: optional(choice(words('Kind', 'النوع'), NATURE_WORDS)),
    headingEn: optional(line(words('Heading in English', 'العنوان بالإنجليزية'))),
    headingAr: optional(line(words('Heading in Arabic', 'العنوان بالعربية'))),
    textEn: rich(words('Text in English', 'النص بالإنجليزية')),
    textAr: rich(words('Text in Arabic', 'النص بالعربية')),
    deprecatedIn: version('Deprecated in', 'مهمل منذ الإصدار'),
    replacedBy: anchor('Replaced by', 'حل محله'),
    proposed: optional(choice(words('Suggested', 'مقترح'), PROPOSED_WORDS)),
  }),
  versions: records(words('Versions', 'الإصدارات'), {
    number: version('Version', 'الإصدار'),
    changeLog: optional(note(words('What changed, in English', 'ما الذي تغيّر بالإنجليزية'))),
    changeLogAr: optional(note(words('What changed, in Arabic', 'ما الذي تغيّر بالعربية'))),
    deprecatedFrom: optional(date<IsoDate>(words('Deprecated from', 'مهمل اعتبارًا من'))),
    deprecatedTo: optional(date<IsoDate>(words('In use until', 'يُعمل به حتى'))),
    withdrawnOn: optional(date<IsoDate>(words('Withdrawn on', 'سُحب في'))),
  }),
  migrations: records(words('Migration steps', 'خطوات الانتقال'), {
    order,
    version: anchor('To version', 'إلى الإصدار'),
    step: optional(note(words('Step in English', 'الخطوة بالإنجليزية'))),
    stepAr: optional(note(words('Step in Arabic', 'الخطوة بالعربية'))),
    clause: anchor('Clause', 'البند'),
  }),
  tests: records(words('Conformance tests', 'اختبارات المطابقة'), {
    order,
    title: optional(bilingual(words('Test', 'الاختبار'))),
    strength: optional(choice(words('Strength', 'الإلزام'), STRENGTH_WORDS)),
    method: optional(choice(words('Method', 'الطريقة'), METHOD_OF_TEST_WORDS)),
    input: optional(note(words('Schema, rules or instruction', 'المخطط أو القواعد أو التعليمات'))),
    expected: optional(note(words('Expected', 'المتوقع'))),
    evidence: optional(note(words('Evidence asked for', 'الدليل المطلوب'))),
    clause: anchor('Clause', 'البند'),
  }),
  scope: records(words('Who is in scope', 'من يشمله النطاق'), {
    party: optional(reference<CompanyId>(words('Company', 'الشركة'), 32)),
    state: optional(choice(words('Scope', 'النطاق'), SCOPE_WORDS)),
    reason: optional(line(words('Reason', 'السبب'))),
  }),
  waivers: records(words('Waivers', 'الإعفاءات'), {
    party: optional(reference<CompanyId>(words('Company', 'الشركة'), 32)),
    test: anchor('Test', 'الاختبار'),
    version: version('Version', 'الإصدار'),
    reason: optional(line(words('Reason', 'السبب'))),
    until: optional(date<IsoDate>(words('Until', 'حتى'))),
  }),
  comments: records(words('Comments', 'التعليقات'), {
    clause: anchor('Clause', 'البند'),
    thread: anchor('Answers', 'ردًا على'),
    quote: optional(line(words('Words it is about', 'الكلمات المقصودة'))),
    body: optional(note(words('Comment', 'التعليق'))),
    at: optional(instant<Instant>(words('Written at', 'كُتب في'))),
    resolved: optional(
      choice(words('State', 'الحالة'), { open: words('Open', 'مفتوح'), resolved: words('Resolved', 'محلول') }),
    ),
  }),
} as const

/** AR-2. Everybody whose role may edits the draft together; a released version is a fact of its own and never changes. */
export const StandardsDoc = defineArtifact({
  type: 'StandardsDoc.v1',
  minor: 1,
  label: words('Standard', 'معيار'),
  about: words(
    'A standard that companies write, version and test together: clauses, conformance tests, who runs which version.',
    'معيار تكتبه الشركات وتصدره وتختبره معًا: بنود واختبارات مطابقة ومن يعمل بأي إصدار.',
  ),
  sections: {
    joint: {
      label: words('Standard', 'المعيار'),
      writers: 'joint',
      roles: ['founder', 'ceo', 'coo', 'cto', 'cmo', 'cfo', 'legal', 'account-lead', 'delivery-lead', 'admin'],
      form: 'records',
      fields: JOINT,
    },
  },
})

export type StandardSet = keyof typeof JOINT
type RowOf<F> = F extends Field<readonly (infer R)[]> ? R : never
/** The values of one record of a set. */
export type StandardRow<S extends StandardSet> = RowOf<(typeof JOINT)[S]>
/** The inner fields of a set, as `projectSet` wants them. */
export const fieldsOfSet = <S extends StandardSet>(set: S) => JOINT[set].fields as FieldsOf<StandardRow<S>>
type FieldsOf<R> = { readonly [K in keyof R]: Field<R[K]> }
