import type { LogStore, StoredRun } from '#engine/ports.ts'
import type { Journal, MemoryState } from './state.ts'

export function memoryLog({ runs }: MemoryState, journal: Journal): LogStore {
  const held = (channel: string): readonly StoredRun[] => {
    journal.assertOpen()
    return runs.filter((run) => run.channel === channel)
  }
  const lasts = new Map<string, Map<string, number>>()
  for (const run of runs) ofChannel(run.channel).set(run.feed, run.lastSeq)
  function ofChannel(channel: string): Map<string, number> {
    const known = lasts.get(channel)
    if (known) return known
    const made = new Map<string, number>()
    lasts.set(channel, made)
    return made
  }
  return {
    append: (run) => {
      journal.assertOpen()
      const feeds = ofChannel(run.channel)
      const last = feeds.get(run.feed)
      if (last !== undefined && run.firstSeq !== last + 1)
        throw new Error(`run starts at ${run.firstSeq}, the feed's next is ${last + 1}`)
      runs.push({ ...run, bytes: run.bytes.slice() })
      feeds.set(run.feed, run.lastSeq)
      journal.changed(() => {
        runs.pop()
        if (last === undefined) feeds.delete(run.feed)
        else feeds.set(run.feed, last)
      })
    },
    runs: (channel, feed, fromSeq, limit) =>
      held(channel)
        .filter((run) => run.feed === feed && run.lastSeq >= fromSeq)
        .slice(0, limit),
    frontier: (channel) => {
      journal.assertOpen()
      return new Map(lasts.get(channel))
    },
    channels: () => {
      journal.assertOpen()
      return [...new Set(runs.map(({ channel }) => channel))]
    },
    replay: (channel, from = 0) => held(channel).slice(from),
    count: (channel) => held(channel).length,
  }
}
