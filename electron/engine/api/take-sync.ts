import type { ChannelId } from '#shared/kernel/ids.ts'
import type { FileOutcome } from '#shared/projection/workspace-views.ts'
import { deviceOf } from '#shared/seal/entry.ts'
import { parseRun } from '#shared/seal/parse.ts'
import { record } from '../context.ts'
import { companyOf } from '../disclosures/reciprocity-facts.ts'
import { witness } from '../dry-run/intents.ts'
import { Refused } from '../edge.ts'
import type { Session } from '../session.ts'
import type { Hub } from '../workspaces/hub.ts'
import { sortRuns } from '../workspaces/sort-runs.ts'
import { findWorkspace, type WorkspaceRecord } from '../workspaces/workspace-record.ts'

/** Takes the runs of a sealed file into the workspaces that they belong to. */
export function takeSync({ hub, context, connections }: Session, frames: readonly Uint8Array[]): FileOutcome {
  const sorted = sortRuns(context.crypto, frames, (id) => findWorkspace(context, id))
  let [admitted, refused, parked] = [0, sorted.refused.length, sorted.newer.length]
  for (const code of sorted.refused) noteRefusal(hub, code)
  for (const bytes of sorted.newer) {
    noteRefusal(hub, 'newer-version')
    hub.park(bytes)
  }
  let into: WorkspaceRecord | undefined
  let fromOthers = false
  for (const [channel, { workspace, runs }] of sorted.byChannel) {
    if (!hub.adopt(workspace, channel)) {
      refused += runs.length
      continue
    }
    const current = findWorkspace(context, workspace.id) ?? workspace
    const received = hub.receive(current, channel, runs, '')
    admitted += received.admitted
    refused += received.refused
    parked += received.parked
    fromOthers ||= runs.some((bytes) => isOthers(hub, channel, bytes))
    into = workspace
  }
  if (!into) {
    const isForeign = sorted.refused.length > 0 && sorted.refused.every((code) => code === 'wrong-workspace')
    if (sorted.newer.length > 0) throw new Refused('seal', 'newer-version')
    throw new Refused('workspaces', isForeign ? 'file-of-another-workspace' : 'file-unreadable')
  }
  if (refused === 0 && fromOthers) witness(hub, into.id)
  connections.refresh(findWorkspace(context, into.id) ?? into)
  return { kind: 'sync', workspace: into.id, admitted, refused, parked }
}

/** A company's own file, opened again where it was written, rehearses nothing. */
function isOthers(hub: Hub, channel: ChannelId, bytes: Uint8Array): boolean {
  const [run, runtime] = [parseRun(bytes), hub.runtime(channel)]
  const company = run.ok && runtime ? companyOf(runtime, deviceOf(run.value.feed)) : undefined
  return company !== undefined && company !== hub.identity.card.company
}

/** What was refused before it reached a workspace is in the audit like every other refusal. */
export function noteRefusal(hub: Hub, code: string): void {
  hub.change(() => {
    record(hub.context, { kind: 'refusal', code, actor: '', subject: { id: '', name: '' }, detail: {} })
    return undefined
  })
}
