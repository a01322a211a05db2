import type { ChannelId, FeedId } from '#shared/kernel/ids.ts'
import type { RunShelf } from './backlog.ts'
import { MESSAGE_LIMITS, type CarriedRun, type FeedTip, type Message } from './message.ts'

/** Messages with runs that may be under way at once: what bounds the memory of the receiver and of everything between. */
export const WINDOW = 8

/** So many runs beside the part that counts may wait to be sent: a peer that asks again and again makes no more of them. */
const MOST_BESIDE = 2 * MESSAGE_LIMITS.runs

/** What one peer still has to be sent of one channel. */
export class Outflow {
  readonly #shelf: RunShelf
  readonly #channel: ChannelId
  /** feed → what the peer is known to hold. */
  readonly #theirs = new Map<FeedId, number>()
  /** feed → what is under way to it. */
  readonly #sent = new Map<FeedId, number>()
  #underWay = 0
  /** Whether the peer's frontier is known at all: before that nothing is sent. */
  #known = false
  #saidDone = false
  readonly #pieces: Message[] = []
  /** To be sent beside what the peer lacks of the part that counts. */
  #beside: readonly CarriedRun[] = []

  constructor(shelf: RunShelf, channel: ChannelId) {
    this.#shelf = shelf
    this.#channel = channel
  }

  /** The peer's whole frontier: what was under way and did not arrive is sent again. */
  restart(tips: readonly FeedTip[]): void {
    this.#known = true
    this.#saidDone = false
    this.#underWay = 0
    this.#pieces.length = 0
    this.#beside = []
    this.#sent.clear()
    this.#theirs.clear()
    for (const tip of tips) {
      const mine = this.#shelf.hashAt(this.#channel, tip.feed, tip.seq)
      // The same number, another hash: the peer is sent our side of the fork, which is the proof it lacks.
      const forked = mine !== undefined && mine !== tip.hash
      this.#theirs.set(tip.feed, forked ? tip.seq - 1 : tip.seq)
    }
  }

  /** The peer says that it holds these, and that it has dealt with `taken` messages. */
  advance(tips: readonly { readonly feed: FeedId; readonly seq: number }[], taken: number): void {
    this.#underWay = Math.max(0, this.#underWay - taken)
    for (const { feed, seq } of tips) this.#theirs.set(feed, Math.max(seq, this.#theirs.get(feed) ?? 0))
  }

  /** The peer asks for a feed from `fromSeq` on, whatever was sent before. */
  rewind(feed: FeedId, fromSeq: number): void {
    this.#sent.set(feed, fromSeq - 1)
    this.#theirs.set(feed, Math.min(fromSeq - 1, this.#theirs.get(feed) ?? 0))
  }

  /** Sends these as well, whatever the peer holds. What is on its way when the peer says anew where it stands is dropped. */
  add(runs: readonly CarriedRun[]): void {
    this.#beside = [...this.#beside, ...runs]
  }

  /** Sends what the peer asked for as well, as far as there is room: it asks for the rest when it says anew where it stands. */
  addAsked(runs: readonly CarriedRun[]): void {
    this.add(runs.slice(0, Math.max(0, MOST_BESIDE - this.#beside.length)))
  }

  /** The next message to send, if the window allows one. `done` once, when nothing is left. */
  next(): Message | undefined {
    if (!this.#known || this.#underWay >= WINDOW) return undefined
    const piece = this.#pieces.shift()
    if (piece !== undefined) return this.#away(piece)
    const runs = this.#beside.length > 0 ? this.#besideBatch() : this.#batch()
    if (runs.length > 0) {
      this.#saidDone = false
      return this.#away({ type: 'runs', channel: this.#channel, runs })
    }
    const cut = this.#pieces.shift()
    if (cut !== undefined) {
      this.#saidDone = false
      return this.#away(cut)
    }
    if (this.#saidDone) return undefined
    this.#saidDone = true
    return { type: 'done', channel: this.#channel }
  }

  /** Whether the peer is known to hold that entry. */
  holds(feed: FeedId, seq: number): boolean {
    return this.theirs(feed) >= seq
  }

  /** The last entry of a feed that the peer is known to hold; 0 for none. */
  theirs(feed: FeedId): number {
    return this.#theirs.get(feed) ?? 0
  }

  /** What the peer holds and is not held here. */
  wanting(): readonly { readonly feed: FeedId; readonly fromSeq: number; readonly count: number }[] {
    const held = new Map(this.#shelf.tips(this.#channel).map(({ feed, seq }) => [feed, seq]))
    return [...this.#theirs].flatMap(([feed, seq]) => {
      const own = held.get(feed) ?? 0
      return seq > own ? [{ feed, fromSeq: own + 1, count: seq - own }] : []
    })
  }

  /** Whether the peer has everything that is held here, as far as it said. */
  get level(): boolean {
    return this.#known && this.#shelf.tips(this.#channel).every(({ feed, seq }) => this.holds(feed, seq))
  }

  #away(message: Message): Message {
    this.#underWay++
    return message
  }

  #lacking(): readonly FeedTip[] {
    return this.#shelf.tips(this.#channel).filter((tip) => tip.seq > this.#reached(tip.feed))
  }

  #reached(feed: FeedId): number {
    return Math.max(this.#theirs.get(feed) ?? 0, this.#sent.get(feed) ?? 0)
  }

  /** Feeds take turns, one run each. A run too large for a message ends the batch and is cut. */
  #batch(): CarriedRun[] {
    const batch: CarriedRun[] = []
    let size = 0
    let lacking = this.#lacking()
    while (lacking.length > 0) {
      for (const { feed, seq } of lacking) {
        const [run] = this.#shelf.runs(this.#channel, feed, this.#reached(feed) + 1, 1)
        if (run === undefined) {
          // A hole in what is held here: passed over until the peer says again where it stands, so that other feeds go on.
          this.#sent.set(feed, seq)
          continue
        }
        if (run.bytes.length > MESSAGE_LIMITS.batch) {
          if (batch.length === 0) {
            this.#cut(run)
            this.#sent.set(feed, run.lastSeq)
          }
          return batch
        }
        if (batch.length > 0 && size + run.bytes.length > MESSAGE_LIMITS.batch) return batch
        batch.push(run)
        size += run.bytes.length + RUN_OVERHEAD
        this.#sent.set(feed, run.lastSeq)
        if (batch.length >= MESSAGE_LIMITS.runs) return batch
      }
      lacking = lacking.filter((tip) => tip.seq > this.#reached(tip.feed))
    }
    return batch
  }

  #besideBatch(): CarriedRun[] {
    const batch: CarriedRun[] = []
    let size = 0
    for (const run of this.#beside) {
      size += run.bytes.length + RUN_OVERHEAD
      if (size > MESSAGE_LIMITS.batch || batch.length >= MESSAGE_LIMITS.runs) break
      batch.push(run)
    }
    const [large] = this.#beside
    if (batch.length === 0 && large !== undefined) this.#cut(large)
    this.#beside = this.#beside.slice(Math.max(1, batch.length))
    return batch
  }

  #cut({ feed, lastSeq, bytes }: CarriedRun): void {
    for (let at = 0; at < bytes.length; at += MESSAGE_LIMITS.batch) {
      const part = bytes.slice(at, at + MESSAGE_LIMITS.batch)
      this.#pieces.push({ type: 'piece', channel: this.#channel, feed, lastSeq, at, total: bytes.length, bytes: part })
    }
  }
}

const RUN_OVERHEAD = 72
