import type { DecisionEvent } from '#shared/artifacts/decision-event.ts'
import type { CompanyId, PersonId, Role } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'

/** Where a fact stands in its author's log. */
export interface FactPlace {
  readonly feed: string
  readonly seq: number
}

/** A fact with who stated it, as its certificate says, the time that they claim, and what they had seen. */
export interface SignedFact<E, A = unknown> {
  /** The hash of its entry: what a list of counted facts names. */
  readonly id: string
  readonly place: FactPlace
  /** Greater than that of everything in its ancestry. */
  readonly lamport: number
  readonly fact: E
  readonly author: A & { readonly company: CompanyId; readonly person: PersonId; readonly roles: readonly Role[] }
  readonly at: Instant
  /** Whether its ancestry holds another entry. */
  readonly saw: (place: FactPlace) => boolean
}
export type SignedOf<E extends { readonly type: string }, T extends E['type'], A = unknown> = SignedFact<E, A> & {
  readonly fact: Extract<E, { readonly type: T }>
}
export type DecisionFact<A = unknown> = SignedFact<DecisionEvent, A>
export type FactOf<T extends DecisionEvent['type'], A = unknown> = SignedOf<DecisionEvent, T, A>

/** Topological, with the hash as tie-break: the same on every engine, whatever came first. */
export const inOrder = <F extends { readonly lamport: number; readonly id: string }>(facts: readonly F[]): readonly F[] =>
  facts.toSorted((left, right) => left.lamport - right.lamport || (left.id < right.id ? -1 : 1)) // prettier-ignore

/** What the author of `fact` had seen of `facts`. */
export const seenBy = <F extends { readonly place: FactPlace }>(
  facts: readonly F[],
  fact: { readonly saw: (place: FactPlace) => boolean },
): readonly F[] => facts.filter(({ place }) => fact.saw(place))

export const isOf = <E extends { readonly type: string }, T extends E['type'], A>(
  fact: SignedFact<E, A>,
  ...types: readonly T[]
): fact is SignedOf<E, T, A> => (types as readonly string[]).includes(fact.fact.type)
