import type { EntryHash, EpochId, FeedId } from '#shared/kernel/ids.ts'
import { applyControl, startMembership } from '#shared/membership/fold.ts'
import { readControl } from '#shared/membership/control.ts'
import type { Control, EpochCreated, Membership, RoleCertificate } from '#shared/membership/types.ts'
import { deviceOf, type Head, type Run, type VerifiedEntry } from '#shared/seal/entry.ts'
import { openEntry } from '#shared/seal/open.ts'
import { runHashes } from '#shared/seal/verify.ts'
import { authenticate, judge, receive, type AdmittedEntry, type Refused, type Waits } from './admit.ts'
import { ChannelIndex, type FeedLine } from './channel-index.ts'
import {
  admittedAgain,
  condenseEffect,
  type CondensedChannel,
  type CondensedEntry,
  type RememberedEntry,
} from './condensed.ts'
import { endingIn, Endings, type Ending } from './endings.ts'
import { KeptUpdates } from './kept-updates.ts'
import { QUOTA, type Judges } from './judges.ts'
import { MembershipView } from './membership-view.ts'
import type { RunRefusal } from './refusal.ts'
import { SectionClocks } from './section-clocks.ts'
import { isSealedSection } from './update.ts'

/** What the engine does in one transaction after a run was taken: append, apply, audit. */
export interface Intake {
  readonly outcome: 'taken'
  /** To append to the log, verbatim. `firstSeq` is the first entry that was not held; the bytes may begin earlier. */
  readonly run: {
    readonly feed: FeedId
    readonly firstSeq: number
    readonly lastSeq: number
    readonly bytes: Uint8Array
  }
  /** In the order of judgement, which respects ancestry. May hold entries of other feeds that had waited. */
  readonly admitted: readonly AdmittedEntry[]
  readonly refused: readonly RefusedEntry[]
  /** Heads to ask the sender for: whoever names a head supplies it. */
  readonly missing: readonly Head[]
}
export interface RefusedEntry {
  readonly entry: VerifiedEntry
  readonly refusal: Refused
}
export type Taken =
  | Intake
  | {
      readonly outcome: 'refused'
      readonly code: RunRefusal
      /** Where to ask from, when the run leaves a gap. */
      readonly need?: { readonly feed: FeedId; readonly fromSeq: number }
      /** Bytes that a later version may understand: to be kept aside. */
      readonly park?: Uint8Array
      /** Signed proof of a fork: this run, beside the one held for the same seq. */
      readonly proof?: { readonly feed: FeedId; readonly seq: number; readonly bytes: Uint8Array }
    }

/** What judging what had waited brought to light. */
export type Settled = Pick<Intake, 'admitted' | 'refused' | 'missing'>

/**
 * One channel's admission. Its state is computed from the runs taken and from nothing else, so it can be thrown away and
 * built again from the log: the engine does that when the transaction that should have kept a run fails.
 */
export class Channel {
  readonly judges: Judges
  readonly index = new ChannelIndex()
  readonly clocks: SectionClocks
  readonly membership: MembershipView
  /** Updates under slice keys, and how to open them. */
  readonly kept: KeptUpdates
  /** Revocations, and what they leave of those whom they end. */
  readonly endings: Endings
  /** Revocations that wait until the engine has said what it had seen before them. */
  #due: Ending[] = []
  #stale = false
  readonly #peeked = new Set<EntryHash>()
  /** Admitted entries of which more is remembered than that they changed a section. */
  readonly #remembered: RememberedEntry[] = []
  /** A revocation waits for `acknowledge`: off while a log is read, whose order has been decided already. */
  hold = false
  readonly #learn: (epoch: EpochId, created: EpochCreated) => void
  readonly #note: (admitted: AdmittedEntry) => void

  /**
   * `learn` is told of every epoch that is announced, before it is judged: a newcomer's key stands in a later entry than
   * those it opens. A key is worth nothing until its epoch is admitted and its commitment fits. `note` is told of every
   * admitted entry, so that what the judges answer from is there for those behind it. `foreknown` are revocations in force
   * from the start, for reading a log again that was read without them.
   */
  constructor(
    judges: Judges,
    learn: (epoch: EpochId, created: EpochCreated) => void,
    note: (admitted: AdmittedEntry) => void = () => {},
    foreknown: readonly Ending[] = [],
  ) {
    this.judges = judges
    this.#note = note
    this.clocks = new SectionClocks(judges.crypto, this.index)
    this.kept = new KeptUpdates(judges, this.clocks)
    this.#learn = learn
    this.membership = new MembershipView(this.index, {
      start: startMembership(judges.genesis),
      apply: (membership, fact) => {
        const next = applyControl(judges.crypto, membership, fact)
        return next.ok ? next.value : membership
      },
    })
    this.endings = new Endings(this.index, this.membership, foreknown)
  }

  /**
   * A revocation is here and not in force: first the engine writes an `ack`, whose heads say what it had taken in before it
   * knew, and then calls `acknowledge`. Otherwise what it has shown to its people would lose its witness.
   */
  get ackDue(): boolean {
    return this.#due.length > 0
  }

  /** What was judged before a revocation came does not stand after it: read the log again with `endings.all` foreknown. */
  get stale(): boolean {
    return this.#stale
  }

  /** Puts the revocations that waited in force, and judges on. */
  acknowledge(): Settled {
    const due = this.#due
    this.#due = []
    for (const ending of due) this.#enforce(ending)
    return this.settle()
  }

  /** What was judged so far, to be stored. Undefined while a fork is known: then only the whole log says what counts. */
  condense(): CondensedChannel | undefined {
    if (this.index.lines.some(({ forked }) => forked)) return undefined
    const authors = new Map<RoleCertificate, number>()
    const entries = this.#remembered.map(({ author, ...entry }): CondensedEntry => {
      if (!authors.has(author)) authors.set(author, authors.size)
      return { ...entry, author: authors.get(author) as number }
    })
    const clocks = this.clocks.condense(isSealedSection)
    return { lines: this.index.condense(), clocks, authors: [...authors.keys()], entries }
  }

  /**
   * Goes on from a condensed state in place of the runs that led to it; `hashOf` reads a hash from the log. Only before the first
   * run. What waited when it was condensed, and all that came since, is to be taken afterwards.
   */
  resume(condensed: CondensedChannel, hashOf: (feed: FeedId, seq: number) => EntryHash | undefined): void {
    this.index.resume(condensed.lines, hashOf)
    this.clocks.resume(condensed.clocks)
    for (const entry of condensed.entries) {
      const admitted = admittedAgain(this.index, condensed.authors, entry)
      const { effect } = admitted
      const ending =
        effect.kind === 'control' ? endingIn(effect.control, this.judges.channel, admitted.entry) : undefined
      if (ending !== undefined) this.endings.learn(ending)
      this.#recall(this.index.lines[entry.feed] as FeedLine, admitted)
    }
  }

  /** Takes a run from anywhere: a peer, a file, the own log. */
  take(bytes: Uint8Array): Taken {
    const run = receive(bytes)
    if (!run.ok) {
      const { refusal } = run
      return refusal === 'newer-version' ? { outcome: 'refused', code: refusal, park: bytes } : refusedRun(refusal)
    }
    const line = this.index.line(run.value.feed)
    if (line === undefined && this.#noRoomFor(run.value.feed)) return refusedRun('over-quota')
    if (line !== undefined && line.waiting.length >= QUOTA.waitingPerFeed) return refusedRun('over-quota')
    const verified = authenticate(run.value, line, this)
    if (!verified.ok) return this.#notTaken(run.value, line, verified.refusal)
    if (line?.forked === true) return refusedRun('forked')
    return this.#judgeRun(run.value, verified.value)
  }

  /** Judges again what waits: after a key came, or after an update of the application. */
  settle(): Settled {
    const settled = newSettled()
    this.#settle(settled)
    return settled
  }

  /** The membership that the next own entry will stand on. */
  members(): Membership {
    return this.membership.now()
  }

  /** Entries beyond a cut, per feed: those for which somebody vouches, and how many wait because nobody does. */
  beyondCuts(): readonly { readonly feed: FeedId; readonly flagged: number; readonly parked: number }[] {
    if (this.endings.empty) return []
    return this.index.lines.flatMap((line) => {
      let flagged = 0
      for (let seq = line.admitted.length; seq > 0 && this.endings.flags(line, seq); seq--)
        if (line.admitted[seq - 1] === true) flagged++
      const next = line.waiting[0]
      const parked = next && next.seq <= line.lamports.length && this.endings.parks(line, next.seq) ? line.waiting.length : 0 // prettier-ignore
      return flagged + parked > 0 ? [{ feed: line.id, flagged, parked }] : []
    })
  }

  /** Where the admitted epochs were announced, in the order of judgement. */
  announcements(): readonly { readonly feed: FeedId; readonly seq: number }[] {
    const { epochs } = this.members()
    return this.#remembered
      .filter(({ hash }) => epochs.has(hash as string as EpochId))
      .map(({ feed, seq }) => ({ feed: (this.index.lines[feed] as FeedLine).id, seq }))
  }

  /** Entries that wait, per feed; for the status that the person sees. */
  waiting(): readonly { readonly feed: FeedId; readonly count: number }[] {
    return this.index.lines
      .filter((line) => line.waiting.length > 0)
      .map((line) => ({ feed: line.id, count: line.waiting.length }))
  }

  /** Room for a feed is not taken from devices that will be certified by inventing others. */
  #noRoomFor(feed: FeedId): boolean {
    const { lines } = this.index
    if (lines.length >= QUOTA.feeds) return true
    if (lines.length < QUOTA.strangers) return false
    const { certificates } = this.members()
    if (certificates.has(deviceOf(feed))) return false
    return lines.filter(({ id }) => !certificates.has(deviceOf(id))).length >= QUOTA.strangers
  }

  #judgeRun(run: Run, entries: readonly VerifiedEntry[]): Taken {
    const first = entries[0]
    if (first === undefined) return refusedRun('replayed')
    const line = this.index.lineOrNew(run.feed)
    const settled = newSettled()
    const behind = line.waiting.length > 0
    for (const entry of entries) {
      line.hashes.push(entry.hash)
      if (entry.epoch === null) this.#learnFrom(entry)
    }
    let at = 0
    while (!behind && at < entries.length && this.#judge(line, entries[at] as VerifiedEntry, settled)) at++
    for (; at < entries.length; at++) line.waiting.push(entries[at] as VerifiedEntry)
    this.#settle(settled)
    const kept = { feed: run.feed, firstSeq: first.seq, lastSeq: run.lastSeq, bytes: run.bytes }
    return { outcome: 'taken', run: kept, ...settled }
  }

  /** True when the entry was judged, one way or the other. */
  #judge(line: FeedLine, entry: VerifiedEntry, settled: MutableSettled): boolean {
    const judgement = judge(entry, line, this)
    if (judgement.ok) {
      if (!this.#mayAdmit(judgement.value)) return false
      this.#remember(line, judgement.value)
      line.admitted.push(true)
      settled.admitted.push(judgement.value)
      return true
    }
    const refusal: Refused | Waits = judgement.refusal
    if (refusal.outcome === 'waits') {
      if (refusal.head !== undefined) settled.missing.push(refusal.head)
      return false
    }
    // Refused, but still a link: others may have seen it, and their ancestry runs through it.
    line.lamports[entry.seq - 1] = this.index.draw(line, entry.seq, entry.heads)
    line.admitted.push(false)
    settled.refused.push({ entry, refusal })
    return true
  }

  /** A revocation is in force before its entry is admitted; false while the engine has yet to say what it had seen. */
  #mayAdmit({ entry, effect }: AdmittedEntry): boolean {
    const ending = effect.kind === 'control' ? endingIn(effect.control, this.judges.channel, entry) : undefined
    return ending === undefined || this.#meet(ending)
  }

  #meet(ending: Ending): boolean {
    if (this.endings.has(ending.id)) this.endings.learn(ending)
    else if (!this.hold) this.#enforce(ending)
    else if (!this.#due.some(({ id }) => id === ending.id)) this.#due.push(ending)
    return this.endings.has(ending.id)
  }

  #enforce(ending: Ending): void {
    this.endings.learn(ending)
    this.index.drawAhead()
    this.#stale ||= this.endings.unsettled()
  }

  /**
   * While revocations are in force: who had seen what is drawn as far as it is held, and revocations that wait behind
   * something parked are put in force from there. Else two devices that revoke each other would each win where they came first.
   */
  #lookAhead(): void {
    if (this.endings.empty) return
    this.index.drawAhead()
    for (const line of this.index.lines) {
      for (const entry of line.waiting) {
        if (entry.seq > line.lamports.length) break
        if (entry.epoch === null || this.#peeked.has(entry.hash)) continue
        const opened = openEntry(this.judges.crypto, entry, this.judges.keys.of(entry.epoch))
        if (!opened.ok) continue
        this.#peeked.add(entry.hash)
        const { kind, payload, at } = opened.value.body
        const control = kind === 'control' ? readControl(payload) : undefined
        if (!control?.ok) continue
        const ending = endingIn(control.value, this.judges.channel, entry)
        const fact = { hash: entry.hash, author: entry.device, at, payload: control.value }
        if (ending && applyControl(this.judges.crypto, this.members(), fact).ok) this.#meet(ending)
      }
    }
  }

  #learnFrom(entry: VerifiedEntry): void {
    const opened = openEntry(this.judges.crypto, entry, undefined)
    const control = opened.ok ? readControl(opened.value.body.payload) : opened
    if (control.ok && control.value.kind === 'epoch-created') {
      this.#learn(entry.hash as string as EpochId, control.value)
    }
  }

  /** Takes an admitted entry into account for those that come after it. */
  #remember(line: FeedLine, admitted: AdmittedEntry): void {
    const { entry, effect, lamport } = admitted
    line.lamports[entry.seq - 1] = lamport
    if (effect.kind === 'doc')
      for (const part of effect.updates) this.clocks.advance(line, entry.seq, part.key, part.replica, part.update)
    this.#recall(line, admitted)
  }

  #recall(line: FeedLine, admitted: AdmittedEntry): void {
    const { entry, effect, lamport } = admitted
    this.#note(admitted)
    const said = condenseEffect(effect)
    if (said) {
      const { author, at } = admitted
      this.#remembered.push({ feed: line.number, seq: entry.seq, hash: entry.hash, lamport, at, author, ...said })
    }
    if (effect.kind === 'doc')
      for (const part of effect.kept) this.kept.keep(line, entry.seq, part.key, part.replica, part.update)
    if (effect.kind !== 'control') return
    const { control } = effect
    if (!CHANGES_MEMBERSHIP[control.kind]) return
    this.membership.admit(line, entry.seq, lamport, {
      hash: entry.hash,
      author: entry.device,
      at: admitted.at,
      payload: control,
    })
  }

  /** Judges what waits until nothing moves. A feed's first waiting entry stands for all behind it. */
  #settle(settled: MutableSettled): void {
    let moved = true
    while (moved) {
      moved = false
      settled.missing.length = 0
      this.#lookAhead()
      for (const line of this.index.lines) {
        let done = 0
        while (done < line.waiting.length && this.#judge(line, line.waiting[done] as VerifiedEntry, settled)) done++
        if (done > 0) {
          line.waiting.splice(0, done)
          moved = true
        }
      }
    }
  }

  #notTaken(run: Run, line: FeedLine | undefined, refusal: RunRefusal): Taken {
    if (refusal === 'broken-chain') {
      return { outcome: 'refused', code: refusal, need: { feed: run.feed, fromSeq: (line?.hashes.length ?? 0) + 1 } }
    }
    if (line === undefined || (refusal !== 'forked' && refusal !== 'replayed')) return refusedRun(refusal)
    const seq = refusal === 'forked' ? line.hashes.length : this.#divergence(run, line)
    if (seq === undefined) return refusedRun('replayed')
    line.forked = true
    return { outcome: 'refused', code: 'forked', proof: { feed: run.feed, seq, bytes: run.bytes } }
  }

  /** The first seq at which a run of entries that are all held says something else; undefined when it is just a repetition. */
  #divergence(run: Run, line: FeedLine): number | undefined {
    const hashes = runHashes(this.judges.crypto, run)
    if (hashes === undefined) return undefined
    const at = hashes.findIndex((hash, offset) => line.hashes.of(run.firstSeq + offset) !== hash)
    return at < 0 ? undefined : run.firstSeq + at
  }
}

/** Acks and the like are frequent and change nobody's rights: the fold need not see them. */
const CHANGES_MEMBERSHIP: Readonly<Record<Control['kind'], boolean>> = {
  'channel-created': true,
  'epoch-created': true,
  'channel-defined': true,
  'company-added': true,
  'company-left': true,
  consent: false,
  'root-rotated': true,
  certificate: true,
  revocation: true,
  ack: false,
  receipt: false,
  'slice-key': false,
}

const refusedRun = (code: RunRefusal): Taken => ({ outcome: 'refused', code })

interface MutableSettled extends Settled {
  readonly admitted: AdmittedEntry[]
  readonly refused: RefusedEntry[]
  readonly missing: Head[]
}
const newSettled = (): MutableSettled => ({ admitted: [], refused: [], missing: [] })
