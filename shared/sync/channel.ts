import type { EntryHash, EpochId, FeedId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { applyControl, startMembership } from '#shared/membership/fold.ts'
import { readControl } from '#shared/membership/control.ts'
import type { Control, EpochCreated, Membership, RoleCertificate } from '#shared/membership/types.ts'
import { deviceOf, type Head, type Run, type VerifiedEntry } from '#shared/seal/entry.ts'
import { openEntry } from '#shared/seal/open.ts'
import { parseRun } from '#shared/seal/parse.ts'
import { runHashes, verifyRun } from '#shared/seal/verify.ts'
import {
  authenticate,
  judge,
  receive,
  type AdmittedEntry,
  type Refused,
  type SectionEffect,
  type Waits,
} from './admit.ts'
import { CarriedRuns } from './carried-runs.ts'
import { ChannelIndex, type FeedLine } from './channel-index.ts'
import {
  admittedAgain,
  condenseEffect,
  type CondensedChannel,
  type CondensedEntry,
  type RememberedEntry,
} from './condensed.ts'
import { endingIn, Endings, type Ending } from './endings.ts'
import { countsIn, Forks, type Fork, type Link } from './forks.ts'
import { KeptUpdates } from './kept-updates.ts'
import { QUOTA, type Judges } from './judges.ts'
import { MembershipView } from './membership-view.ts'
import { runRefusal, type RunRefusal } from './refusal.ts'
import { SectionClocks } from './section-clocks.ts'
import { isSealedSection, type CheckedUpdate } from './update.ts'

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
  /** What to apply to documents, in order: what counts, and the places of what does not and others lean on. */
  readonly updates: readonly Change[]
  /** Heads to ask the sender for: whoever names a head supplies it. */
  readonly missing: readonly Head[]
  /** The run goes on from another past of its feed than the one that is held: to be kept, not to be appended. */
  readonly branch?: true
}
/** One section's part of an entry, to be applied. */
export interface Change extends SectionEffect<CheckedUpdate> {
  readonly by: AdmittedEntry
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
export type Settled = Pick<Intake, 'admitted' | 'refused' | 'updates' | 'missing'>

/** What was learned by reading a log, and has to be in force from the start for it to be read right. */
export interface Foreknown {
  readonly endings: readonly Ending[]
  readonly forks: readonly Fork[]
}
export const NOTHING: Foreknown = { endings: [], forks: [] }

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
  /** Feeds that say two things under one number. */
  readonly forks: Forks
  /** Hashes of entries of forked feeds that somebody carries in entries of their own. */
  readonly carried = new Set<EntryHash>()
  readonly #carriedRuns = new CarriedRuns()
  readonly #heardCarried = new Set<EntryHash>()
  /** Number of a feed → how far what waits there was looked through for carried runs. */
  readonly #lookedThrough = new Map<number, number>()
  /** Of that, what could not be opened yet. */
  #unopened: readonly VerifiedEntry[] = []
  /** Runs of forked feeds of which nobody has supplied what they go on from. */
  #loose: Run[] = []
  /** What does not count is held back until somebody leans on it: then its places are needed. */
  #shadows: AdmittedEntry[] = []
  /** Entries of branches → when they were written, by their own claim. */
  readonly #claimed = new Map<EntryHash, Instant>()
  #forkDue = false
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
    foreknown: Foreknown = NOTHING,
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
    this.endings = new Endings(this.index, this.membership, foreknown.endings)
    this.forks = new Forks(foreknown.forks)
  }

  /**
   * A revocation is here and not in force: first the engine writes an `ack`, whose heads say what it had taken in before it
   * knew, and then calls `acknowledge`. Otherwise what it has shown to its people would lose its witness.
   */
  get ackDue(): boolean {
    return this.#due.length > 0 || this.#forkDue
  }

  /** What was judged before a revocation or a fork came does not stand after it: read the log again with `foreknown`. */
  get stale(): boolean {
    return this.#stale
  }

  /** What another reading of the log has to know from the start. */
  get foreknown(): Foreknown {
    const feeds = new Set([...this.forks.inForce, ...this.forks.found].map(({ feed }) => feed))
    const forks = [...feeds].sort().map((feed): Fork => {
      const after = this.forks.after(feed) as number
      return { feed, after, attested: [] }
    })
    return { endings: this.endings.all, forks }
  }

  /** Puts the revocations that waited in force, and judges on. */
  acknowledge(): Settled {
    const due = this.#due
    this.#due = []
    for (const ending of due) this.#enforce(ending)
    this.#stale ||= this.#forkDue
    this.#forkDue = false
    return this.settle()
  }

  /** What was judged so far, to be stored. Undefined while a fork is known: then only the whole log says what counts. */
  condense(): CondensedChannel | undefined {
    if (this.forks.inForce.length + this.forks.found.length > 0) return undefined
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
      this.#recall(this.index.all[entry.feed] as FeedLine, admitted)
    }
  }

  /** Takes a run from anywhere: a peer, a file, the own log. */
  take(bytes: Uint8Array): Taken {
    const run = receive(bytes)
    if (!run.ok) {
      const { refusal } = run
      return refusal === 'newer-version' ? { outcome: 'refused', code: refusal, park: bytes } : refusedRun(refusal)
    }
    if (this.forks.of(run.value.feed)) return this.#takeForked(run.value)
    const line = this.index.line(run.value.feed)
    if (line === undefined && this.#noRoomFor(run.value.feed)) return refusedRun('over-quota')
    if (line !== undefined && line.waiting.length >= QUOTA.waitingPerFeed) return refusedRun('over-quota')
    const verified = authenticate(run.value, line, this)
    if (!verified.ok) return this.#notTaken(run.value, line, verified.refusal)
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

  /** Forked feeds with the entries that are held under the first number that was used twice. */
  forkProofs(): readonly {
    readonly feed: FeedId
    readonly seq: number
    readonly entries: readonly { readonly hash: EntryHash; readonly at?: Instant }[]
  }[] {
    return this.forks.inForce.map(({ feed, after }) => {
      const firsts = this.index.branches.filter((line) => line.feed === feed && line.branch?.after === after)
      const hashes = [this.index.line(feed), ...firsts].flatMap((line) => line?.hashes.of(after + 1) ?? [])
      const entries = hashes.sort().map((hash) => {
        const at = this.#claimed.get(hash)
        return { hash, ...(at !== undefined && { at }) }
      })
      return { feed, seq: after + 1, entries }
    })
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
      .map(({ feed, seq }) => ({ feed: (this.index.all[feed] as FeedLine).id, seq }))
  }

  /** What is named by the entries that wait first, and nobody has supplied. */
  get missing(): readonly Head[] {
    return this.index.all.flatMap(({ waiting: [first] }) => (first && this.index.missingHead(first.heads)) ?? [])
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
      this.#count(line, this.#rewritten(line, judgement.value), settled)
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
    if (line.branch === null) settled.refused.push({ entry, refusal })
    return true
  }

  #count(line: FeedLine, admitted: AdmittedEntry, settled: MutableSettled): void {
    if (line.branch !== null) {
      this.#shadows.push(admitted)
      this.#claimed.set(admitted.entry.hash, admitted.at)
      return
    }
    this.#lean(line, settled)
    settled.admitted.push(admitted)
    settled.updates.push(...changesOf(admitted))
  }

  /** Where a feed was forked, documents hold things under other ids than their authors gave them. */
  #rewritten(line: FeedLine, admitted: AdmittedEntry): AdmittedEntry {
    const { effect, entry } = admitted
    if (effect.kind !== 'doc' || this.forks.inForce.length === 0) return admitted
    const updates = effect.updates.map((part) => {
      const rename = this.clocks.renaming(line, entry.seq, part.key, part.replica)
      if (rename === undefined) return part
      const update = { ...part.update, rewriting: { rename, counts: admitted.counts } } as CheckedUpdate
      return { ...part, update }
    })
    return { ...admitted, effect: { ...effect, updates } } as AdmittedEntry
  }

  /** The places of what does not count, and what the last entry of `line` is the first to have in its past. */
  #lean(line: FeedLine, { updates }: MutableSettled): void {
    if (this.#shadows.length === 0) return
    const leaned = this.#shadows.filter(({ entry }) => {
      const branch = this.index.line(entry.feed) as FeedLine
      return this.index.seqSeen(line, line.admitted.length, branch.number) >= entry.seq
    })
    if (leaned.length === 0) return
    this.#shadows = this.#shadows.filter((one) => !leaned.includes(one))
    for (const one of leaned) updates.push(...changesOf(one))
  }

  /** A revocation is in force before its entry is admitted; false while the engine has yet to say what it had seen. */
  #mayAdmit({ entry, effect }: AdmittedEntry): boolean {
    if (effect.kind !== 'control') return true
    if (effect.control.kind === 'fork-run') this.#hearCarried(entry, effect.control)
    // Whoever wrote behind it knew of the fork; so must whoever judges that.
    if (effect.control.kind === 'fork-run' && this.#forkDue) return false
    const ending = endingIn(effect.control, this.judges.channel, entry)
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
    for (const line of this.index.all) {
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

  /**
   * What waits may lean on another past of a feed than the one that is held, and its author carries that one in an entry that waits
   * behind it: so what waits is looked through, once. True when something came to light.
   */
  #lookForCarried(): boolean {
    const before = this.#heardCarried.size
    const fresh: VerifiedEntry[] = []
    for (const { number, waiting } of this.index.all) {
      const [first] = waiting
      if (first === undefined) continue
      const seen = this.#lookedThrough.get(number) ?? 0
      fresh.push(...waiting.slice(Math.max(0, seen + 1 - first.seq)))
      this.#lookedThrough.set(number, Math.max(seen, (waiting.at(-1) as VerifiedEntry).seq))
    }
    this.#unopened = [...this.#unopened, ...fresh].filter((entry) => !this.#openCarried(entry))
    return this.#heardCarried.size > before
  }

  /** False while the entry's key is not held. */
  #openCarried(entry: VerifiedEntry): boolean {
    if (entry.epoch === null) return true
    const opened = openEntry(this.judges.crypto, entry, this.judges.keys.of(entry.epoch))
    if (!opened.ok) return opened.refusal !== 'no-key'
    const { kind, payload } = opened.value.body
    const control = kind === 'control' ? readControl(payload) : undefined
    if (control?.ok && control.value.kind === 'fork-run') this.#hearCarried(entry, control.value)
    return true
  }

  /**
   * Feeds of which somebody holds, or says to hold, another past than this engine, and the earliest number at which they differ.
   * `proven`: both are signed.
   */
  get disputed(): ReadonlyMap<FeedId, { readonly seq: number; readonly proven: boolean }> {
    const disputed = new Map<FeedId, { readonly seq: number; readonly proven: boolean }>()
    for (const { waiting } of this.index.all)
      for (const { feed, seq, hash } of waiting[0]?.heads ?? []) {
        const held = this.index.line(feed)?.hashes.of(seq)
        if (held === undefined || held === hash || this.forks.after(feed) !== undefined) continue
        disputed.set(feed, { seq: Math.min(seq, disputed.get(feed)?.seq ?? seq), proven: false })
      }
    for (const [feed, seq] of this.forks.untraced) disputed.set(feed, { seq, proven: true })
    return disputed
  }

  /** A run of a forked feed that somebody carries: authentic by its own signature, whoever brings it. */
  #hearCarried({ hash, device, feed }: VerifiedEntry, control: Extract<Control, { kind: 'fork-run' }>): void {
    if (this.#heardCarried.has(hash)) return
    this.#heardCarried.add(hash)
    const bytes = this.#carriedRuns.add(control, device)
    const run = bytes && parseRun(bytes)
    if (!run?.ok || run.value.workspace !== this.judges.workspace || run.value.channel !== this.judges.channel) return
    const links = this.#linksOf(run.value)
    // What a branch carries reaches nobody who lacks the branch.
    if (this.index.line(feed)?.branch === null) for (const link of links) this.carried.add(link.hash)
    if (this.forks.of(run.value.feed)) this.#takeForked(run.value, true)
    else this.#compare(run.value.feed, links)
  }

  #linksOf(run: Run): readonly Link[] {
    const hashes = runHashes(this.judges.crypto, run) ?? []
    return hashes.map((hash, at) => ({ seq: run.firstSeq + at, previous: at === 0 ? run.previous : (hashes[at - 1] as EntryHash), hash })) // prettier-ignore
  }

  /** Looks where a past that was signed parts from the one that is held, or from another that was heard of. */
  #compare(feed: FeedId, links: readonly Link[]): void {
    const line = this.index.line(feed)
    let differs: number | undefined
    for (const link of links) {
      const held = line?.hashes.of(link.seq)
      const other = held !== undefined && held !== link.hash
      if (other) differs ??= link.seq
      const parts = other && (line?.hashes.of(link.seq - 1) ?? null) === link.previous
      if ((parts && this.forks.find(feed, link.seq - 1)) || this.forks.hear(feed, link)) this.#meetFork()
    }
    const [first] = links
    const hangsElsewhere = first !== undefined && first.seq > 1 && line?.hashes.of(first.seq - 1) !== undefined && line.hashes.of(first.seq - 1) !== first.previous // prettier-ignore
    if (hangsElsewhere) this.forks.suspect(feed, first.seq - 1)
    else if (differs !== undefined) this.forks.suspect(feed, differs)
  }

  #meetFork(): void {
    if (this.hold) this.#forkDue = true
    else this.#stale = true
  }

  /**
   * A run of a feed that is known to be forked: every entry goes where the entry is that it hangs on. Behind the last that counts a
   * side is taken only when it is carried, when somebody leans on it, or out of what was kept; nobody is sent the rest.
   */
  #takeForked(run: Run, carried = false): Taken {
    const { crypto, workspace, channel } = this.judges
    const whole = { workspace, channel, nextSeq: run.firstSeq, previousHash: run.previous }
    const verified = verifyRun(crypto, run, whole)
    if (!verified.ok) return this.#notTaken(run, undefined, runRefusal(verified.refusal))
    const fork = this.forks.of(run.feed) as Fork
    let line = run.firstSeq === 1 ? this.index.lineOrNew(run.feed) : this.index.holding({ feed: run.feed, seq: run.firstSeq - 1, hash: run.previous as EntryHash }) // prettier-ignore
    if (line === undefined) {
      if (carried || !this.hold) this.#loose.push(run)
      return refusedRun('forked')
    }
    const wanted = carried || !this.hold || this.#isNamed(run, verified.value)
    let [onTrunk, first]: [boolean, number | undefined] = [false, undefined]
    for (const entry of verified.value) {
      const held = this.#heldBehind(line, entry)
      if (held !== undefined) {
        line = held
        continue
      }
      const counts: boolean = line.branch === null && countsIn(fork, entry.seq, entry.hash)
      if (counts && line.hashes.length >= entry.seq) {
        // Before the fork that was known there is another.
        if (this.forks.find(run.feed, entry.seq - 1)) this.#meetFork()
        return { outcome: 'refused', code: 'forked', proof: { feed: run.feed, seq: entry.seq, bytes: run.bytes } }
      }
      if (!counts && !wanted) break
      if (!counts && (line.branch === null || line.hashes.length >= entry.seq))
        line = this.index.branch(line, entry.seq - 1, entry.hash)
      line.hashes.push(entry.hash)
      if (entry.epoch === null) this.#learnFrom(entry)
      // The index knows a branch by an id of its own, and so does whoever is told of its entries.
      line.waiting.push(counts ? entry : ({ ...entry, feed: line.id } as VerifiedEntry))
      first ??= entry.seq
      onTrunk ||= counts
    }
    if (first === undefined)
      return refusedRun(wanted || this.#holdsAll(run.feed, verified.value) ? 'replayed' : 'forked')
    const settled = newSettled()
    const loose = this.#loose
    this.#loose = []
    for (const other of loose) this.#takeForked(other, true)
    if (!carried) this.#settle(settled)
    const kept = { feed: run.feed, firstSeq: first, lastSeq: run.lastSeq, bytes: run.bytes }
    return { outcome: 'taken', run: kept, ...settled, ...(!onTrunk && { branch: true }) }
  }

  #heldBehind(line: FeedLine, { seq, hash }: VerifiedEntry): FeedLine | undefined {
    if (line.hashes.of(seq) === hash) return line
    return this.index.branches.find(({ branch, hashes }) => branch?.of === line && branch.after === seq - 1 && hashes.of(seq) === hash) // prettier-ignore
  }

  #holdsAll(feed: FeedId, entries: readonly VerifiedEntry[]): boolean {
    return entries.every(({ seq, hash }) => this.index.holding({ feed, seq, hash }) !== undefined)
  }

  /** Whether something that waits leans on one of these, or on a later one of the feed that is not held: the way there goes through these. */
  #isNamed({ feed, lastSeq }: Run, entries: readonly VerifiedEntry[]): boolean {
    const hashes = new Set(entries.map(({ hash }) => hash))
    const leads = (head: Head): boolean => head.feed === feed && head.seq > lastSeq && this.index.holding(head) === undefined // prettier-ignore
    return this.index.all.some(({ waiting }) =>
      waiting.some(({ heads }) => heads.some((head) => hashes.has(head.hash) || leads(head))),
    )
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
    const said = admitted.counts ? condenseEffect(effect) : undefined
    if (said) {
      const { author, at } = admitted
      this.#remembered.push({ feed: line.number, seq: entry.seq, hash: entry.hash, lamport, at, author, ...said })
    }
    if (effect.kind === 'doc' && admitted.counts)
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
      for (const line of this.index.all) {
        if (!this.index.join(line)) continue
        let done = 0
        while (done < line.waiting.length && this.#judge(line, line.waiting[done] as VerifiedEntry, settled)) done++
        if (done > 0) {
          line.waiting.splice(0, done)
          moved = true
        }
      }
      moved ||= this.#lookForCarried()
    }
  }

  #notTaken(run: Run, line: FeedLine | undefined, refusal: RunRefusal): Taken {
    if (refusal === 'broken-chain') {
      return { outcome: 'refused', code: refusal, need: { feed: run.feed, fromSeq: (line?.hashes.length ?? 0) + 1 } }
    }
    if (line === undefined || (refusal !== 'forked' && refusal !== 'replayed')) return refusedRun(refusal)
    const seq = refusal === 'forked' ? line.hashes.length : this.#divergence(run, line)
    if (seq === undefined) return refusedRun('replayed')
    this.#compare(run.feed, this.#linksOf(run))
    const differs = this.forks.untraced.get(run.feed)
    const need = differs === undefined ? undefined : { feed: run.feed, fromSeq: Math.max(1, differs - BEFORE_A_FORK) }
    const proof = { feed: run.feed, seq, bytes: run.bytes }
    return { outcome: 'refused', code: 'forked', proof, ...(need && { need }) }
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
  'fork-run': false,
}

const changesOf = (by: AdmittedEntry): readonly Change[] =>
  by.effect.kind === 'doc' ? by.effect.updates.map((part) => ({ ...part, by })) : []

/** How far before the entry that shows a fork one looks for where two pasts part. */
export const BEFORE_A_FORK = 64

const refusedRun = (code: RunRefusal): Taken => ({ outcome: 'refused', code })

interface MutableSettled extends Settled {
  readonly admitted: AdmittedEntry[]
  readonly updates: Change[]
  readonly refused: RefusedEntry[]
  readonly missing: Head[]
}
const newSettled = (): MutableSettled => ({ admitted: [], refused: [], updates: [], missing: [] })
