import type { Crypto } from '#shared/kernel/crypto.ts'
import type { ArtifactId, ChannelId, DeviceId, FeedId, SectionName, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Body } from '#shared/seal/entry.ts'
import { openEntry } from '#shared/seal/open.ts'
import { parseRun } from '#shared/seal/parse.ts'
import { verifyRun } from '#shared/seal/verify.ts'
import type { Channel } from '#shared/sync/channel.ts'
import type { FeedLine } from '#shared/sync/channel-index.ts'
import { readDoc } from '#shared/sync/doc-body.ts'
import { sectionKey, type CheckedUpdate, type UpdateContext } from '#shared/sync/update.ts'
import type { SectionReader } from '../documents.ts'
import type { LogStore } from '../ports.ts'
import type { HeldKeys } from './held-keys.ts'
import type { SectionHistory } from './section-history.ts'

/** An entry without effect: it was written under roles that had been reduced, and nobody else had it in time. */
export interface HeldBackEntry {
  readonly feed: FeedId
  readonly seq: number
  readonly body: Body
}

interface Source {
  readonly crypto: Crypto
  readonly log: LogStore
  readonly workspace: WorkspaceId
  readonly id: ChannelId
  readonly channel: Channel
  readonly keys: HeldKeys
  readonly history: SectionHistory
}

/** A time that a device went on without knowing that its roles were reduced, with what is held back of it. */
export interface HeldBackTime {
  readonly line: FeedLine
  readonly entries: readonly HeldBackEntry[]
}

/** What is held back in one reading of a channel. Kept until more or less of it is: a screen asks whenever its document changes. */
export class HeldBack {
  readonly #source: Source
  #known: { readonly name: string; readonly times: readonly HeldBackTime[] } | undefined
  readonly #unheard = new Map<string, readonly Unheard[]>()

  constructor(source: Source) {
    this.#source = source
  }

  /** What is held back of a device, opened again from the log, in the order in which it was written. */
  of(device: DeviceId): readonly HeldBackTime[] {
    const stretches = this.#source.channel.narrowings.heldBackOf(device)
    const name = [
      device,
      this.#source.keys.all.length,
      ...stretches.map(({ line, seqs }) => `${line.id}:${seqs.join()}`),
    ].join(';')
    if (this.#known?.name !== name) {
      this.#unheard.clear()
      const times = stretches.map(({ line, seqs }) => ({ line, entries: entriesOf(this.#source, line, seqs) }))
      this.#known = { name, times: times.filter(({ entries }) => entries.length > 0) }
    }
    return this.#known.times
  }

  /** What that comes to in a section: as its author had it before and after. */
  unheardIn(device: DeviceId, artifact: ArtifactId, section: SectionName): readonly Unheard[] {
    const times = this.of(device)
    const key = sectionKey(artifact, section)
    const known = this.#unheard.get(key)
    if (known) return known
    const found = times.flatMap((time) => unheardIn(this.#source, time, artifact, section))
    this.#unheard.set(key, found)
    return found
  }
}

function entriesOf(
  { crypto, log, workspace, id, keys }: Source,
  line: FeedLine,
  seqs: readonly number[],
): readonly HeldBackEntry[] {
  const wanted = new Set(seqs)
  const entries: HeldBackEntry[] = []
  for (let next = seqs[0] ?? 0, end = seqs.at(-1) ?? -1; next <= end;) {
    const [stored] = log.runs(id, line.feed, next, 1)
    if (stored === undefined) break
    next = stored.lastSeq + 1
    const run = parseRun(stored.bytes)
    if (!run.ok) continue
    const { firstSeq: nextSeq, previous: previousHash } = run.value
    const verified = verifyRun(crypto, run.value, { workspace, channel: id, nextSeq, previousHash })
    for (const entry of verified.ok ? verified.value : []) {
      if (!wanted.has(entry.seq) || entry.hash !== line.hashes.of(entry.seq)) continue
      const opened = openEntry(crypto, entry, entry.epoch === null ? undefined : keys.of(entry.epoch))
      if (opened.ok) entries.push({ feed: line.feed, seq: entry.seq, body: opened.value.body })
    }
  }
  return entries
}

/** A section as its author had it before and after what is held back; `last` names that in the author's feed. */
export interface Unheard {
  readonly feed: FeedId
  readonly last: number
  readonly before: SectionReader
  readonly after: SectionReader
}

interface Bundle {
  last: number
  readonly ends: Map<number, number>
  readonly updates: CheckedUpdate[]
}

/** The updates are checked as if those before them counted, so that nothing is read that leans on what is not there. */
function unheardIn(
  { channel, history }: Source,
  { line, entries }: HeldBackTime,
  artifact: ArtifactId,
  section: SectionName,
): readonly Unheard[] {
  const key = sectionKey(artifact, section)
  /** The section as far as it counts in the ancestry of an entry. */
  const stateAt = (seq: number) => {
    const ancestry = channel.index.ancestryOf(line, seq)
    return history.documentsAt(artifact, section, (entry) => ancestry.includes(entry))
  }
  const bundles: Bundle[] = []
  for (const { seq, body } of entries) {
    const writes = body.kind === 'doc' ? readDoc(body.payload) : undefined
    for (const write of writes?.ok ? writes.value : []) {
      if (write.artifact !== artifact || write.section !== section || !(write.update instanceof Uint8Array)) continue
      const counted = channel.clocks.contextOf(line, seq, key, write.replica)
      if (!counted.ok) continue
      const last = bundles.at(-1)
      const check = (ends: ReadonlyMap<number, number>) =>
        channel.judges.checkUpdate(write.update as Uint8Array, withOwn(counted.value, ends))
      const goesOn = last && check(last.ends)
      // Behind something that the author's own engine had already found without effect it begins anew.
      const checked = goesOn?.ok ? goesOn : check(new Map())
      if (!checked.ok) continue
      const bundle = goesOn?.ok && last ? last : { last: seq, ends: new Map<number, number>(), updates: [] }
      if (bundle !== last) bundles.push(bundle)
      bundle.last = seq
      bundle.ends.set(checked.value.client, checked.value.endClock)
      bundle.updates.push(checked.value)
    }
  }
  return bundles.map(({ last, updates }) => {
    const documents = stateAt(last)
    documents.apply(key, updates)
    return { feed: line.feed, last, before: stateAt(last).read(key), after: documents.read(key) }
  })
}

/** A context in which own clocks go on from what is held back. */
const withOwn = (counted: UpdateContext, ends: ReadonlyMap<number, number>): UpdateContext => {
  const clockOf = (client: number): number => ends.get(client) ?? counted.clockOf(client)
  return {
    client: counted.client,
    nextClock: ends.get(counted.client) ?? counted.nextClock,
    clockOf,
    depthOf: (client, clock) => (clock < counted.clockOf(client) ? counted.depthOf(client, clock) : 0),
  }
}
