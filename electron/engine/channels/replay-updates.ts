import type { Crypto, SymmetricKey } from '#shared/kernel/crypto.ts'
import type { ArtifactId, ChannelId, EpochId, SectionName, WorkspaceId } from '#shared/kernel/ids.ts'
import { openEntry } from '#shared/seal/open.ts'
import { parseRun } from '#shared/seal/parse.ts'
import { verifyRun } from '#shared/seal/verify.ts'
import type { ChannelIndex } from '#shared/sync/channel-index.ts'
import { readDoc } from '#shared/sync/doc-body.ts'
import type { LogStore } from '../ports.ts'

interface Source {
  readonly crypto: Crypto
  readonly log: LogStore
  readonly workspace: WorkspaceId
  readonly channel: ChannelId
  readonly index: ChannelIndex
  keyOf(epoch: EpochId): SymmetricKey | undefined
}

/** `feed/seq`: the name of an entry inside its channel. */
export const placeName = (place: { readonly feed: string; readonly seq: number }): string =>
  `${place.feed}/${String(place.seq)}`

/**
 * The admitted updates of one section, read again from the log by the name of their entry. Nothing is judged anew: what the
 * index says was admitted is opened, and an entry that was not is passed over.
 */
export function replayUpdates(
  { crypto, log, workspace, channel, index, keyOf }: Source,
  artifact: ArtifactId,
  section: SectionName,
): ReadonlyMap<string, readonly Uint8Array[]> {
  const found = new Map<string, readonly Uint8Array[]>()
  for (const stored of log.replay(channel)) {
    const run = parseRun(stored.bytes)
    if (!run.ok) continue
    const { firstSeq: nextSeq, previous: previousHash } = run.value
    const verified = verifyRun(crypto, run.value, { workspace, channel, nextSeq, previousHash })
    if (!verified.ok) continue
    const line = index.line(run.value.feed)
    for (const entry of verified.value) {
      // Of a forked feed the log may hold another side than the one that is attested.
      if (index.branches.length > 0 && line?.hashes.of(entry.seq) !== entry.hash) continue
      if (line?.admitted[entry.seq - 1] !== true || entry.epoch === null) continue
      const opened = openEntry(crypto, entry, keyOf(entry.epoch))
      if (!opened.ok || opened.value.body.kind !== 'doc') continue
      const writes = readDoc(opened.value.body.payload)
      if (!writes.ok) continue
      const updates = writes.value
        .filter((write) => write.artifact === artifact && write.section === section)
        .flatMap(({ update }) => (update instanceof Uint8Array ? [update] : []))
      if (updates.length > 0) found.set(placeName(entry), updates)
    }
  }
  return found
}
