import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Hub } from './hub.ts'
import { renewEpoch } from './membership-steps.ts'

/**
 * Gives those who may read a channel the keys that they were left out of: whoever made one had not heard of their device, or took their
 * company for gone. Of several that could, the first does it by itself, and any other with what it writes next. True when one was given.
 */
export function handKeysOn(hub: Hub, workspace?: WorkspaceId): boolean {
  const runtimes = workspace === undefined ? [...hub.runtimes()] : hub.runtimesOf(workspace)
  const due = runtimes.filter((runtime) => runtime.handsOn)
  if (due.length > 0)
    hub.change(() => {
      for (const { id } of due) renewEpoch(hub, hub.touch(id))
      return undefined
    })
  return due.length > 0
}
