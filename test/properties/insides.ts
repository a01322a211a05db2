import { sectionKey } from '#shared/sync/update.ts'
import { ARTIFACT, JOINT, type Peer } from './peer.ts'

/** All that admission remembers, in one text: hashes, edges, clocks, members, what is kept. The order of feeds is each engine's own. */
export function insideOf(peer: Peer): string {
  const { index, clocks } = peer.channel
  // A feed of which nothing is held is one that somebody only asked about.
  const lines = index.lines
    .filter(({ hashes }) => hashes.length > 0)
    .sort((left, right) => (left.id < right.id ? -1 : 1))
  const members = peer.channel.members()
  const section = sectionKey(ARTIFACT, JOINT)
  return JSON.stringify({
    lines: lines.map((line) => ({
      id: line.id,
      hashes: Array.from({ length: line.hashes.length }, (_, at) => line.hashes.of(at + 1)),
      admitted: line.admitted,
      lamports: line.lamports,
      seen: Array.from({ length: line.lamports.length }, (_, at) =>
        lines.map((other) => index.seqSeen(line, at + 1, other.number)),
      ),
      next: clocks.own(line, section, 0),
      authors: Array.from({ length: 8 }, (_, clock) => clocks.authorOf(section, clocks.own(line, section, 0).client, clock)), // prettier-ignore
      tips: index.tips(line.id).map(({ feed, seq, hash }) => [feed, seq, hash]).sort(), // prettier-ignore
      waiting: line.waiting.map(({ hash }) => hash),
    })),
    certificates: [...members.certificates.keys()].sort(),
    revoked: [...members.revocations.keys()].sort(),
    epochs: [...members.epochs.keys()].sort(),
    keys: [...peer.keys.keys()].sort(),
    endings: peer.channel.endings.all.map(({ id, carriers }) => [id, carriers.map(({ feed, seq }) => `${feed}/${seq}`).sort()]).sort(), // prettier-ignore
    checkpoints: peer.channel.checkpoints.all.map(({ id, words }) => [id, words.map(({ feed, seq }) => `${feed}/${seq}`).sort()]).sort(), // prettier-ignore
    beyond: [...peer.channel.beyondCuts()].sort((left, right) => (left.feed < right.feed ? -1 : 1)),
  })
}
