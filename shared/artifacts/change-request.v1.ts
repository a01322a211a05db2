import type { CompanyId } from '../kernel/ids.ts'
import type { IsoDate } from '../kernel/time.ts'
import { ARBITER_WORDS, CHANGE_SIDE_WORDS, DECIDER_WORDS, MARKER_WORDS } from './change-words.ts'
import { defineArtifact } from './define.ts'
import { bilingual, choice, count, date, optional, records, reference } from './field.ts'
import { affectedDocuments, order, prose, roles, short, topicFields } from './topic-fields.ts'
import { words, type Words } from './words.ts'

const days = (label: Words) => optional(count(label, 1, 365))
const points = (label: Words) => optional(count(label, 0, 100))

/**
 * AR-18 for a client and a provider, with the policy of AR-17. The draft is written together; what is decided on is frozen out of it
 * as a text, and every verdict, condition and signature after that is a signed fact.
 */
export const ChangeRequest = defineArtifact({
  type: 'ChangeRequest.v1',
  minor: 0,
  label: words('Change request', 'طلب تغيير'),
  about: words(
    'A change of a service: the client decides its scope, the provider whether it is feasible, and both sign what comes of it.',
    'تغيير في خدمة: يقرر العميل نطاقه، ويقرر مقدّم الخدمة إمكانية تنفيذه، ويوقّع الطرفان ما ينتج عنه.',
  ),
  sections: {
    joint: {
      label: words('Draft', 'المسودة'),
      writers: 'joint',
      roles: ['founder', 'ceo', 'coo', 'cto', 'cfo', 'legal', 'account-lead', 'delivery-lead', 'sponsor', 'admin'],
      form: 'records',
      fields: {
        topic: records(words('Change', 'التغيير'), {
          number: short(words('Number in the log of changes', 'الرقم في سجل التغييرات')),
          ...topicFields(words('What is asked for, and why', 'المطلوب وسببه')),
          neededBy: optional(date<IsoDate>(words('Needed by', 'مطلوب قبل'))),
        }),
        affected: affectedDocuments(),
        changes: records(words('What changes', 'ما يتغير'), {
          place: optional(bilingual(words('Clause or deliverable', 'البند أو المخرَج'))),
          textEn: prose(words('How it shall read (English)', 'النص المطلوب (بالإنجليزية)')),
          textAr: prose(words('How it shall read (Arabic)', 'النص المطلوب (بالعربية)')),
          order,
        }),
        options: records(words('Considered instead', 'بدائل نُظر فيها'), {
          title: optional(bilingual(words('Alternative', 'البديل'))),
          aboutEn: prose(words('About (English)', 'عنه (بالإنجليزية)')),
          aboutAr: prose(words('About (Arabic)', 'عنه (بالعربية)')),
          order,
        }),
        parties: records(words('Companies', 'الشركتان'), {
          company: optional(reference<CompanyId>(words('Company', 'الشركة'), 32)),
          name: optional(bilingual(words('Name', 'الاسم'))),
          side: optional(choice(words('Side', 'الصفة'), CHANGE_SIDE_WORDS)),
          order,
        }),
        policy: records(words('Rule', 'القاعدة'), {
          scopeDays: days(words('Scope: days for the client', 'النطاق: أيام العميل')),
          feasibilityDays: days(words('Feasibility: days for the provider', 'إمكانية التنفيذ: أيام مقدّم الخدمة')),
          priceBy: optional(choice(words('Price is decided by', 'يقرر السعر'), DECIDER_WORDS)),
          priceDays: days(words('Price: days', 'السعر: الأيام')),
          timelineBy: optional(choice(words('Timeline is decided by', 'يقرر الجدول الزمني'), DECIDER_WORDS)),
          timelineDays: days(words('Timeline: days', 'الجدول الزمني: الأيام')),
          acceptanceBy: optional(choice(words('Acceptance is decided by', 'يقرر القبول'), DECIDER_WORDS)),
          acceptanceDays: days(words('Acceptance: days', 'القبول: الأيام')),
          conditionsBy: optional(choice(words('Conditions are marked as met by', 'يثبت استيفاء الشروط'), MARKER_WORDS)),
          verdictRoles: roles(words('Roles that give verdicts', 'الأدوار التي تبدي القرارات')),
          signRoles: roles(words('Roles that sign', 'الأدوار التي توقّع')),
          vision: points(words('Local Vision, percent', 'الرؤية المحلية، بالمئة')),
          purpose: points(words('Local Purpose, percent', 'الغاية المحلية، بالمئة')),
          value: points(words('Service Value, percent', 'قيمة الخدمة، بالمئة')),
          legend: points(words('Legendary Lens, percent', 'عدسة الأثر الخالد، بالمئة')),
          arbitration: optional(choice(words('Arbitration by', 'التحكيم لدى'), ARBITER_WORDS)),
          mediationDays: days(words('Days to sign after the last time-box', 'أيام التوقيع بعد آخر مهلة')),
        }),
      },
    },
  },
})
