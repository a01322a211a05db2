import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { certificateOf } from '#shared/membership/certificate-of.ts'
import { say } from '../decisions/decision.ts'
import { unseenWord } from '../decisions/signed-facts.ts'
import type { Hub } from '../workspaces/hub.ts'
import { negotiationFacts, negotiationPlaces, negotiationState } from './place.ts'

const NEEDS_WITNESS: ReadonlySet<string> = new Set(['outcome-verified'])

/** After news: says that the other company's last signature has arrived, which is what proves its time. True when written. */
export function witnessOutcomes(hub: Hub, workspace?: WorkspaceId): boolean {
  const own = hub.identity.card.company
  let wrote = false
  for (const place of negotiationPlaces(hub, workspace)) {
    if (!certificateOf(place.runtime.members, hub.identity.device.id, hub.context.clock.now())) continue
    const facts = negotiationFacts(place)
    const unseen = unseenWord(facts, own, NEEDS_WITNESS)
    const { current } = unseen ? negotiationState(hub, place, facts) : { current: null }
    if (!current?.content.parties.some(({ company }) => company === own)) continue
    say(hub, place, { type: 'outcome-witnessed', artifact: place.id, negotiation: current.hash }, 'outcome-witnessed')
    wrote = true
  }
  return wrote
}
