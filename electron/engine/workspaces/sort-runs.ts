import type { Crypto } from '#shared/kernel/crypto.ts'
import type { ChannelId, WorkspaceId } from '#shared/kernel/ids.ts'
import { parseRun } from '#shared/seal/parse.ts'
import { channelOf } from '#shared/seal/verify.ts'
import { runRefusal, type RunRefusal } from '#shared/sync/refusal.ts'
import type { WorkspaceRecord } from './workspace-record.ts'

export interface SortedRuns {
  /** Runs of a later version: kept, and tried again after an update. */
  readonly newer: readonly Uint8Array[]
  readonly byChannel: ReadonlyMap<
    ChannelId,
    { readonly workspace: WorkspaceRecord; readonly runs: readonly Uint8Array[] }
  >
  /** Why the other parts of the file were taken into no channel. */
  readonly refused: readonly RunRefusal[]
}

/** Sorts the parts of a sealed file by channel; what does not read, or belongs to no workspace of ours, is refused. */
export function sortRuns(
  crypto: Crypto,
  frames: readonly Uint8Array[],
  workspaceOf: (id: WorkspaceId) => WorkspaceRecord | undefined,
): SortedRuns {
  const newer: Uint8Array[] = []
  const refused: RunRefusal[] = []
  const byChannel = new Map<ChannelId, { readonly workspace: WorkspaceRecord; readonly runs: Uint8Array[] }>()
  for (const bytes of frames) {
    const run = parseRun(bytes)
    if (!run.ok) {
      if (run.refusal === 'newer-version') newer.push(bytes)
      else refused.push(runRefusal(run.refusal))
      continue
    }
    const workspace = workspaceOf(run.value.workspace)
    if (!workspace) {
      refused.push('wrong-workspace')
      continue
    }
    const channel = channelOf(crypto, run.value)
    const entry = byChannel.get(channel) ?? { workspace, runs: [] }
    entry.runs.push(bytes)
    byChannel.set(channel, entry)
  }
  return { byChannel, refused, newer }
}
