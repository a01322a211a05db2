import type { Doc } from '#shared/contradictions/place.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import { titleOf } from '../live/documents.ts'

export const docOf = (runtime: ChannelRuntime, artifact: ArtifactId, type: string): Doc => ({
  artifact,
  type,
  title: titleOf(runtime, artifact),
  workspace: runtime.workspace,
})
