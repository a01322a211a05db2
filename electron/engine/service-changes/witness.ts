import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { certificateOf } from '#shared/membership/certificate-of.ts'
import { say } from '../decisions/decision.ts'
import { unseenWord } from '../decisions/signed-facts.ts'
import type { Hub } from '../workspaces/hub.ts'
import { changeFacts, changeIn, changePlaces } from './place.ts'

/** What counts only when the other company can say that it was there in time. */
const NEEDS_WITNESS: ReadonlySet<string> = new Set(['matter-decided', 'change-signed'])

/**
 * After news: says that words of the other company about changes have arrived, once for all that is there. The entry's ancestry is
 * the proof, so it says nothing more. True when something was written.
 */
export function witnessChanges(hub: Hub, workspace?: WorkspaceId): boolean {
  const own = hub.identity.card.company
  let wrote = false
  for (const place of changePlaces(hub, workspace)) {
    if (!certificateOf(place.runtime.members, hub.identity.device.id, hub.context.clock.now())) continue
    const facts = changeFacts(place)
    const unseen = unseenWord(facts, own, NEEDS_WITNESS)
    const { current } = unseen ? changeIn(hub, place, facts) : { current: null }
    if (!current?.content.parties.some(({ company }) => company === own)) continue
    say(hub, place, { type: 'change-witnessed', artifact: place.id, change: current.hash }, 'change-witnessed')
    wrote = true
  }
  return wrote
}
