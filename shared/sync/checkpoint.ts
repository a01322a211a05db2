import { encode, type Canonical } from '#shared/kernel/canonical.ts'
import { fromHex, toHex } from '#shared/kernel/bytes.ts'
import type { Hash } from '#shared/kernel/crypto.ts'
import type { CheckpointParts, FeedHead, Membership } from '#shared/membership/types.ts'
import type { Channel } from './channel.ts'
import { coverOf, isWhole, type Cover } from './cut.ts'
import type { SectionKey } from './update.ts'

/** The state of every section at a cut, slices left out: of those the heads bind the sealed bytes, and not everybody can open them. */
export type SectionsAt = (cover: Cover) => Iterable<readonly [SectionKey, Uint8Array]>

const LABEL = 'mithaq/checkpoint/v1'

/**
 * What this reading of the channel comes to at the cut, deterministic to the byte: who reads the same entries comes to the same.
 * Undefined when the cut names something that is not held or does not count here, or leaves out what its own heads had seen.
 *
 * State vectors are part of the sections' bytes; facts and everything under a slice's key are bound by the heads with the verdicts.
 */
export function checkpointAt(
  { index, membership, judges }: Pick<Channel, 'index' | 'membership' | 'judges'>,
  heads: readonly FeedHead[],
  sectionsAt: SectionsAt,
): CheckpointParts | undefined {
  const cover = coverOf(index, heads)
  if (cover === undefined || !isWhole(index, heads, cover)) return undefined
  const hash = (part: string, value: Canonical): Hash => judges.crypto.hash(`${LABEL}/${part}`, encode(value))
  const verdicts = heads.map(({ feed, seq }) => {
    const admitted = index.line(feed)?.admitted.slice(0, seq) ?? []
    return [feed, seq, admitted.flatMap((counts, at) => (counts ? [] : [at + 1]))]
  })
  const members = membership.among((feed, seq) => seq <= (cover.get(feed) ?? 0))
  const documents = [...sectionsAt(cover)]
    .map(([section, state]): readonly [string, Uint8Array] => [section, judges.crypto.hash(`${LABEL}/section`, state)])
    .sort(([left], [right]) => (left < right ? -1 : 1))
  return {
    verdicts: hash('verdicts', verdicts),
    members: hash('members', digestible(members)),
    epochs: hash('epochs', [...members.epochs.keys()].sort()),
    documents: hash('documents', documents),
  }
}

/** A cut by name: the same wherever the same entries are its heads. */
export const cutName = ({ judges }: Pick<Channel, 'judges'>, heads: readonly FeedHead[]): string =>
  toHex(
    judges.crypto.hash(
      `${LABEL}/cut`,
      fromHex(judges.channel) ?? new Uint8Array(0),
      encode(heads.map(({ feed, seq, hash }) => [feed, seq, hash])),
    ),
  )

/** The hash of the whole: cut and what it came to. */
export const checkpointName = (
  channel: Pick<Channel, 'judges'>,
  heads: readonly FeedHead[],
  { verdicts, members, epochs, documents }: CheckpointParts,
): string =>
  toHex(channel.judges.crypto.hash(LABEL, encode([cutName(channel, heads), verdicts, members, epochs, documents])))

function digestible({
  channel,
  companies,
  certificates,
  revocations,
  superseded,
  endedIssuers,
}: Membership): Canonical {
  const sorted = <T>(from: Iterable<readonly [string, T]>, as: (value: T) => Canonical): Canonical =>
    [...from].sort(([left], [right]) => (left < right ? -1 : 1)).map(([key, value]) => [key, as(value)])
  return {
    definition: channel?.definitionHash ?? null,
    companies: sorted(companies, ({ card, left }) => [card.root, left]),
    certificates: sorted(certificates, (held) => held.map(({ certificate }) => certificate.serial).sort()),
    revoked: [...revocations.keys()].sort(),
    superseded: [...superseded].sort(),
    endedIssuers: [...endedIssuers.keys()].sort(),
  }
}
