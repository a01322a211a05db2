import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { certificateOf } from '#shared/membership/certificate-of.ts'
import type { Hub } from '../workspaces/hub.ts'
import { decisionPlaces, factsOf, say } from './decision.ts'
import { unseenWord } from './signed-facts.ts'

/** What counts only when another company can say that it was there in time. */
const NEEDS_WITNESS: ReadonlySet<string> = new Set(['position-given', 'position-sealed', 'position-revealed', 'veto-cast', 'decision-signed']) // prettier-ignore

/**
 * After news: says that words of others have arrived, once for all that is there. The entry's ancestry is the proof, so it says
 * nothing more. True when something was written.
 */
export function witnessWords(hub: Hub, workspace?: WorkspaceId): boolean {
  const own = hub.identity.card.company
  const now = hub.context.clock.now()
  let wrote = false
  for (const place of decisionPlaces(hub, workspace)) {
    if (!certificateOf(place.runtime.members, hub.identity.device.id, now)) continue
    const facts = factsOf(place)
    const unseen = unseenWord(facts, own, NEEDS_WITNESS)
    if (!unseen || !('round' in unseen.fact)) continue
    const { round } = unseen.fact
    say(hub, place, { type: 'position-witnessed', artifact: place.id, round }, 'position-witnessed')
    wrote = true
  }
  return wrote
}
