import type { FeedHead } from '#shared/membership/types.ts'
import type { ChannelIndex, FeedLine } from './channel-index.ts'

/** Number of a feed or branch → the last entry of it that lies within a cut. */
export type Cover = ReadonlyMap<number, number>

/**
 * Why the heads of a checkpoint say nothing: they are in no order, or one of them is not in the past of the entry that names them.
 * It follows from the entry and its ancestry alone, however much else is held.
 */
export function outside(
  index: ChannelIndex,
  line: FeedLine,
  seq: number,
  heads: readonly FeedHead[],
): 'payload-malformed' | 'checkpoint-unseen' | undefined {
  if (heads.length === 0 || heads.some(({ feed }, at) => at > 0 && (heads[at - 1] as FeedHead).feed >= feed))
    return 'payload-malformed'
  const seen = heads.every((head) => {
    const held = index.holding(head)
    return held !== undefined && head.seq >= 1 && head.seq <= index.seqSeen(line, seq, held.number)
  })
  return seen ? undefined : 'checkpoint-unseen'
}

/** The last entry that counts of every feed: where a checkpoint would be made now. */
export function frontier(index: ChannelIndex): readonly FeedHead[] {
  return index.lines
    .flatMap(({ id: feed, admitted, hashes }): readonly FeedHead[] => {
      const hash = hashes.of(admitted.length)
      return hash === undefined ? [] : [{ feed, seq: admitted.length, hash }]
    })
    .sort((left, right) => (left.feed < right.feed ? -1 : 1))
}

/** All that lies at the heads and in their past; undefined while one of them is not judged. */
export function coverOf(index: ChannelIndex, heads: readonly FeedHead[]): Cover | undefined {
  const cover = new Map<number, number>()
  const see = (number: number, seq: number): void => void cover.set(number, Math.max(seq, cover.get(number) ?? 0))
  for (const head of heads) {
    const line = index.holding(head)
    if (line === undefined || head.seq < 1 || line.admitted.length < head.seq) return undefined
    see(line.number, head.seq)
    for (const { number } of index.all) if (number !== line.number) see(number, index.seqSeen(line, head.seq, number))
  }
  return cover
}

/** Whether a cut names, of every feed, all that counts and lies in the past of its heads: otherwise it is no state that ever was. */
export const isWhole = (index: ChannelIndex, heads: readonly FeedHead[], cover: Cover): boolean => {
  const named = new Map(heads.map((head) => [head.feed, head]))
  return index.lines.every(({ id, number, hashes }) => {
    const head = named.get(id)
    const last = cover.get(number) ?? 0
    return head === undefined ? last === 0 : head.seq === last && hashes.of(head.seq) === head.hash
  })
}
