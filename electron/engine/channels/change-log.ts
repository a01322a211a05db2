import type { ArtifactId, FeedId } from '#shared/kernel/ids.ts'
import { sectionKey, type SectionKey } from '#shared/sync/update.ts'
import { insert, isAfter, listed, type Stated, type StatedUpdate } from './stated.ts'

/**
 * Which entry changed which section, in the order (lamport, feed). A channel that has grown old has very many of them and hardly
 * ever needs one: those that a stored state stands for are fetched when somebody asks for more than the last.
 */
export class ChangeLog {
  #past: (() => Iterable<StatedUpdate>) | undefined
  /** In the order of judgement, and not fetched from anywhere. */
  readonly #fresh: StatedUpdate[] = []
  readonly #last = new Map<SectionKey, StatedUpdate>()
  #opened: Opened | undefined

  add(change: StatedUpdate): void {
    this.#fresh.push(change)
    this.#opened?.add(change)
    const key = keyOf(change)
    const last = this.#last.get(key)
    if (last === undefined || isAfter(change, last)) this.#last.set(key, change)
  }

  /** Begins behind changes that `past` fetches, of which `last` are the last of each section. */
  resume(last: readonly StatedUpdate[], past: () => Iterable<StatedUpdate>): void {
    for (const change of last) this.#last.set(keyOf(change), change)
    this.#past = past
  }

  /** What was added since the start or since the stored state. */
  get fresh(): readonly StatedUpdate[] {
    return this.#fresh
  }
  /** The last change of every section. */
  get lasts(): readonly StatedUpdate[] {
    return [...this.#last.values()]
  }

  /** The changes of a section in order: a prefix of them is a state that once was possible. */
  of(section: SectionKey): readonly StatedUpdate[] {
    return this.#open().bySection.get(section) ?? []
  }
  lastOf(section: SectionKey): StatedUpdate | undefined {
    return this.#last.get(section)
  }
  /** The last change of any section of an artifact. */
  lastOfArtifact(artifact: ArtifactId): StatedUpdate | undefined {
    let found: StatedUpdate | undefined
    for (const change of this.#last.values())
      if (change.fact.artifact === artifact && (found === undefined || isAfter(change, found))) found = change
    return found
  }

  /** Who wrote the updates of an entry, and when by its own claim. */
  authored(feed: FeedId, seq: number): Omit<Stated<unknown>, 'fact'> | undefined {
    const entries = this.#open().byFeed.get(feed) ?? []
    let low = 0
    let high = entries.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((entries[middle] as StatedUpdate).seq < seq) low = middle + 1
      else high = middle
    }
    return entries[low]?.seq === seq ? entries[low] : undefined
  }

  #open(): Opened {
    if (this.#opened) return this.#opened
    const opened = new Opened()
    for (const change of this.#past?.() ?? []) opened.add(change)
    for (const change of this.#fresh) opened.add(change)
    this.#past = undefined
    return (this.#opened = opened)
  }
}

class Opened {
  readonly bySection = new Map<SectionKey, StatedUpdate[]>()
  /** In the order of a feed's seq; an entry that changes several sections stands there as often. */
  readonly byFeed = new Map<FeedId, StatedUpdate[]>()

  add(change: StatedUpdate): void {
    insert(listed(this.bySection, keyOf(change)), change)
    listed(this.byFeed, change.feed).push(change)
  }
}

const keyOf = ({ fact }: StatedUpdate): SectionKey => sectionKey(fact.artifact, fact.section)
