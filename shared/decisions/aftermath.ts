import type { DecisionAfterEvent } from '#shared/artifacts/decision-after-event.ts'
import type { DecisionContent } from '#shared/artifacts/decision-content.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import { inOrder, isOf, type SignedFact, type SignedOf } from './facts.ts'
import type { Round } from './state.ts'

/** Why a word after the decision is without effect. */
export type AftermathRefusal = 'not-final' | 'not-a-voter' | 'not-authorised' | 'agreed'
export type AfterFact<A = unknown> = SignedFact<DecisionAfterEvent, A>
type Of<T extends DecisionAfterEvent['type'], A> = SignedOf<DecisionAfterEvent, T, A>

/** The round that all have signed, as far as what follows it depends on it. */
export interface FinalRound {
  readonly hash: string
  readonly content: DecisionContent
  /** Voters that said yes to what was decided; they have no minority to report for. */
  readonly agreed: ReadonlySet<CompanyId>
}
export interface Aftermath<A> {
  readonly plans: readonly Of<'decision-planned', A>[]
  /** What each company says now: a later report replaces one that it knew of; two made apart both stand. */
  readonly minority: readonly Of<'minority-reported', A>[]
  /** All of them, in order. */
  readonly reviews: readonly Of<'outcome-reviewed', A>[]
  /** The last judgement of each company; two made apart both stand. */
  readonly standing: readonly Of<'outcome-reviewed', A>[]
  readonly reopened: readonly Of<'decision-reopened', A>[]
  readonly refusals: ReadonlyMap<string, AftermathRefusal>
}

/** What follows a round depends on, once all have signed it and it decided on something. */
export function finalRound<A>({ hash, content, closing, standing }: Round<A>): FinalRound | null {
  const option = closing?.statement.tally.option
  if (standing !== 'final' || !closing || !option) return null
  const agreed = closing.statement.votes.positions.flatMap(({ company, shown }) =>
    shown?.options.some((one) => one.option === option && one.vote === 'yes') ? [company] : [],
  )
  return { hash, content, agreed: new Set(agreed) }
}

/**
 * What follows a decision, as a fold over its facts in any order. `final` null: no round is, and nothing has an effect yet. A word
 * counts when it is about the final round, of a company that decided in it, by a role that speaks for that company.
 */
export function aftermathOf<A>(given: readonly AfterFact<A>[], final: FinalRound | null): Aftermath<A> {
  const facts = inOrder(given)
  const refusals = new Map<string, AftermathRefusal>()
  for (const fact of facts) {
    const refusal = refusalOf(fact, final)
    if (refusal) refusals.set(fact.id, refusal)
  }
  const counted = facts.filter(({ id }) => !refusals.has(id))
  const all = <T extends DecisionAfterEvent['type']>(type: T): readonly Of<T, A>[] =>
    counted.filter((fact): fact is Of<T, A> => isOf(fact, type))
  const reviews = all('outcome-reviewed')
  return {
    plans: all('decision-planned'),
    minority: latest(all('minority-reported')),
    reviews,
    standing: latest(reviews),
    reopened: all('decision-reopened'),
    refusals,
  }
}

function refusalOf({ fact, author }: AfterFact, final: FinalRound | null): AftermathRefusal | undefined {
  if (final?.hash !== fact.round) return 'not-final'
  const { voters, policy } = final.content
  if (!voters.some(({ company }) => company === author.company)) return 'not-a-voter'
  if (!author.roles.some((role) => policy.approvers.includes(role))) return 'not-authorised'
  return fact.type === 'minority-reported' && final.agreed.has(author.company) ? 'agreed' : undefined
}

/** Of each company the facts that no other of its own knew of. */
const latest = <F extends SignedFact<unknown>>(facts: readonly F[]): readonly F[] =>
  facts.filter(
    ({ author, place }) => !facts.some((other) => other.author.company === author.company && other.saw(place)),
  )
