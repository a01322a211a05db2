import type { CompanyId, PersonId } from '../kernel/ids.ts'
import type { IsoDate } from '../kernel/time.ts'
import { defineArtifact } from './define.ts'
import {
  bilingual, choice, count, date, line, note, optional, records, reference, type Fields, type Field,
} from './field.ts' // prettier-ignore
import { words, type Words } from './words.ts'

export const LANGUAGE_WORDS = { ar: words('Arabic', 'العربية'), en: words('English', 'الإنجليزية') } as const
export const LAW_WORDS = {
  ksa: words('Laws of the Kingdom of Saudi Arabia', 'أنظمة المملكة العربية السعودية'),
  uae: words('Laws of the United Arab Emirates', 'قوانين دولة الإمارات العربية المتحدة'),
  bahrain: words('Laws of the Kingdom of Bahrain', 'قوانين مملكة البحرين'),
  kuwait: words('Laws of the State of Kuwait', 'قوانين دولة الكويت'),
  oman: words('Laws of the Sultanate of Oman', 'قوانين سلطنة عُمان'),
  qatar: words('Laws of the State of Qatar', 'قوانين دولة قطر'),
} as const

/** Units of a counted term; both languages need the number's own form of the noun. */
export type TermUnit = 'days' | 'months' | 'years' | 'percent' | 'halalas'

/** A structured term: a value that fills the text of both languages and is checked as a value. */
export interface TermSpec {
  readonly label: Words
  readonly unit: TermUnit | 'date'
  /** What a new agreement begins with; null: the parties have to say. */
  readonly usual: number | null
}
export type Terms = Readonly<Record<string, TermSpec>>

/** A clause that a new agreement begins with; `{name}` stands for a term or a party (`{partyA}`, `{partyB}`). */
export interface ClauseTemplate {
  readonly heading: Words
  readonly text: Words
}

/** One kind of agreement: its terms and the clauses of ours that it begins with. */
export interface AgreementKind {
  readonly type: string
  readonly terms: Terms
  readonly clauses: readonly ClauseTemplate[]
}

const AUTHORS = ['founder', 'ceo', 'coo', 'cto', 'cmo', 'cfo', 'chro', 'legal', 'account-lead', 'delivery-lead', 'sponsor', 'admin'] as const // prettier-ignore
const short = (label: Words) => optional(line(label))
const prose = (label: Words) => optional(note(label))
const order = short(words('Order', 'الترتيب'))

const termField = ({ label, unit }: TermSpec): Field<unknown> =>
  unit === 'date' ? optional(date<IsoDate>(label)) : optional(count(label, 0, unit === 'percent' ? 100 : 1e15))

/** The artifact of an agreement: everything that the companies draft together. What is signed is frozen out of it. */
export function agreementArtifact(spec: { readonly label: Words; readonly about: Words } & AgreementKind) {
  const terms = Object.fromEntries(Object.entries(spec.terms).map(([name, term]) => [name, termField(term)])) as Fields
  return defineArtifact({
    type: spec.type,
    minor: 0,
    label: spec.label,
    about: spec.about,
    sections: {
      joint: {
        label: words('Draft', 'المسودة'),
        writers: 'joint',
        roles: AUTHORS,
        form: 'records',
        fields: {
          agreement: records(words('Agreement', 'الاتفاقية'), {
            title: optional(bilingual(words('Title', 'العنوان'))),
            prevailing: optional(choice(words('Prevailing language', 'اللغة المعتمدة عند الاختلاف'), LANGUAGE_WORDS)),
            law: optional(choice(words('Governing law', 'النظام الواجب التطبيق'), LAW_WORDS)),
            effectiveOn: optional(date<IsoDate>(words('Effective from', 'تاريخ السريان'))),
          }),
          terms: records(words('Terms', 'الشروط'), terms),
          parties: records(words('Parties', 'الأطراف'), {
            company: optional(reference<CompanyId>(words('Company', 'الشركة'), 32)),
            name: optional(bilingual(words('Name', 'الاسم'))),
            registration: short(words('Commercial registration', 'السجل التجاري')),
            address: optional(bilingual(words('Address', 'عنوان المراسلة'))),
            order,
          }),
          clauses: records(words('Clauses', 'البنود'), {
            headingEn: short(words('Heading (English)', 'عنوان البند (بالإنجليزية)')),
            headingAr: short(words('Heading (Arabic)', 'عنوان البند (بالعربية)')),
            textEn: prose(words('Text (English)', 'نص البند (بالإنجليزية)')),
            textAr: prose(words('Text (Arabic)', 'نص البند (بالعربية)')),
            order,
          }),
          signatories: records(words('Signatories', 'الموقّعون'), {
            company: optional(reference<CompanyId>(words('Company', 'الشركة'), 32)),
            person: optional(reference<PersonId>(words('Person', 'الشخص'), 16)),
            name: optional(bilingual(words('Name', 'الاسم'))),
            capacity: optional(bilingual(words('Capacity', 'الصفة'))),
            order,
          }),
          comments: records(words('Comments', 'التعليقات'), {
            clause: short(words('Clause', 'البند')),
            body: prose(words('Comment', 'التعليق')),
            resolved: optional(choice(words('State', 'الحالة'), { yes: words('Resolved', 'محسوم') })),
            order,
          }),
        },
      },
      files: {
        label: words('Signed files', 'الملفات الموقّعة'),
        writers: 'joint',
        roles: AUTHORS,
        form: 'living',
        fields: {},
      },
    },
  })
}
