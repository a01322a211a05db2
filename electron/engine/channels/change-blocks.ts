import type { ArtifactId, FeedId, SectionName } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { RoleCertificate } from '#shared/membership/types.ts'
import { BytesReader } from '#shared/seal/bytes-reader.ts'
import { BytesWriter } from '#shared/seal/bytes-writer.ts'
import type { StatedUpdate } from './stated.ts'

/** Changes of sections as they are stored: what repeats stands in tables, and each change is six small numbers. */
export interface ChangeBlock {
  readonly feeds: readonly FeedId[]
  readonly authors: readonly RoleCertificate[]
  readonly sections: readonly (readonly [ArtifactId, SectionName])[]
  readonly rows: Uint8Array
}

class Table<K, T> {
  readonly items: T[] = []
  readonly #places = new Map<K, number>()
  place(key: K, item: T): number {
    const known = this.#places.get(key)
    if (known !== undefined) return known
    this.#places.set(key, this.items.length)
    return this.items.push(item) - 1
  }
}

export function packChanges(changes: readonly StatedUpdate[]): ChangeBlock {
  const feeds = new Table<FeedId, FeedId>()
  const authors = new Table<RoleCertificate, RoleCertificate>()
  const sections = new Table<string, readonly [ArtifactId, SectionName]>()
  const rows = new BytesWriter()
  for (const { feed, seq, lamport, at, author, fact } of changes) {
    rows.uvar(feeds.place(feed, feed)).uvar(seq).uvar(lamport).uvar(at).uvar(authors.place(author, author))
    rows.uvar(sections.place(`${fact.artifact}/${fact.section}`, [fact.artifact, fact.section]))
  }
  return { feeds: feeds.items, authors: authors.items, sections: sections.items, rows: rows.bytes() }
}

/** @throws when the block is not what `packChanges` wrote. */
export function* unpackChanges({ feeds, authors, sections, rows }: ChangeBlock): Iterable<StatedUpdate> {
  const reader = new BytesReader(rows)
  while (!reader.done) {
    const feed = feeds[reader.uvar()]
    const [seq, lamport, at] = [reader.uvar(), reader.uvar(), reader.uvar() as Instant]
    const author = authors[reader.uvar()]
    const section = sections[reader.uvar()]
    if (reader.failed || !feed || !author || !section) throw new Error('a stored block of changes does not read')
    yield { feed, seq, lamport, at, author, fact: { artifact: section[0], section: section[1] } }
  }
}
