import type { ArtifactId, SectionName } from '#shared/kernel/ids.ts'
import { REGISTERS, registerKey, type Plain } from '#shared/living/register.ts'
import { writeDoc } from '#shared/sync/doc-body.ts'
import type { ChannelRuntime, Saying } from './channel-runtime.ts'

const JOINT = 'joint' as SectionName

/** Sets fields of a record; what is null is left unsaid. */
export type Put = (set: string, record: string, values: Readonly<Record<string, Plain | null>>) => void

/** One edit of a document's joint section by this engine itself, such as what a draft begins with; undefined: nothing was put. */
export function jointDraft(
  runtime: ChannelRuntime,
  artifact: ArtifactId,
  write: (put: Put) => void,
): Saying | undefined {
  const client = runtime.clientOf(artifact, JOINT, 0)
  const update = runtime.edit(artifact, JOINT, (writer) => {
    write((set, record, values) => {
      for (const [field, value] of Object.entries(values))
        if (value !== null) writer.setKey(REGISTERS, registerKey(set, record, field, client), value)
    })
  })
  return update && { kind: 'doc', payload: writeDoc([{ artifact, section: JOINT, replica: 0, update }]) }
}
