import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { seededCrypto } from '#test/support/seeded-crypto.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import type { EntryHash } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { decodeMessage, encodeMessage, PROTOCOL, type Message } from '#shared/sync/message.ts'
import { SyncSession } from '#shared/sync/session.ts'
import { leaves } from '#shared/membership/epoch.ts'
import { Link } from './network.ts'
import { colleague, NOON } from './party.ts'
import { ARTIFACT, JOINT, Peer, restarted } from './peer.ts'
import { meet, revocationOf, world } from './sync-world.ts'
import { sectionKey } from '#shared/sync/update.ts'

const crypto = await createCrypto()

const say = (peer: Peer, text: string, at = peer.text().length): Uint8Array | undefined =>
  peer.type(JOINT, (writer) => writer.insertText('t', at, text))

/** Noor, Sahm and Rafid, and a second device of Noor that is about to live twice. */
function withForker(seeded: Crypto = crypto): readonly [Peer, Peer, Peer, Peer, Peer] {
  const [noor, sahm, rafid] = world(seeded, ['Noor', 'Sahm', 'Rafid']) as unknown as readonly [Peer, Peer, Peer]
  const second = colleague(seeded, noor.party, 'Second')
  const left = new Peer(seeded, noor.genesis, noor.id, second)
  noor.control({ kind: 'certificate', device: second.certified })
  noor.openEpoch()
  for (const peer of [sahm, rafid, left]) meet(noor, peer)
  say(left, 'before ')
  for (const peer of [noor, sahm, rafid]) meet(left, peer)
  return [noor, sahm, rafid, left, restarted(left)]
}

function everybodyMeets(peers: readonly Peer[], rounds = 6): void {
  for (let round = 0; round < rounds; round++)
    for (const from of peers) for (const to of peers) if (from !== to) meet(from, to)
}

function agree(peers: readonly Peer[]): void {
  const [first] = peers
  for (const peer of peers) {
    expect(peer.verdicts()).toEqual(first?.verdicts())
    expect(peer.text()).toBe(first?.text())
    expect(peer.state()).toBe(first?.state())
    expect(peer.channel.waiting()).toEqual([])
    const again = restarted(peer)
    expect(again.state()).toBe(peer.state())
    expect(again.verdicts()).toEqual(peer.verdicts())
  }
}

describe('a forked feed', () => {
  it('[SYN-13] [SYN-80] [SYN-83] counts up to the fork on every peer, and what honest people wrote on top of either side survives', () => {
    const [noor, sahm, rafid, left, right] = withForker()
    say(left, 'FORGED LEFT ')
    say(right, 'FORGED RIGHT ')
    meet(left, sahm)
    meet(right, rafid)
    say(sahm, 'honest on the left. ')
    say(rafid, 'honest on the right. ')
    everybodyMeets([noor, sahm, rafid])
    agree([noor, sahm, rafid])
    // Nobody was sent the other side as such: what was leaned on came in entries of those who held it, beside an ack of it.
    for (const peer of [sahm, rafid]) {
      const own = peer.admitted.filter(({ entry }) => entry.feed === peer.party.feed)
      const kinds = own.flatMap(({ effect }) => (effect.kind === 'control' ? [effect.control.kind] : []))
      expect(kinds).toEqual(expect.arrayContaining(['ack', 'fork-run']))
    }
    expect(noor.text()).toContain('before ')
    expect(noor.text()).toContain('honest on the left. ')
    expect(noor.text()).toContain('honest on the right. ')
    expect(noor.text()).not.toContain('FORGED')
    say(sahm, 'and on.')
    say(noor, 'Noor, too.')
    everybodyMeets([noor, sahm, rafid])
    agree([noor, sahm, rafid])
    expect(rafid.text()).toContain('and on.')
    expect(rafid.text()).toContain('Noor, too.')
  })

  it('[SYN-81] a key of a side that a refused entry leans on is one that the next own entry has in its past, and counts as that', () => {
    const [noor, , , left, right] = withForker()
    left.openEpoch()
    say(right, 'FORGED ')
    const { feed } = left.party
    meet(right, noor)
    for (const { bytes } of left.runs.get(feed) ?? []) noor.take(bytes)
    const hash = left.channel.index.line(feed)?.hashes.last ?? expect.fail()
    const branch = noor.channel.index.branches.find(({ hashes }) => hashes.last === hash) ?? expect.fail()
    const epochs = () => [...noor.channel.members().epochs.keys()]
    expect(epochs()).not.toContain(hash)
    const forbidden = noor.seal([{ kind: 'event', payload: { type: 'forbidden' } }], { heads: [{ feed, seq: branch.hashes.length, hash }] }) // prettier-ignore
    expect(noor.take(forbidden)).toMatchObject({ outcome: 'taken', refused: [{ refusal: { code: 'not-authorised' } }] })
    expect(epochs()).toContain(hash)
    // Else the next key would be made beside it, and this one could be the one to write under.
    noor.openEpoch()
    expect(leaves(noor.channel.members()).map(({ parents }) => parents)).toEqual([expect.arrayContaining([hash])])
  })
})

describe('a forked feed, whatever comes first', () => {
  it('[SYN-13] [SYN-16] seeded orders of arrival come to the same bytes, and edits on top of either side survive', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 6, maxLength: 20 }),
        (seed, meetings) => {
          const [noor, sahm, rafid, left, right] = withForker(seededCrypto(seed))
          say(left, 'FORGED LEFT ')
          left.type(JOINT, (writer) => writer.setKey('m', 'k', 'FORGED'))
          say(right, 'FORGED RIGHT ')
          const all = [noor, sahm, rafid, left, right]
          meet(left, sahm)
          meet(right, rafid)
          for (const [at, [from, to]] of meetings.entries()) {
            const [giver, taker] = [all[from] as Peer, all[to] as Peer]
            // Neither life of the forker hears of the other.
            if (giver !== taker && taker !== left && taker !== right) meet(giver, taker)
            if (at % 3 === 0 && taker.party.device !== left.party.device) say(taker, `honest${at} `, Math.floor(taker.text().length / 2)) // prettier-ignore
          }
          everybodyMeets([noor, sahm, rafid])
          agree([noor, sahm, rafid])
          expect(noor.text()).not.toContain('FORGED')
          expect(noor.docs.read(sectionKey(ARTIFACT, JOINT)).map('m')).toEqual({})
          for (const [at, [, to]] of meetings.entries())
            if (at % 3 === 0 && to < 3) expect(noor.text()).toContain('honest')
        },
      ),
      { numRuns: 8, seed: 20_261_126 },
    )
  }, 120_000)

  it('[SYN-13] [SYN-82] a value that a forged one had replaced stands again, and what was forged away is back', () => {
    const [noor, sahm, rafid, left, right] = withForker()
    sahm.type(JOINT, (writer) => writer.setKey('m', 'price', 'agreed'))
    say(sahm, 'kept ')
    for (const peer of [noor, rafid, left, right]) meet(sahm, peer)
    left.type(JOINT, (writer) => {
      writer.setKey('m', 'price', 'FORGED')
      writer.removeText('t', 0, writer.text('t').length)
    })
    say(right, 'other ')
    meet(left, sahm)
    expect(sahm.docs.read(sectionKey(ARTIFACT, JOINT)).map('m')).toEqual({ price: 'FORGED' })
    meet(right, rafid)
    sahm.write('event', { type: 'noted' })
    rafid.write('event', { type: 'noted' })
    everybodyMeets([noor, sahm, rafid])
    agree([noor, sahm, rafid])
    expect(sahm.docs.read(sectionKey(ARTIFACT, JOINT)).map('m')).toEqual({ price: 'agreed' })
    expect(sahm.text()).toBe('before kept ')
    expect(sahm.channel.forkProofs()).toMatchObject([{ feed: left.party.feed, seq: 2, entries: [{}, {}] }])
  })

  it('[SYN-81] what lies behind the fork is no fact, and honest entries on top of it keep their verdicts', () => {
    const [noor, sahm, rafid, left, right] = withForker()
    left.write('event', { type: 'noted', name: 'forged' })
    left.openEpoch()
    right.write('event', { type: 'noted', name: 'other' })
    meet(left, sahm)
    // Sahm writes under a key that lies behind the fork.
    sahm.write('event', { type: 'noted', name: 'honest' })
    const honest = `${sahm.party.feed}:${sahm.channel.index.line(sahm.party.feed)!.hashes.length}`
    meet(right, rafid)
    rafid.write('event', { type: 'noted', name: 'honest, too' })
    everybodyMeets([noor, sahm, rafid])
    agree([noor, sahm, rafid])
    expect(noor.verdicts()[honest]).toBe('admitted')
    expect(JSON.stringify(noor.admitted.map(({ effect }) => effect))).not.toContain('forged')
    expect(noor.verdicts()[`${left.party.feed}:2`]).toBeUndefined()
  })

  it('[SYN-84] who only names another past of a feed is told apart from who proves one, and is not believed', () => {
    const [noor, sahm, , left, right] = withForker()
    say(left, 'one ')
    say(right, 'other ')
    say(right, 'more ')
    meet(left, noor)
    const lie = { feed: left.party.feed, seq: 2, hash: 'cd'.repeat(32) as EntryHash }
    noor.take(sahm.seal([{ kind: 'event', payload: { type: 'noted' } }], { heads: [lie] }))
    expect([...noor.channel.pasts.disputed]).toEqual([[left.party.feed, { seq: 2, proven: false }]])
    expect(noor.channel.forks.inForce).toEqual([])
    // The end of the other side alone proves that there are two, and is asked after.
    const run = right.runs.get(right.party.feed)?.at(-1)
    expect(noor.take(run!.bytes)).toMatchObject({ code: 'forked', need: { feed: left.party.feed, fromSeq: 1 } })
    expect(noor.channel.pasts.disputed.get(left.party.feed)).toEqual({ seq: 2, proven: true })
    for (const { bytes } of right.runs.get(right.party.feed) ?? []) noor.take(bytes)
    expect(noor.channel.forks.of(left.party.feed)).toMatchObject({ after: 1 })
    expect(noor.text()).toBe('before ')
  })
})

/** Rafid holds both sides and may write nothing, because its clock is years off; Noor and Sahm hold one side. */
function withSilentWitness(size = 10): readonly [Peer, Peer, Peer, Peer] {
  const [noor, sahm, rafid, left, right] = withForker()
  rafid.now = (NOON - 800 * 86_400_000) as Instant
  say(left, 'FORGED LEFT ')
  right.write('blob', crypto.random(size))
  for (const peer of [sahm, noor, rafid]) meet(left, peer)
  say(sahm, 'honest on the left. ')
  meet(sahm, noor)
  for (const { bytes } of right.runs.get(right.party.feed) ?? []) rafid.take(bytes)
  expect(rafid.channel.forks.of(left.party.feed)).toMatchObject({ after: 1 })
  expect(rafid.stands).toBe(false)
  return [noor, sahm, rafid, left]
}

describe('a fork that only those know of who may not write', () => {
  it.each([10, 700_000])(
    '[SYN-85] is shown over the session to whoever stands behind it, by runs that prove it, of %i bytes',
    (size) => {
      const [noor, sahm, rafid, left] = withSilentWitness(size)
      const links = [new Link(rafid, noor), new Link(noor, sahm)]
      for (const link of links) link.open()
      for (const link of links) link.run()
      expect(noor.channel.forks.of(left.party.feed)).toMatchObject({ after: 1 })
      for (let round = 0; round < 3; round++)
        for (const link of links) {
          link.tick()
          link.run()
        }
      agree([noor, sahm, rafid])
      expect(sahm.text()).toBe('before honest on the left. ')
    },
  )

  it('[SYN-85] is shown once to a frontier and then more and more seldom, however often and whatever the other side tells', () => {
    const [noor, , rafid, left] = withSilentWitness()
    const { feed } = left.party
    const session = new SyncSession(rafid.shelf, [rafid.id])
    const hear = (message: Message): number =>
      session
        .handle({ type: 'message', bytes: encodeMessage(message) })
        .flatMap((effect) => {
          const heard = effect.type === 'send' ? decodeMessage(effect.bytes) : undefined
          return heard?.ok === true && heard.value.type === 'runs' ? heard.value.runs : []
        })
        .filter((run) => run.feed === feed).length
    const tips = noor.channel.index.held()
    const of = (hash: string, seq: number) => [{ feed, seq, hash: hash as EntryHash }]
    const tell = (whole: boolean, told: readonly { feed: typeof feed; seq: number; hash: EntryHash }[]): number =>
      hear({ type: 'frontier', channel: rafid.id, whole, taken: 9, tips: told })
    session.handle({ type: 'opened' })
    hear({ type: 'hello', version: PROTOCOL, channels: [rafid.id] })
    expect(tell(true, tips)).toBe(2)
    expect(tell(false, tips)).toBe(0)
    expect(tell(false, of('ab'.repeat(32), 900))).toBe(0)
    const again = Array.from({ length: 20 }, (_, at) => tell(true, of('cd'.repeat(32), 2 + at)))
    const shown = again.flatMap((runs, at) => (runs > 0 ? [{ at: at + 1, runs }] : []))
    expect(shown).toEqual([1, 3, 7, 15].map((at) => ({ at, runs: 2 })))
    // Who stands where the feed still counts has nothing to be shown.
    const calm = new SyncSession(noor.shelf, [noor.id])
    calm.handle({ type: 'opened' })
    calm.handle({ type: 'message', bytes: encodeMessage({ type: 'hello', version: PROTOCOL, channels: [noor.id] }) })
    const frontier = { type: 'frontier', channel: noor.id, whole: true, taken: 0, tips } as const
    const answers = calm.handle({ type: 'message', bytes: encodeMessage(frontier) })
    expect(answers.flatMap((effect) => (effect.type === 'send' ? [decodeMessage(effect.bytes)] : []))).toMatchObject([{ value: { type: 'done' } }]) // prettier-ignore
  })

  it('[SYN-86] is taken from who holds it as far as somebody leans on it, run by run, though only the last of them is named', () => {
    const [noor, sahm, , left, right] = withForker()
    say(left, 'FORGED LEFT ')
    for (const part of ['FORGED ', 'RIGHT ', 'AND ON ']) say(right, part)
    meet(left, noor)
    meet(right, sahm)
    say(sahm, 'honest on the right. ')
    sahm.now = (NOON - 800 * 86_400_000) as Instant
    expect(sahm.stands).toBe(false)
    const [first] = (right.runs.get(right.party.feed) ?? []).filter(({ lastSeq }) => lastSeq === 2)
    noor.take(first!.bytes)
    const link = new Link(noor, sahm)
    link.open()
    for (let round = 0; round < 4; round++) {
      link.run()
      link.tick()
    }
    agree([noor, sahm])
    expect(noor.text()).toBe('before honest on the right. ')
  })
})

/** Sahm has a second device, which writes once more after Sahm has ended it; Noor knows of both. */
function withLost([noor, sahm, rafid, left, right]: ReturnType<typeof withForker>): Peer {
  const lost = new Peer(crypto, sahm.genesis, sahm.id, colleague(crypto, sahm.party, 'Lost'))
  sahm.control({ kind: 'certificate', device: lost.party.certified })
  sahm.openEpoch()
  for (const peer of [noor, rafid, left, right, lost]) meet(sahm, peer)
  sahm.control(revocationOf(sahm, lost.party.device))
  sahm.openEpoch()
  say(lost, 'late ')
  meet(sahm, noor)
  meet(lost, noor)
  expect(noor.channel.beyondCuts()).toEqual([{ feed: lost.party.feed, flagged: 0, parked: 1 }])
  return lost
}

describe('a forked feed that had seen what a revoked device wrote', () => {
  it('[SYN-81] [SYN-71] vouches for it as far as somebody who counts leans on that side, so that nobody who did is silenced', () => {
    const feeds = withForker()
    const [noor, sahm, rafid, left, right] = feeds
    meet(withLost(feeds), left)
    say(left, 'FORGED LEFT ')
    meet(left, noor)
    expect(noor.text()).toContain('late FORGED LEFT ')
    say(noor, 'honest ')
    say(right, 'FORGED RIGHT ')
    for (const { bytes } of right.runs.get(right.party.feed) ?? []) noor.take(bytes)
    expect(noor.channel.forks.of(left.party.feed)).toMatchObject({ after: 1 })
    expect(noor.text()).toBe('before late honest ')
    say(noor, 'and on ')
    const lines = [noor, sahm, rafid]
    everybodyMeets(lines)
    agree(lines)
    expect(rafid.text()).toBe('before late honest and on ')
  })

  it('[SYN-81] [SYN-70] vouches for nothing with a side that was made when the fork was known', () => {
    const feeds = withForker()
    const [noor, sahm, rafid, left, right] = feeds
    const third = restarted(left)
    say(left, 'FORGED LEFT ')
    say(right, 'FORGED RIGHT ')
    meet(left, noor)
    for (const { bytes } of right.runs.get(right.party.feed) ?? []) noor.take(bytes)
    const lost = withLost([noor, sahm, rafid, third, third])
    meet(lost, third)
    say(third, 'FORGED ONCE MORE ')
    for (const { bytes } of third.runs.get(third.party.feed) ?? []) noor.take(bytes)
    everybodyMeets([noor, sahm, rafid])
    for (const peer of [sahm, rafid]) meet(lost, peer)
    everybodyMeets([noor, sahm, rafid])
    for (const peer of [noor, sahm, rafid]) {
      expect(peer.text()).toBe('before ')
      expect(peer.channel.beyondCuts()).toEqual([{ feed: lost.party.feed, flagged: 0, parked: 1 }])
    }
  })
})
