import type { ChannelId, FeedId } from '#shared/kernel/ids.ts'
import type { HeldRun, MailboxStore } from '#shared/mailbox/store.ts'

/** Keeps runs while the process lives: for tests, and what the other adapter is compared with. */
export function memoryMailbox(): MailboxStore {
  let runs: HeldRun[] = []
  let depth = 0

  const of = (channel: ChannelId): readonly HeldRun[] => runs.filter((run) => run.channel === channel)
  const feed = (channel: ChannelId, id: FeedId): readonly HeldRun[] =>
    of(channel)
      .filter((run) => run.feed === id)
      .sort((left, right) => left.firstSeq - right.firstSeq)

  return {
    transaction(work) {
      const before = [...runs]
      depth++
      try {
        return work()
      } catch (problem) {
        if (depth === 1) runs = before
        throw problem
      } finally {
        depth--
      }
    },
    put(run) {
      const taken = runs.some(
        (held) => held.channel === run.channel && held.feed === run.feed && held.firstSeq === run.firstSeq,
      )
      if (taken) throw new Error(`a run begins at ${run.firstSeq} already`)
      runs.push({ ...run, bytes: run.bytes.slice() })
    },
    channels: () => [...new Set(runs.map(({ channel }) => channel))].sort(),
    announcements: (channel) => of(channel).flatMap(({ announces, bytes }) => (announces ? [bytes] : [])),
    tips: (channel) =>
      [...new Set(of(channel).map((run) => run.feed))].sort().flatMap((id) => {
        const last = feed(channel, id).at(-1)
        return last === undefined ? [] : [{ feed: id, seq: last.lastSeq, hash: last.hash }]
      }),
    size: (channel) => of(channel).reduce((sum, { bytes }) => sum + bytes.length, 0),
    at: (channel, id, seq) => feed(channel, id).findLast(({ firstSeq }) => firstSeq <= seq),
    after: (channel, id, seq) => feed(channel, id).find(({ firstSeq }) => firstSeq > seq),
    expire(before) {
      const size = (): number => runs.reduce((sum, { bytes }) => sum + bytes.length, 0)
      const held = size()
      const living = new Set(runs.filter((run) => run.arrivedAt >= before).map(({ channel }) => channel))
      const lasts = new Set(runs.map((run) => feed(run.channel, run.feed).at(-1)))
      runs = runs.filter(
        (run) => living.has(run.channel) && (run.announces || run.arrivedAt >= before || lasts.has(run)),
      )
      return held - size()
    },
    close: () => undefined,
  }
}
