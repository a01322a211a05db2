import { describe, expect, it } from 'vitest'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { writableEpoch } from '#shared/membership/epoch.ts'
import { colleague } from './party.ts'
import { JOINT, Peer } from './peer.ts'
import { meet, revocationOf, world } from './sync-world.ts'

const crypto = await createCrypto()
const event = (name: string) => ({ kind: 'event', payload: { type: 'noted', name } as Canonical }) as const
const say = (peer: Peer, text: string): Uint8Array | undefined =>
  peer.type(JOINT, (writer) => writer.insertText('t', peer.text().length, text))

/** Noor with two devices, Sahm and Rafid with one: all in one channel with the same log. */
function four(): readonly [Peer, Peer, Peer, Peer] {
  const [noor, sahm, rafid] = world(crypto, ['Noor', 'Sahm', 'Rafid']) as unknown as readonly [Peer, Peer, Peer]
  const second = new Peer(crypto, noor.genesis, noor.id, colleague(crypto, noor.party, 'Second'))
  noor.control({ kind: 'certificate', device: second.party.certified })
  noor.openEpoch()
  for (const peer of [sahm, rafid, second]) meet(noor, peer)
  return [noor, second, sahm, rafid]
}

function everybodyMeets(peers: readonly Peer[]): void {
  for (let round = 0; round < 4; round++) for (const from of peers) for (const to of peers) meet(from, to)
}

function agree(peers: readonly Peer[]): void {
  const [first] = peers
  for (const peer of peers) {
    expect(peer.verdicts()).toEqual(first?.verdicts())
    expect(peer.state()).toBe(first?.state())
  }
}

describe('a revoked device', () => {
  it('[SYN-70] keeps what it wrote before the cut, and nothing that it backdates counts, on any peer', () => {
    const [noor, second, sahm, rafid] = four()
    say(second, 'before ')
    meet(second, noor)
    meet(second, sahm)
    noor.control(revocationOf(noor, second.party.device))
    // The thief has every key and a full copy of the log, and pretends never to have heard of the revocation.
    const feed = second.party.feed
    say(second, 'BACKDATED ')
    meet(noor, sahm)
    for (const peer of [noor, sahm, rafid]) {
      meet(noor, peer)
      meet(second, peer)
    }
    everybodyMeets([noor, sahm, rafid])
    for (const peer of [noor, sahm, rafid]) {
      expect(peer.text()).toBe('before ')
      expect(peer.channel.beyondCuts()).toEqual([{ feed, flagged: 0, parked: 1 }])
    }
    agree([noor, sahm, rafid])
  })

  it('[SYN-115] behind what it wrote and nobody vouches for yet one asks for what leads to a witness', () => {
    const [noor, second, sahm, rafid] = four()
    noor.control(revocationOf(noor, second.party.device))
    say(second, 'first ')
    say(rafid, 'between ')
    meet(rafid, second)
    say(second, 'leaning on Rafid ')
    meet(second, sahm)
    say(sahm, 'in ignorance')
    // Noor is brought what leans on Rafid's entry, and that entry never.
    for (const { party } of [second, sahm]) for (const { bytes } of sahm.runs.get(party.feed) ?? []) noor.take(bytes)
    expect(noor.channel.missing.map(({ feed }) => feed)).toContain(rafid.party.feed)
    for (const { bytes } of rafid.runs.get(rafid.party.feed) ?? []) noor.take(bytes)
    expect(noor.channel.missing).toEqual([])
    everybodyMeets([noor, sahm, rafid])
    agree([noor, sahm, rafid])
    expect(noor.text()).toContain('first')
  })

  it('[SYN-71] what another had taken in before it knew counts everywhere, flagged; nothing after it does', () => {
    const [noor, second, sahm, rafid] = four()
    say(second, 'seen by Sahm ')
    meet(second, sahm)
    noor.control(revocationOf(noor, second.party.device))
    meet(noor, sahm) // Sahm acknowledges first what it had seen
    say(second, 'seen by nobody ')
    meet(second, rafid)
    meet(noor, rafid)
    expect(rafid.text()).toContain('seen by nobody')
    everybodyMeets([noor, sahm, rafid])
    // Rafid had taken it in in ignorance, too: its ack vouches for both.
    agree([noor, sahm, rafid])
    expect(noor.text()).toBe('seen by Sahm seen by nobody ')
    say(second, 'too late ')
    for (const peer of [noor, sahm, rafid]) meet(second, peer)
    everybodyMeets([noor, sahm, rafid])
    agree([noor, sahm, rafid])
    expect(noor.text()).toBe('seen by Sahm seen by nobody ')
    expect(noor.channel.beyondCuts()).toEqual([{ feed: second.party.feed, flagged: 2, parked: 1 }])
  })

  it('[SYN-72] before an engine lets a revocation count, it writes what it had seen', () => {
    const [noor, second, sahm] = four()
    meet(second, sahm)
    const revocation = noor.control(revocationOf(noor, second.party.device))
    const held = sahm.log.length
    sahm.take(revocation)
    expect(sahm.log.length).toBe(held + 2)
    expect(sahm.log.at(-1)).toBe(revocation)
    const [ack, admitted] = sahm.admitted.slice(-2)
    expect(ack?.effect).toMatchObject({ kind: 'control', control: { kind: 'ack' } })
    expect(ack?.ancestry.includes({ feed: noor.party.feed, seq: admitted!.entry.seq })).toBe(false)
    expect(admitted?.effect).toMatchObject({ kind: 'control', control: { kind: 'revocation' } })
  })

  it('[SYN-73] a device that the thief certified afterwards neither counts nor vouches for anything', () => {
    const [noor, second, sahm] = four()
    noor.control(revocationOf(noor, second.party.device))
    // The thief holds an issuer's key, too.
    const puppet = new Peer(crypto, noor.genesis, noor.id, colleague(crypto, second.party, 'Puppet'))
    second.control({ kind: 'certificate', device: puppet.party.certified })
    second.openEpoch()
    say(second, 'backdated ')
    meet(second, puppet)
    say(puppet, 'vouched ')
    everybodyMeets([noor, sahm])
    for (const peer of [noor, sahm]) {
      meet(second, peer)
      meet(puppet, peer)
      expect(peer.text()).toBe('')
    }
    everybodyMeets([noor, sahm])
    agree([noor, sahm])
  })

  it('[SYN-73] two stolen devices do not vouch for each other', () => {
    const [noor, second, sahm] = four()
    const third = new Peer(crypto, noor.genesis, noor.id, colleague(crypto, noor.party, 'Third'))
    noor.control({ kind: 'certificate', device: third.party.certified })
    noor.openEpoch()
    for (const peer of [second, third, sahm]) meet(noor, peer)
    for (const device of [second, third]) {
      noor.control(revocationOf(noor, device.party.device))
      noor.openEpoch()
    }
    say(second, 'one ')
    meet(second, third)
    say(third, 'two ')
    meet(third, second)
    say(second, 'three ')
    meet(noor, sahm)
    for (const peer of [noor, sahm]) for (const thief of [second, third, second]) meet(thief, peer)
    everybodyMeets([noor, sahm])
    agree([noor, sahm])
    expect(noor.text()).toBe('')
  })

  it('[SYN-92] a device whose end is told by an entry that waits alone gets no key from then on, and those who read it again agree', () => {
    const [noor, second, sahm, rafid] = four()
    const third = new Peer(crypto, noor.genesis, noor.id, colleague(crypto, noor.party, 'Third'))
    noor.control({ kind: 'certificate', device: third.party.certified })
    noor.openEpoch()
    for (const peer of [second, third, sahm, rafid]) meet(noor, peer)
    // Second tells of third's end, in nobody's sight before its own end is known to all.
    second.control(revocationOf(second, third.party.device))
    noor.control(revocationOf(noor, second.party.device))
    noor.openEpoch()
    for (const peer of [sahm, rafid]) meet(noor, peer)
    const reads = (by: Peer) => {
      by.openEpoch()
      return writableEpoch(by.keyHolders)?.recipients
    }
    expect(reads(sahm)).toContain(third.party.device)
    // Rafid may not say it again: its clock is wrong.
    const { now } = rafid
    rafid.now = (now + 2 * 365 * 86_400_000) as Instant
    meet(second, rafid)
    expect(rafid.channel.members().revocations.has(third.party.device)).toBe(false)
    expect(writableEpoch(rafid.keyHolders)).toBeUndefined()
    rafid.rebuild()
    expect(rafid.keyHolders.certificates.has(third.party.device)).toBe(false)
    rafid.now = now
    meet(second, sahm)
    expect(sahm.channel.members().revocations.has(third.party.device)).toBe(true)
    sahm.rebuild()
    expect(reads(sahm)).not.toContain(third.party.device)
    say(sahm, 'without third')
    everybodyMeets([noor, sahm, rafid])
    agree([noor, sahm, rafid])
    meet(sahm, third)
    expect(third.text()).toBe('')
  })

  it('[SYN-74] devices that revoke each other both end, whichever word came first', () => {
    const [noor, second, sahm, rafid] = four()
    say(noor, 'one ')
    noor.control(revocationOf(noor, second.party.device))
    say(second, 'two ')
    second.control(revocationOf(second, noor.party.device))
    meet(noor, sahm)
    meet(second, rafid)
    meet(second, sahm)
    meet(noor, rafid)
    everybodyMeets([sahm, rafid])
    agree([sahm, rafid])
    for (const peer of [sahm, rafid]) {
      const { revocations } = peer.channel.members()
      expect([...revocations.keys()].sort()).toEqual([noor.party.device, second.party.device].sort())
    }
    // Nobody but the two knew of either: what each wrote before the other's word reached a third is vouched for.
    expect(sahm.text()).toBe(rafid.text())
  })

  it('[SYN-75] a log that is read again comes to the same, and so does one that came in another order', () => {
    const [noor, second, sahm, rafid] = four()
    say(second, 'kept ')
    meet(second, noor)
    say(second, 'witnessed ')
    meet(second, sahm)
    noor.control(revocationOf(noor, second.party.device, undefined))
    say(second, 'backdated ')
    meet(noor, sahm)
    meet(second, rafid)
    meet(noor, rafid)
    everybodyMeets([noor, sahm, rafid])
    agree([noor, sahm, rafid])
    const before = { verdicts: sahm.verdicts(), state: sahm.state() }
    sahm.rebuild()
    expect({ verdicts: sahm.verdicts(), state: sahm.state() }).toEqual(before)
    for (const order of [
      (one: string, other: string) => (one < other ? -1 : 1),
      (one: string, other: string) => (one < other ? 1 : -1),
    ]) {
      // prettier-ignore
      const again = new Peer(crypto, noor.genesis, noor.id, sahm.party)
      again.channel.hold = false
      for (const feed of [...sahm.runs.keys()].sort(order))
        for (const run of sahm.runs.get(feed) ?? []) again.log.push(run.bytes)
      again.rebuild()
      expect({ verdicts: again.verdicts(), state: again.state() }).toEqual(before)
    }
  })

  it('[SYN-76] what knew of the revocation is refused, not parked, and the rest goes on', () => {
    const [noor, second, sahm] = four()
    noor.control(revocationOf(noor, second.party.device))
    const [epoch] = [...second.keys.keys()].slice(-1)
    meet(noor, second)
    meet(noor, sahm)
    expect(second.stands).toBe(false)
    meet(second, sahm) // its ack, which no cut covers and nobody vouched for, waits; so does all behind it
    const ending = sahm.channel.endings.all
    expect(ending).toHaveLength(1)
    sahm.take(second.seal([event('x')], { epoch: epoch! }))
    expect(sahm.verdicts()[`${second.party.feed}:2`]).not.toBe('admitted')
    noor.openEpoch()
    say(noor, 'on')
    meet(noor, sahm)
    expect(sahm.text()).toBe('on')
  })
})
