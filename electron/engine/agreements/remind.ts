import { reminderRefusal, type ReminderRefusal } from '#shared/agreement/reminders.ts'
import { writeArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import type { Hub } from '../workspaces/hub.ts'
import { writeIn } from '../workspaces/membership-steps.ts'
import { agreementPlace, versionOf, versionsIn, type Place, type Version } from './agreement.ts'
import { mayEdit, mustEdit, note } from './freeze.ts'

/** Whoever closed a text reminds somebody who has not signed it. @throws Refused */
export function remind(hub: Hub, artifact: string, hash: string, signatory: string): void {
  const place = agreementPlace(hub, artifact)
  mustEdit(hub, place)
  const version = versionOf(hub, place, hash)
  const refusal = refusalNow(hub, place, version, signatory)
  if (refusal) throw new Refused('agreements', refusal)
  const to = version.content.signatories.find(({ id }) => id === signatory)?.name.en ?? ''
  hub.change(() => {
    const reminded = { type: 'agreement-reminded' as const, artifact: place.id, hash, signatory }
    writeIn(hub, place.runtime.id, [{ kind: 'event', payload: writeArtifactEvent(reminded) }])
    note(hub, place, 'agreement-reminded', { version: version.version, hash, to })
    return undefined
  })
}

/** Whether this person may remind a signatory now. */
export const mayRemind = (hub: Hub, place: Place, version: Version, signatory: string): boolean =>
  mayEdit(hub, place) && refusalNow(hub, place, version, signatory) === undefined

/** By the same rule as every engine counts reminders with. */
function refusalNow(hub: Hub, place: Place, version: Version, signatory: string): ReminderRefusal | undefined {
  const { content, frozenBy, signBy, signed, declined, reminders } = version
  const text = {
    signatories: content.signatories,
    closedBy: frozenBy.company,
    signBy,
    answered: (id: string) => signed.has(id),
    declined: declined !== null,
    superseded: versionsIn(hub, place).at(-1)?.hash !== version.hash,
    reminders,
  }
  const { company } = certificateIn(hub.identity.certified)
  return reminderRefusal(text, { signatory, company, at: hub.context.clock.now() })
}
