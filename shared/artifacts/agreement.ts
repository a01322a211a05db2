import type { CompanyId, PersonId } from '../kernel/ids.ts'
import type { IsoDate } from '../kernel/time.ts'
import { columnField, fieldOfUnit, type TableSpec, type Terms } from './agreement-terms.ts'
import { defineArtifact } from './define.ts'
import { bilingual, choice, date, line, note, optional, records, reference, type Fields } from './field.ts'
import { replacedField } from './replaced-agreement.ts'
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

/** A clause that a new agreement begins with; `{name}` stands for a term or a party (`{partyA}`, `{partyB}`). */
export interface ClauseTemplate {
  readonly heading: Words
  readonly text: Words
  /** The table that stands under it. */
  readonly table?: string
}

/** What a workspace is for; the same list as in its founding. */
export type OfferedIn = 'peer' | 'customer-seller' | 'client-provider' | 'alliance'

/** One kind of agreement: its terms and tables, and the clauses of ours that it begins with. */
export interface AgreementKind {
  readonly type: string
  /** Capitals in front of its number on paper, for example `CT`. */
  readonly mark: string
  readonly offeredIn: readonly OfferedIn[]
  /** How its text calls the parties, for example "the Seller"; empty where they are equals. Each has to be held by somebody. */
  readonly roles: Readonly<Record<string, Words>>
  readonly terms: Terms
  /** The term that says what the whole is worth, where there is one: what a limited authority is measured against. */
  readonly value?: string
  readonly tables: Readonly<Record<string, TableSpec>>
  readonly clauses: readonly ClauseTemplate[]
  /** Terms that run from the last day, and who owes what they name: one of the roles, or every party. */
  readonly afterEnd?: readonly { readonly term: string; readonly by: string }[]
}

const AUTHORS = ['founder', 'ceo', 'coo', 'cto', 'cmo', 'cfo', 'chro', 'legal', 'account-lead', 'delivery-lead', 'sponsor', 'admin'] as const // prettier-ignore
const short = (label: Words) => optional(line(label))
const prose = (label: Words) => optional(note(label))
const order = short(words('Order', 'الترتيب'))

/** The artifact of an agreement: everything that the companies draft together. What is signed is frozen out of it. */
export function agreementArtifact(spec: { readonly label: Words; readonly about: Words } & AgreementKind) {
  const terms = Object.fromEntries(Object.entries(spec.terms).map(([name, term]) => [name, fieldOfUnit(term)])) as Fields // prettier-ignore
  const tables = Object.fromEntries(
    Object.entries(spec.tables).map(([name, { label, columns }]) => {
      const fields = Object.entries(columns).map(([column, of]) => [column, columnField(of, spec.roles)] as const)
      return [name, records(label, { ...Object.fromEntries(fields), order })]
    }),
  )
  return defineArtifact({
    type: spec.type,
    minor: 1,
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
            replaces: optional(replacedField),
          }),
          terms: records(words('Terms', 'الشروط'), terms),
          parties: records(words('Parties', 'الأطراف'), {
            company: optional(reference<CompanyId>(words('Company', 'الشركة'), 32)),
            name: optional(bilingual(words('Name', 'الاسم'))),
            registration: short(words('Commercial registration', 'السجل التجاري')),
            registrationUntil: optional(
              date<IsoDate>(words('Registration valid until', 'سريان السجل التجاري حتى'), {
                help: words(
                  'A day by the Gregorian calendar. Nothing is signed after it.',
                  'بالتاريخ الميلادي. لا يُوقَّع شيء بعده.',
                ),
              }),
            ),
            address: optional(bilingual(words('Address', 'عنوان المراسلة'))),
            role: optional(choice(words('Role in the agreement', 'الصفة في الاتفاقية'), spec.roles)),
            order,
          }),
          clauses: records(words('Clauses', 'البنود'), {
            headingEn: short(words('Heading (English)', 'عنوان البند (بالإنجليزية)')),
            headingAr: short(words('Heading (Arabic)', 'عنوان البند (بالعربية)')),
            textEn: prose(words('Text (English)', 'نص البند (بالإنجليزية)')),
            textAr: prose(words('Text (Arabic)', 'نص البند (بالعربية)')),
            table: short(words('Table', 'الجدول')),
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
          ...tables,
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
