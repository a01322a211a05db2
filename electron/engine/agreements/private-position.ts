import { NO_POSITION, privatePositionSchema, type PrivatePosition } from '#shared/artifacts/private-position.ts'
import { record } from '../context.ts'
import { certificateIn } from '../identity/identity.ts'
import { titleOf } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import { agreementPlace } from './agreement.ts'

/*
 * What our company would settle for in an agreement. It lies in the vault under a kind of its own that nothing composes, seals or
 * exports: the only ways to it are the two below, and both end in our own window.
 */
const KIND = 'private-position'

export function positionOf(hub: Hub, artifact: string): PrivatePosition {
  const { id } = agreementPlace(hub, artifact)
  const kept = privatePositionSchema.safeParse(hub.context.vault.records.get(KIND, id))
  return kept.success ? kept.data : NO_POSITION
}

/** The audit row names the agreement and nothing of what was written. */
export function savePosition(hub: Hub, artifact: string, position: PrivatePosition): PrivatePosition {
  const { runtime, id } = agreementPlace(hub, artifact)
  hub.change(() => {
    hub.context.vault.records.put(KIND, id, position)
    const actor = certificateIn(hub.identity.certified).name.en
    record(hub.context, { kind: 'commitment', code: 'position-kept', actor, subject: { id, name: titleOf(runtime, id).en }, detail: {} }) // prettier-ignore
    return undefined
  })
  return positionOf(hub, artifact)
}
