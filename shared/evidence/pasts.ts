import type { ReadHeader } from '#shared/seal/header.ts'

/** An entry of a pack as far as other entries can name it. */
export interface Linked {
  readonly header: Pick<ReadHeader, 'feed' | 'seq' | 'previous' | 'heads'>
  readonly hash: string
  /** Hashes of its feed from the entry itself on, as far as digests are given. */
  readonly chain: readonly string[]
}
/** By the hash of an entry, the hashes of those in its ancestry. */
export type Pasts = ReadonlyMap<string, ReadonlySet<string>>

/**
 * Which entries of a pack are in whose ancestry, as hashes alone prove: an entry names its predecessor and heads of other feeds, and
 * the chain of an earlier entry leads to what is named. That something is not in an ancestry nothing here can prove: entries that
 * would show it may have been left out.
 */
export function pastsOf(entries: readonly Linked[]): Pasts {
  const byFeed = new Map(
    [...Map.groupBy(entries, ({ header }) => header.feed)].map(
      ([feed, own]) => [feed, own.toSorted((left, right) => right.header.seq - left.header.seq)] as const,
    ),
  )
  /** The last entry of the pack whose chain leads to a place. */
  const before = (feed: string, seq: number, hash: string): Linked | undefined =>
    byFeed.get(feed as never)?.find((one) => one.header.seq <= seq && one.chain[seq - one.header.seq] === hash)
  const named = new Map(entries.map((one) => [one.hash, namedBy(one, before)]))
  const pasts = new Map<string, Set<string>>()
  // A hash is not known before what it hashes: what is named never leads back, so this ends. A stack, because packs may be long.
  for (const { hash } of entries) {
    const stack = [hash]
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const missing = (named.get(top) ?? []).filter((one) => !pasts.has(one))
      if (pasts.has(top) || missing.length === 0) {
        if (!pasts.has(top)) pasts.set(top, unite(named.get(top) ?? [], pasts))
        stack.pop()
      } else stack.push(...missing)
    }
  }
  return pasts
}

function namedBy(
  { header: { feed, seq, previous, heads } }: Linked,
  before: (feed: string, seq: number, hash: string) => Linked | undefined,
): readonly string[] {
  const places = [...(previous === null ? [] : [{ feed, seq: seq - 1, hash: previous }]), ...heads]
  return places.flatMap((one) => before(one.feed, one.seq, one.hash)?.hash ?? [])
}

function unite(named: readonly string[], pasts: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const past = new Set(named)
  for (const one of named) for (const earlier of pasts.get(one) ?? []) past.add(earlier)
  return past
}
