import type { ArtifactId, FeedId, SectionName } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { RoleCertificate } from '#shared/membership/types.ts'

/** What an admitted entry says, with its place, its time by its author's claim, and who that is. */
export interface Stated<T> {
  readonly fact: T
  readonly feed: FeedId
  readonly seq: number
  readonly lamport: number
  readonly at: Instant
  readonly author: RoleCertificate
}
export type StatedUpdate = Stated<{ readonly artifact: ArtifactId; readonly section: SectionName }>

type Place = Pick<Stated<unknown>, 'lamport' | 'feed' | 'seq'>

export function listed<K, T>(lists: Map<K, T[]>, key: K): T[] {
  const known = lists.get(key)
  if (known) return known
  const made: T[] = []
  lists.set(key, made)
  return made
}

/** Keeps a list in (lamport, feed, seq) order; almost everything arrives at its end. */
export function insert<T extends Place>(list: T[], item: T): void {
  let at = list.length
  while (at > 0 && isAfter(list[at - 1] as T, item)) at--
  if (at === list.length) list.push(item)
  else list.splice(at, 0, item)
}
export const isAfter = (left: Place, right: Place): boolean =>
  left.lamport !== right.lamport
    ? left.lamport > right.lamport
    : left.feed !== right.feed
      ? left.feed > right.feed
      : left.seq > right.seq
