import { rebuild } from '#adapters/yjs/section-docs.ts'
import type { FeedHead } from '#shared/membership/types.ts'
import { checkpointAt } from '#shared/sync/checkpoint.ts'
import { frontier, type Cover } from '#shared/sync/cut.ts'
import { sectionKey, type SectionKey } from '#shared/sync/update.ts'
import { ARTIFACT, JOINT, type Peer } from './peer.ts'

/** The joint section at a cut, read again from what was admitted; nothing while a fork is known: its rewriting is the engine's. */
function sectionsAt(peer: Peer, cover: Cover): readonly (readonly [SectionKey, Uint8Array])[] {
  const { index, forks } = peer.channel
  if (forks.inForce.length > 0) return []
  const section = sectionKey(ARTIFACT, JOINT)
  const updates = peer.admitted.flatMap(({ entry, effect }) => {
    const within = entry.seq <= (cover.get(index.line(entry.feed)?.number ?? -1) ?? 0)
    return within && effect.kind === 'doc' ? effect.updates.map(({ update }) => update) : []
  })
  return updates.length > 0 ? [[section, rebuild(updates)]] : []
}

/** What a peer comes to at a cut. */
export const partsOf = (peer: Peer, heads: readonly FeedHead[] = frontier(peer.channel.index)) =>
  checkpointAt(peer.channel, heads, (cover) => sectionsAt(peer, cover))

/** Says what the peer comes to; false where the cut is none of its reading. */
export function attest(peer: Peer, heads: readonly FeedHead[] = frontier(peer.channel.index)): boolean {
  const parts = partsOf(peer, heads)
  if (parts === undefined) return false
  peer.control({ kind: 'checkpoint', heads, parts })
  return true
}

/** A cut that others have attested and the peer's company has not. */
export function unanswered(peer: Peer): readonly FeedHead[] | undefined {
  const { company } = peer.party.card
  const { all } = peer.channel.checkpoints
  const answered = new Set(all.flatMap(({ cut, words }) => (words.some(({ author }) => author.company === company) ? [cut] : []))) // prettier-ignore
  return all.filter(({ cut }) => !answered.has(cut)).sort((left, right) => right.heads.length - left.heads.length || (left.id < right.id ? -1 : 1))[0]?.heads // prettier-ignore
}
