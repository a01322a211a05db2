import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { isParty } from '#shared/disputes/facts.ts'
import { certificateOf } from '#shared/membership/certificate-of.ts'
import { say } from '../decisions/decision.ts'
import { unseenWord } from '../decisions/signed-facts.ts'
import type { Hub } from '../workspaces/hub.ts'
import { disputeFacts, disputePlaces, disputesIn } from './place.ts'

/** What starts a clock, or counts only when another party can say that it was there in time. */
const NEEDS_WITNESS: ReadonlySet<string> = new Set(['dispute-opened', 'dispute-answered', 'dispute-ruled'])

/**
 * After news: says that words of others have arrived, once for all that is there. The entry's ancestry is the proof, so it says
 * nothing more; for an opening it is the delivery that starts the clock. True when something was written.
 */
export function witnessDisputes(hub: Hub, workspace?: WorkspaceId): boolean {
  const own = hub.identity.card.company
  let wrote = false
  for (const place of disputePlaces(hub, workspace)) {
    if (!certificateOf(place.runtime.members, hub.identity.device.id, hub.context.clock.now())) continue
    const facts = disputeFacts(place)
    if (!unseenWord(facts, own, NEEDS_WITNESS)) continue
    for (const { hash, content } of disputesIn(hub, place, facts).cases) {
      if (!isParty(content, own)) continue
      say(hub, place, { type: 'dispute-witnessed', artifact: place.id, dispute: hash }, 'dispute-witnessed')
      wrote = true
    }
  }
  return wrote
}
