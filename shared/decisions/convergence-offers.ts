import { fitsClause, type ClauseValues, type ConvergenceContent } from '#shared/artifacts/convergence-content.ts'
import type { ConvergenceEvent } from '#shared/artifacts/convergence-event.ts'
import { canonicalJson, type Json } from '#shared/kernel/canonical-json.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import { seenBy, type SignedFact, type SignedOf } from './facts.ts'

export type ConvergenceFact<A = unknown> = SignedFact<ConvergenceEvent, A>
export type Of<T extends ConvergenceEvent['type'], A = unknown> = SignedOf<ConvergenceEvent, T, A>
export type Offer<A = unknown> = Of<'offer-made', A>
export type Acceptance<A = unknown> = Of<'offer-accepted', A>

/** Why a fact of a negotiation is without effect. */
export type ConvergenceRefusal =
  | 'text-unreadable' | 'not-a-party' | 'owner-left-out' | 'not-authorised' | 'already-requested' | 'spoken-already' | 'no-such-negotiation' | 'over'
  | 'clauses-differ' | 'not-its-turn' | 'round-differs' | 'rounds-over' | 'late' | 'no-such-offer' | 'own-offer' | 'superseded'
  | 'accepted-already' | 'set-aside' | 'crossed' | 'not-accepted' | 'not-the-offerer' | 'not-confirmed' | 'outcome-differs'
  | 'duplicate' | 'not-verified' | 'no-drafts' | 'bound' // prettier-ignore

export interface ConvergenceDeps<A = unknown> {
  readonly sha256: (text: string) => string
  /** The type of a document as the author of a fact could know it; undefined: not known. */
  readonly typeOf: (artifact: string, fact: ConvergenceFact<A>) => string | undefined
  /** The company that began the document, as the author of a fact could know it; undefined: not known. */
  readonly ownerOf: (fact: ConvergenceFact<A>) => CompanyId | undefined
}

/** What both companies sign. */
export interface Outcome {
  readonly offer: string
  readonly text: string
  readonly hash: string
}

interface Standing<A> {
  readonly content: ConvergenceContent
  readonly stage: string
  readonly standing: readonly Offer<A>[]
}

/** Offers that no other one had seen: the last word, or several that were made apart. */
export const standingOffers = <A>(offers: readonly Offer<A>[]): readonly Offer<A>[] =>
  offers.filter(({ place }) => !offers.some((other) => other.saw(place)))

/**
 * What the next offer of a company answers, and its round: it answers the other company's standing offer (of several the last in the
 * order of the log), or takes the place of its own in the same round.
 */
export function nextOffer<A>(standing: readonly Offer<A>[], company: CompanyId): { readonly round: number; readonly answers: string | null } {
  const others = standing.filter(({ author }) => author.company !== company)
  const answered = others.at(-1)
  if (answered) return { round: answered.fact.round + 1, answers: answered.id }
  return { round: Math.max(1, ...standing.map(({ fact }) => fact.round)), answers: null }
} // prettier-ignore

/** Why an offer does not count, by what its author had seen. */
export function offerRefusal<A>(
  { fact, author, at }: Offer<A>,
  { content, stage, standing }: Standing<A>,
): ConvergenceRefusal | undefined {
  if (stage !== 'requested' && stage !== 'offered') return 'accepted-already'
  if (at > content.answerBy) return 'late'
  if (!sameClauses(content, fact.values)) return 'clauses-differ'
  if (fact.tradeOffs.some(({ clause }) => clause !== null && !content.clauses.some(({ id }) => id === clause)))
    return 'clauses-differ'
  const others = standing.filter((one) => one.author.company !== author.company)
  const answered = others.find(({ id }) => id === fact.answers)
  if (others.length > 0 ? !answered : fact.answers !== null) return 'not-its-turn'
  const round = answered ? answered.fact.round + 1 : nextOffer(standing, author.company).round
  if (fact.round !== round) return 'round-differs'
  return round > content.policy.rounds ? 'rounds-over' : undefined
}

const sameClauses = ({ clauses }: ConvergenceContent, values: ClauseValues): boolean =>
  Object.keys(values).length === clauses.length &&
  clauses.every((clause) => Object.hasOwn(values, clause.id) && fitsClause(clause, values[clause.id]))

/**
 * What an accepted offer comes to: its values, the chain of offers that led to it, and every trade-off on the way. It follows from the
 * offer's own ancestry, so both companies make the same text out of it.
 */
export function outcomeOf<A>(
  offer: Offer<A>,
  offers: readonly Offer<A>[],
  negotiation: string,
  { artifact, clauses }: ConvergenceContent,
  sha256: (text: string) => string,
): Outcome {
  const chain = [...seenBy(offers, offer), offer]
  const values = ({ fact }: Offer<A>) => clauses.map(({ id }) => ({ clause: id, value: fact.values[id] as Json }))
  const text = canonicalJson({
    format: 'mithaq.negotiation-outcome.v1',
    artifact,
    negotiation,
    offer: offer.id,
    values: values(offer),
    chain: chain.map((one) => ({ offer: one.id, company: one.author.company, round: one.fact.round, values: values(one) })),
    tradeOffs: chain.flatMap((one) =>
      one.fact.tradeOffs.map(({ given, received, clause }) => ({ offer: one.id, company: one.author.company, given, received, clause })),
    ),
  }) // prettier-ignore
  return { offer: offer.id, text, hash: sha256(text) }
}
