import type { ChannelId, DeviceId, Role } from '#shared/kernel/ids.ts'
import type { IsoDate } from '#shared/kernel/time.ts'
import { writeControl } from '#shared/membership/control.ts'
import type { Bilingual, Control, FeedHead, Genesis } from '#shared/membership/types.ts'
import { definitionHash } from '#shared/membership/workspace.ts'
import { sealEntry, signRun, startRun } from '#shared/seal/seal.ts'
import { passGate, type Bound } from '../approvals/gate.ts'
import type { ChannelRuntime, Saying } from '../channels/channel-runtime.ts'
import { record } from '../context.ts'
import { certificateIn, feedOf } from '../identity/identity.ts'
import type { Hub } from './hub.ts'
import { saveWorkspace, type WorkspaceRecord } from './workspace-record.ts'

export const control = (payload: Control): Saying => ({ kind: 'control', payload: writeControl(payload) })

/** Opens a channel inside a transaction: its creation, a first key for its creator, and its definition under that key. */
export function createChannel(
  hub: Hub,
  workspace: WorkspaceRecord,
  genesis: Genesis,
  terms: { readonly name: Bilingual; readonly roles: readonly Role[]; readonly expiresOn: IsoDate | null },
): { readonly workspace: WorkspaceRecord; readonly channel: ChannelId } {
  const { crypto, clock, vault, unlocked } = hub.context
  const definition = { ...terms, companies: 'all' as const, nonce: crypto.random(16) }
  const feed = feedOf(hub.identity, unlocked.incarnation())
  const draft = startRun(
    crypto,
    { workspace: genesis.workspace, channel: null, feed, nextSeq: 1, previous: null },
    null,
  )
  const created = control({ kind: 'channel-created', definition: definitionHash(crypto, definition) })
  const sealed = sealEntry(crypto, draft, { at: clock.now(), ...created })
  if (!sealed.ok) throw new Error(`a channel's creation was refused: ${sealed.refusal}`)
  const run = signRun(crypto, draft, hub.identity.device.secret)
  vault.log.append({ channel: run.channel, feed, firstSeq: 1, lastSeq: 1, bytes: run.bytes })
  const updated = { ...workspace, channels: [...workspace.channels, run.channel] }
  saveWorkspace(hub.context, updated)
  hub.load(updated)
  const runtime = hub.touch(run.channel)
  renewEpoch(hub, runtime)
  runtime.write([control({ kind: 'channel-defined', definition })])
  return { workspace: updated, channel: run.channel }
}

/** A new key for exactly those who may read the channel now. Earlier keys come with it: a newcomer reads from the beginning. */
export function renewEpoch(hub: Hub, runtime: ChannelRuntime): void {
  const payload = runtime.makeEpoch()
  record(hub.context, {
    kind: 'key',
    code: 'key-renewed',
    actor: certificateIn(hub.identity.certified).name.en,
    subject: { id: runtime.id, name: runtime.members.channel?.definition?.name.en ?? '' },
    detail: { devices: payload.boxes.length },
  })
}

/** The last judged entries of some devices' feeds: what a revocation accepts of them. */
export const headsOf = (runtime: ChannelRuntime, devices: readonly DeviceId[]): readonly FeedHead[] =>
  runtime.admission.index.lines.flatMap(({ id: feed, hashes, admitted }) => {
    const hash = hashes.of(admitted.length)
    const concerned = devices.some((device) => feed.startsWith(device))
    return hash !== undefined && concerned ? [{ feed, seq: admitted.length, hash }] : []
  })

/**
 * Writes, after making a key if the present one is unsafe or leaves a reader out. Call inside a transaction. What binds the company
 * passes the gate first; `bound` says what is approved where the bytes alone do not. @throws Refused
 */
export function writeIn(hub: Hub, channel: ChannelId, sayings: readonly Saying[], bound?: Bound): void {
  const runtime = hub.touch(channel)
  passGate(hub, runtime, sayings, bound)
  if (runtime.needsEpoch) renewEpoch(hub, runtime)
  runtime.write(sayings)
}
