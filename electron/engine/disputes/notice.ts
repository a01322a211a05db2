import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { isParty } from '#shared/disputes/facts.ts'
import type { DisputeStage } from '#shared/disputes/standing.ts'
import { record } from '../context.ts'
import { titleOf } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import { dayIn, disputeFacts, disputePlaces, disputesIn, standingIn } from './place.ts'

const KIND = 'dispute-stage'
interface Noticed {
  readonly stage: DisputeStage
  readonly level: number | null
}

/**
 * Notes in our own audit that a dispute stands elsewhere than when this device last looked, and since when. The clock is nobody's word,
 * so nothing is told to others, and what was noted decides nothing: an engine that slept notes late what began earlier. True when
 * something was noted.
 */
export function noticeStages(hub: Hub, workspace?: WorkspaceId): boolean {
  const { records } = hub.context.vault
  let noted = false
  for (const place of disputePlaces(hub, workspace)) {
    for (const found of disputesIn(hub, place, disputeFacts(place)).cases) {
      if (!isParty(found.content, hub.identity.card.company)) continue
      const { stage, level, since } = standingIn(hub, found)
      const before = records.get<Noticed>(KIND, found.hash)
      if (before?.stage === stage && before.level === level) continue
      hub.change(() => {
        records.put<Noticed>(KIND, found.hash, { stage, level })
        const { outcome } = found
        const detail = {
          stage,
          ...(before ? { before: before.stage } : {}),
          ...(since === null ? {} : { since: dayIn(found, since) }),
          ...(outcome ? { finding: outcome.finding, hash: outcome.hash } : {}),
        }
        record(hub.context, { kind: 'update', code: 'dispute-moved', actor: '', subject: { id: place.id, name: titleOf(place.runtime, place.id).en }, detail }) // prettier-ignore
        return undefined
      })
      noted = true
    }
  }
  return noted
}
