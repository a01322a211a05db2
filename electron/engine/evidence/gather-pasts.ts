import type { PackEntry } from '#shared/evidence/pack-content.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import type { Hub } from '../workspaces/hub.ts'
import { WantedEntries } from './gather-entries.ts'
import { wayBack } from './reach.ts'
import type { FoundEvent, ScannedLog } from './scan-log.ts'

/** Six files each, of 4,096 in a pack, with room for papers. */
const MOST_ENTRIES = 640
const MOST_AFTER = 65_536

/**
 * Facts opened, and closed entries by which hashes prove, of any two of them, that the later one's author had seen the earlier.
 * Undefined when that is more than a pack may hold.
 */
export function gatherPasts(hub: Hub, runtime: ChannelRuntime, log: ScannedLog): readonly PackEntry[] | undefined {
  const wanted = new WantedEntries()
  const byFeed = Map.groupBy(log.events, ({ feed }) => feed)
  for (const event of log.events) wanted.want(event, true)
  for (const [feed, own] of byFeed) {
    const line = runtime.admission.index.line(feed)
    let previous: FoundEvent | undefined
    const seen = new Map<string, number>()
    for (const event of own.toSorted((left, right) => left.seq - right.seq)) {
      if (previous) wanted.want(previous, true, event.seq)
      previous = event
      for (const [other, theirs] of byFeed) {
        if (other === feed || !line) continue
        const upTo = runtime.admission.index.ancestryOf(line, event.seq).lastSeq(other)
        const last = theirs.findLast(({ seq }) => seq <= upTo)
        // What an earlier fact of the same feed had seen follows from it.
        if (!last || (seen.get(other) ?? 0) >= last.seq) continue
        seen.set(other, last.seq)
        const way = wayBack(log, event, last)
        if (way) wanted.wantWay(way, event, last)
      }
    }
  }
  return wanted.count > MOST_ENTRIES || wanted.reach > MOST_AFTER
    ? undefined
    : wanted.entries(hub, runtime, MOST_ENTRIES)
}
