import { LANGUAGE_WORDS, LAW_WORDS, type AgreementKind } from '#shared/artifacts/agreement.ts'
import type { AgreementContent, Clause } from '#shared/artifacts/agreement-content.ts'
import type { Words } from '#shared/artifacts/words.ts'
import { clausesOf, fillings, type Draft } from './draft.ts'
import { tablesOf } from './tables.ts'
import { dateText, languageText, lawText } from './term-text.ts'
import { replacedText } from './replacement.ts'

/** Something of an agreement that is not a clause, as it reads in both languages. */
export interface TextEntry {
  readonly kind: 'title' | 'replaces' | 'prevailing' | 'law' | 'effectiveOn' | 'term' | 'party' | 'signatory' | 'row'
  /** A term's name, a party's place, a signatory's record, a row's table and record; `it` for what there is once. */
  readonly id: string
  readonly text: Words
}

/** What a version of an agreement says, a closed one and a draft alike, with its terms filled in. */
export interface AgreementText {
  readonly entries: readonly TextEntry[]
  readonly clauses: readonly Clause[]
}

const both = (make: (language: 'en' | 'ar') => readonly (string | null | undefined)[], joint = ' · '): Words => ({
  en: make('en').filter(Boolean).join(joint), ar: make('ar').filter(Boolean).join(joint),
}) // prettier-ignore

/** A row of a table is one text: its cells in the order of the columns. */
const rowsOf = (tables: NonNullable<AgreementContent['tables']>): readonly TextEntry[] =>
  Object.entries(tables).flatMap(([table, { columns, rows }]) =>
    rows.map(({ id, cells }): TextEntry => ({
      kind: 'row', id: `${table}/${id}`, text: both((language) => columns.map(({ name }) => cells[name]?.text[language])),
    })),
  ) // prettier-ignore

/** The text of a draft as it stands; what nobody has said yet is left out, and a name that nothing fills stays as written. */
export function textOfDraft(kind: AgreementKind, draft: Draft): AgreementText {
  const { title, prevailing, law, effectiveOn, replaces } = draft.agreement?.values ?? {}
  const fill = fillings(kind, draft)
  return {
    entries: [
      ...(title ? [{ kind: 'title', id: 'it', text: title } as const] : []),
      ...(replaces ? [{ kind: 'replaces', id: 'it', text: replacedText(replaces) } as const] : []),
      ...(prevailing ? [{ kind: 'prevailing', id: 'it', text: languageText(prevailing) } as const] : []),
      ...(law ? [{ kind: 'law', id: 'it', text: lawText(law) } as const] : []),
      ...(effectiveOn ? [{ kind: 'effectiveOn', id: 'it', text: dateText(effectiveOn) } as const] : []),
      ...Object.keys(kind.terms).flatMap((name): TextEntry[] => {
        const text = fill[name]
        return text ? [{ kind: 'term', id: name, text }] : []
      }),
      ...draft.parties.map(({ values: { name, registration, address } }, at): TextEntry => ({
        kind: 'party', id: String(at), text: both((language) => [name?.[language], registration, address?.[language]]),
      })), // prettier-ignore
      ...draft.signatories.map(({ id, values: { name, capacity } }): TextEntry => ({
        kind: 'signatory', id, text: both((language) => [name?.[language], capacity?.[language]]),
      })), // prettier-ignore
      ...rowsOf(tablesOf(kind, draft)),
    ],
    clauses: clausesOf(kind, draft),
  }
}

/** The same of a text that was closed for signature. */
export function textOfContent(content: AgreementContent): AgreementText {
  const { title, prevailing, law, effectiveOn, replaces, terms, tables, parties, signatories, clauses } = content
  return {
    entries: [
      { kind: 'title', id: 'it', text: title },
      ...(replaces ? [{ kind: 'replaces', id: 'it', text: replacedText(replaces) } as const] : []),
      ...(prevailing in LANGUAGE_WORDS ? [{ kind: 'prevailing', id: 'it', text: languageText(prevailing) } as const] : []),
      ...(law in LAW_WORDS ? [{ kind: 'law', id: 'it', text: lawText(law as keyof typeof LAW_WORDS) } as const] : []),
      { kind: 'effectiveOn', id: 'it', text: dateText(effectiveOn) },
      ...Object.entries(terms).map(([id, { text }]): TextEntry => ({ kind: 'term', id, text })),
      ...parties.map(({ name, registration, address }, at): TextEntry => ({
        kind: 'party', id: String(at), text: both((language) => [name[language], registration, address[language]]),
      })),
      ...signatories.map(({ id, name, capacity }): TextEntry => ({
        kind: 'signatory', id, text: both((language) => [name[language], capacity[language]]),
      })),
      ...rowsOf(tables ?? {}),
    ],
    clauses,
  } // prettier-ignore
}
