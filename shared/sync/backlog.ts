import type { ChannelId, EntryHash, FeedId } from '#shared/kernel/ids.ts'
import type { Head } from '#shared/seal/entry.ts'
import type { CarriedRun, FeedTip } from './message.ts'

/** What a party holds of the channels, as sync needs it: sealed runs and their places, no keys. */
export interface RunShelf {
  tips(channel: ChannelId): readonly FeedTip[]
  /** undefined when that entry is not held. */
  hashAt(channel: ChannelId, feed: FeedId, seq: number): EntryHash | undefined
  /** Runs from the one that holds `fromSeq` on, in order, at most `limit`; none when that one is not held. */
  runs(channel: ChannelId, feed: FeedId, fromSeq: number, limit: number): readonly CarriedRun[]
  /** What is named by what waits, and nobody has supplied. A party without keys knows of none. */
  missing?(channel: ChannelId): readonly Head[]
  /** Runs of a forked feed that go on from another past than `runs` gives. */
  others?(channel: ChannelId, feed: FeedId): readonly CarriedRun[]
  /** Of a feed that is known to be forked two runs that prove it; else none. */
  forkProof?(channel: ChannelId, feed: FeedId): readonly CarriedRun[]
}

/**
 * Everything that a party with frontier `theirs` lacks, for a sealed file; with no frontier, everything. Feeds take
 * turns, so that entries that lean on each other stay near each other.
 */
export function* backlog(
  shelf: RunShelf,
  channel: ChannelId,
  theirs: ReadonlyMap<FeedId, number> = new Map(),
): Generator<CarriedRun> {
  const places = new Map(
    shelf.tips(channel).map((tip) => [tip.feed, { from: (theirs.get(tip.feed) ?? 0) + 1, to: tip.seq }]),
  )
  while (places.size > 0) {
    for (const [feed, place] of places) {
      const runs = place.from > place.to ? [] : shelf.runs(channel, feed, place.from, RUNS_AT_A_TURN)
      yield* runs
      const last = runs.at(-1)
      if (last === undefined || last.lastSeq < place.from) places.delete(feed)
      else place.from = last.lastSeq + 1
    }
  }
}

const RUNS_AT_A_TURN = 16
