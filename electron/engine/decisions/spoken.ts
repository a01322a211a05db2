import { factsOf, type DecisionPlace, type DecisionRound } from './decision.ts'

/** Refusals of a word that still stands in the way of another: it counts as soon as somebody confirms it. */
const STANDS: ReadonlySet<string | undefined> = new Set([undefined, 'not-witnessed'])

/** Whether a company has given or sealed a position that counts, or may come to. */
export const hasSpoken = (place: DecisionPlace, { hash, now: { votes } }: DecisionRound, company: string): boolean =>
  factsOf(place).some(
    ({ id, fact, author }) =>
      (fact.type === 'position-given' || fact.type === 'position-sealed') &&
      fact.round === hash &&
      author.company === company &&
      STANDS.has(votes.refusals.get(id)),
  )
