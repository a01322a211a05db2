import type { Crypto } from '#shared/kernel/crypto.ts'
import type { FeedId } from '#shared/kernel/ids.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import type { ChannelIndex, FeedLine } from './channel-index.ts'
import { clientId } from './client-id.ts'
import { packSteps, PackedSteps } from './packed-steps.ts'
import { newSteps, record, seqOf, valueAt, type Steps } from './steps.ts'
import type { CheckedUpdate, SectionKey, UpdateContext } from './update.ts'

/** One replica's clocks: a function of the author's seq, so that any ancestry can be asked. */
interface ReplicaClock {
  readonly client: number
  readonly feed: number
  readonly replica: number
  /** Author's seq → first clock not yet written. */
  readonly ends: Steps
  /** Stretches inside nested types, by clock. */
  readonly nestedAt: number[]
  readonly nestedEnd: number[]
  readonly nestedDepth: number[]
}

/** A replica's clocks as they are stored. */
export interface CondensedClock {
  readonly section: SectionKey
  /** Number of the feed. */
  readonly feed: number
  readonly replica: number
  readonly ends: Uint8Array
  /** Where stretches inside nested types begin and end, and how deep they are. */
  readonly nested: readonly [readonly number[], readonly number[], readonly number[]]
}

/** Clocks and nesting of the sections of one channel, computed from the entries admitted. */
export class SectionClocks {
  readonly #crypto: Crypto
  readonly #index: ChannelIndex
  readonly #sections = new Map<SectionKey, Map<number, ReplicaClock>>()
  /** The last replica asked for: nearly always the next one, too. */
  #last: { section: SectionKey; feed: number; clock: ReplicaClock } | undefined

  constructor(crypto: Crypto, index: ChannelIndex) {
    this.#crypto = crypto
    this.#index = index
  }

  /** What entry `seq` of `line` may lean on when it writes `section` as `replica`. */
  contextOf(line: FeedLine, seq: number, section: SectionKey, replica: number): Result<UpdateContext, 'client-taken'> {
    const clock = this.#replica(line, section, replica)
    // Two replicas with one id would need a collision of 53 bits; then the ids of the later one mean nothing.
    if (clock.feed !== line.number || clock.replica !== replica) return refuse('client-taken')
    const clients = this.#sections.get(section) as Map<number, ReplicaClock>
    return ok(new SectionPast(this.#index, clients, clock, line, seq))
  }

  /** Takes an admitted update into account. Called in the order of the author's feed. */
  advance(line: FeedLine, seq: number, section: SectionKey, replica: number, update: CheckedUpdate): void {
    const clock = this.#replica(line, section, replica)
    record(clock.ends, seq, update.endClock)
    for (const range of update.nested) {
      clock.nestedAt.push(range.clock)
      clock.nestedEnd.push(range.clock + range.length)
      clock.nestedDepth.push(range.depth)
    }
  }

  /** The client id and clock with which `line`'s owner goes on writing; for local edits. */
  own(line: FeedLine, section: SectionKey, replica: number): { readonly client: number; readonly nextClock: number } {
    const clock = this.#replica(line, section, replica)
    return { client: clock.client, nextClock: valueAt(clock.ends, line.hashes.length) }
  }

  /** Whose clock this is: the feed, and the entry that wrote it. Undefined for a client that wrote nothing here. */
  authorOf(
    section: SectionKey,
    client: number,
    clock: number,
  ): { readonly feed: FeedId; readonly seq: number } | undefined {
    const known = this.#sections.get(section)?.get(client)
    const line = known && this.#index.lines[known.feed]
    const seq = known && seqOf(known.ends, clock)
    return line && seq !== undefined ? { feed: line.id, seq } : undefined
  }

  /** All clocks but those of sections that `leave` names, as values that can be stored. */
  condense(leave: (section: SectionKey) => boolean): readonly CondensedClock[] {
    return [...this.#sections].flatMap(([section, clients]) =>
      leave(section)
        ? []
        : [...clients.values()].map(({ feed, replica, ends, nestedAt, nestedEnd, nestedDepth }) => ({
            section, feed, replica, ends: packSteps(ends), nested: [nestedAt, nestedEnd, nestedDepth] as const,
          })),
    ) // prettier-ignore
  }

  /** Takes condensed clocks over. Only while there are none, and after the lines of the index. */
  resume(condensed: readonly CondensedClock[]): void {
    for (const { section, feed, replica, ends, nested } of condensed) {
      const line = this.#index.lines[feed]
      if (line === undefined) throw new Error('a clock of no feed')
      const { client } = this.#replica(line, section, replica)
      const [nestedAt, nestedEnd, nestedDepth] = nested.map((list) => [...list]) as [number[], number[], number[]]
      const clock = { client, feed, replica, ends: new PackedSteps(ends), nestedAt, nestedEnd, nestedDepth }
      this.#sections.get(section)?.set(client, clock)
    }
    this.#last = undefined
  }

  #replica(line: FeedLine, section: SectionKey, replica: number): ReplicaClock {
    const last = this.#last
    if (last?.section === section && last.feed === line.number && last.clock.replica === replica) return last.clock
    let clients = this.#sections.get(section)
    if (clients === undefined) this.#sections.set(section, (clients = new Map<number, ReplicaClock>()))
    const client = clientId(this.#crypto, line.id, section, replica)
    let clock = clients.get(client)
    if (clock === undefined) {
      clock = { client, feed: line.number, replica, ends: newSteps(), nestedAt: [], nestedEnd: [], nestedDepth: [] }
      clients.set(client, clock)
    }
    this.#last = { section, feed: line.number, clock }
    return clock
  }
}

/** A class for the same reason as the ancestry's: one for every update. */
class SectionPast implements UpdateContext {
  readonly client: number
  readonly nextClock: number
  readonly #index: ChannelIndex
  readonly #clients: ReadonlyMap<number, ReplicaClock>
  readonly #line: FeedLine
  readonly #seq: number

  constructor(
    index: ChannelIndex,
    clients: ReadonlyMap<number, ReplicaClock>,
    own: ReplicaClock,
    line: FeedLine,
    seq: number,
  ) {
    this.client = own.client
    this.nextClock = valueAt(own.ends, seq - 1)
    this.#index = index
    this.#clients = clients
    this.#line = line
    this.#seq = seq
  }

  clockOf(client: number): number {
    const other = this.#clients.get(client)
    return other === undefined ? 0 : valueAt(other.ends, this.#index.seqSeen(this.#line, this.#seq, other.feed))
  }

  depthOf(client: number, clock: number): number {
    const other = this.#clients.get(client)
    return other === undefined ? 0 : depthAt(other, clock)
  }
}

function depthAt(clock: ReplicaClock, at: number): number {
  const { nestedAt, nestedEnd, nestedDepth } = clock
  let low = 0
  let high = nestedAt.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    if (at < (nestedAt[middle] as number)) high = middle - 1
    else if (at >= (nestedEnd[middle] as number)) low = middle + 1
    else return nestedDepth[middle] as number
  }
  return 0
}
