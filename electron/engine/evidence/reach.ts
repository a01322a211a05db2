import type { FeedId } from '#shared/kernel/ids.ts'
import type { Head } from '#shared/seal/entry.ts'
import type { Place, ScannedLog } from './scan-log.ts'

/** One step back from a witness: its feed's entry `at` names `head`, which stands at or behind what is looked for. */
export interface Step {
  readonly at: Place
  readonly head: Head
}

/**
 * How a witness's ancestry reaches an entry: the entries whose heads lead from one feed to the next, from the witness back. Undefined
 * when it does not. Of several ways one with the fewest feeds in between.
 */
export function wayBack(log: ScannedLog, witness: Place, target: Place): readonly Step[] | undefined {
  if (witness.feed === target.feed) return witness.seq > target.seq ? [] : undefined
  /** How far into each feed the ancestry reaches, and by which steps. */
  const reached = new Map<FeedId, { seq: number; way: readonly Step[] }>([
    [witness.feed, { seq: witness.seq, way: [] }],
  ])
  const queue: FeedId[] = [witness.feed]
  for (let feed = queue.shift(); feed !== undefined; feed = queue.shift()) {
    const { seq: upTo, way } = reached.get(feed) ?? { seq: 0, way: [] }
    for (const { seq, heads } of log.named.get(feed) ?? []) {
      if (seq > upTo) break
      for (const head of heads) {
        const step = { at: { feed, seq }, head }
        if (head.feed === target.feed && head.seq >= target.seq) return [...way, step]
        if ((reached.get(head.feed)?.seq ?? 0) >= head.seq) continue
        reached.set(head.feed, { seq: head.seq, way: [...way, step] })
        queue.push(head.feed)
      }
    }
  }
  return undefined
}
