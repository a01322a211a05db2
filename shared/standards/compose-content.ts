import { fieldsOfSet, type StandardRow, type StandardSet } from '../artifacts/standards-doc.v1.ts'
import type { Words } from '../artifacts/words.ts'
import { projectSet, type Projected } from '../living/project.ts'
import { recordsOf } from '../living/records.ts'
import type { Register } from '../living/register.ts'
import type { StandardContent } from './content.ts'
import type { DeprecationWindow } from './due.ts'
import type { Waiver } from './facts.ts'
import { numberClauses } from './number-clauses.ts'
import { blocksOf, openSuggestions, type RichNode } from './rich-text.ts'

/** A draft as it stands: the registers of the section and, per root of rich text, its tree. */
export interface Draft {
  readonly registers: readonly Register[]
  text(set: StandardSet, record: string, field: string): RichNode
}

type Rows<S extends StandardSet> = readonly Projected<StandardRow<S>>[]

export const rowsOf = <S extends StandardSet>(registers: readonly Register[], set: S): Rows<S> =>
  projectSet(fieldsOfSet(set), recordsOf(registers, set)) as unknown as Rows<S>

/** Whether a clause is part of the text: one that is suggested is not there before somebody accepts it. */
export const isThere = ({ values }: Projected<StandardRow<'clauses'>>): boolean => values.proposed !== 'add'

/** Whether somebody has to decide if a clause is to be there. */
export const isProposed = ({ proposed }: Pick<StandardRow<'clauses'>, 'proposed'>): boolean =>
  proposed === 'add' || proposed === 'remove'

const text = (value: string | null | undefined): string => value ?? ''
const both = (en: string | null | undefined, ar: string | null | undefined): Words => ({ en: text(en), ar: text(ar) })

/** Whatever a draft would be if it were released now as `version` (the id of its record in `versions`, null for none). */
export function composeContent(draft: Draft, version: string | null): StandardContent {
  const { registers } = draft
  const about = rowsOf(registers, 'about')[0]?.values
  const clauses = rowsOf(registers, 'clauses').filter(isThere)
  const numbers = numberClauses(clauses.map(({ values }) => values))
  const named = rowsOf(registers, 'versions').find(({ id }) => id === version)?.values
  return {
    format: 'mithaq.standard.v1',
    title: both(about?.title?.en, about?.title?.ar),
    purpose: both(about?.purpose, about?.purposeAr),
    changeLog: both(named?.changeLog, named?.changeLogAr),
    clauses: clauses.map(({ id, values }, at) => ({
      id,
      number: numbers[at] ?? '',
      nature: values.nature ?? 'requirement',
      heading: both(values.headingEn, values.headingAr),
      text: {
        en: blocksOf(draft.text('clauses', id, 'textEn')),
        ar: blocksOf(draft.text('clauses', id, 'textAr')),
      },
      deprecatedIn: values.deprecatedIn || null,
      replacedBy: values.replacedBy || null,
    })),
    tests: rowsOf(registers, 'tests').map(({ id, values }) => ({
      id,
      title: both(values.title?.en, values.title?.ar),
      strength: values.strength ?? 'must',
      method: values.method ?? 'manual',
      input: text(values.input),
      expected: text(values.expected),
      evidence: text(values.evidence),
      clause: values.clause || null,
    })),
    migration: rowsOf(registers, 'migrations')
      .filter(({ values }) => values.version === version && version !== null)
      .map(({ id, values }) => ({ id, step: both(values.step, values.stepAr), clause: values.clause || null })),
  }
}

/** Who is let off which test, as the draft says. */
export const waiversIn = (registers: readonly Register[]): readonly Waiver[] =>
  rowsOf(registers, 'waivers').flatMap(({ values: { party, test, version, until } }) =>
    party && test ? [{ party, test, version, until }] : [],
  )

/** From when a version is deprecated and until when it may be used, by its number. */
export const windowsIn = (registers: readonly Register[]): ReadonlyMap<string, DeprecationWindow> =>
  new Map(
    rowsOf(registers, 'versions').flatMap(({ values: { number, deprecatedFrom, deprecatedTo, withdrawnOn } }) =>
      number ? [[number, { from: deprecatedFrom, to: deprecatedTo, withdrawnOn }] as const] : [],
    ),
  )

export interface OpenQuestions {
  /** Fields and removals that several people decided differently. */
  readonly conflicts: number
  readonly suggestions: number
  readonly comments: number
}

/** Two who moved a clause apart contradict nobody: it stands in one of the places, and whoever minds moves it again. So with a suggestion. */
const UNDISPUTED: ReadonlySet<string> = new Set(['order', 'proposed'])

/** Fields of a record that wait for a choice. */
export const contradictions = ({ conflicts }: Pick<Projected<unknown>, 'conflicts'>): number =>
  [...conflicts.keys()].filter((field) => !UNDISPUTED.has(field)).length

/** What is undecided in the words of one clause. */
export const suggestionsIn = (draft: Draft, clause: string): number =>
  openSuggestions(draft.text('clauses', clause, 'textEn')) + openSuggestions(draft.text('clauses', clause, 'textAr'))

/** What somebody still has to decide. Conflicts and suggestions stop a release; comments are told. */
export function openQuestions(draft: Draft): OpenQuestions {
  const sets = ['about', 'clauses', 'versions', 'migrations', 'tests'] as const
  const rows = sets.flatMap((set) => rowsOf(draft.registers, set) as Rows<StandardSet>)
  const suggestions = rowsOf(draft.registers, 'clauses').map(
    ({ id, values }) => suggestionsIn(draft, id) + (isProposed(values) ? 1 : 0),
  )
  return {
    conflicts: rows.reduce((sum, row) => sum + contradictions(row) + (row.removal === null ? 0 : 1), 0),
    suggestions: suggestions.reduce((sum, count) => sum + count, 0),
    comments: rowsOf(draft.registers, 'comments').filter(
      ({ values }) => values.thread === null && values.resolved !== 'resolved',
    ).length,
  }
}
