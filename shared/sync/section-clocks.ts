import type { Crypto } from '#shared/kernel/crypto.ts'
import type { FeedId } from '#shared/kernel/ids.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import type { ChannelIndex, FeedLine } from './channel-index.ts'
import { clientId } from './client-id.ts'
import { packSteps, PackedSteps } from './packed-steps.ts'
import { newSteps, record, seqOf, valueAt, type Steps } from './steps.ts'
import type { CheckedUpdate, Rename, SectionKey, UpdateContext } from './update.ts'

/** One replica's clocks: a function of the author's seq, so that any ancestry can be asked. */
interface ReplicaClock {
  /** The client id under which its author writes. */
  readonly client: number
  readonly feed: number
  readonly replica: number
  /** Author's seq → first clock not yet written. */
  readonly ends: Steps
  /** Stretches inside nested types, by clock. */
  readonly nestedAt: number[]
  readonly nestedEnd: number[]
  readonly nestedDepth: number[]
  /** Of a branch: the clocks that it goes on from, at the author's last entry before it. */
  readonly base: { readonly clock: ReplicaClock; readonly seq: number } | null
}

/** What one entry of a branch wrote: as a client of its own, because under its author's id something else may stand. */
interface BranchEntry {
  readonly clock: ReplicaClock
  readonly seq: number
  /** The author's clock at which it begins, and how many it wrote. */
  readonly from: number
  readonly length: number
}
interface BranchClocks {
  readonly clocks: ReplicaClock[]
  readonly entries: Map<number, BranchEntry>
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
  readonly #keptBehind: (feed: FeedId) => number | undefined
  readonly #sections = new Map<SectionKey, Map<number, ReplicaClock>>()
  readonly #branches = new Map<SectionKey, BranchClocks>()
  /** The last replica asked for: nearly always the next one, too. */
  #last: { section: SectionKey; feed: number; clock: ReplicaClock } | undefined

  /** `keptBehind`: of a forked feed the last entry before the fork; what is attested behind it counts under its own ids. */
  constructor(crypto: Crypto, index: ChannelIndex, keptBehind: (feed: FeedId) => number | undefined = () => undefined) {
    this.#crypto = crypto
    this.#index = index
    this.#keptBehind = keptBehind
  }

  /** What entry `seq` of `line` may lean on when it writes `section` as `replica`. */
  contextOf(line: FeedLine, seq: number, section: SectionKey, replica: number): Result<UpdateContext, 'client-taken'> {
    const clock = this.#replica(line, section, replica)
    // Two replicas with one id would need a collision of 53 bits; then the ids of the later one mean nothing.
    if (clock.feed !== line.number || clock.replica !== replica) return refuse('client-taken')
    const clients = this.#sections.get(section) as Map<number, ReplicaClock>
    return ok(new SectionPast(this.#index, clients, this.#branches.get(section), clock, line, seq))
  }

  /** Under which ids the documents hold what entry `seq` of `line` writes or leans on; undefined when they are those it says. */
  renaming(line: FeedLine, seq: number, section: SectionKey, replica: number): Rename | undefined {
    const branches = this.#branches.get(section)
    const clients = this.#sections.get(section)
    if (branches === undefined || clients === undefined) return undefined
    const past = new SectionPast(this.#index, clients, branches, this.#replica(line, section, replica), line, seq)
    const crypto = this.#crypto
    return (client, clock) => {
      const kept = branches.entries.get(client)
      if (kept?.clock.base === null && clock < kept.length)
        return { client: kept.clock.client, clock: kept.from + clock, length: kept.length - clock }
      const owner = past.owner(client, clock)
      if (owner === undefined) return { client, clock, length: Number.MAX_SAFE_INTEGER }
      if (owner.clock.base === null) return { client, clock, length: owner.end - clock }
      const { ends, feed } = owner.clock
      const writer = this.#index.all[feed] as FeedLine
      const by = seqOf(ends, clock) as number
      const from = rawEnd(owner.clock, by - 1)
      return {
        client: branchClient(crypto, writer, by, section, owner.clock.replica),
        clock: clock - from,
        length: valueAt(ends, by) - clock,
      }
    }
  }

  /** Takes an admitted update into account. Called in the order of the author's feed. */
  advance(line: FeedLine, seq: number, section: SectionKey, replica: number, update: CheckedUpdate): void {
    const clock = this.#replica(line, section, replica)
    if (clock.base !== null) {
      const from = rawEnd(clock, seq - 1)
      const client = branchClient(this.#crypto, line, seq, section, replica)
      const entry = { clock, seq, from, length: update.endClock - from }
      this.#branches.get(section)?.entries.set(client, entry)
    } else if (seq > (this.#keptBehind(line.feed) ?? seq)) this.#keep(line, seq, section, clock, update.endClock)
    record(clock.ends, seq, update.endClock)
    for (const range of update.nested) {
      clock.nestedAt.push(range.clock)
      clock.nestedEnd.push(range.clock + range.length)
      clock.nestedDepth.push(range.depth)
    }
  }

  /** Who knew of the fork and not of what attests this entry leaned on it under the id that it had as part of a branch. */
  #keep(line: FeedLine, seq: number, section: SectionKey, clock: ReplicaClock, end: number): void {
    const from = rawEnd(clock, seq - 1)
    let branches = this.#branches.get(section)
    if (branches === undefined) this.#branches.set(section, (branches = { clocks: [], entries: new Map() }))
    const client = branchClient(this.#crypto, line, seq, section, clock.replica)
    branches.entries.set(client, { clock, seq, from, length: end - from })
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
    const line = known && this.#index.all[known.feed]
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
      const line = this.#index.all[feed]
      if (line === undefined) throw new Error('a clock of no feed')
      const { client } = this.#replica(line, section, replica)
      const [nestedAt, nestedEnd, nestedDepth] = nested.map((list) => [...list]) as [number[], number[], number[]]
      const clock = { client, feed, replica, ends: new PackedSteps(ends), nestedAt, nestedEnd, nestedDepth, base: null }
      this.#sections.get(section)?.set(client, clock)
    }
    this.#last = undefined
  }

  #replica(line: FeedLine, section: SectionKey, replica: number): ReplicaClock {
    const last = this.#last
    if (last?.section === section && last.feed === line.number && last.clock.replica === replica) return last.clock
    if (line.branch !== null) return this.#branchClock(line, line.branch, section, replica)
    let clients = this.#sections.get(section)
    if (clients === undefined) this.#sections.set(section, (clients = new Map<number, ReplicaClock>()))
    const client = clientId(this.#crypto, line.id, section, replica)
    let clock = clients.get(client)
    if (clock === undefined) {
      clock = newClock(client, line.number, replica, null)
      clients.set(client, clock)
    }
    this.#last = { section, feed: line.number, clock }
    return clock
  }

  #branchClock(
    line: FeedLine,
    { of, after }: NonNullable<FeedLine['branch']>,
    section: SectionKey,
    replica: number,
  ): ReplicaClock {
    const base = { clock: this.#replica(of, section, replica), seq: after }
    let branches = this.#branches.get(section)
    if (branches === undefined) this.#branches.set(section, (branches = { clocks: [], entries: new Map() }))
    let clock = branches.clocks.find((one) => one.feed === line.number && one.replica === replica)
    if (clock === undefined) branches.clocks.push((clock = newClock(base.clock.client, line.number, replica, base)))
    this.#last = { section, feed: line.number, clock }
    return clock
  }
}

const newClock = (client: number, feed: number, replica: number, base: ReplicaClock['base']): ReplicaClock => ({
  client, feed, replica, ends: newSteps(), nestedAt: [], nestedEnd: [], nestedDepth: [], base,
}) // prettier-ignore

/** The first clock that a replica had not written after entry `seq`, its branch's past included. */
const rawEnd = ({ ends, base }: ReplicaClock, seq: number): number =>
  valueAt(ends, seq) || (base === null ? 0 : rawEnd(base.clock, Math.min(seq, base.seq)))

/** The same whichever branch came first: it follows from the entry's hash alone. */
const branchClient = (
  crypto: Crypto,
  { feed, hashes }: FeedLine,
  seq: number,
  section: SectionKey,
  replica: number,
): number => clientId(crypto, `${feed}~${hashes.of(seq) ?? ''}` as FeedId, section, replica)

/** A class for the same reason as the ancestry's: one for every update. */
class SectionPast implements UpdateContext {
  readonly client: number
  readonly nextClock: number
  readonly #index: ChannelIndex
  readonly #clients: ReadonlyMap<number, ReplicaClock>
  readonly #branches: BranchClocks | undefined
  readonly #line: FeedLine
  readonly #seq: number

  constructor(
    index: ChannelIndex,
    clients: ReadonlyMap<number, ReplicaClock>,
    branches: BranchClocks | undefined,
    own: ReplicaClock,
    line: FeedLine,
    seq: number,
  ) {
    this.client = own.client
    this.nextClock = rawEnd(own, seq - 1)
    this.#index = index
    this.#clients = clients
    this.#branches = branches
    this.#line = line
    this.#seq = seq
  }

  clockOf(client: number): number {
    const other = this.#clients.get(client)
    if (other !== undefined) return this.#endOf(this.#asSeen(other))
    const entry = this.#branches?.entries.get(client)
    return entry !== undefined && this.#sees(entry.clock.feed) >= entry.seq ? entry.length : 0
  }

  depthOf(client: number, clock: number): number {
    const owner = this.owner(client, clock)
    if (owner !== undefined) return depthAt(owner.clock, clock)
    const entry = this.#branches?.entries.get(client)
    return entry === undefined ? 0 : depthAt(entry.clock, entry.from + clock)
  }

  /** Which part of a forked feed wrote that clock, as the author could see it, and where that part ends. */
  owner(client: number, clock: number): { readonly clock: ReplicaClock; readonly end: number } | undefined {
    const known = this.#clients.get(client)
    if (known === undefined) return undefined
    let owner = this.#asSeen(known)
    let end = client === this.client ? Number.MAX_SAFE_INTEGER : this.#endOf(owner)
    for (; owner.base !== null; owner = owner.base.clock) {
      const joint = rawEnd(owner.base.clock, owner.base.seq)
      if (clock >= joint) break
      end = joint
    }
    return { clock: owner, end }
  }

  #endOf(clock: ReplicaClock): number {
    return rawEnd(clock, this.#sees(clock.feed))
  }

  #sees(feed: number): number {
    return this.#index.seqSeen(this.#line, this.#seq, feed)
  }

  /** The replica's clocks on the one continuation of its feed that is in the past; those before the fork when it is none or several. */
  #asSeen(trunk: ReplicaClock): ReplicaClock {
    const seen = (this.#branches?.clocks ?? []).filter(
      ({ client, feed, base }) =>
        client === trunk.client &&
        base !== null &&
        (feed === this.#line.number || this.#sees(feed) > (this.#index.all[feed]?.branch?.after ?? 0)),
    )
    const last = seen.filter((one) => !seen.some((other) => goesOnFrom(other, one)))
    const [only] = last
    if (only === undefined || last.length > 1) return trunk
    // What is attested behind the fork keeps its ids, so for who has seen both the author's own id means that side.
    return beginsAt(only) < this.#sees(trunk.feed) ? trunk : only
  }
}

/** The last entry of the feed itself that a continuation goes on from. */
const beginsAt = ({ base }: ReplicaClock): number =>
  base === null ? Number.MAX_SAFE_INTEGER : base.clock.base === null ? base.seq : beginsAt(base.clock)

const goesOnFrom = ({ base }: ReplicaClock, other: ReplicaClock): boolean =>
  base !== null && (base.clock === other || goesOnFrom(base.clock, other))

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
