import { writeArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { DisputeCase } from '#shared/artifacts/dispute-case.v1.ts'
import { writeDispute } from '#shared/artifacts/dispute-content.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import { record } from '../context.ts'
import { hashOf } from '../decisions/decision.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import { writeIn } from '../workspaces/membership-steps.ts'
import type { Hub } from '../workspaces/hub.ts'
import { boundToOpening } from './bound.ts'
import { draftIn, dropDraft, freezeDispute } from './draft.ts'
import { choicesIn } from './subjects.ts'

/**
 * Opens the dispute of a draft (Class B): its text, with the path and the calendar in it, is what every clock is counted by. `hash`:
 * what the person has seen. @throws Refused with the first gate
 */
export function openDispute(hub: Hub, draft: string, hash: string): ArtifactId {
  const { kept, runtime } = draftIn(hub, draft)
  const { gates, content } = freezeDispute(hub, kept, choicesIn(hub, runtime))
  const [gate] = gates
  if (gate) throw new Refused('disputes', gate)
  if (!content) throw new Error('a dispute without a shut gate that cannot be opened')
  const text = writeDispute(content)
  if (hashOf(hub)(text) !== hash) throw new Refused('disputes', 'changed-meanwhile')
  const { id, nonce } = kept
  const { title } = content.subject
  hub.change(() => {
    hub.touch(runtime.id)
    const created = { type: 'artifact-created' as const, artifact: id, artifactType: DisputeCase.type, nonce, title }
    const opened = { type: 'dispute-opened' as const, artifact: id, hash, text }
    const sayings = [created, opened].map((event) => ({ kind: 'event' as const, payload: writeArtifactEvent(event) }))
    writeIn(hub, runtime.id, sayings, boundToOpening(content, hash))
    dropDraft(hub, id)
    const actor = certificateIn(hub.identity.certified).name.en
    record(hub.context, { kind: 'commitment', code: 'dispute-opened', actor, subject: { id, name: title.en }, detail: { hash } }) // prettier-ignore
    return undefined
  })
  return id
}
