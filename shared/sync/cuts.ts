import type { FeedId } from '#shared/kernel/ids.ts'
import type { FeedHead } from '#shared/membership/types.ts'
import type { ChannelIndex, FeedLine } from './channel-index.ts'
import type { Ending } from './ending.ts'

/** What the signed cuts of endings accept. The hash of a head binds the whole chain before it; another hash is another chain. */
export class Cuts {
  readonly #index: ChannelIndex
  /** Of `sidesOf`, as an earlier reading found it: this one may meet the head of a cut after what lies before it. */
  readonly #sides: ReadonlySet<string>
  readonly #forkedAfter: (feed: FeedId) => number | undefined

  /** `forkedAfter`: the last entry of a feed before its fork, while one is in force. */
  constructor(index: ChannelIndex, sides: readonly string[], forkedAfter: (feed: FeedId) => number | undefined) {
    this.#index = index
    this.#sides = new Set(sides)
    this.#forkedAfter = forkedAfter
  }

  accept({ id, cut, subject, carriers }: Ending, line: FeedLine, seq: number): boolean {
    // A company that leaves tells it itself.
    if (subject.kind === 'company' && carriers.some((at) => at.feed === line.id && seq <= at.seq)) return true
    const head = cut.get(line.feed)
    if (head === undefined || seq > head.seq) return false
    const after = this.#forkedAfter(line.feed)
    if (after === undefined) {
      const held = line.hashes.of(head.seq)
      return held === undefined || held === head.hash
    }
    // Behind a fork only the side of the head is accepted. One that is not held yet says nothing of any.
    const hash = line.hashes.of(seq)
    if (hash === undefined || seq <= after) return seq <= after
    return this.#index.holding(head)?.hashes.of(seq) === hash || this.#sides.has(nameOf(id, hash))
  }

  /** The last entry of `line` that is accepted; 0 when none. */
  last(ending: Ending, line: FeedLine): number {
    const head = ending.cut.get(line.feed)
    if (head === undefined) return 0
    const first = this.#forkedAfter(line.feed) ?? head.seq
    let last = head.seq
    while (last > first && !this.accept(ending, line, last)) last--
    return this.accept(ending, line, last) ? last : 0
  }

  /** Entries of forked feeds that lie within a cut, behind the fork. */
  sidesOf(endings: readonly Ending[]): readonly string[] {
    return endings.flatMap(({ id, cut }) => [...cut.values()].flatMap((head) => this.#sideOf(id, head))).sort()
  }

  #sideOf(id: string, head: FeedHead): readonly string[] {
    const after = this.#forkedAfter(head.feed)
    const holder = after === undefined ? undefined : this.#index.holding(head)
    if (after === undefined || holder === undefined) return []
    return Array.from({ length: Math.max(0, head.seq - after) }, (_, at) =>
      nameOf(id, holder.hashes.of(after + 1 + at) ?? ''),
    )
  }
}

const nameOf = (ending: string, hash: string): string => `${ending}:${hash}`
