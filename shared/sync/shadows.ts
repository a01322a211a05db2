import type { EntryHash } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { AdmittedEntry } from './admit.ts'
import type { ChannelIndex, FeedLine } from './channel-index.ts'

/** Entries behind forks, which do not count: each is held back until somebody leans on it, and then its places are needed. */
export class Shadows {
  readonly #index: ChannelIndex
  #held: AdmittedEntry[] = []
  /** Entries of branches → when they were written, by their own claim. */
  readonly #claimed = new Map<EntryHash, Instant>()

  constructor(index: ChannelIndex) {
    this.#index = index
  }

  hold(entry: AdmittedEntry): void {
    this.#held.push(entry)
    this.#claimed.set(entry.entry.hash, entry.at)
  }

  /** When an entry that was held says that it was written. */
  claimedAt(hash: EntryHash): Instant | undefined {
    return this.#claimed.get(hash)
  }

  /** Of what is held back, what the last judged entry of `line` is the first to have in its past. */
  release(line: FeedLine): readonly AdmittedEntry[] {
    if (this.#held.length === 0) return []
    const leaned = this.#held.filter(({ entry }) => {
      const branch = this.#index.line(entry.feed) as FeedLine
      return this.#index.seqSeen(line, line.admitted.length, branch.number) >= entry.seq
    })
    if (leaned.length > 0) this.#held = this.#held.filter((one) => !leaned.includes(one))
    return leaned
  }
}
