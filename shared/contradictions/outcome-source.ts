import type { ClauseUnit, ConvergenceContent, ClauseValues } from '#shared/artifacts/convergence-content.ts'
import type { TermValue } from '#shared/artifacts/agreement-terms.ts'
import { words, type Words } from '#shared/artifacts/words.ts'
import { clauseText } from '#shared/agreement/from-outcome.ts'
import { dateText } from '#shared/agreement/term-text.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import type { IsoDate } from '#shared/kernel/time.ts'
import { placesOf, type Doc, type Place } from './place.ts'

/** What companies decided, negotiated or changed and signed, as the rules read it: decisions, negotiations, changes of a service. */
export interface OutcomeSource {
  readonly of: 'outcome'
  readonly doc: Doc
  /** Hash of what was signed. */
  readonly hash: string
  /** The outcome itself: its hash. */
  readonly place: Place
  /** Negotiated values that a term of an agreement takes, by the term or `table.column`. */
  readonly values: readonly { readonly term: string; readonly unit: ClauseUnit; readonly place: Place }[]
  /** The drafts that it became. */
  readonly agreements: readonly ArtifactId[]
  readonly plans: readonly ArtifactId[]
  /** The day by which it is needed, or on which it is looked at. */
  readonly deadline: Place | null
  /** Of a change of a service: its number, and the scopes that it names. */
  readonly change: { readonly number: string; readonly scopes: readonly ArtifactId[]; readonly place: Place } | null
}

const SIGNED = words('Signed by all', 'موقّع من الجميع')

const outcome = (doc: Doc, hash: string, over: Partial<OutcomeSource>): OutcomeSource => ({
  of: 'outcome',
  doc,
  hash,
  place: placesOf(doc, 'signed')('outcome', words('Outcome', 'النتيجة'), hash, SIGNED),
  values: [],
  agreements: [],
  plans: [],
  deadline: null,
  change: null,
  ...over,
})

interface Became {
  readonly agreements: readonly ArtifactId[]
  readonly plans: readonly ArtifactId[]
}

/** A negotiation that both signed: what each clause came to. */
export function negotiationSource(doc: Doc, hash: string, { clauses }: ConvergenceContent, values: ClauseValues, became: Became): OutcomeSource {
  const place = placesOf(doc, 'signed', { number: 1, hash })
  return outcome(doc, hash, {
    ...became,
    values: clauses.flatMap((clause) => {
      const value = values[clause.id]
      if (clause.term === null || value === undefined) return []
      return [{ term: clause.term, unit: clause.unit, place: place(`values/${clause.id}`, clause.label, value, clauseText(clause, value)) }]
    }),
  })
} // prettier-ignore

/** A decision that all signed; `reviewOn`: the day on which its outcome is looked at. */
export const decisionSource = (doc: Doc, hash: string, reviewOn: IsoDate | null, plans: readonly ArtifactId[]): OutcomeSource =>
  outcome(doc, hash, { plans, deadline: deadline(doc, hash, 'after/reviewOn', words('Outcome looked at on', 'موعد مراجعة النتيجة'), reviewOn) }) // prettier-ignore

/** A change of a service that both signed. */
export const changeSource = (
  doc: Doc,
  hash: string,
  topic: { readonly number: string; readonly neededBy: IsoDate | null; readonly scopes: readonly ArtifactId[] },
  became: Became,
): OutcomeSource => {
  const { number, neededBy, scopes } = topic
  return outcome(doc, hash, {
    ...became,
    deadline: deadline(doc, hash, 'topic/neededBy', words('Needed by', 'مطلوب قبل'), neededBy),
    change: {
      number,
      scopes,
      place: placesOf(doc, 'signed', { number: 1, hash })('topic/number', words('Signed change', 'التغيير الموقّع'), number, words(number, number)), // prettier-ignore
    },
  })
}

const deadline = (doc: Doc, hash: string, anchor: string, label: Words, day: IsoDate | null): Place | null =>
  day && placesOf(doc, 'signed', { number: 1, hash })(anchor, label, day, dateText(day))

/**
 * A negotiated value in the unit of a term, as a draft takes it over; undefined where it is none of the term's values: a choice
 * has names of its own, and a share that is no whole percent stands in words alone.
 */
export function inTerm(unit: ClauseUnit, value: TermValue, termUnit: string): TermValue | undefined {
  if (unit === 'choice') return undefined
  if (unit === termUnit) return value
  const whole = unit === 'basis-points' && termUnit === 'percent' && typeof value === 'number' && value % 100 === 0
  return whole ? value / 100 : undefined
}
