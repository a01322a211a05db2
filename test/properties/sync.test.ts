import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { rebuild } from '#adapters/yjs/section-docs.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import { sectionKey } from '#shared/sync/update.ts'
import { Link, type Fate } from './network.ts'
import { readers } from '#shared/membership/certificate-of.ts'
import { createEpoch, leaves, writableEpoch } from '#shared/membership/epoch.ts'
import { colleague, NOON } from './party.ts'
import { ARTIFACT, JOINT, Peer } from './peer.ts'
import { meet, revocationOf, world } from './sync-world.ts'

const crypto = await createCrypto()

/** One thing that happens: somebody writes, the network moves, or a partition begins or ends. */
type Act =
  | { readonly kind: 'write'; readonly who: number; readonly what: number; readonly where: number }
  | { readonly kind: 'move'; readonly link: number; readonly steps: number }
  | { readonly kind: 'cut'; readonly link: number; readonly on: boolean }

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('write' as const), who: fc.nat(2), what: fc.nat(11), where: fc.nat(20) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('move' as const), link: fc.nat(2), steps: fc.integer({ min: 1, max: 12 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut' as const), link: fc.nat(2), on: fc.boolean() }) },
) // prettier-ignore
const fate: fc.Arbitrary<Fate> = fc.oneof(
  { weight: 6, arbitrary: fc.constant('deliver' as const) },
  { weight: 1, arbitrary: fc.constant('drop' as const) },
  { weight: 1, arbitrary: fc.constant('twice' as const) },
  { weight: 1, arbitrary: fc.constant('swap' as const) },
)

function write(peer: Peer, what: number, where: number): void {
  if (!peer.stands) return
  if (writableEpoch(peer.channel.members()) === undefined) peer.openEpoch()
  peer.type(JOINT, (writer) => {
    const { length } = writer.text('t')
    const items = writer.list('l').length
    if (what < 4) writer.insertText('t', Math.min(where, length), `<${what}>`)
    else if (what < 6 && length > 0) writer.removeText('t', where % length, 1)
    else if (what < 8) writer.setKey('m', `k${where % 3}`, { by: what, list: [where, null] })
    else if (what === 8) writer.removeKey('m', `k${where % 3}`)
    else if (what < 11 || items === 0) writer.insertItems('l', Math.min(where, items), [{ n: where }, [what]])
    else writer.removeItems('l', where % items, 1)
  })
}

/** Lifts partitions and says again where everybody stands, until nobody lacks anything. */
function settle(links: readonly Link[], peers: readonly Peer[]): void {
  for (const link of links) link.cut = false
  const frontier = (peer: Peer): string =>
    JSON.stringify(
      peer.channel.index
        .held()
        .map(({ hash }) => hash)
        .sort(),
    )
  for (let round = 0; round < 40; round++) {
    for (const link of links) link.tick()
    while (links.some((link) => link.step()));
    for (const link of links) for (const peer of peers) link.grown(peer)
    while (links.some((link) => link.step()));
    if (new Set(peers.map(frontier)).size === 1) return
  }
  throw new Error('the peers do not come to hold the same entries')
}

describe('sync', () => {
  it('[SYN-1] three peers converge to equal verdicts and byte-identical sections over a network that drops, repeats, reorders and parts', () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 5, maxLength: 50 }), fc.infiniteStream(fate), (acts, fates) => {
        const peers = world(crypto, ['Noor', 'Sahm', 'Rafid'])
        const [a, b, c] = peers as unknown as readonly [Peer, Peer, Peer]
        let lossy = true
        const next = (): Fate => (lossy ? (fates.next().value ?? 'deliver') : 'deliver')
        const links = [new Link(a, b, next), new Link(b, c, next), new Link(a, c, next)]
        for (const link of links) link.open()
        for (const one of acts) {
          if (one.kind === 'write') {
            const peer = peers[one.who]!
            write(peer, one.what, one.where)
            for (const link of links) link.grown(peer)
          } else if (one.kind === 'cut') links[one.link]!.cut = one.on
          else for (let step = 0; step < one.steps; step++) links[one.link]!.step()
        }
        lossy = false
        settle(links, peers)

        expect(b.verdicts()).toEqual(a.verdicts())
        expect(c.verdicts()).toEqual(a.verdicts())
        expect(a.refused).toEqual([])
        expect(b.state()).toBe(a.state())
        expect(c.state()).toBe(a.state())
      }),
      { numRuns: 60, seed: 20261121 },
    )
  })

  it('[SYN-75] with revocations, by one device or by two of each other, at any moment: equal verdicts and equal bytes', () => {
    const revoke = fc.record({ kind: fc.constant('revoke' as const), both: fc.boolean() })
    const acts = fc.array(fc.oneof({ weight: 9, arbitrary: act }, { weight: 1, arbitrary: revoke }), { minLength: 8, maxLength: 40 }) // prettier-ignore
    fc.assert(
      fc.property(acts, fc.infiniteStream(fate), (acts, fates) => {
        const [a, b, c] = world(crypto, ['Noor', 'Sahm', 'Rafid']) as unknown as readonly [Peer, Peer, Peer]
        const second = new Peer(crypto, a.genesis, a.id, colleague(crypto, a.party, 'Second'))
        a.control({ kind: 'certificate', device: second.party.certified })
        a.openEpoch()
        const peers = [second, b, c, a]
        for (const peer of peers) if (peer !== a) meet(a, peer)
        let lossy = true
        const next = (): Fate => (lossy ? (fates.next().value ?? 'deliver') : 'deliver')
        const links = [new Link(second, b, next), new Link(b, c, next), new Link(second, c, next), new Link(a, b, next)]
        for (const link of links) link.open()
        const said = new Set<Peer>()
        for (const one of acts) {
          if (one.kind === 'revoke') {
            for (const [by, of] of one.both
              ? ([
                  [a, second],
                  [second, a],
                ] as const)
              : ([[a, second]] as const)) {
              if (!by.stands || said.has(by)) continue
              if (writableEpoch(by.channel.members()) === undefined) by.openEpoch()
              by.control(revocationOf(by, of.party.device))
              said.add(by)
            }
          } else if (one.kind === 'write') write(peers[one.who]!, one.what, one.where)
          else if (one.kind === 'cut') links[one.link]!.cut = one.on
          else for (let step = 0; step < one.steps; step++) links[one.link]!.step()
          for (const link of links) for (const peer of peers) link.grown(peer)
        }
        lossy = false
        settle(links, peers)
        const expected = b.verdicts()
        for (const peer of peers) {
          // A revoked device is shut out of later keys: what it still judges, it judges alike.
          const { stands } = peer
          if (!stands)
            for (const [entry, verdict] of Object.entries(peer.verdicts())) expect(verdict).toBe(expected[entry])
          if (stands) expect(peer.verdicts()).toEqual(expected)
          if (stands) expect(peer.state()).toBe(b.state())
        }
        const [state, verdicts] = [c.state(), c.verdicts()]
        c.rebuild()
        expect(c.state()).toBe(state)
        expect(c.verdicts()).toEqual(verdicts)
      }),
      { numRuns: 12, seed: 20261122 },
    )
  })

  it('[SYN-119] a key that left somebody out is handed on, also after the one who was left out has built on it', () => {
    const [noor, sahm, rafid] = world(crypto, ['Noor', 'Sahm', 'Rafid']) as unknown as readonly [Peer, Peer, Peer]
    const recipients = readers(noor.channel.members(), NOON).filter(({ device }) => device !== rafid.party.device)
    const { payload } = createEpoch(crypto, { channel: noor.id, parents: leaves(noor.channel.members()).map(({ id }) => id), recipients, earlier: [] }) // prettier-ignore
    noor.control(payload, true)
    noor.type(JOINT, (writer) => writer.insertText('t', 0, 'without Rafid'))
    for (const peer of [sahm, rafid]) meet(noor, peer)
    rafid.openEpoch()
    for (const peer of [noor, sahm]) meet(rafid, peer)
    // No leaf any more, and still shut to Rafid.
    expect(leaves(sahm.channel.members())).toHaveLength(1)
    expect([sahm.leavesOut, rafid.leavesOut, rafid.text()]).toEqual([true, false, ''])
    sahm.openEpoch()
    meet(sahm, rafid)
    expect([sahm.leavesOut, rafid.text()]).toEqual([false, 'without Rafid'])
  })

  it('[SYN-16] an engine rebuilt from a log comes to the same state, whatever the order of arrival was', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(1), fc.nat(11), fc.nat(20), fc.boolean()), { maxLength: 25 }), (acts) => {
        const [a, b] = world(crypto, ['Noor', 'Sahm']) as unknown as readonly [Peer, Peer]
        const link = new Link(a, b)
        link.open()
        link.run()
        for (const [who, what, where, meets] of acts) {
          const peer = who === 0 ? a : b
          write(peer, what, where)
          if (!meets) continue
          link.grown(peer)
          link.run()
        }
        link.tick()
        link.run()
        const again = new Peer(crypto, a.genesis, a.id, b.party)
        // Feed by feed: the least likely order of arrival.
        const feeds = [...a.runs.keys()].sort()
        for (const feed of feeds) for (const run of a.runs.get(feed) ?? []) again.take(run.bytes)
        expect(again.channel.waiting()).toEqual([])
        expect(again.verdicts()).toEqual(a.verdicts())
        expect(again.state()).toBe(a.state())
        const updates = again.updates.get(sectionKey(ARTIFACT, JOINT)) ?? []
        if (updates.length > 0) expect(toHex(rebuild(updates))).toBe(a.state())
      }),
      { numRuns: 40, seed: 20261121 },
    )
  })
})
