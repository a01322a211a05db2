import { concat } from '#shared/kernel/bytes.ts'
import type { BoxPair, Crypto, Hash, SecretKey, SymmetricKey } from '#shared/kernel/crypto.ts'
import type {
  ArtifactId,
  ChannelId,
  DeviceId,
  EntryHash,
  EpochId,
  FeedId,
  SectionName,
  WorkspaceId,
} from '#shared/kernel/ids.ts'
import type { Clock } from '#shared/kernel/time.ts'
import { certificateOf, readers } from '#shared/membership/certificate-of.ts'
import { readControl, writeControl } from '#shared/membership/control.ts'
import { createEpoch, leaves, openEpoch, unwrapEarlier, writableEpoch } from '#shared/membership/epoch.ts'
import type { EpochCreated, FeedHead, Genesis, Membership } from '#shared/membership/types.ts'
import type { Body, Head, WritingEpoch } from '#shared/seal/entry.ts'
import { parseRun } from '#shared/seal/parse.ts'
import { sealEntry, signRun, startRun, type RunDraft } from '#shared/seal/seal.ts'
import { runHashes } from '#shared/seal/verify.ts'
import type { AdmittedEntry, Refused } from '#shared/sync/admit.ts'
import { Channel, type RefusedEntry, type Settled, type Taken } from '#shared/sync/channel.ts'
import type { Ending } from '#shared/sync/endings.ts'
import { clientId } from '#shared/sync/client-id.ts'
import type { EntryRefusal } from '#shared/sync/refusal.ts'
import { sealUpdate, sliceKeyCommitment, unboxSliceKey } from '#shared/sync/slice-key.ts'
import type { SectionWrite } from '#shared/sync/doc-body.ts'
import { sealedSectionKey, sectionKey, type CheckedUpdate, type SectionKey } from '#shared/sync/update.ts'
import type { Documents, SectionReader, SectionWriter } from '../documents.ts'
import type { LogStore } from '../ports.ts'
import type { ChannelStore, StoredChannel } from './stored-channel.ts'
import { ChannelFacts } from './facts.ts'
import type { StatedUpdate } from './stated.ts'
import { MergedIndex } from './merged-index.ts'
import { openPresence, sealPresence, type Presence } from './presence.ts'
import { placeName, replayUpdates } from './replay-updates.ts'

export interface ChannelDeps {
  readonly crypto: Crypto
  readonly clock: Clock
  readonly log: LogStore
  newDocuments(): Documents
  /** Keys of our own slices, by sealed section; absent once a slice was withdrawn. */
  ownSliceKey(section: SectionKey): SymmetricKey | undefined
  /** A partner's slice to which access ended: this app does not open it again, though the log still holds key and bytes. */
  isForgotten(section: SectionKey): boolean
  /** Where the channel's state is kept beside its log; absent where nothing is to be kept. */
  readonly store?: ChannelStore
  problem?(problem: unknown): void
  /** Runs that prove a fork: not in the log, and still to be remembered after a restart. */
  forkProofs(): readonly Uint8Array[]
}
/** Who writes here: this device in this incarnation. */
export interface ChannelSelf {
  readonly device: DeviceId
  readonly secret: SecretKey
  readonly box: BoxPair
  readonly feed: FeedId
  /** Devices that this one replaced: what was boxed to them stays readable. */
  readonly former: readonly BoxOwner[]
}
export interface BoxOwner {
  readonly device: DeviceId
  readonly box: BoxPair
}
export interface SealedSlice {
  readonly writes: readonly SectionWrite[]
  readonly commitment: Hash
}
/** The refusals that mean: sign this run and start another. */
const FULL: ReadonlySet<string> = new Set(['too-large', 'too-many-entries'])
/** Half of what an entry's body may hold: the rest is room for the seal and the document around it. */
const SLICE_PART = 512 * 1024
const MOST_PARTS = 256

const carriesRevocation = (sayings: readonly Saying[]): boolean =>
  sayings.some(({ kind, payload }) => {
    const control = kind === 'control' ? readControl(payload) : undefined
    return control?.ok === true && control.value.kind === 'revocation'
  })

const joined = (one: Settled, more: Settled): Settled => ({
  admitted: [...one.admitted, ...more.admitted],
  refused: [...one.refused, ...more.refused],
  missing: more.missing.length > 0 ? more.missing : one.missing,
})

const judgedIn = (lines: readonly { readonly judged: number }[]): number =>
  lines.reduce((sum, { judged }) => sum + judged, 0)

/** A body to be sealed; its time is the moment of writing. */
export type Saying = Omit<Body, 'at'>

/** What this device wrote does not count under the rules: for its own code a bug, for a window's replica a refusal. */
export class OwnRefused extends Error {
  readonly code: EntryRefusal
  constructor({ code, membership }: Refused) {
    super(`own entry refused: ${code} ${membership ?? ''}`)
    this.code = code
  }
}

/** Updates that came into a watched section, in the order in which they were applied. */
export interface Applied {
  readonly section: SectionKey
  readonly updates: readonly CheckedUpdate[]
}

/**
 * One channel in an open vault: its admission, its documents and its facts, all rebuilt from the log. `write` and `receive`
 * run inside a transaction of the caller; when that fails the caller calls `rebuild`, because memory has run ahead of the log.
 */
export class ChannelRuntime {
  readonly id: ChannelId
  readonly workspace: WorkspaceId
  readonly #deps: ChannelDeps
  readonly #self: ChannelSelf
  readonly #genesis: Genesis
  readonly #keys = new Map<EpochId, SymmetricKey>()
  readonly #announced = new Map<EpochId, EpochCreated>()
  #channel: Channel
  #facts = new ChannelFacts()
  #documents: Documents
  /** What was read out of sealed sections; a section that changes is forgotten. */
  readonly #read = new Map<SectionKey, unknown>()
  /** Sections that windows have open, how often, and what has come into them since that was last asked. */
  readonly #watched = new Map<SectionKey, number>()
  #applied: Applied[] = []
  /** How much of what is in memory the stored state has: entries judged, blocks of changes, fresh changes in them, documents. */
  #stored: {
    readonly judged: number
    readonly blocks: number
    readonly changes: number
    readonly documents: readonly SectionKey[]
  } = { judged: 0, blocks: 0, changes: 0, documents: [] }
  /** Sections that changed since their document was stored. */
  readonly #unstored = new Set<SectionKey>()
  /** Sections of which somebody asked what was merged. */
  readonly #merged = new Map<SectionKey, MergedIndex>()
  #readings = 0

  constructor(deps: ChannelDeps, self: ChannelSelf, genesis: Genesis, id: ChannelId) {
    this.id = id
    this.workspace = genesis.workspace
    this.#deps = deps
    this.#self = self
    this.#genesis = genesis
    this.#channel = this.#newChannel()
    this.#documents = deps.newDocuments()
    if (!this.#resume()) this.rebuild()
  }

  get crypto(): Crypto {
    return this.#deps.crypto
  }
  get facts(): ChannelFacts {
    return this.#facts
  }
  get members(): Membership {
    return this.#channel.members()
  }
  get admission(): Channel {
    return this.#channel
  }
  /** How often memory was built: what somebody took out of an earlier reading may no longer count. */
  get readings(): number {
    return this.#readings
  }

  /** Forgets everything in memory and reads the log again. */
  rebuild(): void {
    // A revocation can undo what was judged before it came; then the log is read again with all that are known in force.
    let foreknown: readonly Ending[] = []
    for (;;) {
      this.#replay(foreknown)
      const { stale, endings } = this.#channel
      if (!stale || endings.all.length === foreknown.length) break
      foreknown = endings.all
    }
    this.#channel.hold = true
  }

  #replay(foreknown: readonly Ending[]): void {
    this.#forget(foreknown)
    this.#takeAgain(this.#deps.log.replay(this.id))
  }

  #forget(foreknown: readonly Ending[]): void {
    this.#readings++
    this.#channel = this.#newChannel(foreknown)
    this.#facts = new ChannelFacts()
    this.#documents = this.#deps.newDocuments()
    this.#read.clear()
    this.#applied = []
    this.#merged.clear()
    this.#stored = { judged: 0, blocks: 0, changes: 0, documents: [] }
    this.#unstored.clear()
  }

  #takeAgain(runs: Iterable<{ readonly bytes: Uint8Array }>): void {
    for (const run of runs) {
      const taken = this.#channel.take(run.bytes)
      if (taken.outcome === 'taken') this.#apply(taken.admitted)
    }
    for (const proof of this.#deps.forkProofs()) this.#channel.take(proof)
  }

  /**
   * Goes on from the stored state and reads of the log only what waited then and what came since. False when there is none that
   * fits: then the log is read from the beginning, which comes to the same.
   */
  #resume(): boolean {
    const { store, log } = this.#deps
    const stored = store?.read()
    if (!store || !stored) return false
    const frontier = log.frontier(this.id)
    if (log.count(this.id) < stored.runs || stored.held.some(([feed, seq]) => (frontier.get(feed) ?? 0) < seq))
      return false
    this.#forget([])
    try {
      for (const [epoch, created] of stored.announced) this.#learn(epoch, created)
      this.#channel.resume(stored.condensed, (feed, seq) => this.#hashInLog(feed, seq))
      for (const section of stored.documents)
        this.#documents.restore(section, () => this.#storedDocument(store, section))
      this.#facts.changes.resume(stored.lastChanges, () => this.#pastChanges(stored.blocks))
      this.#openSlicesIn(new Set(this.#facts.kept.map(({ fact }) => fact.key)))
      this.#takeAgain(this.#sinceStored(stored))
    } catch (problem) {
      // A state that does not fit is a mistake of ours, and nobody is kept out by it: the log says the same, more slowly.
      this.#deps.problem?.(problem)
      return false
    }
    if (this.#channel.stale) return false
    this.#channel.hold = true
    const judged = judgedIn(stored.condensed.lines)
    this.#stored = { judged, blocks: stored.blocks, changes: 0, documents: stored.documents }
    return true
  }

  /** What waited when the state was stored, then all that came later, in the order of arrival. */
  *#sinceStored({ condensed, held, runs }: StoredChannel): Iterable<{ readonly bytes: Uint8Array }> {
    const { log } = this.#deps
    const holds = new Map(held)
    for (const { id, judged } of condensed.lines) {
      const last = holds.get(id) ?? judged
      for (let seq = judged + 1; seq <= last;) {
        const [run] = log.runs(this.id, id, seq, 1)
        if (!run) break
        yield run
        seq = run.lastSeq + 1
      }
    }
    yield* log.replay(this.id, runs)
  }

  #hashInLog(feed: FeedId, seq: number): EntryHash | undefined {
    const [stored] = this.#deps.log.runs(this.id, feed, seq, 1)
    const run = stored && parseRun(stored.bytes)
    return run?.ok ? runHashes(this.#deps.crypto, run.value)?.[seq - run.value.firstSeq] : undefined
  }

  #storedDocument(store: ChannelStore, section: SectionKey): Uint8Array {
    try {
      return store.document(section)
    } catch (problem) {
      this.#deps.problem?.(problem)
      return this.#documentFromLog(section)
    }
  }

  /** The changes that the stored state stands for; from the log itself when the blocks do not read. */
  #pastChanges(blocks: number): Iterable<StatedUpdate> {
    try {
      return [...(this.#deps.store?.changes(blocks) ?? [])]
    } catch (problem) {
      this.#deps.problem?.(problem)
      const { store: _, ...deps } = this.#deps
      const again = new ChannelRuntime(deps, this.#self, this.#genesis, this.id)
      const own = new Set(this.#facts.changes.fresh.map(placeName))
      return again.#facts.changes.fresh.filter((change) => !own.has(placeName(change)))
    }
  }

  /** How many entries were judged, and how many of them since the state was last stored. */
  get unstored(): { readonly judged: number; readonly since: number } {
    const judged = judgedIn(this.#channel.index.lines.map(({ admitted }) => ({ judged: admitted.length })))
    return { judged, since: judged - this.#stored.judged }
  }

  /** Stores what the channel has come to. Call inside the transaction of what was judged last. */
  store(): void {
    const { store, log } = this.#deps
    if (!store) return
    const { judged } = this.unstored
    const condensed = this.#channel.condense()
    if (!condensed) return store.drop()
    const { changes } = this.#facts
    const changed = new Map(
      [...this.#unstored].map((section) => [section, this.#documents.encodeState(section)] as const),
    )
    const documents = [...new Set([...this.#stored.documents, ...changed.keys()])]
    const held = this.#channel.index.lines.map(({ id, hashes }) => [id, hashes.length] as const)
    const state = { condensed, announced: [...this.#announced], documents, lastChanges: changes.lasts, runs: log.count(this.id), held } // prettier-ignore
    const blocks = store.write(state, changed, this.#stored.blocks, changes.fresh.slice(this.#stored.changes))
    this.#stored = { judged, blocks, changes: changes.fresh.length, documents }
    this.#unstored.clear()
  }

  /**
   * Seals bodies under the channel's present key and takes them in, as if they had come from outside: what we write keeps the
   * same rules. They are in the log when this returns, in as many runs as they need, and may be sent after the commit.
   */
  write(sayings: readonly Saying[]): void {
    const epoch = this.#writingEpoch()
    if (epoch === undefined) throw new Error('a channel without a key that may be used: create an epoch first')
    this.#seal(sayings, epoch)
  }

  /** Announces an epoch in clear; its key is known from the next entry on. */
  announce(saying: Saying): void {
    this.#seal([saying], null)
  }

  /** One local edit of a section that this device may write, as the body to be sealed; undefined when nothing changed. */
  edit(artifact: ArtifactId, section: SectionName, change: (writer: SectionWriter) => void): Uint8Array | undefined {
    const key = sectionKey(artifact, section)
    return this.#documents.edit(key, clientId(this.#deps.crypto, this.#self.feed, key, 0), change)
  }

  /** The Yjs client id under which a writable copy of a section writes. Replica 0 is the engine's own. */
  clientOf(artifact: ArtifactId, section: SectionName, replica: number): number {
    return clientId(this.#deps.crypto, this.#self.feed, sectionKey(artifact, section), replica)
  }

  /** The whole state of a section, for a window's replica. */
  stateOf(artifact: ArtifactId, section: SectionName): Uint8Array {
    return this.#documents.encodeState(sectionKey(artifact, section))
  }

  /** Keeps what comes into a section from here on, until `unwatch`. */
  watch(section: SectionKey): void {
    this.#watched.set(section, (this.#watched.get(section) ?? 0) + 1)
  }
  unwatch(section: SectionKey): void {
    const times = (this.#watched.get(section) ?? 0) - 1
    if (times > 0) this.#watched.set(section, times)
    else this.#watched.delete(section)
  }
  /** What came into watched sections since this was last asked. Ask after the commit. */
  takeApplied(): readonly Applied[] {
    const applied = this.#applied
    this.#applied = []
    return applied
  }

  /** Texts of a section that several people changed apart from each other and nobody has read since. */
  mergedTexts(artifact: ArtifactId, section: SectionName): ReturnType<MergedIndex['unread']> {
    const key = sectionKey(artifact, section)
    const known = this.#merged.get(key)
    if (known) return known.unread()
    const merged = new MergedIndex(this.#channel.index)
    this.#merged.set(key, merged)
    const updates = this.#updatesOf(artifact, section)
    for (const entry of this.#facts.changes.of(key)) {
      const paths = (updates.get(placeName(entry)) ?? []).flatMap((update) => this.#documents.touched(key, update))
      merged.add(entry, paths)
    }
    return merged.unread()
  }

  #noteTouched(admitted: readonly AdmittedEntry[]): void {
    for (const { effect, entry, author, at } of admitted) {
      if (effect.kind !== 'doc') continue
      for (const { key, update } of effect.updates)
        this.#merged
          .get(key)
          ?.add({ feed: entry.feed, seq: entry.seq, author, at }, this.#documents.touched(key, update.bytes))
    }
  }

  #updatesOf(artifact: ArtifactId, section: SectionName): ReadonlyMap<string, readonly Uint8Array[]> {
    const { crypto, log } = this.#deps
    const keyOf = (epoch: EpochId): SymmetricKey | undefined => this.#keys.get(epoch)
    const place = { workspace: this.workspace, channel: this.id }
    return replayUpdates({ crypto, log, ...place, index: this.#channel.index, keyOf }, artifact, section)
  }

  /** A section as it was after only those of its entries for which `counts` says so; their ancestry has to count, too. */
  readAt(artifact: ArtifactId, section: SectionName, counts: (entry: StatedUpdate) => boolean): SectionReader {
    return this.#documentsAt(artifact, section, counts).read(sectionKey(artifact, section))
  }

  #documentFromLog(key: SectionKey): Uint8Array {
    const [artifact, section] = key.split('/') as [ArtifactId, SectionName]
    return this.#documentsAt(artifact, section, () => true).encodeState(key)
  }

  #documentsAt(artifact: ArtifactId, section: SectionName, counts: (entry: StatedUpdate) => boolean): Documents {
    const key = sectionKey(artifact, section)
    const updates = this.#updatesOf(artifact, section)
    const documents = this.#deps.newDocuments()
    const counted = this.#facts.changes.of(key).filter(counts)
    // They were checked when they were admitted; only the bytes are needed to apply them again.
    const bytes = counted.flatMap((entry) => updates.get(placeName(entry)) ?? []) as readonly Uint8Array[]
    documents.apply(
      key,
      bytes.map((update) => ({ bytes: update }) as CheckedUpdate),
    )
    return documents
  }

  read(artifact: ArtifactId, section: SectionName): SectionReader {
    return this.#documents.read(sectionKey(artifact, section))
  }

  /**
   * Writes a slice section whole, under a key of its own: the writes to be sealed, one entry each because a body has a limit,
   * and the commitment for the hand-over. Whoever holds only some of the parts reads nothing.
   */
  writeSlice(artifact: ArtifactId, section: SectionName, key: SymmetricKey, content: Uint8Array): SealedSlice {
    const { crypto } = this.#deps
    const sealed = sealedSectionKey(artifact, section)
    const client = clientId(crypto, this.#self.feed, sealed, 0)
    this.#read.delete(sealed)
    const place = { channel: this.id, section: sealed, replica: 0 }
    const parts = Math.ceil(content.length / SLICE_PART)
    const writes = Array.from({ length: parts }, (_, at): SectionWrite => {
      const part = content.slice(at * SLICE_PART, (at + 1) * SLICE_PART)
      const update = this.#documents.edit(sealed, client, (writer) => {
        if (at === 0) writer.setKey('slice', 'parts', parts)
        writer.setKey('slice', String(at), part)
      })
      if (!update) throw new Error('a slice that changed nothing')
      return { artifact, section, replica: 0, update: sealUpdate(crypto, place, key, update) }
    })
    return { writes, commitment: sliceKeyCommitment(crypto, place, key) }
  }

  /** The content of a slice whose key is held; undefined while it is sealed to this device, or parts are missing. */
  readSlice(artifact: ArtifactId, section: SectionName): Uint8Array | undefined {
    const slice = this.#documents.read(sealedSectionKey(artifact, section)).map('slice')
    const count = slice['parts']
    if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > MOST_PARTS) return undefined
    const parts = Array.from({ length: count }, (_, at) => slice[String(at)])
    return parts.every((part) => part instanceof Uint8Array) ? concat(...parts) : undefined
  }

  /** What `interpret` makes of a slice's content, kept until the section changes: parsing a large slice takes long. */
  interpretSlice<T>(artifact: ArtifactId, section: SectionName, interpret: (content: Uint8Array) => T): T | undefined {
    const key = sealedSectionKey(artifact, section)
    if (!this.#read.has(key)) {
      const content = this.readSlice(artifact, section)
      this.#read.set(key, content && interpret(content))
    }
    return this.#read.get(key) as T | undefined
  }

  /** The key of a sealed section: our own, or as it was handed to this device; undefined while neither is held. */
  sliceKey(section: SectionKey): SymmetricKey | undefined {
    const own = this.#deps.ownSliceKey(section)
    if (own) return own
    for (const fact of this.#facts.sliceKeysOf(section)) {
      for (const { device, box } of this.#owners) {
        const key = unboxSliceKey(this.#deps.crypto, { channel: this.id, section }, fact, device, box)
        if (key.ok) return key.value
      }
    }
    return undefined
  }

  /** Forgets the plaintext of a slice whose key was destroyed. */
  dropSlice(artifact: ArtifactId, section: SectionName): void {
    const key = sealedSectionKey(artifact, section)
    this.#read.delete(key)
    this.#documents.drop(key)
  }

  /** Seals where somebody is under the channel's present key; undefined while there is none. */
  sealPresence(section: SectionKey, bytes: Uint8Array): Uint8Array | undefined {
    const epoch = this.#writingEpoch()
    return epoch && sealPresence(this.#deps.crypto, this.id, epoch, section, bytes)
  }
  /** Undefined for what was not sealed under the channel's present key: who holds an old one has left. */
  openPresence(sealed: Uint8Array): Presence | undefined {
    const epoch = this.#writingEpoch()
    return epoch && openPresence(this.#deps.crypto, this.id, epoch, sealed)
  }

  /** Admits a run from a peer or a file and stores it. The caller writes the audit rows in the same transaction. */
  receive(bytes: Uint8Array): Taken {
    const taken = this.#channel.take(bytes)
    if (taken.outcome !== 'taken') return taken
    this.#apply(taken.admitted)
    const more = this.#acknowledge()
    // After the ack: a log that is read again meets it before the revocation.
    this.#deps.log.append({ channel: this.id, ...taken.run })
    if (this.#channel.stale) this.rebuild()
    return { ...taken, ...joined(taken, more) }
  }

  /** Judges what waited, after a key came. */
  settle(): Settled {
    const settled = this.#channel.settle()
    this.#apply(settled.admitted)
    const more = this.#acknowledge()
    if (this.#channel.stale) this.rebuild()
    return joined(settled, more)
  }

  /**
   * Before a revocation counts here, this device says what it had taken in without knowing of it, if it may write at all. So
   * everybody goes on counting what was shown here, and nothing that is written into the past afterwards.
   */
  #acknowledge(): Settled {
    const all: Settled = { admitted: [], refused: [], missing: [] }
    if (!this.#channel.ackDue) return all
    const { clock } = this.#deps
    if (certificateOf(this.members, this.#self.device, clock.now()) !== undefined) {
      const heads = this.#heads()
      if (!this.#writingEpoch()) this.makeEpoch()
      this.write([{ kind: 'control', payload: writeControl({ kind: 'ack', heads }) }])
    }
    const settled = this.#channel.acknowledge()
    this.#apply(settled.admitted)
    return settled
  }

  #heads(): readonly FeedHead[] {
    return this.#channel.index.lines.flatMap(({ id: feed, admitted, hashes }) => {
      const hash = hashes.of(admitted.length)
      return hash === undefined ? [] : [{ feed, seq: admitted.length, hash }]
    })
  }

  /**
   * Whether the next entry needs an epoch to be made first: none is safe, somebody who may read holds no key, somebody holds
   * one whose certificate has run out, or its author gave us a key that is not the one that it committed to, so that we could
   * not write under it.
   */
  needsEpoch(readers: readonly DeviceId[]): boolean {
    const epoch = writableEpoch(this.members)
    if (epoch === undefined || !this.#keys.has(epoch.id)) return true
    const { recipients } = epoch
    return readers.some((device) => !recipients.includes(device)) || recipients.some((one) => !readers.includes(one))
  }

  /** Keys of all epochs that this device can open. */
  epochKeys(): readonly { readonly epoch: EpochId; readonly key: SymmetricKey }[] {
    return [...this.#keys].map(([epoch, key]) => ({ epoch, key }))
  }

  /** A new key for exactly those who may read now. Earlier keys come with it: a newcomer reads from the beginning. */
  makeEpoch(): EpochCreated {
    const { crypto, clock } = this.#deps
    const parents = leaves(this.members).map(({ id }) => id)
    const { payload } = createEpoch(crypto, {
      channel: this.id,
      parents,
      recipients: readers(this.members, clock.now()),
      earlier: this.epochKeys().filter(({ epoch }) => parents.includes(epoch)),
    })
    this.announce({ kind: 'control', payload: writeControl(payload) })
    return payload
  }

  get #owners(): readonly BoxOwner[] {
    return [this.#self, ...this.#self.former]
  }

  #newChannel(foreknown: readonly Ending[] = []): Channel {
    this.#keys.clear()
    this.#announced.clear()
    const { crypto } = this.#deps
    return new Channel(
      {
        crypto,
        workspace: this.#genesis.workspace,
        channel: this.id,
        genesis: this.#genesis,
        keys: { of: (epoch) => this.#keys.get(epoch) },
        checkUpdate: (update, context) => this.#documents.check(update, context),
        mayWrite: (artifact, section, author, ancestry) => this.#facts.mayWrite(artifact, section, author, ancestry),
        judgeEvent: (payload, author, ancestry) => this.#facts.judgeEvent(crypto, payload, author, ancestry),
      },
      (epoch, created) => this.#learn(epoch, created),
      (admitted) => this.#facts.admit(admitted),
      foreknown,
    )
  }

  /** Opens the epoch for this device, or with a key that a later epoch brought, and walks back as far as history was shared. */
  #learn(epoch: EpochId, created: EpochCreated): void {
    const { crypto } = this.#deps
    this.#announced.set(epoch, created)
    const held = this.#keys.get(epoch)
    const opened = held
      ? unwrapEarlier(crypto, this.id, created, held)
      : this.#owners.map(({ device, box }) => openEpoch(crypto, this.id, created, device, box)).find(({ ok }) => ok)
    if (!opened?.ok) return
    this.#keys.set(epoch, opened.value.key)
    for (const { epoch: past, key } of opened.value.earlier) {
      if (this.#keys.has(past)) continue
      this.#keys.set(past, key)
      const known = this.#announced.get(past)
      if (known) this.#learn(past, known)
    }
  }

  #writingEpoch(): WritingEpoch | undefined {
    const epoch = writableEpoch(this.members)
    const key = epoch && this.#keys.get(epoch.id)
    return epoch && key ? { id: epoch.id, key } : undefined
  }

  #seal(sayings: readonly Saying[], epoch: WritingEpoch | null): void {
    for (let at = 0; at < sayings.length;) at += this.#sealRun(sayings.slice(at), epoch)
  }

  /** Seals as many bodies as one run holds and answers how many these were. */
  #sealRun(sayings: readonly Saying[], epoch: WritingEpoch | null): number {
    const { crypto, clock } = this.#deps
    const { feed } = this.#self
    const held = this.#channel.index.line(feed)?.hashes
    const previous = held?.last ?? null
    const position = { workspace: this.workspace, channel: this.id, feed, nextSeq: (held?.length ?? 0) + 1, previous }
    const draft: RunDraft = startRun(crypto, position, epoch)
    let heads: readonly Head[] = this.#channel.index.tips(feed)
    let count = 0
    for (const saying of sayings) {
      const sealed = sealEntry(crypto, draft, { at: clock.now(), ...saying }, heads)
      if (!sealed.ok && count > 0 && FULL.has(sealed.refusal)) break
      if (!sealed.ok) throw new Error(`own entry refused: ${sealed.refusal}`)
      heads = []
      count++
    }
    const run = signRun(crypto, draft, this.#self.secret)
    const taken = this.#channel.take(run.bytes)
    if (taken.outcome !== 'taken') throw new Error(`own run refused: ${taken.code}`)
    const refused: RefusedEntry | undefined = taken.refused.find(({ entry }) => entry.feed === feed)
    if (refused) throw new OwnRefused(refused.refusal)
    this.#deps.log.append({ channel: this.id, ...taken.run })
    this.#apply(taken.admitted)
    // An own revocation needs no ack: its own heads say what was seen before it.
    if (carriesRevocation(sayings)) this.#apply(this.#channel.acknowledge().admitted)
    if (this.#channel.stale) this.rebuild()
    return count
  }

  #apply(admitted: readonly AdmittedEntry[]): void {
    const bySection = new Map<SectionKey, CheckedUpdate[]>()
    for (const entry of admitted) {
      if (entry.effect.kind !== 'doc') continue
      for (const { key, update } of entry.effect.updates) {
        const list = bySection.get(key)
        if (list) list.push(update)
        else bySection.set(key, [update])
      }
    }
    for (const [key, updates] of bySection) {
      this.#documents.apply(key, updates)
      this.#unstored.add(key)
      if (this.#watched.has(key)) this.#applied.push({ section: key, updates })
    }
    if (this.#merged.size > 0) this.#noteTouched(admitted)
    this.#openSlices(admitted)
  }

  /**
   * Opens what is kept under slice keys that were handed to this device, or that are our own. Only what these entries bring, a
   * part or a key, can open anything: a partner's thousand slices for others are not tried again at every entry.
   */
  #openSlices(admitted: readonly AdmittedEntry[]): void {
    const sections = new Set<SectionKey>()
    for (const { effect } of admitted) {
      if (effect.kind === 'doc') for (const { key } of effect.kept) sections.add(key)
      if (effect.kind === 'control' && effect.control.kind === 'slice-key')
        sections.add(sealedSectionKey(effect.control.artifact, effect.control.section))
    }
    this.#openSlicesIn(sections)
  }

  #openSlicesIn(sections: ReadonlySet<SectionKey>): void {
    const { crypto } = this.#deps
    for (const section of sections) {
      if (this.#channel.kept.count(section) === 0 || this.#deps.isForgotten(section)) continue
      const keys = [this.#deps.ownSliceKey(section)]
      for (const fact of this.#facts.sliceKeysOf(section)) {
        const place = { channel: this.id, section }
        for (const { device, box } of this.#owners) {
          const key = unboxSliceKey(crypto, place, fact, device, box)
          if (key.ok) keys.push(key.value)
        }
      }
      for (const key of keys) {
        const opened = key && this.#channel.kept.open(section, key)
        if (!opened || opened.updates.length === 0) continue
        this.#read.delete(section)
        this.#documents.apply(section, opened.updates)
      }
    }
  }
}
