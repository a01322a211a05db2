import { canonicalJson, type Json } from '#shared/kernel/canonical-json.ts'
import { seenBy, type DecisionFact, type FactOf } from './facts.ts'
import { tally, type Tally } from './tally.ts'
import { votesIn, type OpenRound, type Votes } from './votes.ts'

export type ClosingRefusal =
  'no-such-round' | 'not-a-voter' | 'not-authorised' | 'too-early' | 'duplicate' | 'list-differs'

export interface Known<A> {
  readonly openings: readonly DecisionFact<A>[]
  readonly closings: readonly FactOf<'round-closed', A>[]
}

/** The result of a round among some facts, as text: what is hashed and signed. */
export interface Statement<A> {
  readonly text: string
  readonly hash: string
  readonly votes: Votes<A>
  readonly tally: Tally
}

/** Lists exactly what counts among `facts`, and what comes of it. */
export function statementOf<A>(
  facts: readonly DecisionFact<A>[],
  round: OpenRound,
  known: Known<A>,
  sha256: (text: string) => string,
): Statement<A> {
  // What knew of an earlier list does not count, and no later list takes it up.
  const votes = votesIn(facts, round, known, sha256)
  const result = tally(round.content, votes.positions, votes.vetoes)
  const { artifact } = round.content
  const text = canonicalJson({
    format: 'mithaq.decision-result.v1',
    artifact,
    round: round.hash,
    counted: votes.counted,
    result: result as unknown as Json,
  })
  return { text, hash: sha256(text), votes, tally: result }
}

/**
 * Why a closing does not count; undefined when it does. It follows from its ancestry alone: the list must be the one that its author
 * could make, and the round must be over, by its time or because everybody has spoken.
 */
export function closingRefusal<A>(
  closing: FactOf<'round-closed', A>,
  facts: readonly DecisionFact<A>[],
  round: OpenRound,
  known: Known<A>,
  sha256: (text: string) => string,
): ClosingRefusal | undefined {
  const { policy, voters, closesAt, revealBy } = round.content
  const { author } = closing
  if (!voters.some(({ company }) => company === author.company)) return 'not-a-voter'
  if (!author.roles.some((role) => policy.approvers.includes(role))) return 'not-authorised'
  const before = seenBy(facts, closing)
  const seen = {
    openings: known.openings.filter(({ place }) => closing.saw(place)),
    closings: known.closings.filter(({ place }) => closing.saw(place)),
  }
  if (seen.openings.length === 0) return 'no-such-round'
  const { text, hash, votes } = statementOf(before, round, seen, sha256)
  if (closing.fact.text !== text || closing.fact.hash !== hash) return 'list-differs'
  const standing = standingLists(seen.closings)
  if (standing.length === 1 && standing[0] === hash) return 'duplicate'
  const end = policy.sealed ? revealBy : closesAt
  return votes.complete || closing.at > end ? undefined : 'too-early'
}

/** Hashes of the lists that no closing knew of and replaced; more than one: made apart, and somebody has to close again. */
export function standingLists<A>(closings: readonly FactOf<'round-closed', A>[]): readonly string[] {
  const last = closings.filter(({ place }) => !closings.some((other) => other.saw(place)))
  return [...new Set(last.map(({ fact }) => fact.hash))].toSorted()
}
