import type { EpochId, FeedId } from '#shared/kernel/ids.ts'
import { applyControl, startMembership } from '#shared/membership/fold.ts'
import { readControl } from '#shared/membership/control.ts'
import type { Control, EpochCreated, Membership } from '#shared/membership/types.ts'
import { deviceOf, type Head, type Run, type VerifiedEntry } from '#shared/seal/entry.ts'
import { openEntry } from '#shared/seal/open.ts'
import { runHashes } from '#shared/seal/verify.ts'
import { authenticate, judge, receive, type AdmittedEntry, type Refused, type Waits } from './admit.ts'
import { ChannelIndex, type FeedLine } from './channel-index.ts'
import { KeptUpdates } from './kept-updates.ts'
import { QUOTA, type Judges } from './judges.ts'
import { MembershipView } from './membership-view.ts'
import type { RunRefusal } from './refusal.ts'
import { SectionClocks } from './section-clocks.ts'

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
  readonly #learn: (epoch: EpochId, created: EpochCreated) => void
  readonly #note: (admitted: AdmittedEntry) => void

  /**
   * `learn` is told of every epoch that is announced, before it is judged: a newcomer's key stands in a later entry than
   * those it opens. A key is worth nothing until its epoch is admitted and its commitment fits. `note` is told of every
   * admitted entry, so that what the judges answer from is there for those behind it.
   */
  constructor(
    judges: Judges,
    learn: (epoch: EpochId, created: EpochCreated) => void,
    note: (admitted: AdmittedEntry) => void = () => {},
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
    line.lamports.push(this.index.draw(line, entry.seq, entry.heads))
    line.admitted.push(false)
    settled.refused.push({ entry, refusal })
    return true
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
    line.lamports.push(lamport)
    this.#note(admitted)
    if (effect.kind === 'doc') {
      for (const part of effect.updates) this.clocks.advance(line, entry.seq, part.key, part.replica, part.update)
      for (const part of effect.kept) this.kept.keep(line, entry.seq, part.key, part.replica, part.update)
    }
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
    const at = hashes.findIndex((hash, offset) => line.hashes[run.firstSeq - 1 + offset] !== hash)
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
