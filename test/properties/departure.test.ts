import { describe, expect, it } from 'vitest'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import type { FeedId } from '#shared/kernel/ids.ts'
import { writeControl } from '#shared/membership/control.ts'
import { signStatement } from '#shared/membership/statement.ts'
import { colleague, NOON } from './party.ts'
import { JOINT, Peer, restarted } from './peer.ts'
import { goingOf, meet, revocationOf, world } from './sync-world.ts'

const crypto = await createCrypto()
const say = (peer: Peer, text: string): Uint8Array | undefined =>
  peer.type(JOINT, (writer) => writer.insertText('t', peer.text().length, text))

const three = (): readonly [Peer, Peer, Peer] => world(crypto, ['Noor', 'Sahm', 'Rafid']) as unknown as readonly [Peer, Peer, Peer] // prettier-ignore

/** All keys and all runs of a peer, under a feed that nobody has heard of: what a changed client goes on from. */
function thief(of: Peer): Peer {
  const feed = `${of.party.device}${toHex(crypto.random(16))}` as FeedId
  const copy = new Peer(crypto, of.genesis, of.id, { ...of.party, feed })
  for (const bytes of of.log) copy.take(bytes)
  return copy
}

function everybodyMeets(peers: readonly Peer[]): void {
  for (let round = 0; round < 4; round++) for (const from of peers) for (const to of peers) meet(from, to)
}

function agree(peers: readonly Peer[]): void {
  const [first] = peers
  for (const peer of peers) {
    expect(peer.verdicts()).toEqual(first?.verdicts())
    expect(peer.state()).toBe(first?.state())
    const again = restarted(peer)
    expect(again.verdicts()).toEqual(peer.verdicts())
    expect(again.state()).toBe(peer.state())
  }
}

describe('a company that goes', () => {
  it('[SYN-77] what it backdates after leaving counts for nobody, and what it had written stays', () => {
    const [noor, sahm, rafid] = three()
    say(sahm, 'before ')
    const copy = thief(sahm)
    sahm.control(goingOf(sahm, sahm.party.card.company))
    for (const to of [noor, rafid]) meet(sahm, to)
    say(copy, 'BACKDATED ')
    everybodyMeets([noor, rafid])
    for (const to of [noor, rafid]) meet(copy, to)
    everybodyMeets([noor, rafid])
    for (const peer of [noor, rafid]) {
      expect(peer.text()).toBe('before ')
      expect(peer.channel.beyondCuts()).toEqual([{ feed: copy.party.feed, flagged: 0, parked: 1 }])
    }
    agree([noor, rafid])
    // Who left keeps what it had, and judges it as before.
    expect(sahm.text()).toBe('before ')
    expect(restarted(sahm).verdicts()).toEqual(sahm.verdicts())
  })

  it('[SYN-77] what arrives before the word that it was removed, and was written after it, is undone, on every peer alike', () => {
    const [noor, sahm, rafid] = three()
    say(sahm, 'before ')
    everybodyMeets([noor, sahm, rafid])
    const late = restarted(rafid)
    noor.control(goingOf(noor, sahm.party.card.company, [rafid]))
    meet(noor, rafid)
    say(sahm, 'BACKDATED ')
    // One meets the word first, the other one what was written into the past; it cannot write, and so vouches for nobody.
    meet(sahm, noor)
    late.now = 0 as typeof late.now
    meet(sahm, late)
    expect(late.text()).toContain('BACKDATED')
    meet(noor, late)
    for (const peer of [noor, late]) expect(peer.text()).toBe('before ')
    everybodyMeets([noor, late])
    agree([noor, late])
  })

  it('[SYN-77] what another company had taken in before it knew counts everywhere, flagged', () => {
    const [noor, sahm, rafid] = three()
    say(sahm, 'seen by Rafid ')
    meet(sahm, rafid)
    noor.control(goingOf(noor, sahm.party.card.company, [rafid]))
    meet(noor, rafid)
    everybodyMeets([noor, rafid])
    for (const peer of [noor, rafid]) {
      expect(peer.text()).toBe('seen by Rafid ')
      expect(peer.channel.beyondCuts()).toEqual([{ feed: sahm.party.feed, flagged: 1, parked: 0 }])
    }
    agree([noor, rafid])
  })

  it('[SYN-77] two devices of the company do not vouch for each other, and whoever is removed vouches for nothing of its own', () => {
    const [noor, sahm, rafid] = three()
    const second = new Peer(crypto, sahm.genesis, sahm.id, colleague(crypto, sahm.party, 'Second'))
    sahm.control({ kind: 'certificate', device: second.party.certified })
    sahm.openEpoch()
    everybodyMeets([sahm, noor, rafid, second])
    const word = noor.control(goingOf(noor, sahm.party.card.company, [rafid]))
    say(sahm, 'backdated ')
    meet(sahm, second)
    say(second, 'vouched ')
    meet(second, sahm)
    const written = sahm.log.length
    sahm.take(word)
    // The word itself, and no ack that would wait at everybody for ever.
    expect(sahm.log.length).toBe(written + 1)
    for (const to of [noor, rafid]) for (const from of [sahm, second]) meet(from, to)
    everybodyMeets([noor, rafid])
    for (const peer of [noor, rafid]) expect(peer.text()).toBe('')
    agree([noor, rafid])
  })

  it('[SYN-78] taken in again its work counts, the old that waited with it', () => {
    const [noor, sahm, rafid] = three()
    noor.control(goingOf(noor, sahm.party.card.company, [rafid]))
    noor.openEpoch()
    say(sahm, 'unseen ')
    everybodyMeets([noor, rafid])
    meet(sahm, noor)
    expect(noor.text()).toBe('')
    const { card, certified, signing } = sahm.party
    const joining = signStatement(crypto, 'joining', signing.secretKey, {
      workspace: noor.genesis.workspace, invitation: crypto.hash('test'), card, device: certified, at: NOON, nonce: crypto.random(16),
    }) // prettier-ignore
    noor.control({ kind: 'company-added', joining, consents: [] })
    noor.openEpoch()
    expect(noor.text()).toBe('unseen ')
    everybodyMeets([noor, sahm, rafid])
    say(sahm, 'again')
    everybodyMeets([noor, sahm, rafid])
    agree([noor, sahm, rafid])
    expect(noor.text()).toBe('unseen again')
    expect(noor.channel.beyondCuts()).toEqual([])
  })

  it('[SYN-78] of two companies that remove each other at the same time neither is cut off, and all agree who is gone', () => {
    const [noor, sahm] = world(crypto, ['Noor', 'Sahm']) as unknown as readonly [Peer, Peer]
    const reader = restarted(noor)
    const other = restarted(noor)
    for (const peer of [reader, other]) peer.now = 0 as typeof peer.now
    say(noor, 'Noor ')
    say(sahm, 'Sahm ')
    noor.control(goingOf(noor, sahm.party.card.company))
    sahm.control(goingOf(sahm, noor.party.card.company))
    meet(noor, reader)
    meet(sahm, reader)
    meet(sahm, other)
    meet(noor, other)
    expect(reader.verdicts()).toEqual(other.verdicts())
    expect(reader.state()).toBe(other.state())
    for (const peer of [reader, other]) {
      const gone = [...peer.channel.members().companies.values()].map(({ left }) => left)
      expect(gone).toEqual([...other.channel.members().companies.values()].map(({ left }) => left))
      expect(gone).toContain(true)
      expect(peer.text()).toContain('Noor ')
      expect(peer.text()).toContain('Sahm ')
    }
  })

  it('[SYN-78] a word of before there were cuts cuts nothing', () => {
    const [noor, sahm, rafid] = three()
    const going = goingOf(noor, sahm.party.card.company, [rafid])
    if (going.kind !== 'company-departed') expect.fail()
    noor.control({ kind: 'company-left', company: going.company, consents: going.consents })
    say(sahm, 'as before')
    everybodyMeets([noor, rafid])
    for (const to of [noor, rafid]) meet(sahm, to)
    for (const peer of [noor, rafid]) expect(peer.text()).toBe('as before')
    agree([noor, rafid])
  })

  it('[SYN-79] a removal that was admitted stands for all when a device that consented to it was revoked apart, in either order of arrival', () => {
    const [noor, sahm, rafid, witness] = world(crypto, ['Noor', 'Sahm', 'Rafid', 'Tuwaiq']) as unknown as readonly [Peer, Peer, Peer, Peer] // prettier-ignore
    // They cannot write, and so vouch for nobody.
    const copies = [1, 2, 3].map(() => restarted(noor))
    for (const copy of copies) copy.now = 0 as typeof copy.now
    // The schedule that found it: who is removed brings the word that a consenting device ends, and somebody has seen that.
    rafid.control(revocationOf(sahm, sahm.party.device, []))
    // Later than the revocation in the order of merging.
    say(noor, 'one ')
    noor.control(goingOf(noor, rafid.party.card.company, [sahm, witness]))
    meet(rafid, witness)
    const readers = [
      [rafid, witness, noor],
      [noor, rafid, witness],
      [noor, witness, rafid],
    ].map((order, at) => {
      const reader = copies[at] as Peer
      for (const from of order) meet(from, reader)
      return reader
    })
    everybodyMeets([noor, witness, ...readers])
    for (const { channel } of [noor, witness, ...readers]) {
      const members = channel.members()
      expect(members.companies.get(rafid.party.card.company)?.left).toBe(true)
      expect([...members.revocations.keys()]).toEqual([sahm.party.device])
    }
    agree([noor, witness, ...readers])
  })

  it('[SYN-79] what a revoked device backdates, a consent or a removal, removes nobody', () => {
    const [noor, sahm, rafid] = three()
    const second = new Peer(crypto, noor.genesis, noor.id, colleague(crypto, noor.party, 'Second'))
    noor.control({ kind: 'certificate', device: second.party.certified })
    noor.openEpoch()
    everybodyMeets([noor, sahm, rafid, second])
    const copy = thief(second)
    noor.control(revocationOf(noor, second.party.device))
    noor.openEpoch()
    everybodyMeets([noor, sahm, rafid])
    copy.control(goingOf(copy, rafid.party.card.company, [sahm]))
    for (const to of [noor, sahm, rafid]) meet(copy, to)
    everybodyMeets([noor, sahm, rafid])
    for (const peer of [noor, sahm, rafid]) {
      expect(peer.channel.members().companies.get(rafid.party.card.company)?.left).toBe(false)
      expect(peer.channel.beyondCuts()).toEqual([{ feed: copy.party.feed, flagged: 0, parked: 1 }])
      expect(peer.stands).toBe(true)
    }
    // Its consent under an older date, in the removal of somebody who knows of the revocation.
    const refused = sahm.refused.length
    sahm.take(sahm.seal([{ kind: 'control', payload: writeControl(goingOf(sahm, rafid.party.card.company, [copy])) }]))
    expect(sahm.refused.slice(refused).map(({ refusal }) => refusal)).toMatchObject([{ membership: 'consent-missing' }])
    everybodyMeets([noor, sahm, rafid])
    agree([noor, sahm, rafid])
  })

  it('[SYN-79] a word on another company’s device, written as if that were not known, ends nothing', () => {
    const [noor, sahm, rafid] = three()
    const copy = thief(sahm)
    const second = new Peer(crypto, noor.genesis, noor.id, colleague(crypto, noor.party, 'Second'))
    noor.control({ kind: 'certificate', device: second.party.certified })
    noor.openEpoch()
    everybodyMeets([noor, sahm, rafid, second])
    copy.control(revocationOf(sahm, second.party.device, []))
    for (const to of [noor, rafid, second]) meet(copy, to)
    say(second, 'goes on')
    everybodyMeets([noor, rafid, second])
    for (const peer of [noor, rafid, second]) {
      expect([...peer.channel.members().revocations.keys()]).toEqual([])
      expect(peer.channel.beyondCuts()).toEqual([])
      expect(peer.text()).toBe('goes on')
    }
    agree([noor, rafid, second])
  })
})
