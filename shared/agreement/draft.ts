import type { AgreementKind } from '#shared/artifacts/agreement.ts'
import type { TermValue } from '#shared/artifacts/agreement-terms.ts'
import type { Fields } from '#shared/artifacts/field.ts'
import type { Words } from '#shared/artifacts/words.ts'
import { projectSet, type Projected } from '#shared/living/project.ts'
import { recordsOf, type Held } from '#shared/living/records.ts'
import type { Register } from '#shared/living/register.ts'
import type { AgreementContent, Clause } from '#shared/artifacts/agreement-content.ts'
import { isGiven, plain, tablesOf } from './tables.ts'
import { dateText, languageText, lawText, termText } from './term-text.ts'

/** A row of a table as it was written. */
export type DraftRow = Projected<Readonly<Record<string, TermValue | null>>>

/** The draft as its records stand, before anything is filled in. */
export interface Draft {
  readonly agreement: Projected<{
    readonly title: Words | null
    readonly prevailing: 'ar' | 'en' | null
    readonly law: Parameters<typeof lawText>[0] | null
    readonly effectiveOn: AgreementContent['effectiveOn'] | null
    readonly replaces?: AgreementContent['replaces'] | null
  }> | null
  readonly terms: Readonly<Record<string, TermValue | null>>
  readonly termConflicts: ReadonlyMap<string, readonly Held[]>
  readonly parties: readonly Projected<{
    readonly company: AgreementContent['parties'][number]['company'] | null
    readonly name: Words | null
    readonly registration: string | null
    readonly registrationUntil: AgreementContent['effectiveOn'] | null
    readonly address: Words | null
    readonly role: string | null
  }>[]
  readonly clauses: readonly Projected<{
    readonly headingEn: string | null
    readonly headingAr: string | null
    readonly textEn: string | null
    readonly textAr: string | null
    /** The table that stands under it. */
    readonly table: string | null
  }>[]
  readonly signatories: readonly Projected<{
    readonly company: AgreementContent['signatories'][number]['company'] | null
    readonly person: AgreementContent['signatories'][number]['person'] | null
    readonly name: Words | null
    readonly capacity: Words | null
  }>[]
  /** The rows of each table of the kind, in order. */
  readonly tables: Readonly<Record<string, readonly DraftRow[]>>
  /** Fields and records that several people wrote apart, and nobody has chosen. */
  readonly conflicts: number
}

/** Reads a draft out of its section's registers. */
export function readDraft(kind: AgreementKind, registers: readonly Register[], fields: Fields): Draft {
  const set = (name: string): readonly Projected<unknown>[] =>
    projectSet(fields[name]?.fields ?? {}, recordsOf(registers, name))
  const terms = set('terms').find(({ id }) => id === 'it')
  const values = (terms?.values ?? {}) as Draft['terms']
  const [agreement] = set('agreement').filter(({ id }) => id === 'it')
  const [parties, clauses, signatories] = [set('parties'), set('clauses'), set('signatories')]
  const tables = Object.fromEntries(Object.keys(kind.tables).map((name) => [name, set(name) as readonly DraftRow[]]))
  const all = [...set('agreement'), ...(terms ? [terms] : []), ...parties, ...clauses, ...signatories, ...Object.values(tables).flat()] // prettier-ignore
  return {
    agreement: (agreement ?? null) as Draft['agreement'],
    terms: Object.fromEntries(Object.keys(kind.terms).map((name) => [name, values[name] ?? null])),
    termConflicts: terms?.conflicts ?? new Map(),
    parties: parties as Draft['parties'],
    clauses: clauses as Draft['clauses'],
    signatories: signatories as Draft['signatories'],
    tables,
    conflicts: all.reduce((sum, { conflicts, removal }) => sum + conflicts.size + (removal ? 1 : 0), 0),
  }
}

/** What `{name}` stands for; undefined where the draft does not say yet. */
export function fillings(kind: AgreementKind, draft: Draft): Readonly<Record<string, Words | undefined>> {
  const { prevailing, law, effectiveOn } = draft.agreement?.values ?? {}
  const parties = draft.parties.map(({ values }, at): [string, Words | undefined] => [
    `party${String.fromCodePoint(65 + at)}`,
    values.name ?? undefined,
  ])
  const terms = Object.entries(kind.terms).map(([name, spec]): [string, Words | undefined] => {
    const value = draft.terms[name] ?? null
    return [name, isGiven(value) ? termText(spec, value) : undefined]
  })
  return {
    ...Object.fromEntries([...terms, ...parties]),
    prevailing: prevailing ? languageText(prevailing) : undefined,
    law: law ? lawText(law) : undefined,
    effectiveOn: effectiveOn ? dateText(effectiveOn) : undefined,
  }
}

const TOKEN = /\{([a-z][A-Za-z]*)\}/g

/** Names in a text that nothing fills. */
export const unfilled = (text: string, fill: Readonly<Record<string, Words | undefined>>): readonly string[] =>
  [...text.matchAll(TOKEN)].map(([, name = '']) => name).filter((name) => fill[name] === undefined)

/** Puts the terms into a text of one language; what nothing fills stays as it is written. */
export const filled = (
  text: string,
  fill: Readonly<Record<string, Words | undefined>>,
  language: 'en' | 'ar',
): string => text.replace(TOKEN, (token, name: string) => fill[name]?.[language] ?? token)

/** The clauses with their numbers and terms. */
export function clausesOf(kind: AgreementKind, draft: Draft): readonly Clause[] {
  const fill = fillings(kind, draft)
  return draft.clauses.map(({ id, values }, at) => ({
    id,
    number: at + 1,
    heading: { en: values.headingEn?.trim() ?? '', ar: values.headingAr?.trim() ?? '' },
    text: {
      en: filled(values.textEn?.trim() ?? '', fill, 'en'),
      ar: filled(values.textAr?.trim() ?? '', fill, 'ar'),
    },
    ...(values.table && kind.tables[values.table] ? { table: values.table } : {}),
  }))
}

/** The content to be signed. The gates have passed: whatever may be missing in a draft is there. @throws when it is not. */
export function freeze(kind: AgreementKind, artifact: string, draft: Draft, dryRun = false): AgreementContent {
  const { title, prevailing, law, effectiveOn, replaces } = draft.agreement?.values ?? {}
  if (!title || !prevailing || !law || !effectiveOn) throw new Error('an agreement was frozen before its gates passed')
  const fill = fillings(kind, draft)
  return {
    format: 'mithaq.agreement.v1',
    type: kind.type,
    artifact,
    ...(dryRun ? { dryRun } : {}),
    ...(replaces ? { replaces } : {}),
    title,
    prevailing,
    law,
    effectiveOn,
    parties: draft.parties.map(({ values }) => ({
      company: there(values.company),
      name: there(values.name),
      registration: values.registration ?? '',
      ...(values.registrationUntil ? { registrationUntil: values.registrationUntil } : {}),
      address: values.address ?? { en: '', ar: '' },
      ...roleOf(kind, values.role),
    })),
    terms: Object.fromEntries(
      Object.entries(kind.terms).flatMap(([name, { optional }]) => {
        const value = draft.terms[name] ?? null
        return optional && !isGiven(value) ? [] : [[name, { value: plain(there(value)), text: there(fill[name]) }]]
      }),
    ),
    ...(Object.keys(kind.tables).length > 0 ? { tables: tablesOf(kind, draft) } : {}),
    clauses: [...clausesOf(kind, draft)],
    signatories: draft.signatories.map(({ id, values }) => ({
      id,
      company: there(values.company),
      person: there(values.person),
      name: there(values.name),
      capacity: values.capacity ?? { en: '', ar: '' },
    })),
  }
}

function there<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('an agreement was frozen before its gates passed')
  return value
}

/** A party's role with the words that the text uses for it; nothing where the parties are equals. */
function roleOf(kind: AgreementKind, name: string | null): Pick<AgreementContent['parties'][number], 'role'> {
  const text = name === null ? undefined : kind.roles[name]
  return name !== null && text ? { role: { name, text } } : {}
}
