import type { EntryHash } from '#shared/kernel/ids.ts'

/** What stands in for hashes that are not in memory: they follow from the runs in the log. */
export type HashSource = (seq: number) => EntryHash | undefined

/** The hashes of a feed's entries by seq, from 1. Those from before a condensed state are fetched when somebody asks for one. */
export class FeedHashes {
  readonly #recent: EntryHash[] = []
  #before = 0
  #earlier: HashSource | undefined
  /** The last of those that are fetched: asked for at every run, so kept. */
  #joint: EntryHash | undefined

  /** The last seq held. */
  get length(): number {
    return this.#before + this.#recent.length
  }
  get last(): EntryHash | undefined {
    return this.#recent.at(-1) ?? this.#joint
  }

  /** Undefined for 0 and for what is not held. */
  of(seq: number): EntryHash | undefined {
    if (seq > this.#before) return this.#recent[seq - this.#before - 1]
    if (seq < 1) return undefined
    return seq === this.#before ? this.#joint : this.#earlier?.(seq)
  }

  push(hash: EntryHash): void {
    this.#recent.push(hash)
  }

  /** Begins behind entry `seq`, whose hash is `last`. Only for a line that holds nothing yet. */
  resume(seq: number, last: EntryHash, earlier: HashSource): void {
    if (this.length > 0) throw new Error('a feed resumes before it holds anything')
    this.#before = seq
    this.#joint = last
    this.#earlier = earlier
  }
}
