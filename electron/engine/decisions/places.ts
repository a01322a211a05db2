import type { ArtifactId } from '#shared/kernel/ids.ts'
import { runtimeOf } from '../artifacts/forecast-screen.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import { Refused } from '../edge.ts'
import type { Hub } from '../workspaces/hub.ts'

/** A document of signed facts in its channel. */
export interface Place {
  readonly runtime: ChannelRuntime
  readonly id: ArtifactId
}

/** Where documents of one type lie; `module` and `missing` are the refusal for an id that names none of them. */
export const placesOfType = (type: string, module: string, missing: string) => ({
  /** @throws Refused when there is no such document, or it is of another type. */
  at(hub: Hub, artifact: string): Place {
    const { runtime, id, type: found } = runtimeOf(hub, artifact)
    if (found !== type) throw new Refused(module, missing)
    return { runtime, id }
  },
  /** Those of every workspace, or of one. */
  in: (hub: Hub, workspace?: string): readonly Place[] =>
    [...hub.runtimes()].flatMap((runtime) =>
      workspace === undefined || runtime.workspace === workspace
        ? runtime.facts.artifacts(type).map(({ id }) => ({ runtime, id }))
        : [],
    ),
})
