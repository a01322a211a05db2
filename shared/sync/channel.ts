import type { DeviceId, EntryHash, EpochId, FeedId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { hasRole, standing } from '#shared/membership/certificate-of.ts'
import { mergeFact, startMembership } from '#shared/membership/fold.ts'
import { judgeFact } from '#shared/membership/judge-fact.ts'
import { readControl } from '#shared/membership/control.ts'
import { readStatement } from '#shared/membership/statement.ts'
import type { Control, EpochCreated, Membership, RoleCertificate } from '#shared/membership/types.ts'
import { deviceOf, type Head, type Run, type VerifiedEntry } from '#shared/seal/entry.ts'
import { openEntry } from '#shared/seal/open.ts'
import { authenticate, judge, receive, type AdmittedEntry, type Refused, type Waits } from './admit.ts'
import { ChannelIndex, type FeedLine } from './channel-index.ts'
import { Checkpoints } from './checkpoints.ts'
import {
  admittedAgain,
  condenseEffect,
  type CondensedChannel,
  type CondensedEntry,
  type RememberedEntry,
} from './condensed.ts'
import type { Ending, Place } from './ending.ts'
import { Endings } from './endings.ts'
import { ForkSides, type ForkProof } from './fork-sides.ts'
import { Forks, type Fork } from './forks.ts'
import { HeardEndings } from './heard-endings.ts'
import { changesOf, newSettling, notTaken, type Settled, type Settling, type Taken } from './intake.ts'
import { KeptUpdates } from './kept-updates.ts'
import { QUOTA, type Judges } from './judges.ts'
import { MembershipView } from './membership-view.ts'
import { Narrowings } from './narrowings.ts'
import { OtherPasts } from './other-pasts.ts'
import { SectionClocks } from './section-clocks.ts'
import { Shadows } from './shadows.ts'
import { isSealedSection, type CheckedUpdate } from './update.ts'

/** What was learned by reading a log, and has to be in force from the start for it to be read right. */
export interface Foreknown {
  readonly endings: readonly Ending[]
  readonly forks: readonly Fork[]
  /** Entries that another device had seen before it knew of a narrowing of roles, as `Narrowings` names them. */
  readonly vouched: readonly string[]
  /** Endings that do not count, by their ids: the root ended whoever signed them. */
  readonly discounted: readonly string[]
  /** Entries behind forks that lie within the cut of an ending, as `Endings` names them. */
  readonly accepted: readonly string[]
}
export const NOTHING: Foreknown = { endings: [], forks: [], vouched: [], discounted: [], accepted: [] }

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
  /** What narrowed roles leave of what was written under the wider ones. */
  readonly narrowings: Narrowings
  /** Feeds that say two things under one number. */
  readonly forks: Forks
  /** What is heard of pasts of feeds that are not the ones held here. */
  readonly pasts: OtherPasts
  readonly #sides: ForkSides
  readonly #shadows = new Shadows(this.index)
  /** What devices say that the channel came to. */
  readonly checkpoints: Checkpoints
  #forkDue = false
  /** What was known of accepted sides of forks when this reading began. */
  readonly #accepted: string
  /** Revocations that wait until the engine has said what it had seen before them. */
  readonly #heard: HeardEndings
  #stale = false
  /** Admitted entries of which more is remembered than that they changed a section. */
  readonly #remembered: RememberedEntry[] = []
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
    this.clocks = new SectionClocks(judges.crypto, this.index, (feed) => this.forks.of(feed)?.after)
    this.kept = new KeptUpdates(judges, this.clocks)
    this.#learn = learn
    this.membership = new MembershipView(this.index, {
      start: startMembership(judges.genesis),
      judge: (membership, fact) => {
        const judged = judgeFact(judges.crypto, membership, fact)
        if (!judged.ok) throw new Error(`an admitted fact does not follow: ${judged.refusal}`)
        return judged.value
      },
      merge: mergeFact,
      isVoid: (going, by) => this.endings.isVoidFor(going, by),
    })
    this.endings = new Endings(this.index, this.membership, foreknown, (feed) => this.forks.of(feed)?.after)
    this.#accepted = foreknown.accepted.join()
    this.narrowings = new Narrowings(this.index, this.endings, foreknown.vouched)
    this.#heard = new HeardEndings(judges, this.index, this.membership, this.endings)
    this.forks = new Forks(foreknown.forks)
    const meetFork = (): void => this.#meetFork()
    const takeCarried = (run: Run): void => void this.#takeForked(run, true)
    this.pasts = new OtherPasts(judges, this.index, this.forks, { takeCarried, meetFork })
    this.#sides = new ForkSides(judges, this.index, this.forks, this.pasts, {
      meetFork,
      placed: (entry) => this.#learnFrom(entry),
    })
    this.checkpoints = new Checkpoints(this)
  }

  /**
   * A revocation is here and not in force: first the engine writes an `ack`, whose heads say what it had taken in before it
   * knew, and then calls `acknowledge`. Otherwise what it has shown to its people would lose its witness.
   */
  get ackDue(): boolean {
    return this.#heard.isDue || this.#forkDue
  }

  /** A revocation waits for `acknowledge`: off while a log is read, whose order has been decided already. */
  get hold(): boolean {
    return this.#heard.hold
  }
  set hold(hold: boolean) {
    this.#heard.hold = hold
  }

  /** Statements that end something, are in force and told by nothing that counts: for this device to say again, if it may write. */
  unsaid(author: DeviceId, at: Instant): readonly Control[] {
    return this.#heard.unsaid(author, at)
  }

  /** Whether what waits to be in force is that this device's company goes: then an `ack` of its own would vouch for nobody. */
  goesNow(device: DeviceId): boolean {
    return this.#heard.due.some((ending) => ending.subject.kind === 'company' && this.endings.concerns(ending, device))
  }

  /**
   * Whether what a feed writes next would wait behind a cut, or be refused for roles that have no place here any more: the word of
   * it may be in force while it waits itself.
   */
  isCut(feed: FeedId): boolean {
    const line = this.index.line(feed)
    if (line === undefined || this.endings.empty) return false
    if (this.endings.parks(line, line.hashes.length + 1)) return true
    const members = this.members()
    const held = standing(members, deviceOf(feed))
    return held.length > 0 && held.every((one) => this.narrowedTo(feed, one).some((other) => !hasRole(members, other)))
  }

  /** Certificates that have to allow what a feed writes next, besides the one that its author knows of: only while their word waits itself. */
  narrowedTo(feed: FeedId, author: RoleCertificate): readonly RoleCertificate[] {
    const line = this.index.line(feed)
    return line === undefined || this.endings.empty ? [] : this.narrowings.of(line, line.hashes.length + 1, author)
  }

  /** What was judged before a revocation or a fork came does not stand after it: read the log again with `foreknown`. */
  get stale(): boolean {
    if (this.#stale || this.#heard.stale || (!this.hold && this.endings.unfounded.length > 0)) return true
    if (this.narrowings.unsettled) return true
    if (this.forks.inForce.length > 0 && this.endings.acceptedSides.join() !== this.#accepted) return true
    return this.forks.inForce.some(({ feed, after, attested }) => this.checkpoints.keeps(feed, after).join() !== attested.join()) // prettier-ignore
  }

  /** What another reading of the log has to know from the start. */
  get foreknown(): Foreknown {
    const feeds = new Set([...this.forks.inForce, ...this.forks.found].map(({ feed }) => feed))
    const forks = [...feeds].sort().map((feed): Fork => {
      const after = this.forks.after(feed) as number
      return { feed, after, attested: this.checkpoints.keeps(feed, after) }
    })
    const unfounded = new Set(this.endings.unfounded)
    // Behind a fork an entry has no place in the feed any more, as far as it is not attested.
    const stands = ({ feed, seq }: Place): boolean =>
      forks.every((fork) => fork.feed !== feed || seq <= fork.after + fork.attested.length)
    const endings = this.endings.all
      .filter((ending) => !unfounded.has(ending))
      .map((ending) => ({ ...ending, carriers: ending.carriers.filter(stands) }))
    const { discounted, acceptedSides: accepted } = this.endings
    return { endings, forks, vouched: this.narrowings.vouched, discounted, accepted }
  }

  /** Puts the revocations that waited in force, and judges on. */
  acknowledge(): Settled {
    this.#heard.acknowledge()
    this.#stale ||= this.#forkDue
    this.#forkDue = false
    return this.settle()
  }

  /** What was judged so far, to be stored. Undefined while a fork is known, or an ending is told by what waits or was refused: then only the whole log says what counts. */
  condense(): CondensedChannel | undefined {
    if (this.forks.inForce.length + this.forks.found.length > 0 || this.endings.overheard) return undefined
    const authors = new Map<RoleCertificate, number>()
    const entries = this.#remembered.map(({ author, ...entry }): CondensedEntry => {
      if (!authors.has(author)) authors.set(author, authors.size)
      return { ...entry, author: authors.get(author) as number }
    })
    const clocks = this.clocks.condense(isSealedSection)
    const { vouched } = this.narrowings
    return { lines: this.index.condense(), clocks, authors: [...authors.keys()], entries, vouched }
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
      const ending = effect.kind === 'control' ? this.#heard.in(effect.control, admitted.entry) : undefined
      if (ending !== undefined) this.endings.learn(ending)
      this.#recall(this.index.all[entry.feed] as FeedLine, admitted)
    }
    this.narrowings.resume(condensed.vouched)
  }

  /** Takes a run from anywhere: a peer, a file, the own log. */
  take(bytes: Uint8Array): Taken {
    const run = receive(bytes)
    if (!run.ok) {
      const { refusal } = run
      return notTaken(refusal, refusal === 'newer-version' ? { park: bytes } : {})
    }
    if (this.forks.of(run.value.feed)) return this.#takeForked(run.value)
    const line = this.index.line(run.value.feed)
    if (line === undefined && this.#noRoomFor(run.value.feed)) return notTaken('over-quota')
    if (line !== undefined && line.waiting.length >= QUOTA.waitingPerFeed) return notTaken('over-quota')
    const verified = authenticate(run.value, line, this)
    if (!verified.ok) return this.pasts.explain(run.value, line, verified.refusal)
    return this.#judgeRun(run.value, verified.value)
  }

  /** Judges again what waits: after a key came, or after an update of the application. */
  settle(): Settled {
    const settled = newSettling()
    this.#settle(settled)
    return settled
  }

  /** The membership that the next own entry will stand on. */
  members(): Membership {
    return this.membership.now()
  }

  /**
   * To whom `by` gives keys: the members without devices that a revocation in force ends although nothing that counts tells of it
   * yet. What its company said must not wait for the entry that carries it. Such a device itself goes on as before, heard by nobody.
   */
  keyHolders(by: DeviceId): Membership {
    const members = this.members()
    if (this.endings.empty || this.endings.ends(by)) return members
    const held = [...members.certificates].filter(
      ([device]) => members.revocations.has(device) || !this.endings.ends(device),
    )
    return held.length === members.certificates.size ? members : { ...members, certificates: new Map(held) }
  }

  /** Forked feeds with the entries that are held under the first number that was used twice. */
  forkProofs(): readonly ForkProof[] {
    return this.#sides.proofs(this.#shadows)
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

  /**
   * What is named and nobody has supplied: by the entries that wait first, and by those that cannot be drawn yet. Behind an entry that waits
   * for a witness may lie what leads to the witness, so that it is asked for although nothing behind is judged.
   */
  get missing(): readonly Head[] {
    return this.index.all.flatMap(({ waiting, lamports }) => {
      const [first] = waiting
      const undrawn = waiting.find(({ seq }) => seq > lamports.length)
      const judging = first && this.index.missingHead(first.heads)
      const drawing = undrawn?.heads.find((head) => this.index.holding(head) === undefined)
      return [...new Set([judging, drawing])].filter((head) => head !== undefined)
    })
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
    if (first === undefined) return notTaken('replayed')
    const line = this.index.lineOrNew(run.feed)
    const settled = newSettling()
    const behind = line.waiting.length > 0
    for (const entry of entries) {
      line.hashes.push(entry.hash)
      this.#learnFrom(entry)
    }
    let at = 0
    while (!behind && at < entries.length && this.#judge(line, entries[at] as VerifiedEntry, settled)) at++
    for (; at < entries.length; at++) line.waiting.push(entries[at] as VerifiedEntry)
    this.#settle(settled)
    const kept = { feed: run.feed, firstSeq: first.seq, lastSeq: run.lastSeq, bytes: run.bytes }
    return { outcome: 'taken', run: kept, ...settled }
  }

  /** True when the entry was judged, one way or the other. */
  #judge(line: FeedLine, entry: VerifiedEntry, settled: Settling): boolean {
    const judgement = judge(entry, line, this)
    const isJudged = judgement.ok || judgement.refusal.outcome === 'refused'
    if (isJudged && this.#heard.turns({ feed: line.id, seq: entry.seq })) return false
    if (judgement.ok) {
      if (!this.#mayAdmit(judgement.value)) return false
      this.#remember(line, judgement.value)
      line.admitted.push(true)
      this.narrowings.judged(line, entry.seq)
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
    this.narrowings.judged(line, entry.seq)
    this.#heard.overhear(line, entry, refusal.code)
    if (line.branch === null) settled.refused.push({ entry, refusal })
    return true
  }

  #count(line: FeedLine, admitted: AdmittedEntry, settled: Settling): void {
    if (line.branch !== null) {
      this.#shadows.hold(admitted)
      return
    }
    for (const leaned of this.#shadows.release(line)) settled.updates.push(...changesOf(leaned))
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

  /** A revocation is in force before its entry is admitted; false while the engine has yet to say what it had seen. */
  #mayAdmit({ entry, effect }: AdmittedEntry): boolean {
    if (effect.kind !== 'control') return true
    if (effect.control.kind === 'fork-run') this.pasts.hear(entry, effect.control)
    // Whoever wrote behind it knew of the fork; so must whoever judges that.
    if (effect.control.kind === 'fork-run' && this.#forkDue) return false
    const ending = this.#heard.in(effect.control, entry)
    return ending === undefined || this.#heard.meet(ending)
  }

  #meetFork(): void {
    if (this.hold) this.#forkDue = true
    else this.#stale = true
  }

  /** A run of a feed that is known to be forked. */
  #takeForked(run: Run, carried = false): Taken {
    const placed = this.#sides.place(run, { carried, kept: !this.hold })
    if (placed.outcome === 'refused') return placed
    const settled = newSettling()
    for (const other of this.#sides.takeLoose()) this.#takeForked(other, true)
    if (!carried) this.#settle(settled)
    const kept = { feed: run.feed, firstSeq: placed.firstSeq, lastSeq: run.lastSeq, bytes: run.bytes }
    return { outcome: 'taken', run: kept, ...settled, ...(!placed.onTrunk && { branch: true }) }
  }

  #learnFrom(entry: VerifiedEntry): void {
    if (entry.epoch !== null) return
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
    if (control.kind === 'checkpoint' && admitted.counts) this.checkpoints.hear(admitted, control)
    if (!CHANGES_MEMBERSHIP[control.kind]) return
    const joining = control.kind === 'company-added' ? readStatement('joining', control.joining) : undefined
    if (joining?.ok) this.endings.lift(joining.value.card.company, entry)
    this.membership.admit(line, entry.seq, lamport, {
      hash: entry.hash,
      author: entry.device,
      at: admitted.at,
      payload: control,
    })
  }

  /** Judges what waits until nothing moves. A feed's first waiting entry stands for all behind it. */
  #settle(settled: Settling): void {
    let moved = true
    while (moved) {
      moved = false
      settled.missing.length = 0
      this.#heard.lookAhead()
      for (const line of this.index.all) {
        if (!this.index.join(line)) continue
        let done = 0
        while (done < line.waiting.length && this.#judge(line, line.waiting[done] as VerifiedEntry, settled)) done++
        if (done > 0) {
          line.waiting.splice(0, done)
          moved = true
        }
      }
      moved ||= this.pasts.look()
    }
  }
}

/** Acks and the like are frequent and change nobody's rights: the fold need not see them. */
const CHANGES_MEMBERSHIP: Readonly<Record<Control['kind'], boolean>> = {
  'channel-created': true,
  'epoch-created': true,
  'channel-defined': true,
  'company-added': true,
  'company-left': true,
  'company-departed': true,
  consent: false,
  'root-rotated': true,
  certificate: true,
  'roles-narrowed': true,
  revocation: true,
  ack: false,
  receipt: false,
  'slice-key': false,
  'fork-run': false,
  checkpoint: false,
}
