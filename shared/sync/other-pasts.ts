import type { EntryHash, EpochId, FeedId } from '#shared/kernel/ids.ts'
import { readControl } from '#shared/membership/control.ts'
import type { Control } from '#shared/membership/types.ts'
import type { Run, VerifiedEntry } from '#shared/seal/entry.ts'
import { openEntry } from '#shared/seal/open.ts'
import { parseRun } from '#shared/seal/parse.ts'
import { runHashes } from '#shared/seal/verify.ts'
import { CarriedRuns } from './carried-runs.ts'
import type { ChannelIndex, FeedLine } from './channel-index.ts'
import type { Forks } from './forks.ts'
import { notTaken, type NotTaken } from './intake.ts'
import type { Judges } from './judges.ts'
import type { RunRefusal } from './refusal.ts'

/** How far before the entry that shows a fork one looks for where two pasts part. */
export const BEFORE_A_FORK = 64

/** What a channel does with what is heard of other pasts. */
interface Hearing {
  /** A run of a feed that is known to be forked, carried by somebody. */
  readonly takeCarried: (run: Run) => void
  /** A fork that was not known, or an earlier one than was. */
  readonly meetFork: () => void
}

/** What is heard of pasts of feeds that are not the ones held here: who names them, who carries them, where they part. */
export class OtherPasts {
  readonly #judges: Judges
  readonly #index: ChannelIndex
  readonly #forks: Forks
  readonly #hearing: Hearing
  /** Hashes of entries of forked feeds that somebody carries in entries of their own. */
  readonly carried = new Set<EntryHash>()
  readonly #runs = new CarriedRuns()
  readonly #heard = new Set<EntryHash>()
  /** Number of a feed → how far what waits there was looked through for carried runs. */
  readonly #lookedThrough = new Map<number, number>()
  /** Of that, what could not be opened yet, by the key that is lacking: many may wait for one key, and nothing changes before it comes. */
  readonly #unopened = new Map<EpochId, VerifiedEntry[]>()

  constructor(judges: Judges, index: ChannelIndex, forks: Forks, hearing: Hearing) {
    this.#judges = judges
    this.#index = index
    this.#forks = forks
    this.#hearing = hearing
  }

  /**
   * Feeds of which somebody holds, or says to hold, another past than this engine, and the earliest number at which they differ.
   * `proven`: both are signed.
   */
  get disputed(): ReadonlyMap<FeedId, { readonly seq: number; readonly proven: boolean }> {
    const disputed = new Map<FeedId, { readonly seq: number; readonly proven: boolean }>()
    for (const { waiting } of this.#index.all)
      for (const { feed, seq, hash } of waiting[0]?.heads ?? []) {
        const held = this.#index.line(feed)?.hashes.of(seq)
        if (held === undefined || held === hash || this.#forks.after(feed) !== undefined) continue
        disputed.set(feed, { seq: Math.min(seq, disputed.get(feed)?.seq ?? seq), proven: false })
      }
    for (const [feed, seq] of this.#forks.untraced) disputed.set(feed, { seq, proven: true })
    return disputed
  }

  /** A run of a forked feed that somebody carries: authentic by its own signature, whoever brings it. */
  hear(entry: VerifiedEntry, control: Extract<Control, { kind: 'fork-run' }>): void {
    const { hash, feed } = entry
    if (this.#heard.has(hash)) return
    this.#heard.add(hash)
    const bytes = this.#runs.add(control, entry)
    const run = bytes && parseRun(bytes)
    const { workspace, channel, crypto } = this.#judges
    if (!run?.ok || run.value.workspace !== workspace || run.value.channel !== channel) return
    // What a branch carries reaches nobody who lacks the branch.
    if (this.#index.line(feed)?.branch === null)
      for (const one of runHashes(crypto, run.value) ?? []) this.carried.add(one)
    if (this.#forks.of(run.value.feed)) this.#hearing.takeCarried(run.value)
    else this.compare(run.value)
  }

  /**
   * What waits may lean on another past of a feed than the one that is held, and its author carries that one in an entry that waits
   * behind it: so what waits is looked through, once. True when something came to light.
   */
  look(): boolean {
    const before = this.#heard.size
    for (const entry of this.#toOpen()) {
      const opened = openEntry(this.#judges.crypto, entry, this.#judges.keys.of(entry.epoch as EpochId))
      if (!opened.ok) continue
      const { kind, payload } = opened.value.body
      const control = kind === 'control' ? readControl(payload) : undefined
      if (control?.ok && control.value.kind === 'fork-run') this.hear(entry, control.value)
    }
    return this.#heard.size > before
  }

  /** What waits, was not looked at, and has its key here. */
  #toOpen(): readonly VerifiedEntry[] {
    for (const { number, waiting } of this.#index.all) {
      const [first] = waiting
      if (first === undefined) continue
      const seen = this.#lookedThrough.get(number) ?? 0
      for (const entry of waiting.slice(Math.max(0, seen + 1 - first.seq))) {
        if (entry.epoch === null) continue
        const beside = this.#unopened.get(entry.epoch)
        if (beside) beside.push(entry)
        else this.#unopened.set(entry.epoch, [entry])
      }
      this.#lookedThrough.set(number, Math.max(seen, (waiting.at(-1) as VerifiedEntry).seq))
    }
    const found: VerifiedEntry[] = []
    for (const [epoch, entries] of this.#unopened) {
      if (this.#judges.keys.of(epoch) === undefined) continue
      found.push(...entries)
      this.#unopened.delete(epoch)
    }
    // The parts of a run follow each other in one feed, and may be under several keys.
    return found.sort((left, right) => left.seq - right.seq)
  }

  /** Looks where a past that was signed parts from the one that is held, or from another that was heard of. */
  compare(run: Run): void {
    const { feed, firstSeq, previous } = run
    const line = this.#index.line(feed)
    const hashes = runHashes(this.#judges.crypto, run) ?? []
    let differs: number | undefined
    for (const [at, hash] of hashes.entries()) {
      const link = { seq: firstSeq + at, previous: at === 0 ? previous : (hashes[at - 1] as EntryHash), hash }
      const held = line?.hashes.of(link.seq)
      const other = held !== undefined && held !== hash
      if (other) differs ??= link.seq
      const parts = other && (line?.hashes.of(link.seq - 1) ?? null) === link.previous
      if ((parts && this.#forks.find(feed, link.seq - 1)) || this.#forks.hear(feed, link)) this.#hearing.meetFork()
    }
    const before = line?.hashes.of(firstSeq - 1)
    const hangsElsewhere = hashes.length > 0 && firstSeq > 1 && before !== undefined && before !== previous
    if (hangsElsewhere) this.#forks.suspect(feed, firstSeq - 1)
    else if (differs !== undefined) this.#forks.suspect(feed, differs)
  }

  /** What to say of a run that does not go on from what is held: it leaves a gap, was there before, or tells another past. */
  explain(run: Run, line: FeedLine | undefined, refusal: RunRefusal): NotTaken {
    if (refusal === 'broken-chain')
      return notTaken(refusal, { need: { feed: run.feed, fromSeq: (line?.hashes.length ?? 0) + 1 } })
    if (line === undefined || (refusal !== 'forked' && refusal !== 'replayed')) return notTaken(refusal)
    const seq = refusal === 'forked' ? line.hashes.length : this.#divergence(run, line)
    if (seq === undefined) return notTaken('replayed')
    this.compare(run)
    const differs = this.#forks.untraced.get(run.feed)
    const proof = { feed: run.feed, seq, bytes: run.bytes }
    if (differs === undefined) return notTaken('forked', { proof })
    return notTaken('forked', { proof, need: { feed: run.feed, fromSeq: Math.max(1, differs - BEFORE_A_FORK) } })
  }

  /** The first seq at which a run of entries that are all held says something else; undefined when it is just a repetition. */
  #divergence(run: Run, line: FeedLine): number | undefined {
    const hashes = runHashes(this.#judges.crypto, run)
    if (hashes === undefined) return undefined
    const at = hashes.findIndex((hash, offset) => line.hashes.of(run.firstSeq + offset) !== hash)
    return at < 0 ? undefined : run.firstSeq + at
  }
}
