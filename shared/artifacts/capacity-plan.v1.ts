import type { ArtifactId } from '../kernel/ids.ts'
import type { IsoDate, IsoMonth } from '../kernel/time.ts'
import { defineArtifact, type SectionOf } from './define.ts'
import { bilingual, cells, choice, count, date, line, month, note, optional, quantity, reference } from './field.ts'
import { words } from './words.ts'

export const COMMIT_WORDS = {
  proposed: words('Proposed', 'مقترح'),
  committed: words('Committed', 'ملتزم به'),
  auto: words('Committed by agreed rule', 'ملتزم به وفق قاعدة متفق عليها'),
  shortfall: words('Shortfall', 'عجز'),
} as const

/** What becomes of a cell that its supplier leaves without an answer past the day ([TR-7]). */
export const UNANSWERED_WORDS = {
  remind: words('A reminder, nothing is committed', 'تذكير، ولا التزام'),
  'as-forecast': words('Committed as forecast', 'التزام بحسب التوقع'),
} as const

const DAYS = words('days', 'يومًا')

/**
 * AR-8. Owned by the company that has the capacity and written by it alone; the forecast's owner answers shortfalls in
 * `partner`. Each living field is one root map: the terms of the whole plan flat, `slots` by `resource|bucket`, `commitments` by `sku|region|bucket`.
 */
export const CapacityPlan = defineArtifact({
  type: 'CapacityPlan.v1',
  minor: 0,
  label: words('Capacity plan', 'خطة الطاقة الإنتاجية'),
  about: words(
    'What the supplier can make and commits to, against each row of a shared forecast.',
    'ما يستطيع المورد إنتاجه ويلتزم به مقابل كل صف من التوقع المشترك.',
  ),
  sections: {
    own: {
      label: words('Capacity and commitments', 'الطاقة والالتزامات'),
      writers: 'owner',
      roles: ['founder', 'ceo', 'coo', 'cfo', 'delivery-lead', 'account-lead', 'admin'],
      form: 'living',
      fields: {
        title: optional(bilingual(words('Title', 'العنوان'))),
        forecast: optional(reference<ArtifactId>(words('Forecast answered', 'التوقع المُجاب عليه'), 16)),
        leadTimeDays: optional(count(words('Lead time', 'مدة التوريد'), 0, 3650, { unit: DAYS })),
        minimumOrder: optional(quantity(words('Minimum order quantity', 'الحد الأدنى للطلب'))),
        multiple: optional(quantity(words('Order multiple', 'مضاعف الطلب'))),
        constraint: optional(note(words('Constraint', 'القيد'))),
        unanswered: optional(
          choice(words('What is not answered in time', 'ما لا يُرد عليه في موعده'), UNANSWERED_WORDS, {
            help: words(
              'Your rule, agreed in advance. It takes effect after the day by which answers are due.',
              'قاعدتك المتفق عليها مسبقًا، وتسري بعد اليوم الذي تُستحق فيه الردود.',
            ),
          }),
        ),
        slots: cells(words('Capacity slots', 'خانات الطاقة'), {
          resource: optional(line(words('Line or resource', 'خط الإنتاج أو المورد'))),
          skuGroup: optional(line(words('Product group', 'مجموعة المنتجات'))),
          bucket: optional(month<IsoMonth>(words('Month', 'الشهر'))),
          capacity: optional(quantity(words('Capacity', 'الطاقة'))),
          upside: optional(quantity(words('Possible more', 'زيادة ممكنة'))),
          downside: optional(quantity(words('Possible less', 'نقص محتمل'))),
        }),
        commitments: cells(words('Commitments', 'الالتزامات'), {
          capacity: optional(quantity(words('Capacity', 'الطاقة'))),
          committed: optional(quantity(words('Committed quantity', 'الكمية الملتزم بها'))),
          status: optional(choice(words('Status', 'الحالة'), COMMIT_WORDS)),
          reason: optional(line(words('Reason', 'السبب'))),
          alternate: optional(line(words('Alternative offered', 'البديل المعروض'))),
          resource: optional(line(words('Line or resource', 'خط الإنتاج أو المورد'))),
          committedOn: optional(date<IsoDate>(words('Committed on', 'تاريخ الالتزام'))),
          leadTimeDays: optional(count(words('Lead time', 'مدة التوريد'), 0, 3650, { unit: DAYS })),
          minimumOrder: optional(quantity(words('Minimum order quantity', 'الحد الأدنى للطلب'))),
          multiple: optional(quantity(words('Order multiple', 'مضاعف الطلب'))),
          forRevision: optional(count(words('For forecast revision', 'لمراجعة التوقع'), 1, 1e9)),
          forQuantity: optional(quantity(words('Forecast answered', 'الكمية المتوقعة المُجاب عليها'))),
        }),
      },
    },
    partner: {
      label: words('Answers to shortfalls', 'الردود على العجز'),
      writers: 'partner',
      roles: ['founder', 'ceo', 'coo', 'cmo', 'cfo', 'account-lead', 'admin'],
      form: 'living',
      fields: {
        answers: cells(words('Answers', 'الردود'), {
          answer: optional(
            choice(words('Answer', 'الرد'), {
              accepted: words('Shortfall accepted', 'قُبل العجز'),
              elsewhere: words('Bought elsewhere', 'الشراء من مصدر آخر'),
              moved: words('Moved to another month', 'نُقل إلى شهر آخر'),
              disputed: words('Not accepted', 'غير مقبول'),
            }),
          ),
          note: optional(note(words('Note', 'ملاحظة'))),
          answeredOn: optional(date<IsoDate>(words('Answered on', 'تاريخ الرد'))),
        }),
      },
    },
  },
})

export type CapacityContent = SectionOf<typeof CapacityPlan, 'own'>
export type Commitment = CapacityContent['commitments'][string]
export type Slot = CapacityContent['slots'][string]
export type ShortfallAnswer = SectionOf<typeof CapacityPlan, 'partner'>['answers'][string]
