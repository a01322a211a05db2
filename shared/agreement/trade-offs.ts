import type { ArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { StatedFact } from './state.ts'

type Recorded = Extract<ArtifactEvent, { readonly type: 'trade-off-recorded' }>

/** AR-35. What a company gave and what it received for it, in its own words. */
export interface TradeOff<A> extends Omit<Recorded, 'type' | 'artifact' | 'tradeOff'> {
  readonly id: string
  readonly by: A
  readonly at: Instant
}

/** The trade-offs that stand, oldest first. The party is the certificate's; only it takes its own record back. */
export function tradeOffsOf<A>(facts: readonly StatedFact<A>[]): readonly TradeOff<A>[] {
  const found = new Map<string, { readonly one: TradeOff<A>; readonly company: string }>()
  const gone = new Set<string>()
  for (const { fact, author, at } of facts) {
    if (fact.type === 'trade-off-recorded' && !found.has(fact.tradeOff)) {
      const { given, received, worth, clause, rationale, tradeOff: id } = fact
      found.set(id, { one: { id, given, received, worth, clause, rationale, by: author, at }, company: author.company })
    }
    if (fact.type === 'trade-off-withdrawn' && found.get(fact.tradeOff)?.company === author.company)
      gone.add(fact.tradeOff)
  }
  return [...found.values()].map(({ one }) => one).filter(({ id }) => !gone.has(id))
}
