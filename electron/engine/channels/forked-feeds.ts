import type { ChannelId, EntryHash, FeedId } from '#shared/kernel/ids.ts'
import type { Control } from '#shared/membership/types.ts'
import { parseRun } from '#shared/seal/parse.ts'
import { runHashes } from '#shared/seal/verify.ts'
import { carryRun } from '#shared/sync/carried-runs.ts'
import type { Channel, Foreknown } from '#shared/sync/channel.ts'
import type { ChannelDeps } from './channel-deps.ts'

/** How far back one's own past of a feed is told at first, when it is not known where it parts from the other. */
const FIRST_LOOK = 32

/** What is held of feeds: the part that counts in the log, and what goes on from another past. */
interface HeldRuns {
  readonly crypto: ChannelDeps['crypto']
  readonly log: Pick<ChannelDeps['log'], 'frontier' | 'runs'>
  readonly branches: Pick<ChannelDeps['branches'], 'list'>
}

/**
 * Entries that carry what this engine holds of forked feeds and nobody carries yet. Others may hold another past of the feed,
 * and honest work that leans on this one waits there until they have both. While it is not known where two pasts part, each
 * side tells its own from further and further back until one of them finds the place.
 */
export function runsToCarry(
  { forks, pasts }: Pick<Channel, 'forks' | 'pasts'>,
  id: ChannelId,
  { crypto, log, branches }: HeldRuns,
  own: FeedId,
): readonly Control[] {
  const { carried, disputed } = pasts
  if (forks.inForce.length === 0 && disputed.size === 0) return []
  const kept = branches.list()
  const toCarry: { readonly run: EntryHash; readonly bytes: Uint8Array }[] = []
  const consider = (bytes: Uint8Array, from: number): 'carried' | 'early' | 'added' => {
    const run = parseRun(bytes)
    if (!run.ok || run.value.lastSeq < from || run.value.channel === null) return 'early'
    const hashes = runHashes(crypto, run.value) ?? []
    const wanted = hashes.filter((_, at) => run.value.firstSeq + at >= from)
    const last = hashes.at(-1)
    if (last === undefined || wanted.every((hash) => carried.has(hash))) return 'carried'
    if (!toCarry.some((one) => one.run === last)) toCarry.push({ run: last, bytes })
    return 'added'
  }
  const ofFeed = (feed: FeedId, from: number): void => {
    const held = log.frontier(id).get(feed) ?? 0
    for (let seq = from; seq <= held;) {
      const [run] = log.runs(id, feed, seq, 1)
      if (run === undefined) break
      consider(run.bytes, from)
      seq = run.lastSeq + 1
    }
    for (const bytes of kept) {
      const run = parseRun(bytes)
      if (run.ok && run.value.feed === feed) consider(bytes, from)
    }
  }
  for (const { feed, after } of forks.inForce) if (feed !== own) ofFeed(feed, after + 1)
  for (const [feed, { seq, proven }] of disputed) {
    if (feed === own) continue
    let from = Math.max(1, seq - FIRST_LOOK)
    const isCarried = (at: number): boolean => {
      const [run] = log.runs(id, feed, at, 1)
      const parsed = run && parseRun(run.bytes)
      return parsed?.ok === true && (runHashes(crypto, parsed.value) ?? []).every((hash) => carried.has(hash))
    }
    // Whoever merely names another past gets no more of this one than that: else a lie would make everybody repeat a whole log.
    while (proven && from > 1 && isCarried(from)) from = Math.floor(from / 2)
    ofFeed(feed, from)
  }
  return toCarry.flatMap(({ run, bytes }) => carryRun(run, bytes))
}

/** Names what a reading was begun with. One that asks for what was tried already would come to the same again. */
export const nameOf = ({ endings, forks, vouched, discounted, accepted }: Foreknown): string =>
  JSON.stringify([
    endings
      .map(({ id, carriers }) => [id, ...carriers.map(({ feed, seq }) => `${feed}/${String(seq)}`).sort()].join())
      .sort(),
    forks,
    vouched,
    discounted,
    accepted,
  ])
