import type { CompanyId } from '../kernel/ids.ts'
import type { IsoDate } from '../kernel/time.ts'
import { AGREEMENT_CHOICES, SIDE_WORDS, UNIT_WORDS } from './convergence-words.ts'
import { defineArtifact } from './define.ts'
import { bilingual, choice, count, date, optional, records, reference } from './field.ts'
import { affectedDocuments, order, prose, roles, short, topicFields } from './topic-fields.ts'
import { words } from './words.ts'

/**
 * AR-18, for a customer and a seller. The draft is written together; what is negotiated is frozen out of it as a request's text, and
 * every offer, acceptance and signature after that is a signed fact.
 */
export const CoordinationTopic = defineArtifact({
  type: 'CoordinationTopic.v1',
  minor: 0,
  label: words('Negotiation', 'تفاوض'),
  about: words(
    'Clauses that a customer and a seller negotiate in rounds until both sign the same values.',
    'بنود يتفاوض عليها العميل والبائع في جولات حتى يوقّعا القيم نفسها.',
  ),
  sections: {
    joint: {
      label: words('Draft', 'المسودة'),
      writers: 'joint',
      roles: ['founder', 'ceo', 'coo', 'cmo', 'cfo', 'legal', 'account-lead', 'delivery-lead', 'sponsor', 'admin'],
      form: 'records',
      fields: {
        topic: records(words('Topic', 'الموضوع'), {
          ...topicFields(words('Question', 'السؤال')),
          deadline: optional(date<IsoDate>(words('Last day for offers', 'آخر يوم للعروض'))),
        }),
        affected: affectedDocuments(),
        clauses: records(words('Clauses', 'البنود'), {
          label: optional(bilingual(words('Clause', 'البند'))),
          unit: optional(choice(words('Measured in', 'وحدة القياس'), UNIT_WORDS)),
          choicesEn: prose(words('Choices, one per line (English)', 'الخيارات، كل خيار في سطر (بالإنجليزية)')),
          choicesAr: prose(words('Choices, one per line (Arabic)', 'الخيارات، كل خيار في سطر (بالعربية)')),
          term: short(words('Fills in the agreement', 'يملأ في الاتفاقية')),
          order,
        }),
        parties: records(words('Companies', 'الشركتان'), {
          company: optional(reference<CompanyId>(words('Company', 'الشركة'), 32)),
          name: optional(bilingual(words('Name', 'الاسم'))),
          side: optional(choice(words('Side', 'الصفة'), SIDE_WORDS)),
          order,
        }),
        policy: records(words('Rule', 'القاعدة'), {
          offerRoles: roles(words('Roles that make offers', 'الأدوار التي تقدّم العروض')),
          signRoles: roles(words('Roles that accept and sign', 'الأدوار التي تقبل وتوقّع')),
          rounds: optional(count(words('Most rounds', 'أكثر عدد للجولات'), 1, 50)),
          mediationDays: optional(count(words('Mediation window after the last day, days', 'مهلة الوساطة بعد آخر يوم، أيام'), 1, 90)),
          agreement: optional(choice(words('The outcome becomes', 'تتحول النتيجة إلى'), AGREEMENT_CHOICES)),
        }),
      },
    },
  },
}) // prettier-ignore
