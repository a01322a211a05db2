import { z } from 'zod'
import type { CompanyId } from '../kernel/ids.ts'
import type { IsoDate } from '../kernel/time.ts'
import { defineArtifact } from './define.ts'
import { choice, count, date, field, line, note, optional, percent, quantity, records, reference } from './field.ts'
import { words, type Words } from './words.ts'

export const RACI_WORDS = {
  r: words('Responsible', 'منفّذ'),
  a: words('Accountable', 'مسؤول نهائي'),
  ra: words('Responsible and accountable', 'منفّذ ومسؤول نهائي'),
  c: words('Consulted', 'يُستشار'),
  i: words('Informed', 'يُبلَّغ'),
} as const
export const RESOURCE_WORDS = {
  people: words('People', 'أفراد'),
  money: words('Money', 'أموال'),
  lab: words('Lab slots', 'حجوزات مختبر'),
  hub: words('Hub slots', 'حجوزات مركز'),
} as const
export const RISK_STATUS_WORDS = {
  open: words('Open', 'مفتوح'),
  mitigating: words('Being mitigated', 'قيد المعالجة'),
  occurred: words('Occurred', 'وقع'),
  closed: words('Closed', 'مغلق'),
} as const
export const GATE_RESULT_WORDS = {
  go: words('Go', 'متابعة'),
  'no-go': words('No-go', 'إيقاف'),
  recycle: words('Recycle', 'إعادة العمل'),
} as const
export const LEVEL_WORDS = { must: words('Must', 'إلزامي'), should: words('Should', 'مستحسن') } as const
export const MET_WORDS = { met: words('Met', 'مستوفى'), 'not-met': words('Not met', 'غير مستوفى') } as const
export const DIRECTION_WORDS = { up: words('Higher is better', 'الأعلى أفضل'), down: words('Lower is better', 'الأقل أفضل') } as const // prettier-ignore
export const IP_TAG_WORDS = {
  joint: words('Joint', 'ملكية مشتركة'),
  'work-for-hire': words('Work for hire', 'عمل بأجر'),
  'background-a': words('Background of the plan’s owner', 'ملكية سابقة لمالك الخطة'),
  'background-b': words('Background of the partner', 'ملكية سابقة للشريك'),
  licensed: words('Licensed', 'مرخّصة'),
} as const
const YES_WORDS = { yes: words('Yes', 'نعم'), no: words('No', 'لا') } as const

/** Currencies that a budget may be in, with how many decimals their minor unit has (ISO 4217). */
export const CURRENCIES = {
  SAR: { label: words('Saudi riyal', 'ريال سعودي'), decimals: 2 },
  AED: { label: words('UAE dirham', 'درهم إماراتي'), decimals: 2 },
  BHD: { label: words('Bahraini dinar', 'دينار بحريني'), decimals: 3 },
  KWD: { label: words('Kuwaiti dinar', 'دينار كويتي'), decimals: 3 },
  OMR: { label: words('Omani rial', 'ريال عماني'), decimals: 3 },
  QAR: { label: words('Qatari riyal', 'ريال قطري'), decimals: 2 },
  EGP: { label: words('Egyptian pound', 'جنيه مصري'), decimals: 2 },
  USD: { label: words('US dollar', 'دولار أمريكي'), decimals: 2 },
  EUR: { label: words('Euro', 'يورو'), decimals: 2 },
  GBP: { label: words('Pound sterling', 'جنيه إسترليني'), decimals: 2 },
} as const
export type Currency = keyof typeof CURRENCIES
const CURRENCY_WORDS = Object.fromEntries(
  Object.entries(CURRENCIES).map(([code, { label }]) => [code, label]),
) as Readonly<Record<Currency, Words>>

/** Names a record of a set of this plan. */
const record = (label: Words) => optional(field(label, 'reference', z.string().min(1).max(80)))
const company = (label: Words) => optional(reference<CompanyId>(label, 32))
const day = (label: Words) => optional(date<IsoDate>(label))
const text = (label: Words) => optional(line(label))
const prose = (label: Words) => optional(note(label))
/** A measured value: losses and changes may be negative. */
const measure = (label: Words) => optional(field(label, 'quantity', z.number().min(-1e15).max(1e15)))
/** Integer minor units of the currency beside it. */
const money = (label: Words) => optional(count(label, 0, 1e15))
/** Where a record stands in its list: a fractional index. */
const order = text(words('Order', 'الترتيب'))

/**
 * AR-3. Both companies write all of it, also while they have no link. What two people may well fill at the same time without
 * disagreeing (readings, roles per company, criteria) is a record of its own, so that only a real disagreement is a conflict.
 */
export const JointInitiativePlan = defineArtifact({
  type: 'JointInitiativePlan.v1',
  minor: 0,
  label: words('Joint plan', 'خطة مشتركة'),
  about: words(
    'What the companies do together: milestones, roles, resources, measures, risks, gates and budget.',
    'ما تنجزه الشركات معًا: المراحل والأدوار والموارد والمؤشرات والمخاطر والبوابات والميزانية.',
  ),
  sections: {
    joint: {
      label: words('Plan', 'الخطة'),
      writers: 'joint',
      roles: [
        'founder',
        'ceo',
        'coo',
        'cto',
        'cmo',
        'cfo',
        'chro',
        'account-lead',
        'delivery-lead',
        'sponsor',
        'admin',
      ],
      form: 'records',
      fields: {
        plan: records(words('About the plan', 'عن الخطة'), {
          objectiveEn: prose(words('Objective (English)', 'الهدف (بالإنجليزية)')),
          objectiveAr: prose(words('Objective (Arabic)', 'الهدف (بالعربية)')),
          stopCriteria: prose(words('Stop criteria', 'معايير الإيقاف')),
          communication: prose(words('Communication plan', 'خطة التواصل')),
          decision: text(words('Decision reference', 'مرجع القرار')),
          start: day(words('Start', 'البداية')),
          end: day(words('End', 'النهاية')),
          currency: optional(choice(words('Currency', 'العملة'), CURRENCY_WORDS)),
        }),
        milestones: records(words('Milestones', 'المراحل'), {
          titleEn: text(words('Title (English)', 'العنوان (بالإنجليزية)')),
          titleAr: text(words('Title (Arabic)', 'العنوان (بالعربية)')),
          start: day(words('Start', 'البداية')),
          due: day(words('Due', 'الاستحقاق')),
          depends: optional(
            field<readonly string[]>(
              words('Depends on', 'تعتمد على'),
              'reference',
              z.array(z.string().min(1).max(80)).max(50) as unknown as z.ZodType<readonly string[]>,
            ),
          ),
          doneOn: day(words('Done on', 'تاريخ الإنجاز')),
          evidence: prose(words('Evidence that it is done', 'دليل الإنجاز')),
          gate: optional(choice(words('Gate', 'بوابة قرار'), YES_WORDS)),
          gateResult: optional(choice(words('Gate result', 'قرار البوابة'), GATE_RESULT_WORDS)),
          gateDecidedOn: day(words('Gate decided on', 'تاريخ قرار البوابة')),
          gateReason: prose(words('Reason for the result', 'سبب القرار')),
          owner: company(words('Company in charge', 'الشركة المسؤولة')),
          person: text(words('Person in charge', 'الشخص المسؤول')),
          order,
        }),
        criteria: records(words('Gate criteria', 'معايير البوابات'), {
          milestone: record(words('Milestone', 'المرحلة')),
          text: text(words('Criterion', 'المعيار')),
          level: optional(choice(words('Level', 'المستوى'), LEVEL_WORDS)),
          met: optional(choice(words('Met', 'الاستيفاء'), MET_WORDS)),
          order,
        }),
        activities: records(words('Other activities', 'أنشطة أخرى'), {
          titleEn: text(words('Title (English)', 'العنوان (بالإنجليزية)')),
          titleAr: text(words('Title (Arabic)', 'العنوان (بالعربية)')),
          order,
        }),
        raci: records(words('Roles', 'الأدوار'), {
          activity: record(words('Milestone or activity', 'المرحلة أو النشاط')),
          company: company(words('Company', 'الشركة')),
          part: optional(choice(words('Part', 'الدور'), RACI_WORDS)),
        }),
        resources: records(words('Resources', 'الموارد'), {
          party: company(words('Company', 'الشركة')),
          kind: optional(choice(words('Kind', 'النوع'), RESOURCE_WORDS)),
          name: text(words('What', 'المورد')),
          amount: optional(quantity(words('Amount at a time', 'الكمية في الوقت الواحد'))),
          unit: text(words('Unit', 'الوحدة')),
          money: money(words('Money in all', 'إجمالي المبلغ')),
          from: day(words('From', 'من')),
          to: day(words('To', 'إلى')),
          order,
        }),
        usage: records(words('Usage log', 'سجل الاستخدام'), {
          resource: record(words('Resource', 'المورد')),
          on: day(words('On', 'التاريخ')),
          amount: optional(quantity(words('Used', 'المستخدم'))),
          note: text(words('Note', 'ملاحظة')),
        }),
        kpis: records(words('KPIs', 'مؤشرات الأداء'), {
          metric: text(words('Metric', 'المؤشر')),
          unit: text(words('Unit', 'الوحدة')),
          direction: optional(choice(words('Direction', 'الاتجاه'), DIRECTION_WORDS)),
          baseline: measure(words('Baseline', 'خط الأساس')),
          target: measure(words('Target', 'المستهدف')),
          by: day(words('By', 'بحلول')),
          order,
        }),
        readings: records(words('KPI readings', 'قراءات المؤشرات'), {
          kpi: record(words('KPI', 'المؤشر')),
          on: day(words('Date', 'التاريخ')),
          value: measure(words('Value', 'القيمة')),
        }),
        risks: records(words('Risks', 'المخاطر'), {
          text: text(words('Risk', 'الخطر')),
          likelihood: optional(count(words('Likelihood (1 to 5)', 'الاحتمال (١ إلى ٥)'), 1, 5)),
          impact: optional(count(words('Impact (1 to 5)', 'الأثر (١ إلى ٥)'), 1, 5)),
          mitigation: prose(words('Mitigation', 'إجراء التخفيف')),
          owner: company(words('Company in charge', 'الشركة المسؤولة')),
          person: text(words('Person in charge', 'الشخص المسؤول')),
          status: optional(choice(words('Status', 'الحالة'), RISK_STATUS_WORDS)),
          order,
        }),
        budget: records(words('Budget split', 'تقسيم الميزانية'), {
          party: company(words('Company', 'الشركة')),
          item: text(words('Item', 'البند')),
          amount: money(words('Amount', 'المبلغ')),
          currency: optional(choice(words('Currency', 'العملة'), CURRENCY_WORDS)),
          share: optional(percent(words('Agreed share %', 'الحصة المتفق عليها ٪'))),
          order,
        }),
        outputs: records(words('IP outputs', 'مخرجات الملكية الفكرية'), {
          titleEn: text(words('Title (English)', 'العنوان (بالإنجليزية)')),
          titleAr: text(words('Title (Arabic)', 'العنوان (بالعربية)')),
          tag: optional(choice(words('Whose it is', 'لمن هي'), IP_TAG_WORDS)),
          milestone: record(words('Milestone', 'المرحلة')),
          note: prose(words('Note', 'ملاحظة')),
          order,
        }),
        links: records(words('Links', 'روابط'), {
          relation: text(words('Relation', 'العلاقة')),
          reference: text(words('Document', 'المستند')),
          order,
        }),
      },
    },
  },
})

type Sets = (typeof JointInitiativePlan)['sections']['joint']['fields']
export type PlanSet = keyof Sets
type InnerOf<F> = F extends { readonly schema: z.ZodType<readonly (infer V)[]> } ? V : never
/** The values of one record of a set, without its id. */
export type PlanValues<S extends PlanSet> = InnerOf<Sets[S]>
