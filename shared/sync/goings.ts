import { hasRole } from '#shared/membership/certificate-of.ts'
import { deviceOf } from '#shared/seal/entry.ts'
import type { ChannelIndex, FeedLine } from './channel-index.ts'
import type { Ending, Narrowing, Place } from './ending.ts'
import type { MembershipView } from './membership-view.ts'

/** What is asked about narrowed roles. */
interface NarrowedRoles {
  narrowingsOf(line: FeedLine): readonly Narrowing[]
  isUnaware(narrowing: Narrowing, line: FeedLine, seq: number): boolean
}

/**
 * Goings of companies that nothing that counts tells of: they wait behind a cut, or their author had lost its roles. Unlike everything
 * else such a going is refused first, and others go on above it, before somebody turns out to have taken it in. Then it counts, and
 * whoever wrote meanwhile must not be judged as if that had been known.
 */
export class Goings {
  readonly #index: ChannelIndex
  readonly #membership: MembershipView
  readonly #roles: NarrowedRoles
  readonly #heard = new Map<string, Ending>()

  constructor(index: ChannelIndex, membership: MembershipView, roles: NarrowedRoles) {
    this.#index = index
    this.#membership = membership
    this.#roles = roles
  }

  /** Takes into account that a going was told by an entry that waits, or that was refused for its author's roles. */
  hear(going: Ending): void {
    this.#heard.set(going.id, going)
  }

  /** Those that say that another company's word was contested: they cut nothing. */
  get contending(): readonly Ending[] {
    return [...this.#heard.values()].filter(({ carriers }) => !carriers.every((at) => this.isHeldBack(at)))
  }

  /**
   * Whether a going lies beyond the cut of a narrowing that leaves its author no role, and nobody had taken it in before. With `by`: in
   * the past of that entry. Then it was void for whoever wrote there, and what was written stands as if it had not been said.
   */
  isHeldBack(going: Place, by?: Place): boolean {
    const line = this.#index.line(going.feed)
    return line !== undefined && this.#holding(line, going.seq).some((narrowing) => {
      if (by && !narrowing.carriers.some((carrier) => this.#index.hasSeen(by, carrier))) return false
      return !this.#isTakenIn(narrowing, line, going.seq, by ?? 'held')
    }) // prettier-ignore
  }

  /** Ids of goings that are held back by all that was judged, and that this entry, whose edges are drawn, shows to have been taken in. */
  shownBy(at: Place): readonly string[] {
    return [...this.#heard.values()].flatMap(({ id, carriers: [going] }) => {
      const line = going && this.#index.line(going.feed)
      if (going === undefined || line === undefined || !this.#index.hasSeen(at, going)) return []
      const holding = this.#holding(line, going.seq).filter((one) => !this.#isTakenIn(one, line, going.seq, 'judged'))
      const taken = (narrowing: Narrowing): boolean => {
        const isIgnorant = !narrowing.carriers.some((carrier) => this.#index.hasSeen(at, carrier))
        return (
          (isIgnorant && deviceOf(at.feed) !== deviceOf(line.id)) || this.#isTakenIn(narrowing, line, going.seq, at)
        )
      }
      return holding.length > 0 && holding.every(taken) ? [id] : []
    })
  }

  /** The narrowings beyond whose cut an entry lies, that leave its author no role. */
  #holding(line: FeedLine, seq: number): readonly Narrowing[] {
    const inForce = this.#roles.narrowingsOf(line)
    if (inForce.length === 0) return []
    const members = this.#membership.now()
    return inForce.filter((one) => !hasRole(members, one.subject.by) && this.#roles.isUnaware(one, line, seq))
  }

  /**
   * Whether a device of somebody else, whoever that is, took an entry in without knowledge of an ending: as far as is held, as far as it was
   * judged, or in the past of an entry.
   */
  #isTakenIn({ carriers }: Ending, line: FeedLine, seq: number, where: Place | 'held' | 'judged'): boolean {
    const others = (lines: readonly FeedLine[]) => lines.filter(({ id }) => deviceOf(id) !== deviceOf(line.id))
    const tookIn = (of: FeedLine, past: FeedLine, last: number): Place | undefined => {
      const at = this.#index.firstWith(of, past, last)
      if (at === undefined || (where === 'judged' && at > of.admitted.length)) return undefined
      const place = { feed: of.id, seq: at }
      return typeof where === 'string' || this.#index.hasSeen(where, place) ? place : undefined
    }
    return others(this.#index.all).some((other) => {
      const at = tookIn(other, line, seq)
      if (at === undefined || carriers.some((carrier) => this.#index.hasSeen(at, carrier))) return false
      // Behind a fork one vouches only as far as somebody who counts leans on it.
      const isLeanedOn = (one: FeedLine): boolean => one.id !== other.feed && tookIn(one, other, at.seq) !== undefined
      return other.branch === null || others(this.#index.lines).some(isLeanedOn)
    })
  }
}
