import type { EntryHash } from '#shared/kernel/ids.ts'
import type { StandingFact } from '#shared/membership/judge-fact.ts'
import type { ControlFact, Membership } from '#shared/membership/types.ts'
import type { ChannelIndex, FeedLine } from './channel-index.ts'
import type { Place } from './ending.ts'

/** The membership fold, handed in. A fact is judged by its own ancestry, once; then it is merged, and never judged again. */
export interface MembershipFold {
  readonly start: Membership
  /** @throws for a fact that does not follow: only admitted ones come here. */
  judge(membership: Membership, fact: ControlFact): StandingFact
  merge(membership: Membership, fact: StandingFact): Membership
  /** Whether the going of a company, told at `going`, had no effect for whoever wrote `by`, though it lies in that past and counts now. */
  isVoid(going: Place, by: Place): boolean
}

interface PlacedFact {
  readonly feed: number
  readonly seq: number
  readonly lamport: number
  readonly hash: EntryHash
  readonly fact: StandingFact
}
interface Seen {
  readonly facts: readonly PlacedFact[]
  readonly membership: Membership
  /** How many facts the channel had when this was last looked at. */
  readonly of: number
}

/**
 * Who may act, as the ancestry of an entry says: the admitted control facts in that ancestry merged in the order
 * (lamport, hash), which respects ancestry and is the same on every engine. Membership changes seldom and ancestry only
 * grows along a feed, so nearly every question is answered by the feed's last answer.
 */
export class MembershipView {
  readonly #index: ChannelIndex
  readonly #fold: MembershipFold
  /** Goings of companies: the facts that may be void. */
  readonly #goings: PlacedFact[] = []
  /** All admitted facts, in the order of the fold. */
  readonly #facts: PlacedFact[] = []
  readonly #seen = new Map<number, Seen>()
  #now: Seen | undefined

  constructor(index: ChannelIndex, fold: MembershipFold) {
    this.#index = index
    this.#fold = fold
  }

  /** How many facts were admitted. */
  get size(): number {
    return this.#facts.length
  }

  /** Membership in the ancestry of entry `seq` of `line`, whose edges are drawn; `grew` when the entry names heads. */
  at(line: FeedLine, seq: number, grew: boolean): Membership {
    const last = this.#seen.get(line.number)
    const voids = this.#voidFor(line, seq)
    if (voids.length > 0) {
      const others = this.#inside(this.#facts, line, seq).filter((placed) => !voids.includes(placed))
      return this.#from(undefined, others)
    }
    if (last !== undefined && last.of === this.#facts.length && (!grew || last.facts.length === last.of)) {
      return last.membership
    }
    const inside = this.#inside(this.#facts, line, seq)
    const membership = this.#from(last, inside)
    this.#seen.set(line.number, { facts: inside, membership, of: this.#facts.length })
    return membership
  }

  #inside(facts: readonly PlacedFact[], line: FeedLine, seq: number): readonly PlacedFact[] {
    return facts.filter((placed) => placed.seq <= this.#index.seqSeen(line, seq, placed.feed))
  }

  #voidFor(line: FeedLine, seq: number): readonly PlacedFact[] {
    if (this.#goings.length === 0) return this.#goings
    const by = { feed: line.id, seq }
    return this.#inside(this.#goings, line, seq).filter((placed) =>
      this.#fold.isVoid({ feed: (this.#index.all[placed.feed] as FeedLine).id, seq: placed.seq }, by),
    )
  }

  #from(last: Seen | undefined, facts: readonly PlacedFact[]): Membership {
    if (last !== undefined && last.facts.length === facts.length) return last.membership
    const goesOn = last?.facts.every((placed, at) => placed === facts[at]) ?? false
    const start = goesOn && last !== undefined ? last.membership : this.#fold.start
    const rest = goesOn && last !== undefined ? facts.slice(last.facts.length) : facts
    return rest.reduce((membership, placed) => this.#fold.merge(membership, placed.fact), start)
  }

  /** Everything admitted so far: what the next own entry will have in its ancestry. */
  now(): Membership {
    // What a fork left uncounted is part of it only where somebody who counts leans on it.
    const leaned = (feed: number, seq: number): boolean => {
      const line = this.#index.all[feed]
      return line === undefined || line.branch === null || this.#index.leanedOn(line, seq)
    }
    if (this.#index.branches.length > 0) return this.among(leaned)
    if (this.#now?.of !== this.#facts.length) {
      const membership = this.#from(this.#now, this.#facts)
      this.#now = { facts: [...this.#facts], membership, of: this.#facts.length }
    }
    return this.#now.membership
  }

  /** The fold over the admitted facts that `keep` takes, by number of feed and seq. Not remembered: for rare questions. */
  among(keep: (feed: number, seq: number) => boolean): Membership {
    const kept = this.#facts.filter(({ feed, seq }) => keep(feed, seq))
    return kept.reduce((membership, placed) => this.#fold.merge(membership, placed.fact), this.#fold.start)
  }

  admit(line: FeedLine, seq: number, lamport: number, fact: ControlFact): void {
    const standing = this.#fold.judge(this.at(line, seq, true), fact)
    const placed = { feed: line.number, seq, lamport, hash: fact.hash, fact: standing }
    if (standing.kind === 'company-gone') this.#goings.push(placed)
    const at = this.#facts.findIndex((other) => after(other, placed))
    if (at < 0) this.#facts.push(placed)
    else this.#facts.splice(at, 0, placed)
  }
}

const after = (left: PlacedFact, right: PlacedFact): boolean =>
  left.lamport > right.lamport || (left.lamport === right.lamport && left.hash > right.hash)
