import type { Clause } from '#shared/artifacts/agreement-content.ts'
import { longestRising } from '#shared/kernel/longest-rising.ts'
import type { AgreementText, TextEntry } from './agreement-text.ts'
import { diffWords, type WordRun } from './word-diff.ts'

/** Both languages of a text with the words that differ. */
export interface BothRuns {
  readonly en: readonly WordRun[]
  readonly ar: readonly WordRun[]
}
export interface ClauseRedline {
  readonly id: string
  readonly state: 'same' | 'changed' | 'inserted' | 'deleted'
  /** Stands elsewhere among the clauses that both versions have. */
  readonly moved: boolean
  /** Its number in the earlier and in the later version; null where it is not there. */
  readonly was: number | null
  readonly is: number | null
  readonly heading: BothRuns
  readonly text: BothRuns
}
export interface EntryRedline {
  readonly kind: TextEntry['kind']
  readonly id: string
  readonly state: 'changed' | 'inserted' | 'deleted'
  readonly text: BothRuns
}
export interface Redline {
  /** What differs besides clauses. */
  readonly entries: readonly EntryRedline[]
  /** Every clause in the later version's order; a deleted one stands behind what stood before it. */
  readonly clauses: readonly ClauseRedline[]
  /** Entries and clauses that differ. */
  readonly changes: number
}

/** What became of one version's text in another, word by word in each language, clause by clause by their records. */
export function redline(before: AgreementText, after: AgreementText): Redline {
  const entries = entriesOf(before.entries, after.entries)
  const clauses = clausesOf(before.clauses, after.clauses)
  const changed = clauses.filter(({ state, moved }) => state !== 'same' || moved)
  return { entries, clauses, changes: entries.length + changed.length }
}

const NOTHING = { en: '', ar: '' }
const runsOf = (before: Clause['text'], after: Clause['text']): BothRuns => ({
  en: diffWords(before.en, after.en),
  ar: diffWords(before.ar, after.ar),
})
const differs = ({ en, ar }: BothRuns): boolean => [...en, ...ar].some(({ kind }) => kind !== 'same')

function entriesOf(before: readonly TextEntry[], after: readonly TextEntry[]): readonly EntryRedline[] {
  const key = ({ kind, id }: TextEntry): string => `${kind}/${id}`
  const was = new Map(before.map((entry) => [key(entry), entry]))
  const is = new Set(after.map(key))
  const all = [...after, ...before.filter((entry) => !is.has(key(entry)))]
  return all.flatMap((entry): readonly EntryRedline[] => {
    const old = was.get(key(entry))
    const now = is.has(key(entry)) ? entry : undefined
    const text = runsOf(old?.text ?? NOTHING, now?.text ?? NOTHING)
    if (!differs(text)) return []
    return [{ kind: entry.kind, id: entry.id, state: !old ? 'inserted' : !now ? 'deleted' : 'changed', text }]
  })
}

function clausesOf(before: readonly Clause[], after: readonly Clause[]): readonly ClauseRedline[] {
  const was = new Map(before.map((clause, at) => [clause.id, { clause, at }]))
  const is = new Set(after.map(({ id }) => id))
  const kept = after.filter(({ id }) => was.has(id))
  const still = new Set(longestRising(kept.map(({ id }) => was.get(id)?.at ?? 0)).map((at) => kept[at]?.id))
  const now = after.map((clause) => clauseRedline(was.get(clause.id)?.clause, clause, !still.has(clause.id)))
  const found = [...now]
  // A deleted clause goes behind the one that it followed, so that what is left reads in the later version's order.
  before.forEach((clause, at) => {
    if (is.has(clause.id)) return
    const previous = before[at - 1]?.id
    const place = previous === undefined ? 0 : found.findIndex(({ id }) => id === previous) + 1
    found.splice(place, 0, clauseRedline(clause, undefined, false))
  })
  return found
}

function clauseRedline(before: Clause | undefined, after: Clause | undefined, away: boolean): ClauseRedline {
  const heading = runsOf(before?.heading ?? NOTHING, after?.heading ?? NOTHING)
  const text = runsOf(before?.text ?? NOTHING, after?.text ?? NOTHING)
  const state = !before ? 'inserted' : !after ? 'deleted' : differs(heading) || differs(text) ? 'changed' : 'same'
  return {
    id: (after ?? before)?.id ?? '',
    state,
    moved: away && before !== undefined && after !== undefined,
    was: before?.number ?? null,
    is: after?.number ?? null,
    heading,
    text,
  }
}
