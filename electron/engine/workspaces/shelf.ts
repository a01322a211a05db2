import type { ChannelId } from '#shared/kernel/ids.ts'
import type { RunShelf } from '#shared/sync/backlog.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import type { LogStore } from '../ports.ts'

/** The log as sync sees it: sealed runs and their places. */
export function shelfOf(log: LogStore, runtimeOf: (channel: ChannelId) => ChannelRuntime | undefined): RunShelf {
  return {
    tips(channel) {
      const lines = runtimeOf(channel)?.admission.index.lines ?? []
      return lines.flatMap(({ id, hashes }) => {
        const hash = hashes.last
        return hash === undefined ? [] : [{ feed: id, seq: hashes.length, hash }]
      })
    },
    hashAt: (channel, feed, seq) => runtimeOf(channel)?.admission.index.line(feed)?.hashes.of(seq),
    runs: (channel, feed, fromSeq, limit) =>
      log.runs(channel, feed, fromSeq, limit).map(({ lastSeq, bytes }) => ({ feed, lastSeq, bytes })),
    missing: (channel) => runtimeOf(channel)?.admission.missing ?? [],
    others: (channel, feed) => runtimeOf(channel)?.otherPasts(feed) ?? [],
    forkProof: (channel, feed) => runtimeOf(channel)?.forkProof(feed) ?? [],
  }
}
