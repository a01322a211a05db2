import { SectionDocs } from '#adapters/yjs/section-docs.ts'
import type { SectionWriter } from '#engine/documents.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'
import type { Crypto, SymmetricKey } from '#shared/kernel/crypto.ts'
import type { ArtifactId, ChannelId, CompanyId, EntryHash, EpochId, FeedId, SectionName } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { certificateOf } from '#shared/membership/certificate-of.ts'
import { writeControl } from '#shared/membership/control.ts'
import { openEpoch, unwrapEarlier, writableEpoch } from '#shared/membership/epoch.ts'
import type { Control, EpochCreated, FeedHead, Genesis, Membership } from '#shared/membership/types.ts'
import type { BodyKind, Head } from '#shared/seal/entry.ts'
import { parseRun } from '#shared/seal/parse.ts'
import { sealEntry, signRun, startRun } from '#shared/seal/seal.ts'
import { runHashes } from '#shared/seal/verify.ts'
import { fromStored, toStored } from '#shared/kernel/storable.ts'
import type { AdmittedEntry } from '#shared/sync/admit.ts'
import type { CondensedChannel } from '#shared/sync/condensed.ts'
import type { RunShelf } from '#shared/sync/backlog.ts'
import { Channel, NOTHING, type Foreknown } from '#shared/sync/channel.ts'
import type { RefusedEntry, Settled, Taken } from '#shared/sync/intake.ts'
import { writeDoc, type SectionWrite } from '#shared/sync/doc-body.ts'
import { forkProof } from '#shared/sync/fork-proof.ts'
import type { CarriedRun } from '#shared/sync/message.ts'
import { sectionKey, type CheckedUpdate, type SectionKey } from '#shared/sync/update.ts'
import { ChannelEpochs } from '#engine/channels/channel-epochs.ts'
import { nameOf, runsToCarry } from '#engine/channels/forked-feeds.ts'
import type { StoredRun } from '#engine/ports.ts'
import { NOON, type Party } from './party.ts'

export const ARTIFACT = '0123456789abcdef0123456789abcdef' as ArtifactId
export const JOINT = 'joint' as SectionName
export const OWN = 'own' as SectionName
export const SLICE = 'slice:1' as SectionName

/** One engine's half of a channel, in memory: admission, documents, log and keys. */
export class Peer {
  readonly crypto: Crypto
  readonly party: Party
  readonly genesis: Genesis
  readonly id: ChannelId
  channel: Channel
  docs = new SectionDocs()
  /** Runs in the order in which they were kept. */
  readonly log: Uint8Array[] = []
  readonly keys = new Map<EpochId, SymmetricKey>()
  readonly runs = new Map<FeedId, CarriedRun[]>()
  readonly admitted: AdmittedEntry[] = []
  readonly refused: RefusedEntry[] = []
  /** Every checked update in the order of judgement: what a rebuild reads. */
  readonly updates = new Map<SectionKey, CheckedUpdate[]>()
  readonly #announced = new Map<EpochId, EpochCreated>()
  readonly #epochs: ChannelEpochs
  #acking = false
  #carrying = false
  /** Runs of forked feeds that go on from another past than the log holds. */
  readonly branches: Uint8Array[] = []
  readonly proofs: { readonly feed: FeedId; readonly seq: number }[] = []
  /** What this machine's clock says. */
  now = NOON

  constructor(crypto: Crypto, genesis: Genesis, id: ChannelId, own: Party) {
    this.crypto = crypto
    this.genesis = genesis
    this.id = id
    this.party = own
    this.#epochs = new ChannelEpochs(crypto, { now: () => this.now }, id, () => {
      const members = this.keyHolders
      const all = [...this.keys].map(([epoch, key]) => ({ epoch, key }))
      return { members, keyHolders: members, keys: { of: (epoch) => this.keys.get(epoch), all } }
    })
    this.channel = this.#newChannel(NOTHING)
    this.channel.hold = true
  }

  #newChannel(foreknown: Foreknown): Channel {
    const { genesis, crypto, id } = this
    const owner: CompanyId = genesis.founding.founder.company
    return new Channel(
      {
        crypto,
        workspace: genesis.workspace,
        channel: id,
        genesis,
        keys: { of: (epoch) => this.keys.get(epoch) },
        checkUpdate: (update, context) => this.docs.check(update, context),
        mayWrite: (_artifact, section, author) =>
          section === JOINT ? author.roles.includes('coo') : author.company === owner,
        judgeEvent: (payload) => {
          if (typeof payload !== 'object' || payload === null || !('type' in payload)) return 'payload-malformed'
          if (payload.type === 'forbidden') return 'not-authorised'
          return payload.type === 'from-the-future' ? 'newer-version' : 'admit'
        },
      },
      (epoch, created) => this.#learn(epoch, created),
      undefined,
      foreknown,
    )
  }

  /** Reads the log again, as an engine does when it starts or when a revocation undid what was judged. */
  rebuild(): void {
    let foreknown: Foreknown = NOTHING
    const tried = new Set<string>()
    do {
      tried.add(nameOf(foreknown))
      this.channel = this.#newChannel(foreknown)
      this.docs = new SectionDocs()
      this.admitted.length = 0
      this.refused.length = 0
      this.updates.clear()
      this.runs.clear()
      for (const bytes of this.log) {
        const taken = this.channel.take(bytes)
        if (taken.outcome !== 'taken') continue
        const { feed, lastSeq } = taken.run
        this.runs.set(feed, [...(this.runs.get(feed) ?? []), { feed, lastSeq, bytes }])
        this.apply(taken)
      }
      for (const bytes of this.branches) {
        const taken = this.channel.take(bytes)
        if (taken.outcome === 'taken') this.apply(taken)
      }
      foreknown = this.channel.foreknown
    } while (this.channel.stale && !tried.has(nameOf(foreknown)))
    this.channel.hold = true
  }

  /** Goes on from a saved state in place of the runs that led to it; then takes what waited, and what came since. */
  begin(before: Peer, from: SavedPeer): void {
    for (const [epoch, key] of from.keys) this.keys.set(epoch, key)
    for (const [epoch, created] of before.#announced) this.#announced.set(epoch, created)
    const log = before.log.map((bytes) => {
      const run = parseRun(bytes)
      if (!run.ok) throw new Error(run.refusal)
      return { bytes, run: run.value }
    })
    const hashOf = (feed: FeedId, seq: number): EntryHash | undefined => {
      const held = log.find(({ run }) => run.feed === feed && run.firstSeq <= seq && run.lastSeq >= seq)
      return held && runHashes(this.crypto, held.run)?.[seq - held.run.firstSeq]
    }
    const condensed = fromStored<CondensedChannel>(from.channel)
    this.channel = this.#newChannel(NOTHING)
    this.channel.resume(condensed, hashOf)
    for (const [section, state] of from.documents) this.docs.restore(section, () => state)
    this.#tell(from.told)
    for (const { bytes, run } of log)
      this.runs.set(run.feed, [...(this.runs.get(run.feed) ?? []), { feed: run.feed, lastSeq: run.lastSeq, bytes }])
    this.log.push(...before.log)
    this.branches.push(...before.branches)
    const judged = new Map(condensed.lines.map((line) => [line.id, line.judged]))
    const waited = log.slice(0, from.runs).filter(({ run }) => run.lastSeq > (judged.get(run.feed) ?? 0))
    for (const bytes of [...waited, ...log.slice(from.runs)].map((run) => run.bytes).concat(this.branches)) {
      const taken = this.channel.take(bytes)
      if (taken.outcome === 'taken') this.apply(taken)
    }
    if (this.channel.stale) this.rebuild()
    this.channel.hold = true
  }

  /** Whether this device's roles allow it to write the joint section. */
  get mayWriteJoint(): boolean {
    const own = certificateOf(this.channel.members(), this.party.device, this.now)
    if (own === undefined) return false
    return [own, ...this.channel.narrowedTo(this.party.feed, own)].every(({ roles }) => roles.includes('coo'))
  }

  /** Whether this device may still write here. */
  get stands(): boolean {
    const { channel, party } = this
    return certificateOf(channel.members(), party.device, this.now) !== undefined && !channel.isCut(party.feed)
  }

  /** Another life of this feed wrote what cannot be judged here yet: this one has nothing to go on from. */
  get #isBehind(): boolean {
    return (this.channel.index.line(this.party.feed)?.waiting.length ?? 0) > 0
  }

  #acknowledge(own: boolean): void {
    if (this.#acking) return
    // What comes into force with one may bring another that has to be answered first.
    for (let first = own; this.channel.ackDue; first = false) this.#answer(first)
  }

  #answer(own: boolean): void {
    this.#acking = true
    if (
      !own &&
      this.stands &&
      !this.#isBehind &&
      !this.channel.goesNow(this.party.device) &&
      this.channel.forks.after(this.party.feed) === undefined
    ) {
      const heads = this.channel.index.lines.flatMap(({ id: feed, admitted, hashes }): readonly FeedHead[] => {
        const hash = hashes.of(admitted.length)
        return hash === undefined ? [] : [{ feed, seq: admitted.length, hash }]
      })
      if (this.needsEpoch) this.openEpoch()
      this.take(this.seal([{ kind: 'control', payload: writeControl({ kind: 'ack', heads }) }]))
    }
    this.#acking = false
    this.apply(this.channel.acknowledge())
  }

  /** No key is safe, or whoever made the one that is left this device out. */
  get needsEpoch(): boolean {
    return this.#epochs.writing === undefined
  }
  /** Whether somebody who may read was left out of a key that this peer could hand on: whoever made it had not heard of them. */
  get leavesOut(): boolean {
    return this.#epochs.leftOut.length > 0
  }
  get keyHolders(): Membership {
    return this.channel.keyHolders(this.party.device)
  }

  get shelf(): RunShelf {
    return {
      tips: () => this.channel.index.held(),
      hashAt: (_channel, feed, seq) => this.channel.index.line(feed)?.hashes.of(seq),
      missing: () => this.channel.missing,
      others: (_channel, feed) =>
        this.branches.flatMap((bytes) => {
          const run = parseRun(bytes)
          return run.ok && run.value.feed === feed ? [{ feed, lastSeq: run.value.lastSeq, bytes }] : []
        }),
      forkProof: (_channel, feed) => {
        const fork = this.channel.forks.of(feed)
        const kept = [...(this.runs.get(feed) ?? []), ...(this.shelf.others?.(this.id, feed) ?? [])]
        return fork === undefined ? [] : forkProof(this.crypto, fork, kept)
      },
      runs: (_channel, feed, fromSeq, limit) =>
        (this.runs.get(feed) ?? []).filter((run) => run.lastSeq >= fromSeq).slice(0, limit),
    }
  }

  take(bytes: Uint8Array): Taken {
    const taken = this.channel.take(bytes)
    if (taken.outcome === 'taken') {
      const { feed, lastSeq } = taken.run
      this.apply(taken)
      this.#acknowledge(feed === this.party.feed)
      if (taken.branch) this.branches.push(bytes)
      else {
        this.runs.set(feed, [...(this.runs.get(feed) ?? []), { feed, lastSeq, bytes }])
        this.log.push(bytes)
      }
      this.readAgain()
    } else if (taken.proof !== undefined) {
      this.proofs.push(taken.proof)
      this.branches.push(bytes)
      this.#acknowledge(false)
      this.readAgain()
    }
    return taken
  }

  /** Runs of the part that counts, from the one that holds `fromSeq` on. */
  #stored(feed: FeedId, fromSeq: number, limit: number): readonly StoredRun[] {
    const held = (this.runs.get(feed) ?? []).filter(({ lastSeq }) => lastSeq >= fromSeq)
    return held.slice(0, limit).flatMap(({ lastSeq, bytes }) => {
      const run = parseRun(bytes)
      return run.ok ? [{ channel: this.id, feed, firstSeq: run.value.firstSeq, lastSeq, bytes }] : []
    })
  }

  /** What an engine does after it took something, and when it opens. */
  readAgain(): void {
    // What was just taken is in no log before the `ack` is: read again now it would be lost.
    if (this.#acking) return
    if (this.channel.stale) this.rebuild()
    if (!this.stands || this.#isBehind || this.#carrying || this.channel.forks.after(this.party.feed) !== undefined)
      return
    const log = {
      frontier: () => new Map([...this.runs].map(([feed, runs]) => [feed, runs.at(-1)?.lastSeq ?? 0])),
      runs: (_channel: string, feed: string, fromSeq: number, limit: number) => this.#stored(feed as FeedId, fromSeq, limit),
    } // prettier-ignore
    const held = { crypto: this.crypto, log, branches: { list: () => this.branches } }
    const carry = () => [
      ...runsToCarry(this.channel, this.id, held, this.party.feed),
      ...this.channel.unsaid(this.party.device, this.now),
    ]
    if (carry().length === 0) return
    this.#carrying = true
    this.openEpoch()
    // What was just written may have brought something into force.
    for (const payload of this.stands ? carry() : []) {
      if (!this.stands) break
      if (this.needsEpoch) this.openEpoch()
      this.control(payload)
    }
    this.#carrying = false
  }

  apply(settled: Settled): void {
    for (const [key, updates] of this.#tell(settled)) this.docs.apply(key, updates)
  }

  #tell(
    settled: Pick<Settled, 'admitted' | 'refused'> & Partial<Settled>,
  ): ReadonlyMap<SectionKey, readonly CheckedUpdate[]> {
    this.admitted.push(...settled.admitted)
    this.refused.push(...settled.refused)
    const bySection = new Map<SectionKey, CheckedUpdate[]>()
    const parts =
      settled.updates ?? settled.admitted.flatMap(({ effect }) => (effect.kind === 'doc' ? effect.updates : []))
    for (const { key, update } of parts) bySection.set(key, [...(bySection.get(key) ?? []), update])
    for (const [key, updates] of bySection) this.updates.set(key, [...(this.updates.get(key) ?? []), ...updates])
    return bySection
  }

  /** The next own run with these bodies, sealed but not taken. `heads` stands in for what this engine has seen. */
  seal(
    bodies: readonly { readonly kind: BodyKind; readonly payload: Canonical; readonly at?: Instant }[],
    options: { readonly clear?: boolean; readonly heads?: readonly Head[]; readonly epoch?: EpochId } = {},
  ): Uint8Array {
    const line = this.channel.index.lineOrNew(this.party.feed)
    const epoch = options.epoch ?? writableEpoch(this.keyHolders)?.id
    const key = epoch === undefined ? undefined : this.keys.get(epoch)
    if (options.clear !== true && (epoch === undefined || key === undefined)) throw new Error('no epoch to write under')
    const draft = startRun(
      this.crypto,
      {
        workspace: this.genesis.workspace,
        channel: line.hashes.length === 0 && options.clear === true && this.id === NEW ? null : this.id,
        feed: line.id,
        nextSeq: line.hashes.length + 1,
        previous: line.hashes.last ?? null,
      },
      options.clear === true ? null : { id: epoch as EpochId, key: key as SymmetricKey },
    )
    bodies.forEach(({ kind, payload, at = this.now }, index) => {
      const heads = index > 0 ? [] : (options.heads ?? this.channel.index.tips(line.id))
      const sealed = sealEntry(this.crypto, draft, { at, kind, payload }, heads)
      if (!sealed.ok) throw new Error(sealed.refusal)
    })
    return signRun(this.crypto, draft, this.party.signing.secretKey).bytes
  }

  /** Seals and takes; throws when the own engine would not admit it. */
  write(kind: BodyKind, payload: Canonical, clear = false): Uint8Array {
    const bytes = this.seal([{ kind, payload }], { clear })
    const taken = this.take(bytes)
    if (taken.outcome !== 'taken') throw new Error(taken.code)
    const refused = taken.refused.find(({ entry }) => entry.feed === this.party.feed)
    if (refused !== undefined) throw new Error(`${refused.refusal.code} ${refused.refusal.membership ?? ''}`)
    // Only whoever turns out to have gone by what it just leaned on waits itself.
    if (this.stands && (this.channel.index.line(this.party.feed)?.waiting.length ?? 0) > 0) throw new Error('own work waits') // prettier-ignore
    return bytes
  }

  control(control: Control, clear = false): Uint8Array {
    return this.write('control', writeControl(control), clear)
  }

  /** A new epoch for everybody who may read now. */
  openEpoch(): void {
    this.control(this.#epochs.create(), true)
  }

  /** The update that a local edit of a section makes; the document has it already, as after typing. */
  edit(section: SectionName, change: (writer: SectionWriter) => void, replica = 0): SectionWrite | undefined {
    const key = sectionKey(ARTIFACT, section)
    const line = this.channel.index.lineOrNew(this.party.feed)
    const update = this.docs.edit(key, this.channel.clocks.own(line, key, replica).client, change)
    return update === undefined ? undefined : { artifact: ARTIFACT, section, replica, update }
  }

  type(section: SectionName, change: (writer: SectionWriter) => void, replica = 0): Uint8Array | undefined {
    const write = this.edit(section, change, replica)
    return write === undefined ? undefined : this.write('doc', writeDoc([write]))
  }

  text(section: SectionName = JOINT): string {
    return this.docs.read(sectionKey(ARTIFACT, section)).text('t')
  }

  state(section: SectionName = JOINT): string {
    return toHex(this.docs.encodeState(sectionKey(ARTIFACT, section)))
  }

  /** feed and seq → admitted, or the refusal. */
  verdicts(): Readonly<Record<string, string>> {
    const verdicts = [
      ...this.admitted.map(({ entry }) => [`${entry.feed}:${entry.seq}`, 'admitted'] as const),
      ...this.refused.map(({ entry, refusal }) => [`${entry.feed}:${entry.seq}`, refusal.code] as const),
    ]
    return Object.fromEntries(verdicts.sort(([left], [right]) => (left < right ? -1 : 1)))
  }

  #learn(epoch: EpochId, created: EpochCreated): void {
    this.#announced.set(epoch, created)
    const held = this.keys.get(epoch)
    const opened = held
      ? unwrapEarlier(this.crypto, this.id, created, held)
      : openEpoch(this.crypto, this.id, created, this.party.device, this.party.box)
    if (!opened.ok) return
    this.keys.set(epoch, opened.value.key)
    for (const { epoch: past, key } of opened.value.earlier) {
      if (this.keys.has(past)) continue
      this.keys.set(past, key)
      const known = this.#announced.get(past)
      if (known) this.#learn(past, known)
    }
  }
}

/** A channel before its first entry, whose hash it is named by. */
export const NEW = '' as ChannelId

/** What a peer keeps beside its log, so that it need not read it from the beginning. */
export interface SavedPeer {
  readonly channel: Uint8Array
  readonly documents: readonly (readonly [SectionKey, Uint8Array])[]
  readonly keys: ReadonlyMap<EpochId, SymmetricKey>
  /** Runs of the log that it stands for. */
  readonly runs: number
  readonly told: Pick<Peer, 'admitted' | 'refused'>
}

export function saved(peer: Peer): SavedPeer | undefined {
  const condensed = peer.channel.condense()
  if (condensed === undefined) return undefined
  return {
    channel: toStored(condensed),
    documents: [...peer.updates.keys()].map((section) => [section, peer.docs.encodeState(section)] as const),
    keys: new Map(peer.keys),
    runs: peer.log.length,
    told: { admitted: [...peer.admitted], refused: [...peer.refused] },
  }
}

/** The same engine after a crash, going on from what it had saved: only what came since is read. */
export function resumed(peer: Peer, from: SavedPeer): Peer {
  const fresh = new Peer(peer.crypto, peer.genesis, peer.id, peer.party)
  fresh.now = peer.now
  fresh.begin(peer, from)
  return fresh
}

/** The same engine after a crash: nothing but its keys, its clock and its log is left. */
export function restarted(peer: Peer): Peer {
  const fresh = new Peer(peer.crypto, peer.genesis, peer.id, peer.party)
  fresh.now = peer.now
  fresh.log.push(...peer.log)
  fresh.branches.push(...peer.branches)
  fresh.rebuild()
  return fresh
}
