import { readArtifactEvent, type ArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import type { SymmetricKey } from '#shared/kernel/crypto.ts'
import type { DeviceId, EpochId, FeedId } from '#shared/kernel/ids.ts'
import { readControl } from '#shared/membership/control.ts'
import type { Control } from '#shared/membership/types.ts'
import type { Head } from '#shared/seal/entry.ts'
import { openEntry } from '#shared/seal/open.ts'
import { parseRun } from '#shared/seal/parse.ts'
import { verifyRun } from '#shared/seal/verify.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import type { Hub } from '../workspaces/hub.ts'

export interface Place {
  readonly feed: FeedId
  readonly seq: number
}
export interface FoundEvent extends Place {
  readonly fact: ArtifactEvent
  readonly device: DeviceId
  readonly at: Instant
}
/** What a channel's log holds for evidence: facts, who was certified and revoked, and which entry names which. */
export interface ScannedLog {
  readonly events: readonly FoundEvent[]
  readonly controls: readonly Control[]
  /** Entries that name entries of other feeds, by feed, in order. */
  readonly named: ReadonlyMap<FeedId, readonly { readonly seq: number; readonly heads: readonly Head[] }[]>
}

/** Runs between two breaths: a long log must not hold the windows up. */
const BREATH = 64

/** Reads a channel's log once, from the beginning. Undefined when it was stopped. */
export async function scanLog(
  hub: Hub,
  runtime: ChannelRuntime,
  wanted: (fact: ArtifactEvent) => boolean,
  control: { readonly signal: { readonly aborted: boolean }; report(progress: number): void },
): Promise<ScannedLog | undefined> {
  const { crypto, vault, scheduler } = hub.context
  const keys = new Map<EpochId, SymmetricKey>(runtime.epochKeys().map(({ epoch, key }) => [epoch, key]))
  const events: FoundEvent[] = []
  const controls: Control[] = []
  const named = new Map<FeedId, { seq: number; heads: readonly Head[] }[]>()
  const total = vault.log.count(runtime.id)
  let seen = 0
  for (const stored of vault.log.replay(runtime.id)) {
    if (seen++ % BREATH === 0) {
      await scheduler.breathe()
      if (control.signal.aborted) return undefined
      control.report(Math.min(1, seen / total))
    }
    const run = parseRun(stored.bytes)
    if (!run.ok) continue
    const { firstSeq: nextSeq, previous: previousHash, feed } = run.value
    const place = { workspace: runtime.workspace, channel: runtime.id, nextSeq, previousHash }
    const verified = verifyRun(crypto, run.value, place)
    const line = runtime.admission.index.line(feed)
    for (const entry of verified.ok ? verified.value : []) {
      if (line?.admitted[entry.seq - 1] !== true) continue
      if (entry.heads.length > 0) {
        const list = named.get(feed) ?? []
        list.push({ seq: entry.seq, heads: entry.heads })
        named.set(feed, list)
      }
      const opened = openEntry(crypto, entry, entry.epoch === null ? undefined : keys.get(entry.epoch))
      if (!opened.ok) continue
      const { kind, payload, at } = opened.value.body
      if (kind === 'event') {
        const fact = readArtifactEvent(payload)
        if (typeof fact !== 'string' && wanted(fact))
          events.push({ fact, feed, seq: entry.seq, device: entry.device, at })
      } else if (kind === 'control') {
        const read = readControl(payload)
        if (read.ok) controls.push(read.value)
      }
    }
  }
  return { events, controls, named }
}
