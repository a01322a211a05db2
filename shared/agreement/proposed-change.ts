import type { ProposedChange, Wording } from '#shared/artifacts/negotiation-event.ts'
import { canonicalJson, type Json } from '#shared/kernel/canonical-json.ts'
import type { Plain } from '#shared/living/register.ts'
import type { Draft } from './draft.ts'

/** What stands where a proposal would change something; for a move the clause before it, empty at the front. Null where there is nothing, or not any more. */
export type Standing = { readonly en: Wording; readonly ar: Wording } | number | string | null

/** Why a proposal cannot be taken into the draft as it stands. */
export type ProposalObstacle = 'clause-gone' | 'place-gone' | 'contradiction-open' | 'nothing-to-change'

const FIELDS = ['headingEn', 'textEn', 'headingAr', 'textAr'] as const

/** What the draft says at the place of a change. */
export function standingOf(draft: Draft, change: ProposedChange): Standing {
  if (change.kind === 'term') {
    const value = draft.terms[change.term] ?? null
    // A value in words of both languages is changed in the draft itself: no proposal is about one.
    return typeof value === 'object' ? null : value
  }
  if (change.kind === 'insert') return null
  if (change.kind === 'move') {
    const at = draft.clauses.findIndex(({ id }) => id === change.clause)
    return at < 0 ? null : (draft.clauses[at - 1]?.id ?? '')
  }
  const values = draft.clauses.find(({ id }) => id === change.clause)?.values
  if (!values) return null
  return {
    en: { heading: values.headingEn ?? '', text: values.textEn ?? '' },
    ar: { heading: values.headingAr ?? '', text: values.textAr ?? '' },
  }
}

export const sameStanding = (left: Standing, right: Standing): boolean =>
  canonicalJson(left as Json) === canonicalJson(right as Json)

/** Whether the draft says something else now than when the change was proposed. */
export const changedSince = (draft: Draft, change: ProposedChange): boolean =>
  change.kind !== 'insert' && !sameStanding(standingOf(draft, change), change.before)

/** What stands in the way of taking a change into the draft; undefined: nothing does. */
export function obstacleOf(draft: Draft, change: ProposedChange): ProposalObstacle | undefined {
  if (change.kind === 'insert') return undefined
  if (change.kind === 'term') {
    if (draft.termConflicts.has(change.term)) return 'contradiction-open'
    return draft.terms[change.term] === change.value ? 'nothing-to-change' : undefined
  }
  const clause = draft.clauses.find(({ id }) => id === change.clause)
  if (!clause) return 'clause-gone'
  if (change.kind === 'move') {
    if (clause.removal || clause.conflicts.has('order')) return 'contradiction-open'
    if (change.after !== null && !draft.clauses.some(({ id }) => id === change.after)) return 'place-gone'
    const stays = change.after === change.clause || (change.after ?? '') === standingOf(draft, change)
    return stays ? 'nothing-to-change' : undefined
  }
  // Of two texts that stand against each other neither may give way to a third unseen.
  if (clause.removal || FIELDS.some((field) => clause.conflicts.has(field))) return 'contradiction-open'
  return undefined
}

/** One field that accepting a change writes. */
export interface FieldWrite {
  readonly set: 'clauses' | 'terms'
  readonly record: string
  readonly field: string
  readonly value: Plain
}

/** What accepting a change writes into the draft: the languages that it names and nothing else. A removal is no field, and a place is counted anew. */
export function writesOf(id: string, change: ProposedChange): readonly FieldWrite[] {
  if (change.kind === 'remove' || change.kind === 'move') return []
  if (change.kind === 'term') return [{ set: 'terms', record: 'it', field: change.term, value: change.value }]
  const record = change.kind === 'insert' ? id : change.clause
  return (['en', 'ar'] as const).flatMap((language): readonly FieldWrite[] => {
    const wording = change[language]
    if (!wording) return []
    const ending = language === 'en' ? 'En' : 'Ar'
    return [
      { set: 'clauses', record, field: `heading${ending}`, value: wording.heading },
      { set: 'clauses', record, field: `text${ending}`, value: wording.text },
    ]
  })
}
