import type { EntryHash, FeedId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { Head, Run, VerifiedEntry } from '#shared/seal/entry.ts'
import { verifyRun } from '#shared/seal/verify.ts'
import type { ChannelIndex, FeedLine } from './channel-index.ts'
import { countsIn, type Fork, type Forks } from './forks.ts'
import { notTaken, type NotTaken } from './intake.ts'
import type { Judges } from './judges.ts'
import type { OtherPasts } from './other-pasts.ts'
import { runRefusal } from './refusal.ts'
import type { Shadows } from './shadows.ts'

/** Where the entries of a run came to stand. */
export interface Placed {
  readonly outcome: 'placed'
  /** The first entry that was not held. */
  readonly firstSeq: number
  /** Whether one of them goes on from the part that counts. */
  readonly onTrunk: boolean
}

/** How a run of a forked feed came here. */
export interface Coming {
  /** Carried by somebody in entries of their own. */
  readonly carried: boolean
  /** Out of what is kept here, while the log is read. */
  readonly kept: boolean
}

/** A forked feed that is held on several sides, for those who have to know. */
export interface ForkProof {
  readonly feed: FeedId
  readonly seq: number
  readonly entries: readonly { readonly hash: EntryHash; readonly at?: Instant }[]
}

/** What a channel does with what a run of a forked feed brings. */
interface Placing {
  /** An entry that was not held, before it is judged. */
  readonly placed: (entry: VerifiedEntry) => void
  /** A fork that was not known, or an earlier one than was. */
  readonly meetFork: () => void
}

/** The sides of forked feeds: every entry goes where the entry is that it hangs on. */
export class ForkSides {
  readonly #judges: Judges
  readonly #index: ChannelIndex
  readonly #forks: Forks
  readonly #pasts: OtherPasts
  readonly #placing: Placing
  /** Runs of forked feeds of which nobody has supplied what they go on from. */
  #loose: Run[] = []

  constructor(judges: Judges, index: ChannelIndex, forks: Forks, pasts: OtherPasts, placing: Placing) {
    this.#judges = judges
    this.#index = index
    this.#forks = forks
    this.#pasts = pasts
    this.#placing = placing
  }

  /**
   * Places the entries of a run of a feed that is known to be forked; they wait there to be judged. Behind the last that counts a
   * side is taken only when it is carried, when somebody leans on it, or out of what was kept; nobody is sent the rest.
   */
  place(run: Run, { carried, kept }: Coming): Placed | NotTaken {
    const { crypto, workspace, channel } = this.#judges
    const whole = { workspace, channel, nextSeq: run.firstSeq, previousHash: run.previous }
    const verified = verifyRun(crypto, run, whole)
    if (!verified.ok) return this.#pasts.explain(run, undefined, runRefusal(verified.refusal))
    const fork = this.#forks.of(run.feed) as Fork
    let line = run.firstSeq === 1 ? this.#index.lineOrNew(run.feed) : this.#index.holding({ feed: run.feed, seq: run.firstSeq - 1, hash: run.previous as EntryHash }) // prettier-ignore
    if (line === undefined) {
      if (carried || kept) this.#loose.push(run)
      return notTaken('forked')
    }
    const wanted = carried || kept || this.#isNamed(run, verified.value)
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
        if (this.#forks.find(run.feed, entry.seq - 1)) this.#placing.meetFork()
        return notTaken('forked', { proof: { feed: run.feed, seq: entry.seq, bytes: run.bytes } })
      }
      if (!counts && !wanted) break
      if (!counts && (line.branch === null || line.hashes.length >= entry.seq))
        line = this.#index.branch(line, entry.seq - 1, entry.hash)
      line.hashes.push(entry.hash)
      this.#placing.placed(entry)
      // The index knows a branch by an id of its own, and so does whoever is told of its entries.
      line.waiting.push(counts ? entry : ({ ...entry, feed: line.id } as VerifiedEntry))
      first ??= entry.seq
      onTrunk ||= counts
    }
    if (first !== undefined) return { outcome: 'placed', firstSeq: first, onTrunk }
    return notTaken(wanted || this.#holdsAll(run.feed, verified.value) ? 'replayed' : 'forked')
  }

  /** Runs that hung on nothing so far, to be placed again. */
  takeLoose(): readonly Run[] {
    const loose = this.#loose
    this.#loose = []
    return loose
  }

  /** Forked feeds with the entries that are held under the first number that was used twice. */
  proofs(shadows: Shadows): readonly ForkProof[] {
    return this.#forks.inForce.map(({ feed, after }) => {
      const firsts = this.#index.branches.filter((line) => line.feed === feed && line.branch?.after === after)
      const hashes = [this.#index.line(feed), ...firsts].flatMap((line) => line?.hashes.of(after + 1) ?? [])
      const entries = hashes.sort().map((hash) => {
        const at = shadows.claimedAt(hash)
        return { hash, ...(at !== undefined && { at }) }
      })
      return { feed, seq: after + 1, entries }
    })
  }

  #heldBehind(line: FeedLine, { seq, hash }: VerifiedEntry): FeedLine | undefined {
    if (line.hashes.of(seq) === hash) return line
    return this.#index.branches.find(({ branch, hashes }) => branch?.of === line && branch.after === seq - 1 && hashes.of(seq) === hash) // prettier-ignore
  }

  #holdsAll(feed: FeedId, entries: readonly VerifiedEntry[]): boolean {
    return entries.every(({ seq, hash }) => this.#index.holding({ feed, seq, hash }) !== undefined)
  }

  /** Whether something that waits leans on one of these, or on a later one of the feed that is not held: the way there goes through these. */
  #isNamed({ feed, lastSeq }: Run, entries: readonly VerifiedEntry[]): boolean {
    const hashes = new Set(entries.map(({ hash }) => hash))
    const leads = (head: Head): boolean => head.feed === feed && head.seq > lastSeq && this.#index.holding(head) === undefined // prettier-ignore
    return this.#index.all.some(({ waiting }) =>
      waiting.some(({ heads }) => heads.some((head) => hashes.has(head.hash) || leads(head))),
    )
  }
}
