import { tradeOffsOf, type TradeOff } from '#shared/agreement/trade-offs.ts'
import type { TradeOffView } from '#shared/projection/negotiation-views.ts'
import { agreementPlace } from '../agreements/agreement.ts'
import { mustEdit } from '../agreements/freeze.ts'
import { newId } from '../context.ts'
import { Refused } from '../edge.ts'
import { authorView } from '../live/authors.ts'
import type { Hub } from '../workspaces/hub.ts'
import { state } from './proposals.ts'

/** What was given for what on the way to an agreement, latest first. */
export function tradeOffViews(hub: Hub, artifact: string): readonly TradeOffView[] {
  const { runtime, id } = agreementPlace(hub, artifact)
  return tradeOffsOf(runtime.facts.eventsAbout(id))
    .map(({ by, ...one }) => ({ ...one, by: authorView(runtime, by, hub.identity.card.company) }))
    .toReversed()
}

/** Records one as this person's company sees it; everybody in the channel reads it. */
export function recordTradeOff(hub: Hub, artifact: string, order: Omit<TradeOff<unknown>, 'id' | 'by' | 'at'>): void {
  const place = agreementPlace(hub, artifact)
  mustEdit(hub, place)
  const tradeOff = newId<string>(hub.context.crypto)
  const fact = { type: 'trade-off-recorded' as const, artifact: place.id, tradeOff, ...order }
  state(hub, place, [fact], 'trade-off-recorded', {}, undefined, { amount: order.worth ?? 'not-said' })
}

/** @throws Refused when it is another company's. */
export function withdrawTradeOff(hub: Hub, artifact: string, tradeOff: string): void {
  const place = agreementPlace(hub, artifact)
  mustEdit(hub, place)
  const found = tradeOffsOf(place.runtime.facts.eventsAbout(place.id)).find(({ id }) => id === tradeOff)
  if (!found) throw new Refused('negotiation', 'no-such-trade-off')
  if (found.by.company !== hub.identity.card.company) throw new Refused('negotiation', 'not-your-trade-off')
  state(hub, place, [{ type: 'trade-off-withdrawn', artifact: place.id, tradeOff }], 'trade-off-withdrawn', {})
}
