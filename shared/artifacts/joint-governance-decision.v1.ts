import type { CompanyId } from '../kernel/ids.ts'
import type { IsoDate } from '../kernel/time.ts'
import { defineArtifact } from './define.ts'
import { bilingual, choice, count, date, optional, records, reference } from './field.ts'
import { affectedDocuments, order, prose, roles, topicFields } from './topic-fields.ts'
import { words, type Words } from './words.ts'

export const POLICY_WORDS = {
  'weighted-majority': words('Weighted majority', 'أغلبية مرجّحة'),
  unanimity: words('Unanimity', 'إجماع'),
  consent: words('Consent (no reasoned objection)', 'رضا (لا اعتراض مسبَّب)'),
} as const
export const ABSTAIN_WORDS = {
  'left-out': words('Left out', 'لا يُحتسب'),
  present: words('Counts towards the quorum alone', 'يُحتسب في النصاب وحده'),
  against: words('Counts as a no', 'يُحتسب رفضًا'),
} as const
const YES_WORDS = { yes: words('Yes', 'نعم'), no: words('No', 'لا') } as const

const points = (label: Words) => optional(count(label, 0, 100))

/**
 * AR-5, with the policy of AR-6 and the topic of AR-18. The draft is written together; what is put to the vote is frozen out of it as
 * a round's text, and everything after that is a signed fact.
 */
export const JointGovernanceDecision = defineArtifact({
  type: 'JointGovernanceDecision.v1',
  minor: 0,
  label: words('Joint decision', 'قرار مشترك'),
  about: words(
    'A question that companies decide together: topic, options, the rule, each company’s position, and the signed result.',
    'مسألة تقرّرها الشركات معًا: الموضوع والخيارات والقاعدة وموقف كل شركة والنتيجة الموقّعة.',
  ),
  sections: {
    joint: {
      label: words('Draft', 'المسودة'),
      writers: 'joint',
      roles: ['founder', 'ceo', 'coo', 'cto', 'cmo', 'cfo', 'chro', 'legal', 'account-lead', 'delivery-lead', 'sponsor', 'admin'], // prettier-ignore
      form: 'records',
      fields: {
        topic: records(words('Topic', 'الموضوع'), {
          ...topicFields(words('Question', 'السؤال')),
          deadline: optional(date<IsoDate>(words('Last day for positions', 'آخر يوم للمواقف'))),
          reopenEn: prose(words('Put the question again if (English)', 'يُعاد طرح المسألة إذا (بالإنجليزية)')),
          reopenAr: prose(words('Put the question again if (Arabic)', 'يُعاد طرح المسألة إذا (بالعربية)')),
          reviewOn: optional(date<IsoDate>(words('Look at the outcome on', 'تُراجع النتيجة في'))),
        }),
        affected: affectedDocuments(),
        options: records(words('Options', 'الخيارات'), {
          title: optional(bilingual(words('Title', 'العنوان'))),
          aboutEn: prose(words('Description (English)', 'الوصف (بالإنجليزية)')),
          aboutAr: prose(words('Description (Arabic)', 'الوصف (بالعربية)')),
          order,
        }),
        policy: records(words('Rule', 'القاعدة'), {
          kind: optional(choice(words('How it is decided', 'طريقة القرار'), POLICY_WORDS)),
          threshold: points(words('Score that an option needs (0 to 100)', 'الدرجة اللازمة للخيار (٠ إلى ١٠٠)')),
          quorum: points(words('Quorum, % of the weight', 'النصاب، ٪ من الأوزان')),
          leastYes: points(words('Weight that has to say yes, %', 'الوزن اللازم موافقته، ٪')),
          abstain: optional(choice(words('An abstention', 'الامتناع'), ABSTAIN_WORDS)),
          sealed: optional(choice(words('Positions sealed until all are in', 'المواقف مختومة حتى تكتمل'), YES_WORDS)),
          vetoRoles: roles(words('Roles with a veto', 'الأدوار ذات حق النقض')),
          approvers: roles(words('Roles that approve and sign', 'الأدوار التي تعتمد وتوقّع')),
          vision: points(words('Local vision, %', 'الرؤية المحلية، ٪')),
          purpose: points(words('Local purpose, %', 'الغاية المحلية، ٪')),
          fit: points(words('Peer fit, %', 'ملاءمة النظير، ٪')),
          legend: points(words('Legendary lens, %', 'عدسة الأثر الخالد، ٪')),
          dissent: points(words('A role dissents beyond, points', 'يُعدّ الدور مخالفًا فوق، نقطة')),
          leeway: points(words('Approver may move a score by, points', 'للمعتمِد تحريك الدرجة حتى، نقطة')),
          mediationDays: optional(count(words('Mediation window, days', 'مهلة الوساطة، أيام'), 1, 365)),
          revealDays: optional(count(words('Days to show sealed positions', 'أيام كشف المواقف المختومة'), 1, 30)),
        }),
        voters: records(words('Companies that decide', 'الشركات صاحبة القرار'), {
          company: optional(reference<CompanyId>(words('Company', 'الشركة'), 32)),
          name: optional(bilingual(words('Name', 'الاسم'))),
          weight: optional(count(words('Weight', 'الوزن'), 1, 10_000)),
          order,
        }),
      },
    },
  },
})
