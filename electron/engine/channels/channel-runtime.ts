import type { Crypto, SymmetricKey } from '#shared/kernel/crypto.ts'
import type { ArtifactId, ChannelId, EpochId, FeedId, SectionName, WorkspaceId } from '#shared/kernel/ids.ts'
import { certificateOf } from '#shared/membership/certificate-of.ts'
import { readControl, writeControl } from '#shared/membership/control.ts'
import type { Control, EpochCreated, FeedHead, Genesis, Membership } from '#shared/membership/types.ts'
import type { Body, WritingEpoch } from '#shared/seal/entry.ts'
import { parseRun } from '#shared/seal/parse.ts'
import type { Refused } from '#shared/sync/admit.ts'
import { NOTHING, type Channel, type Foreknown } from '#shared/sync/channel.ts'
import { checkpointAt } from '#shared/sync/checkpoint.ts'
import { frontier } from '#shared/sync/cut.ts'
import { forkProof } from '#shared/sync/fork-proof.ts'
import type { RefusedEntry, Settled, Taken } from '#shared/sync/intake.ts'
import type { CarriedRun } from '#shared/sync/message.ts'
import { clientId } from '#shared/sync/client-id.ts'
import type { EntryRefusal } from '#shared/sync/refusal.ts'
import { sectionKey, type CheckedUpdate, type SectionKey } from '#shared/sync/update.ts'
import type { Documents, SectionReader, SectionWriter } from '../documents.ts'
import type { ChannelDeps, ChannelSelf } from './channel-deps.ts'
import { ChannelEpochs } from './channel-epochs.ts'
import type { ChannelFacts } from './facts.ts'
import { runsToCarry, nameOf } from './forked-feeds.ts'
import type { HeldBack } from './held-back.ts'
import { KeptState } from './kept-state.ts'
import { sealRun } from './own-run.ts'
import { openPresence, sealPresence, type Presence } from './presence.ts'
import { Reading } from './reading.ts'
import type { SectionHistory } from './section-history.ts'
import type { ChannelSlices, SealedSlice } from './slices.ts'
import type { StatedUpdate } from './stated.ts'
import { WatchedSections, type Applied } from './watched-sections.ts'

const ENDINGS: readonly Control['kind'][] = ['revocation', 'company-departed', 'roles-narrowed']
const carriesEnding = (sayings: readonly Saying[]): boolean =>
  sayings.some(({ kind, payload }) => {
    const control = kind === 'control' ? readControl(payload) : undefined
    return control?.ok === true && ENDINGS.includes(control.value.kind)
  })

const joined = (one: Settled, more: Settled): Settled => ({
  admitted: [...one.admitted, ...more.admitted],
  refused: [...one.refused, ...more.refused],
  updates: [...one.updates, ...more.updates],
  missing: more.missing.length > 0 ? more.missing : one.missing,
})

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
  readonly #kept: KeptState
  readonly #epochs: ChannelEpochs
  /** An `ack` is being written: what it is written for is in no log yet. */
  #acknowledging = false
  readonly #watched = new WatchedSections()
  #reading: Reading
  #readings = 0

  constructor(deps: ChannelDeps, self: ChannelSelf, genesis: Genesis, id: ChannelId) {
    this.id = id
    this.workspace = genesis.workspace
    this.#deps = deps
    this.#self = self
    this.#genesis = genesis
    this.#kept = new KeptState(deps, id, () => {
      const { store: _, ...rest } = deps
      return new ChannelRuntime(rest, self, genesis, id).facts.changes.fresh
    })
    this.#epochs = new ChannelEpochs(deps.crypto, deps.clock, id, () => {
      const { members, keyHolders } = this
      return { members, keyHolders, keys: this.#reading.keys }
    })
    this.#reading = this.#begin(NOTHING)
    if (!this.#resume()) this.rebuild()
  }

  /** This device's own feed says two things under one number: it was copied, or put back from an old state. */
  get ownFeedForked(): boolean {
    return this.#channel.forks.after(this.#self.feed) !== undefined
  }
  get crypto(): Crypto {
    return this.#deps.crypto
  }
  get facts(): ChannelFacts {
    return this.#reading.facts
  }
  get heldBack(): HeldBack {
    return this.#reading.heldBack
  }
  get members(): Membership {
    return this.#channel.members()
  }
  /** Who may be given keys, which is asked whenever something is written or handed over. */
  get keyHolders(): Membership {
    return this.#channel.keyHolders(this.#self.device)
  }
  get admission(): Channel {
    return this.#channel
  }
  get #channel(): Channel {
    return this.#reading.channel
  }
  get #documents(): Documents {
    return this.#reading.documents
  }
  get #slices(): ChannelSlices {
    return this.#reading.slices
  }
  /** How often memory was built: what somebody took out of an earlier reading may no longer count. */
  get readings(): number {
    return this.#readings
  }

  /** Forgets everything in memory and reads the log again. */
  rebuild(): void {
    // A revocation can undo what was judged before it came; then the log is read again with all that are known in force.
    let foreknown: Foreknown = NOTHING
    const tried = new Set<string>()
    do {
      tried.add(nameOf(foreknown))
      this.#replay(foreknown)
      foreknown = this.#channel.foreknown
    } while (this.#channel.stale && !tried.has(nameOf(foreknown)))
    this.#channel.hold = true
  }

  #replay(foreknown: Foreknown): void {
    this.#reading = this.#begin(foreknown)
    this.#takeAgain(this.#deps.log.replay(this.id))
  }

  #begin(foreknown: Foreknown): Reading {
    this.#readings++
    this.#watched.take()
    return new Reading(this.#deps, this.#self, this.#genesis, this.id, foreknown)
  }

  #takeAgain(runs: Iterable<{ readonly bytes: Uint8Array }>): void {
    for (const run of runs) {
      const taken = this.#channel.take(run.bytes)
      if (taken.outcome === 'taken') this.#apply(taken)
    }
    for (const run of this.#deps.branches.list()) {
      const taken = this.#channel.take(run)
      if (taken.outcome === 'taken') this.#apply(taken)
    }
  }

  /**
   * Goes on from the stored state and reads of the log only what waited then and what came since. False when there is none that
   * fits: then the log is read from the beginning, which comes to the same.
   */
  #resume(): boolean {
    const stored = this.#kept.find()
    if (!stored) return false
    try {
      this.#kept.resume(this.#reading, stored)
      this.#takeAgain(this.#kept.since(stored))
    } catch (problem) {
      // A state that does not fit is a mistake of ours, and nobody is kept out by it: the log says the same, more slowly.
      this.#deps.problem?.(problem)
      return false
    }
    if (this.#channel.stale) return false
    this.#channel.hold = true
    return true
  }

  /** How many entries were judged, and how many of them since the state was last stored. */
  get unstored(): { readonly judged: number; readonly since: number } {
    const { judged, stored } = this.#reading
    return { judged, since: judged - stored.judged }
  }

  /** Stores what the channel has come to. Call inside the transaction of what was judged last. */
  store(): void {
    this.#kept.store(this.#reading)
  }

  /**
   * Seals bodies under the channel's present key and takes them in, as if they had come from outside: what we write keeps the
   * same rules. They are in the log when this returns, in as many runs as they need, and may be sent after the commit.
   */
  write(sayings: readonly Saying[]): void {
    const epoch = this.#epochs.writing
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
    this.#watched.watch(section)
  }
  unwatch(section: SectionKey): void {
    this.#watched.unwatch(section)
  }
  /** What came into watched sections since this was last asked. Ask after the commit. */
  takeApplied(): readonly Applied[] {
    return this.#watched.take()
  }

  /** Texts of a section that several people changed apart from each other and nobody has read since. */
  mergedTexts(artifact: ArtifactId, section: SectionName): ReturnType<SectionHistory['mergedTexts']> {
    return this.#reading.history.mergedTexts(artifact, section)
  }

  /** A section as it was after only those of its entries for which `counts` says so; their ancestry has to count, too. */
  readAt(artifact: ArtifactId, section: SectionName, counts: (entry: StatedUpdate) => boolean): SectionReader {
    return this.#reading.history.documentsAt(artifact, section, counts).read(sectionKey(artifact, section))
  }

  /**
   * What this device's reading comes to at a cut, or as things stand now, as the word to be written; undefined when the cut is none of
   * this reading. A section that was changed since the cut is read again from the log.
   */
  checkpoint(heads?: readonly FeedHead[]): Extract<Control, { kind: 'checkpoint' }> | undefined {
    const at = heads ?? frontier(this.#channel.index)
    const parts = checkpointAt(this.#channel, at, (cover) => this.#reading.history.sectionsAt(cover))
    return parts && { kind: 'checkpoint', heads: at, parts }
  }

  read(artifact: ArtifactId, section: SectionName): SectionReader {
    return this.#documents.read(sectionKey(artifact, section))
  }

  /** A slice section, whole, under a key of its own: what to seal, and the commitment for the hand-over. */
  writeSlice(artifact: ArtifactId, section: SectionName, key: SymmetricKey, content: Uint8Array): SealedSlice {
    return this.#slices.write(artifact, section, key, content)
  }
  /** The content of a slice whose key is held; undefined while it is sealed to this device, or parts are missing. */
  readSlice(artifact: ArtifactId, section: SectionName): Uint8Array | undefined {
    return this.#slices.content(artifact, section)
  }
  /** What `interpret` makes of a slice's content, kept until the section changes. */
  interpretSlice<T>(artifact: ArtifactId, section: SectionName, interpret: (content: Uint8Array) => T): T | undefined {
    return this.#slices.interpret(artifact, section, interpret)
  }
  /** The key of a sealed section: our own, or as it was handed to this device; undefined while neither is held. */
  sliceKey(section: SectionKey): SymmetricKey | undefined {
    return this.#slices.keyOf(section)
  }
  /** Forgets the plaintext of a slice whose key was destroyed. */
  dropSlice(artifact: ArtifactId, section: SectionName): void {
    this.#slices.drop(artifact, section)
  }

  /** Seals where somebody is under the channel's present key; undefined while there is none. */
  sealPresence(section: SectionKey, bytes: Uint8Array): Uint8Array | undefined {
    const epoch = this.#epochs.writing
    return epoch && sealPresence(this.#deps.crypto, this.id, epoch, section, bytes)
  }
  /** Undefined for what was not sealed under the channel's present key: who holds an old one has left. */
  openPresence(sealed: Uint8Array): Presence | undefined {
    const epoch = this.#epochs.writing
    return epoch && openPresence(this.#deps.crypto, this.id, epoch, sealed)
  }

  /** Admits a run from a peer or a file and stores it. The caller writes the audit rows in the same transaction. */
  receive(bytes: Uint8Array): Taken {
    const taken = this.#channel.take(bytes)
    if (taken.outcome !== 'taken') {
      if (taken.proof) this.#deps.branches.keep(taken.proof.feed, bytes)
      this.#acknowledge()
      this.#readAgain()
      return taken
    }
    this.#apply(taken)
    const more = this.#acknowledge()
    // After the ack: a log that is read again meets it before the revocation.
    const { run, branch } = taken
    if (branch) this.#deps.branches.keep(run.feed, bytes)
    else this.#deps.log.append({ channel: this.id, ...run })
    this.#readAgain()
    return { ...taken, ...joined(taken, more) }
  }

  /** After what came undid what was judged: and then tells others what they cannot know of yet. */
  #readAgain(): void {
    if (this.#channel.stale) this.rebuild()
    this.passOn()
  }

  /** Runs of a forked feed that go on from another past than the log holds. */
  otherPasts(feed: FeedId): readonly CarriedRun[] {
    if (this.#channel.forks.inForce.length + this.#channel.pasts.disputed.size === 0) return []
    return this.#deps.branches.list().flatMap((bytes) => {
      const run = parseRun(bytes)
      return run.ok && run.value.feed === feed ? [{ feed, lastSeq: run.value.lastSeq, bytes }] : []
    })
  }

  /** Two runs that prove that a feed is forked, when it is. */
  forkProof(feed: FeedId): readonly CarriedRun[] {
    const fork = this.#channel.forks.of(feed)
    if (fork === undefined) return []
    const [held] = this.#deps.log.runs(this.id, feed, fork.after + 1, 1)
    const others = this.otherPasts(feed)
    return forkProof(this.#deps.crypto, fork, held ? [{ ...held, feed }, ...others] : others)
  }

  /**
   * Says what others may be unable to read where it stands: carries what this device holds of forked feeds and nobody carries yet, and
   * repeats statements that only something that waits tells of. Call inside a transaction.
   */
  passOn(): void {
    if (!this.passesOn) return
    // A key that the forked feed announced is not known to whoever holds its other past.
    this.makeEpoch()
    // What was just written may have brought something into force.
    const said = this.#toPassOn()
    if (said.length === 0) return
    if (!this.#epochs.writing) this.makeEpoch()
    this.write(said.map((payload) => ({ kind: 'control', payload: writeControl(payload) })))
  }

  /** Whether there is something to pass on, and this device may. */
  get passesOn(): boolean {
    return this.#toPassOn().length > 0
  }

  #toPassOn(): readonly Control[] {
    if (!this.#mayWrite()) return []
    const { feed, device } = this.#self
    const runs = runsToCarry(this.#channel, this.id, this.#deps, feed)
    return [...runs, ...this.#channel.unsaid(device, this.#deps.clock.now())]
  }

  #mayWrite(): boolean {
    const { feed, device } = this.#self
    if (this.#channel.forks.after(feed) !== undefined || this.#channel.isCut(feed)) return false
    return certificateOf(this.members, device, this.#deps.clock.now()) !== undefined
  }

  /** Judges what waited, after a key came. */
  settle(): Settled {
    const settled = this.#channel.settle()
    this.#apply(settled)
    const more = this.#acknowledge()
    this.#readAgain()
    return joined(settled, more)
  }

  /**
   * Before a revocation counts here, this device says what it had taken in without knowing of it, if it may write at all. So
   * everybody goes on counting what was shown here, and nothing that is written into the past afterwards.
   */
  #acknowledge(): Settled {
    let all: Settled = { admitted: [], refused: [], updates: [], missing: [] }
    // What comes into force with one may bring another that has to be answered first.
    while (this.#channel.ackDue) all = joined(all, this.#answer())
    return all
  }

  #answer(): Settled {
    if (this.#mayWrite() && !this.#channel.goesNow(this.#self.device)) {
      const heads = this.#heads()
      // Whoever asks for it reads the log again afterwards, when that holds what was received: read again now, it would be lost.
      this.#acknowledging = true
      try {
        if (!this.#epochs.writing) this.makeEpoch()
        this.write([{ kind: 'control', payload: writeControl({ kind: 'ack', heads }) }])
      } finally {
        this.#acknowledging = false
      }
    }
    const settled = this.#channel.acknowledge()
    this.#apply(settled)
    return settled
  }

  #heads(): readonly FeedHead[] {
    return this.#channel.index.lines.flatMap(({ id: feed, admitted, hashes }) => {
      const hash = hashes.of(admitted.length)
      return hash === undefined ? [] : [{ feed, seq: admitted.length, hash }]
    })
  }

  /** Whether the next entry needs an epoch to be made first. */
  get needsEpoch(): boolean {
    return this.#epochs.needed
  }

  /** Whether it falls to this device to give a key to somebody who was left out of it. */
  get handsOn(): boolean {
    return this.#mayWrite() && this.#epochs.fallsTo(this.#self.device)
  }

  /** Keys of all epochs that this device can open. */
  epochKeys(): readonly { readonly epoch: EpochId; readonly key: SymmetricKey }[] {
    return this.#reading.keys.all
  }

  /** Announces a new key for exactly those who may read now. */
  makeEpoch(): EpochCreated {
    const payload = this.#epochs.create()
    this.announce({ kind: 'control', payload: writeControl(payload) })
    return payload
  }

  #seal(sayings: readonly Saying[], epoch: WritingEpoch | null): void {
    for (let at = 0; at < sayings.length;) at += this.#sealRun(sayings.slice(at), epoch)
  }

  /** Writes as many bodies as one run holds and answers how many these were. */
  #sealRun(sayings: readonly Saying[], epoch: WritingEpoch | null): number {
    const { crypto, clock } = this.#deps
    const { feed, secret } = this.#self
    const { index } = this.#channel
    const held = index.line(feed)?.hashes
    const position = { workspace: this.workspace, channel: this.id, feed, nextSeq: (held?.length ?? 0) + 1, previous: held?.last ?? null } // prettier-ignore
    const now = () => clock.now()
    const { bytes, count } = sealRun({ crypto, secret, position, epoch, heads: index.tips(feed), now }, sayings)
    const taken = this.#channel.take(bytes)
    if (taken.outcome !== 'taken') throw new Error(`own run refused: ${taken.code}`)
    const refused: RefusedEntry | undefined = taken.refused.find(({ entry }) => entry.feed === feed)
    if (refused) throw new OwnRefused(refused.refusal)
    this.#deps.log.append({ channel: this.id, ...taken.run })
    this.#apply(taken)
    // An own revocation or going needs no ack: its own heads say what was seen before it.
    if (carriesEnding(sayings)) this.#apply(this.#channel.acknowledge())
    if (!this.#acknowledging) this.#acknowledge()
    if (this.#channel.stale && !this.#acknowledging) this.rebuild()
    return count
  }

  #apply({ admitted, updates: changes }: Pick<Settled, 'admitted' | 'updates'>): void {
    const bySection = new Map<SectionKey, CheckedUpdate[]>()
    for (const { key, update } of changes) {
      const list = bySection.get(key)
      if (list) list.push(update)
      else bySection.set(key, [update])
    }
    for (const [key, updates] of bySection) {
      const applied = this.#documents.apply(key, updates)
      this.#reading.unstored.add(key)
      this.#watched.note(key, applied)
    }
    this.#reading.history.keep(changes)
    this.#reading.history.note(admitted)
    this.#slices.open(admitted)
  }
}
