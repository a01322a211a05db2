import { z } from 'zod'
import { ROLES, type ArtifactId, type Role } from '../kernel/ids.ts'
import { bilingual, choice, field, line, note, optional, records, reference } from './field.ts'
import { words, type Words } from './words.ts'

/** Fields of a draft that is frozen later: each may be left empty until then. */
export const prose = (label: Words) => optional(note(label))
export const short = (label: Words) => optional(line(label))
export const roles = (label: Words) =>
  optional(
    field<readonly Role[]>(label, 'reference', z.array(z.enum(ROLES)).max(ROLES.length) as unknown as z.ZodType<readonly Role[]>),
  ) // prettier-ignore
export const order = short(words('Order', 'الترتيب'))

export const URGENCY_WORDS = {
  low: words('Low', 'منخفضة'),
  normal: words('Normal', 'عادية'),
  high: words('High', 'عالية'),
} as const

/** AR-18, what every topic says in both languages; `question` is what the question is called. */
export const topicFields = (question: Words) => ({
  title: optional(bilingual(words('Title', 'العنوان'))),
  questionEn: prose(words(`${question.en} (English)`, `${question.ar} (بالإنجليزية)`)),
  questionAr: prose(words(`${question.en} (Arabic)`, `${question.ar} (بالعربية)`)),
  benefitsEn: prose(words('Expected benefits (English)', 'المنافع المتوقعة (بالإنجليزية)')),
  benefitsAr: prose(words('Expected benefits (Arabic)', 'المنافع المتوقعة (بالعربية)')),
  urgency: optional(choice(words('Urgency', 'الاستعجال'), URGENCY_WORDS)),
})

/** Documents that a topic is about. */
export const affectedDocuments = () =>
  records(words('Documents concerned', 'الوثائق المعنية'), {
    artifact: optional(reference<ArtifactId>(words('Document', 'الوثيقة'), 16)),
    order,
  })
