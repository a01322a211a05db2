import type { Finding } from '#shared/artifacts/dispute-event.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import type { FactPlace } from './facts.ts'
import type { Round } from './state.ts'

/** What a dispute about a round came to. */
export interface RoundRuled {
  readonly finding: Finding
  readonly parties: readonly { readonly company: CompanyId }[]
  /** The facts that say so, one of each party. */
  readonly words: readonly { readonly saw: (place: FactPlace) => boolean }[]
}

/**
 * What that means for the round. `basis`: another round rests on it; `stands`: it stays at what the round came to; `signing` and `final`: what
 * was decided is signed or stays signed; `open`: the round still runs; `before-close`: it ended before the result was known, which it
 * therefore says nothing about.
 */
export type Bearing = 'basis' | 'stands' | 'signing' | 'final' | 'open' | 'before-close'

/** Disputes that concern a round: between companies that decide in it, and no other. Whoever else disagrees about it has no part in it. */
export const isAmongVoters = ({ parties }: Pick<RoundRuled, 'parties'>, { content }: Pick<Round<unknown>, 'content'>): boolean =>
  parties.every(({ company }) => content.voters.some((voter) => voter.company === company)) // prettier-ignore

/**
 * What an outcome means for a round. It changes nothing of the round and opens none: who decides in it acts on it by a word of their own.
 * null: nothing, another round was decided.
 */
export function bearingOf({ finding, words }: RoundRuled, { standing, closings }: Pick<Round<unknown>, 'standing' | 'closings'>): Bearing | null {
  if (standing === 'overtaken') return null
  if (standing === 'voting' || standing === 'lists-differ') return 'open'
  const knew = words.every(({ saw }) => closings.some(({ place }) => saw(place)))
  if (closings.length > 0 && !knew) return 'before-close'
  if (standing === 'signing' || standing === 'final') return standing
  return finding === 'dismissed' ? 'stands' : 'basis'
} // prettier-ignore

/** Whether it is the talk that has to come before another round: a voter may then take it up as the mediation, by its own signed word. */
export const isTalk = (ruled: RoundRuled, round: Pick<Round<unknown>, 'content' | 'standing' | 'closings'>): boolean =>
  round.standing === 'no-decision' && isAmongVoters(ruled, round) && bearingOf(ruled, round) === 'basis'
