import type { EntryHash, FeedId } from '#shared/kernel/ids.ts'
import type { Head, VerifiedEntry } from '#shared/seal/entry.ts'
import type { Place } from './ending.ts'
import { FeedHashes } from './feed-hashes.ts'
import { packSteps, PackedSteps } from './packed-steps.ts'
import { newSteps, record, seqOf, valueAt, type Steps } from './steps.ts'

/** What an entry has seen: per feed the last seq in its past. Cheap to hold on to: it is a position, not a copy. */
export interface Ancestry {
  /** 0 when nothing of the feed is in the past. The entry itself is not in its own ancestry. */
  lastSeq(feed: FeedId): number
  includes(place: { readonly feed: FeedId; readonly seq: number }): boolean
}

/** One feed's row of the index. Seq 1 stands at position 0 of every array. */
export interface FeedLine {
  /** Of a branch: the feed and the hash of the branch's first entry, joined by `~`. */
  readonly id: FeedId
  readonly feed: FeedId
  readonly number: number
  /** Verified and chained; `hashes.length` is the last seq held. */
  readonly hashes: FeedHashes
  /** Judged; never longer than `hashes`. */
  readonly admitted: boolean[]
  /** Of entries whose edges are drawn: at least all that are judged. */
  readonly lamports: number[]
  /** Other feed's number → what of it is in the past of each own entry. Only changes are kept. */
  readonly seen: Map<number, Steps>
  /** Held, not yet judged, in order. */
  readonly waiting: VerifiedEntry[]
  /** Of a forked feed: what lies behind its last entry that counts, another line for each continuation. Its beginning is its parent's. */
  readonly branch: { readonly of: FeedLine; readonly after: number } | null
}

/** One line as it is stored. */
export interface CondensedLine {
  readonly id: FeedId
  /** How many entries were judged. */
  readonly judged: number
  /** The hash of the last of them; null when there is none. */
  readonly last: EntryHash | null
  readonly refused: readonly number[]
  /** By how much each lamport clock is ahead of its seq, as packed steps. */
  readonly ahead: Uint8Array
  /** Other feed's number and packed steps. */
  readonly seen: readonly (readonly [number, Uint8Array])[]
}

/** The graph of a channel: who had seen what when writing which entry. Grows only; forgets nothing. */
export class ChannelIndex {
  readonly #lines: FeedLine[] = []
  readonly #branches: FeedLine[] = []
  /** Feeds and branches by their numbers. */
  readonly #numbered: FeedLine[] = []
  readonly #byId = new Map<FeedId, FeedLine>()

  /** Of every feed the part that counts. */
  get lines(): readonly FeedLine[] {
    return this.#lines
  }
  /** Continuations of forked feeds, which do not count. */
  get branches(): readonly FeedLine[] {
    return this.#branches
  }
  get all(): readonly FeedLine[] {
    return this.#numbered
  }

  /** A feed, or a branch by its own id. */
  line(feed: FeedId): FeedLine | undefined {
    return this.#byId.get(feed)
  }

  /** The feed or branch that holds this very entry; for seq 0 the feed itself. */
  holding({
    feed,
    seq,
    hash,
  }: {
    readonly feed: FeedId
    readonly seq: number
    readonly hash: EntryHash | null
  }): FeedLine | undefined {
    const line = this.#byId.get(feed)
    if (seq === 0 || line?.hashes.of(seq) === hash) return line
    return this.#branches.find(
      (one) => one.feed === feed && seq > (one.branch?.after ?? 0) && one.hashes.of(seq) === hash,
    )
  }

  /** A new continuation of a forked feed behind entry `after` of `of`. */
  branch(of: FeedLine, after: number, first: EntryHash): FeedLine {
    const line = this.#add(`${of.feed}~${first}` as FeedId, of.feed, { of, after })
    const joint = of.hashes.of(after)
    if (joint !== undefined) line.hashes.resume(after, joint, (seq) => of.hashes.of(seq))
    this.join(line)
    return line
  }

  /** Gives a branch its parent's beginning, as far as that is drawn and judged; false while its first entry cannot be judged yet. */
  join({ branch, lamports, admitted }: FeedLine): boolean {
    if (branch === null) return true
    const { of, after } = branch
    if (lamports.length < after && of.lamports.length >= after)
      lamports.push(...of.lamports.slice(lamports.length, after))
    if (admitted.length < after && of.admitted.length >= after)
      admitted.push(...of.admitted.slice(admitted.length, after))
    return admitted.length >= after
  }

  lineOrNew(feed: FeedId): FeedLine {
    const held = this.#byId.get(feed)
    if (held !== undefined) return held
    return this.#add(feed, feed, null)
  }

  #add(id: FeedId, feed: FeedId, branch: FeedLine['branch']): FeedLine {
    const line: FeedLine = {
      id,
      feed,
      number: this.#numbered.length,
      hashes: new FeedHashes(),
      admitted: [],
      lamports: [],
      seen: new Map(),
      waiting: [],
      branch,
    }
    this.#numbered.push(line)
    if (branch === null) this.#lines.push(line)
    else this.#branches.push(line)
    this.#byId.set(id, line)
    return line
  }

  /** What was judged, as values that can be stored: what waits is read from the log again. */
  condense(): readonly CondensedLine[] {
    return this.#lines.map(({ id, hashes, admitted, lamports, seen }) => {
      const ahead = newSteps()
      for (let seq = 1; seq <= admitted.length; seq++) record(ahead, seq, (lamports[seq - 1] as number) - seq)
      return {
        id,
        judged: admitted.length,
        last: hashes.of(admitted.length) ?? null,
        refused: admitted.flatMap((counts, at) => (counts ? [] : [at + 1])),
        ahead: packSteps(ahead),
        seen: [...seen].map(([number, steps]) => [number, packSteps(steps, admitted.length)] as const),
      }
    })
  }

  /** Takes condensed lines over, in their order. Only while there are none. */
  resume(condensed: readonly CondensedLine[], hashOf: (feed: FeedId, seq: number) => EntryHash | undefined): void {
    if (this.#lines.length > 0) throw new Error('an index resumes before it holds anything')
    for (const { id, judged, last, refused, ahead, seen } of condensed) {
      const line = this.lineOrNew(id)
      if (last !== null) line.hashes.resume(judged, last, (seq) => hashOf(id, seq))
      const { seqs, values } = new PackedSteps(ahead)
      // A million pushes take longer than all else of opening an old channel: room is made at once.
      const { lamports } = line
      lamports.length = judged
      for (let seq = 1, at = 0, by = 0; seq <= judged; at++) {
        const next = Math.min(seqs[at] ?? Infinity, judged + 1)
        for (; seq < next; seq++) lamports[seq - 1] = seq + by
        by = values[at] ?? by
      }
      line.admitted.length = judged
      line.admitted.fill(true)
      for (const seq of refused) line.admitted[seq - 1] = false
      for (const [number, packed] of seen) line.seen.set(number, new PackedSteps(packed))
    }
  }

  /** The first head that is not judged here yet; undefined when the entry's ancestry is complete. */
  missingHead(heads: readonly Head[]): Head | undefined {
    return heads.find((head) => {
      const line = this.holding(head)
      return line === undefined || line.admitted.length < head.seq
    })
  }

  /**
   * Draws the edges of all that waits and whose ancestry is held, judged or not: who had seen what is known before anybody
   * says what it means.
   */
  drawAhead(): void {
    for (let moved = true; moved;) {
      moved = false
      for (const line of this.#numbered) {
        this.join(line)
        for (const entry of line.waiting) {
          if (entry.seq <= line.lamports.length) continue
          if (entry.seq !== line.lamports.length + 1 || !entry.heads.every((head) => this.#drawn(head))) break
          line.lamports.push(this.draw(line, entry.seq, entry.heads))
          moved = true
        }
      }
    }
  }

  #drawn(head: Head): boolean {
    const line = this.holding(head)
    return line !== undefined && line.lamports.length >= head.seq
  }

  /**
   * Draws the edges of `line`'s next entry to judge and returns its lamport clock. The entry's `heads` must not be
   * missing. Drawing the same entry twice changes nothing.
   */
  draw(line: FeedLine, seq: number, heads: readonly Head[]): number {
    let lamport = seq > 1 ? (line.lamports[seq - 2] ?? 0) : 0
    // A branch has seen what it goes on from.
    if (line.branch !== null && seq === line.branch.after + 1)
      this.#seeAll(line, seq, line.branch.of, line.branch.after)
    for (const head of heads) {
      const other = this.holding(head)
      if (other === undefined) throw new Error('a head was drawn before it was known')
      lamport = Math.max(lamport, other.lamports[head.seq - 1] ?? 0)
      this.#seeAll(line, seq, other, head.seq)
    }
    return lamport + 1
  }

  #seeAll(line: FeedLine, seq: number, other: FeedLine, last: number): void {
    this.#see(line, seq, other.number, last)
    for (const [number, steps] of other.seen) {
      if (number !== line.number) this.#see(line, seq, number, valueAt(steps, last))
    }
  }

  #see(line: FeedLine, seq: number, number: number, value: number): void {
    if (value === 0) return
    let steps = line.seen.get(number)
    if (steps === undefined) line.seen.set(number, (steps = newSteps()))
    record(steps, seq, value)
  }

  /** The last seq of feed number `of` in the past of entry `seq` of `line`, the entry itself excluded. */
  seqSeen(line: FeedLine, seq: number, of: number): number {
    if (of === line.number) return seq - 1
    const steps = line.seen.get(of)
    return steps === undefined ? 0 : valueAt(steps, seq)
  }

  /** The first entry of `line` that had entry `seq` of `past` in its past, as far as edges are drawn: who comes later knows more. */
  firstWith(line: FeedLine, past: FeedLine, seq: number): number | undefined {
    const steps = line.seen.get(past.number)
    const first = steps && seqOf(steps, seq - 1)
    return first === undefined || first > line.lamports.length ? undefined : first
  }

  /** Whether `past` lies in the past of entry `at`, whose edges are drawn. */
  hasSeen(at: Place, past: Place): boolean {
    const [line, other] = [this.#byId.get(at.feed), this.#byId.get(past.feed)]
    return line !== undefined && other !== undefined && this.seqSeen(line, at.seq, other.number) >= past.seq
  }

  ancestryOf(line: FeedLine, seq: number): Ancestry {
    return new Past(this, line, seq)
  }

  /** Judged entries that no judged entry of another feed has seen: what the next own entry has to name as heads. */
  tips(own: FeedId): readonly Head[] {
    const line = this.#byId.get(own)
    return this.#lines.flatMap((other) => {
      const seq = other.admitted.length
      if (other === line || seq === 0) return []
      const seen = line === undefined ? 0 : this.seqSeen(line, line.hashes.length + 1, other.number)
      if (seen >= seq || this.#seenBySomebody(other, seq, line)) return []
      return [{ feed: other.id, seq, hash: other.hashes.of(seq) as EntryHash }]
    })
  }

  #seenBySomebody(tip: FeedLine, seq: number, own: FeedLine | undefined): boolean {
    return this.#lines.some(
      (line) =>
        line !== tip &&
        line !== own &&
        line.admitted.length > 0 &&
        this.seqSeen(line, line.admitted.length, tip.number) >= seq,
    )
  }

  /** Whether entry `seq` of a branch is in the past of what was judged of a feed, and so of the next own entry: refused entries are, too. */
  leanedOn(branch: FeedLine, seq: number): boolean {
    return this.#lines.some((line) => this.seqSeen(line, line.admitted.length, branch.number) >= seq)
  }

  /** The last entry held of every feed: the frontier, as the sync protocol tells it. */
  held(): readonly Head[] {
    return this.#lines.flatMap((line) => {
      const hash = line.hashes.last
      return hash === undefined ? [] : [{ feed: line.id, seq: line.hashes.length, hash }]
    })
  }
}

/** A class, because one is made for every entry: an object of three fields, where closures would be three objects. */
class Past implements Ancestry {
  readonly #index: ChannelIndex
  readonly #line: FeedLine
  readonly #seq: number

  constructor(index: ChannelIndex, line: FeedLine, seq: number) {
    this.#index = index
    this.#line = line
    this.#seq = seq
  }

  lastSeq(feed: FeedId): number {
    const other = this.#index.line(feed)
    return other === undefined ? 0 : this.#index.seqSeen(this.#line, this.#seq, other.number)
  }

  includes(place: { readonly feed: FeedId; readonly seq: number }): boolean {
    return place.seq <= this.lastSeq(place.feed)
  }
}
