import { writeArtifactEvent, type ArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { record } from '../context.ts'
import { certificateIn } from '../identity/identity.ts'
import { titleOf } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import { writeIn } from '../workspaces/membership-steps.ts'
import type { StandardPlace } from './standing.ts'

/** States facts about a standard in the company's name, with one row in its audit. */
export function state(
  hub: Hub,
  { runtime, id }: StandardPlace,
  code: 'standard-released' | 'standard-adopted' | 'standard-tested',
  facts: readonly ArtifactEvent[],
  detail: Readonly<Record<string, string>>,
): void {
  hub.change(() => {
    hub.touch(runtime.id)
    writeIn(
      hub,
      runtime.id,
      facts.map((fact) => ({ kind: 'event', payload: writeArtifactEvent(fact) })),
    )
    const actor = certificateIn(hub.identity.certified).name.en
    record(hub.context, { kind: 'update', code, actor, subject: { id, name: titleOf(runtime, id).en }, detail })
    return undefined
  })
  hub.context.changes.say('documents', 'today', 'audit')
}
