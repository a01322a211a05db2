import type { AgreementKind } from '#shared/artifacts/agreement.ts'
import type { Fields, ValuesOf } from '#shared/artifacts/field.ts'
import { PeerAgreement } from '#shared/artifacts/peer-agreement.v1.ts'
import type { Words } from '#shared/artifacts/words.ts'
import { projectSet, type Projected } from '#shared/living/project.ts'
import { recordsOf, type Held } from '#shared/living/records.ts'
import type { Register } from '#shared/living/register.ts'
import type { AgreementContent, Clause } from '#shared/artifacts/agreement-content.ts'
import { dateText, languageText, lawText, termText } from './term-text.ts'

/** All kinds of agreement draft alike; their terms differ and are read by name. */
const SETS = PeerAgreement.sections.joint.fields
type SetName = 'agreement' | 'parties' | 'clauses' | 'signatories'
type Inner<N extends SetName> = (typeof SETS)[N] extends { readonly fields: infer F | null } ? F : never
type Row<N extends SetName> = Projected<ValuesOf<Extract<Inner<N>, Fields>>>

/** The draft as its records stand, before anything is filled in. */
export interface Draft {
  readonly agreement: Projected<{
    readonly title: Words | null
    readonly prevailing: 'ar' | 'en' | null
    readonly law: Parameters<typeof lawText>[0] | null
    readonly effectiveOn: AgreementContent['effectiveOn'] | null
  }> | null
  readonly terms: Readonly<Record<string, number | string | null>>
  readonly termConflicts: ReadonlyMap<string, readonly Held[]>
  readonly parties: readonly Projected<{
    readonly company: AgreementContent['parties'][number]['company'] | null
    readonly name: Words | null
    readonly registration: string | null
    readonly address: Words | null
  }>[]
  readonly clauses: readonly Projected<{
    readonly headingEn: string | null
    readonly headingAr: string | null
    readonly textEn: string | null
    readonly textAr: string | null
  }>[]
  readonly signatories: readonly Projected<{
    readonly company: AgreementContent['signatories'][number]['company'] | null
    readonly person: AgreementContent['signatories'][number]['person'] | null
    readonly name: Words | null
    readonly capacity: Words | null
  }>[]
  /** Fields and records that several people wrote apart, and nobody has chosen. */
  readonly conflicts: number
}

/** Reads a draft out of its section's registers. */
export function readDraft(kind: AgreementKind, registers: readonly Register[], fields: Fields): Draft {
  const set = <N extends SetName>(name: N): readonly Row<N>[] =>
    projectSet(fields[name]?.fields ?? {}, recordsOf(registers, name)) as readonly Row<N>[]
  const terms = projectSet(fields['terms']?.fields ?? {}, recordsOf(registers, 'terms')).find(({ id }) => id === 'it')
  const values = (terms?.values ?? {}) as Readonly<Record<string, number | string | null>>
  const [agreement] = set('agreement').filter(({ id }) => id === 'it')
  const [parties, clauses, signatories] = [set('parties'), set('clauses'), set('signatories')]
  const all: readonly Projected<unknown>[] = [...set('agreement'), ...(terms ? [terms] : []), ...parties, ...clauses, ...signatories] // prettier-ignore
  return {
    agreement: (agreement ?? null) as Draft['agreement'],
    terms: Object.fromEntries(Object.keys(kind.terms).map((name) => [name, values[name] ?? null])),
    termConflicts: terms?.conflicts ?? new Map(),
    parties: parties as unknown as Draft['parties'],
    clauses: clauses as unknown as Draft['clauses'],
    signatories: signatories as unknown as Draft['signatories'],
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
    return [name, value === null ? undefined : termText(spec, value)]
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
  }))
}

/** The content to be signed. The gates have passed: whatever may be missing in a draft is there. @throws when it is not. */
export function freeze(kind: AgreementKind, artifact: string, draft: Draft): AgreementContent {
  const { title, prevailing, law, effectiveOn } = draft.agreement?.values ?? {}
  if (!title || !prevailing || !law || !effectiveOn) throw new Error('an agreement was frozen before its gates passed')
  const fill = fillings(kind, draft)
  return {
    format: 'mithaq.agreement.v1',
    type: kind.type,
    artifact,
    title,
    prevailing,
    law,
    effectiveOn,
    parties: draft.parties.map(({ values }) => ({
      company: there(values.company),
      name: there(values.name),
      registration: values.registration ?? '',
      address: values.address ?? { en: '', ar: '' },
    })),
    terms: Object.fromEntries(
      Object.keys(kind.terms).map((name) => [name, { value: there(draft.terms[name]), text: there(fill[name]) }]),
    ),
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
