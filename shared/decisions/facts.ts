import type { DecisionEvent } from '#shared/artifacts/decision-event.ts'
import type { CompanyId, PersonId, Role } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'

/** Where a fact stands in its author's log. */
export interface FactPlace {
  readonly feed: string
  readonly seq: number
}

/** A fact about one decision with who stated it, as its certificate says, the time that they claim, and what they had seen. */
export interface DecisionFact<A = unknown> {
  /** The hash of its entry: what a list of counted facts names. */
  readonly id: string
  readonly place: FactPlace
  /** Greater than that of everything in its ancestry. */
  readonly lamport: number
  readonly fact: DecisionEvent
  readonly author: A & { readonly company: CompanyId; readonly person: PersonId; readonly roles: readonly Role[] }
  readonly at: Instant
  /** Whether its ancestry holds another entry. */
  readonly saw: (place: FactPlace) => boolean
}
export type FactOf<T extends DecisionEvent['type'], A = unknown> = DecisionFact<A> & {
  readonly fact: Extract<DecisionEvent, { readonly type: T }>
}

/** Topological, with the hash as tie-break: the same on every engine, whatever came first. */
export const inOrder = <A>(facts: readonly DecisionFact<A>[]): readonly DecisionFact<A>[] =>
  facts.toSorted((left, right) => left.lamport - right.lamport || (left.id < right.id ? -1 : 1))

/** What the author of `fact` had seen of `facts`. */
export const seenBy = <A>(facts: readonly DecisionFact<A>[], fact: DecisionFact<A>): readonly DecisionFact<A>[] =>
  facts.filter(({ place }) => fact.saw(place))

export const isOf = <T extends DecisionEvent['type'], A>(
  fact: DecisionFact<A>,
  ...types: readonly T[]
): fact is FactOf<T, A> => (types as readonly string[]).includes(fact.fact.type)
