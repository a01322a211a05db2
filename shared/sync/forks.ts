import type { EntryHash, FeedId } from '#shared/kernel/ids.ts'

/** A feed that says two things under one number: how far it counts. */
export interface Fork {
  readonly feed: FeedId
  /** The last entry before the first number that was used twice. */
  readonly after: number
  /** Entries behind that which count nevertheless, because they were attested; in order. */
  readonly attested: readonly EntryHash[]
}

/** An entry by its place in a chain. */
export interface Link {
  readonly seq: number
  readonly previous: EntryHash | null
  readonly hash: EntryHash
}

/**
 * Which feeds are forked. A fork counts from the start of a reading: what it leaves of the feed is decided before anything is
 * judged, so that nothing depends on which side came first. One that is found on the way asks for another reading.
 */
export class Forks {
  readonly #inForce: ReadonlyMap<FeedId, Fork>
  readonly #found = new Map<FeedId, number>()
  /** `feed/previous` → the first entry that was heard of behind it, of runs that are not in the index. */
  readonly #heard = new Map<string, EntryHash>()
  /** Feeds of which two signed pasts are known that have not been traced back to where they part. */
  readonly #untraced = new Map<FeedId, number>()

  constructor(inForce: readonly Fork[]) {
    this.#inForce = new Map(inForce.map((fork) => [fork.feed, fork]))
  }

  get inForce(): readonly Fork[] {
    return [...this.#inForce.values()]
  }
  of(feed: FeedId): Fork | undefined {
    return this.#inForce.get(feed)
  }
  /** Forks found in this reading that are not in force in it. */
  get found(): readonly { readonly feed: FeedId; readonly after: number }[] {
    return [...this.#found].map(([feed, after]) => ({ feed, after }))
  }
  /** Feeds with two signed pasts whose parting is not found yet, and the earliest number at which they differ. */
  get untraced(): ReadonlyMap<FeedId, number> {
    return this.#untraced
  }

  /** The number behind which a feed is forked, as far as is known now. */
  after(feed: FeedId): number | undefined {
    return this.#found.get(feed) ?? this.#inForce.get(feed)?.after
  }

  /** Two entries hang behind entry `after` of a feed. True when that was not known, and leaves less of it. */
  find(feed: FeedId, after: number): boolean {
    const known = this.after(feed)
    if (known !== undefined && known <= after) return false
    this.#found.set(feed, after)
    this.#untraced.delete(feed)
    return true
  }

  /** Hears of an entry that is held elsewhere; true when it shows a fork that was not known. */
  hear(feed: FeedId, { seq, previous, hash }: Link): boolean {
    const place = `${feed}/${previous ?? ''}`
    const other = this.#heard.get(place)
    if (other === undefined) this.#heard.set(place, hash)
    return other !== undefined && other !== hash && this.find(feed, seq - 1)
  }

  /** Two signed pasts that differ at `seq`, parting somewhere before. */
  suspect(feed: FeedId, seq: number): void {
    if (this.after(feed) !== undefined) return
    this.#untraced.set(feed, Math.min(seq, this.#untraced.get(feed) ?? seq))
  }
}

/** Whether entry `seq` with that hash is one that counts. */
export const countsIn = ({ after, attested }: Fork, seq: number, hash: EntryHash): boolean =>
  seq <= after || attested[seq - after - 1] === hash
