import type { ArtifactId, ChannelId, EpochId, SectionName, WorkspaceId } from '#shared/kernel/ids.ts'
import type { SymmetricKey } from '#shared/kernel/crypto.ts'
import type { AdmittedEntry } from '#shared/sync/admit.ts'
import type { Change } from '#shared/sync/intake.ts'
import type { Cover } from '#shared/sync/cut.ts'
import { sectionKey, type CheckedUpdate, type SectionKey } from '#shared/sync/update.ts'
import type { Documents } from '../documents.ts'
import type { ChannelDeps } from './channel-deps.ts'
import { MergedIndex } from './merged-index.ts'
import type { ReadingParts } from './reading.ts'
import { placeName, replayUpdates } from './replay-updates.ts'
import { listed, type StatedUpdate } from './stated.ts'

/** What sections were, and who merged what: read from the log again when somebody asks. */
export class SectionHistory {
  readonly #deps: ChannelDeps
  readonly #workspace: WorkspaceId
  readonly #id: ChannelId
  readonly #parts: ReadingParts
  /** Sections of which somebody asked what was merged. */
  readonly #merged = new Map<SectionKey, MergedIndex>()
  /** Where a feed was forked the log says other ids than the documents hold, so what was applied is kept as it was applied. */
  readonly #rewritten = new Map<SectionKey, Change[]>()

  constructor(deps: ChannelDeps, workspace: WorkspaceId, id: ChannelId, parts: ReadingParts) {
    this.#deps = deps
    this.#workspace = workspace
    this.#id = id
    this.#parts = parts
  }

  /** Texts of a section that several people changed apart from each other and nobody has read since. */
  mergedTexts(artifact: ArtifactId, section: SectionName): ReturnType<MergedIndex['unread']> {
    const key = sectionKey(artifact, section)
    const known = this.#merged.get(key)
    if (known) return known.unread()
    const { channel, facts, documents } = this.#parts
    const merged = new MergedIndex(channel.index)
    this.#merged.set(key, merged)
    const updates = this.#updatesOf(artifact, section)
    for (const entry of facts.changes.of(key)) {
      const paths = (updates.get(placeName(entry)) ?? []).flatMap((update) => documents.touched(key, update))
      merged.add(entry, paths)
    }
    return merged.unread()
  }

  /** Takes applied entries into account where somebody asked what was merged. */
  note(admitted: readonly AdmittedEntry[]): void {
    if (this.#merged.size === 0) return
    for (const { effect, entry, author, at } of admitted) {
      if (effect.kind !== 'doc') continue
      for (const { key, update } of effect.updates)
        this.#merged
          .get(key)
          ?.add({ feed: entry.feed, seq: entry.seq, author, at }, this.#parts.documents.touched(key, update.bytes))
    }
  }

  /** Takes changes into account that were applied. */
  keep(changes: readonly Change[]): void {
    if (this.#parts.channel.forks.inForce.length === 0) return
    for (const change of changes) listed(this.#rewritten, change.key).push(change)
  }

  /** The whole state of a section, from the log. */
  stateOf(key: SectionKey): Uint8Array {
    const [artifact, section] = key.split('/') as [ArtifactId, SectionName]
    return this.documentsAt(artifact, section, () => true).encodeState(key)
  }

  /** A section as it was after only those of its entries for which `counts` says so; their ancestry has to count, too. */
  documentsAt(artifact: ArtifactId, section: SectionName, counts: (entry: StatedUpdate) => boolean): Documents {
    const key = sectionKey(artifact, section)
    const documents = this.#deps.newDocuments()
    if (this.#parts.channel.forks.inForce.length > 0) {
      const kept = (this.#rewritten.get(key) ?? []).filter(({ by }) => counts(statedBy(by, artifact, section)))
      documents.apply(key, kept.map(({ update }) => update)) // prettier-ignore
      return documents
    }
    const updates = this.#updatesOf(artifact, section)
    const counted = this.#parts.facts.changes.of(key).filter(counts)
    // They were checked when they were admitted; only the bytes are needed to apply them again.
    const bytes = counted.flatMap((entry) => updates.get(placeName(entry)) ?? []) as readonly Uint8Array[]
    documents.apply(
      key,
      bytes.map((update) => ({ bytes: update }) as CheckedUpdate),
    )
    return documents
  }

  /** Every section that had changed at a cut, as it was then. */
  *sectionsAt(cover: Cover): Iterable<readonly [SectionKey, Uint8Array]> {
    const { channel, facts, documents } = this.#parts
    const within = ({ feed, seq }: Pick<StatedUpdate, 'feed' | 'seq'>): boolean =>
      seq <= (cover.get(channel.index.line(feed)?.number ?? -1) ?? 0)
    const rewritten = [...this.#rewritten].map(([key, changes]) => [key, changes.map(({ by }) => by.entry)] as const)
    const sections: Iterable<readonly [SectionKey, readonly Pick<StatedUpdate, 'feed' | 'seq'>[]]> =
      channel.forks.inForce.length > 0
        ? rewritten
        : facts.changes.lasts.map(({ fact: { artifact, section } }) => {
            const key = sectionKey(artifact, section)
            return [key, facts.changes.of(key)] as const
          })
    for (const [key, changes] of sections) {
      if (!changes.some(within)) continue
      const [artifact, section] = key.split('/') as [ArtifactId, SectionName]
      const held = changes.every(within) ? documents : this.documentsAt(artifact, section, within)
      yield [key, held.encodeState(key)]
    }
  }

  #updatesOf(artifact: ArtifactId, section: SectionName): ReadonlyMap<string, readonly Uint8Array[]> {
    const { crypto, log } = this.#deps
    const { channel, keys } = this.#parts
    const keyOf = (epoch: EpochId): SymmetricKey | undefined => keys.of(epoch)
    const place = { workspace: this.#workspace, channel: this.#id }
    return replayUpdates({ crypto, log, ...place, index: channel.index, keyOf }, artifact, section)
  }
}

const statedBy = ({ entry, lamport, at, author }: AdmittedEntry, artifact: ArtifactId, section: SectionName): StatedUpdate => ({
  feed: entry.feed, seq: entry.seq, lamport, at, author, fact: { artifact, section },
}) // prettier-ignore
