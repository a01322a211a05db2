import { describe, expect, it, vi } from 'vitest'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import type { FeedId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { colleague, NOON } from './party.ts'
import { JOINT, Peer, restarted, resumed, saved } from './peer.ts'
import { certificateFor, goingOf, issuerEndOf, meet, narrowingOf, revocationOf, world } from './sync-world.ts'

const crypto = await createCrypto()
const say = (peer: Peer, text: string): Uint8Array | undefined =>
  peer.type(JOINT, (writer) => writer.insertText('t', peer.text().length, text))
const note = (peer: Peer): Uint8Array => peer.write('event', { type: 'noted' })

const three = (): readonly [Peer, Peer, Peer] => world(crypto, ['Noor', 'Sahm', 'Rafid']) as unknown as readonly [Peer, Peer, Peer] // prettier-ignore

/** A second device of the peer's company, which all know. */
function secondOf(peer: Peer, others: readonly Peer[]): Peer {
  const second = new Peer(crypto, peer.genesis, peer.id, colleague(crypto, peer.party, 'Second'))
  peer.control({ kind: 'certificate', device: second.party.certified })
  peer.openEpoch()
  for (const other of [second, ...others]) meet(peer, other)
  return second
}

/** All keys and all runs of a peer, under a feed that nobody has heard of: what a changed client goes on from. */
function changed(of: Peer): Peer {
  const feed = `${of.party.device}${toHex(crypto.random(16))}` as FeedId
  const copy = new Peer(crypto, of.genesis, of.id, { ...of.party, feed })
  for (const bytes of of.log) copy.take(bytes)
  return copy
}

function everybodyMeets(peers: readonly Peer[]): void {
  for (let round = 0; round < 4; round++) for (const from of peers) for (const to of peers) meet(from, to)
}

/** The same for all, and again after reading the log, and after going on from a stored state. */
function agree(peers: readonly Peer[]): void {
  const [first] = peers
  for (const peer of peers) {
    const stored = saved(peer)
    for (const one of [peer, restarted(peer), ...(stored ? [resumed(peer, stored)] : [])]) {
      expect(one.verdicts()).toEqual(first?.verdicts())
      expect(one.state()).toBe(first?.state())
    }
  }
}

const verdict = (peer: Peer, of: Peer, seq: number): string | undefined => peer.verdicts()[`${of.party.feed}:${seq}`]
const last = (peer: Peer): number => peer.channel.index.line(peer.party.feed)?.hashes.length ?? 0

describe('a person whose roles were narrowed', () => {
  it('[SYN-110] keeps what was within the cut; what is backdated under the old roles is refused, on every peer, and the feed goes on', () => {
    const [noor, sahm, rafid] = three()
    say(sahm, 'before ')
    const copy = changed(sahm)
    meet(sahm, noor)
    noor.control(narrowingOf(noor, sahm.party, ['ceo']))
    noor.openEpoch()
    for (const to of [sahm, rafid]) meet(noor, to)
    say(copy, 'BACKDATED ')
    const at = last(copy)
    note(copy)
    for (const to of [noor, rafid, sahm]) meet(copy, to)
    // What knows of it is judged by the new roles alone.
    note(sahm)
    everybodyMeets([noor, sahm, rafid])
    for (const peer of [noor, sahm, rafid]) {
      expect(peer.text()).toBe('before ')
      expect(verdict(peer, copy, at)).toBe('role-narrowed')
      expect(verdict(peer, copy, at + 1)).toBe('admitted')
      expect(verdict(peer, sahm, last(sahm))).toBe('admitted')
      expect(peer.channel.waiting()).toEqual([])
      expect(peer.channel.narrowings.beyond).toMatchObject([{ vouched: expect.any(Number), heldBack: 1 }])
    }
    agree([noor, sahm, rafid])
    // A stored state is gone on from, not read again.
    const reads = vi.spyOn(Peer.prototype, 'rebuild')
    const stored = saved(noor)
    expect(stored && resumed(noor, stored).verdicts()).toEqual(noor.verdicts())
    expect(reads).not.toHaveBeenCalled()
    reads.mockRestore()
    expect(() => say(sahm, 'not any more')).toThrow('not-authorised')
  })

  it('[SYN-111] counts as said under the new certificate where both allow it', () => {
    const [noor, sahm, rafid] = three()
    noor.control(narrowingOf(noor, sahm.party, ['ceo', 'coo']))
    noor.openEpoch()
    const narrowed = narrowingOf(noor, sahm.party, ['coo'])
    noor.control(narrowed)
    noor.openEpoch()
    say(sahm, 'both ')
    everybodyMeets([noor, rafid])
    meet(sahm, noor)
    const entry = noor.admitted.find(({ entry: { feed, seq } }) => feed === sahm.party.feed && seq === last(sahm))
    expect(entry?.author.roles).toEqual(['coo'])
    expect(noor.text()).toBe('both ')
    everybodyMeets([noor, sahm, rafid])
    agree([noor, sahm, rafid])
  })

  it('[SYN-110] who is out of the channel by the new roles writes nothing into its past, company matters included', () => {
    const [noor, sahm, rafid] = three()
    const copy = changed(sahm)
    noor.control(narrowingOf(noor, sahm.party, ['cfo']))
    noor.openEpoch()
    meet(noor, rafid)
    copy.control(goingOf(copy, sahm.party.card.company))
    const at = last(copy)
    for (const to of [noor, rafid]) meet(copy, to)
    everybodyMeets([noor, rafid])
    for (const peer of [noor, rafid]) {
      expect(verdict(peer, copy, at)).toBe('role-narrowed')
      expect(peer.channel.members().companies.get(sahm.party.card.company)?.left).toBe(false)
    }
    agree([noor, rafid])
  })

  it('[SYN-116] a removal that was void for whoever wrote, and turns out to have been taken in, leaves what was written there', () => {
    const [noor, sahm, rafid] = three()
    const second = secondOf(sahm, [noor, rafid])
    const removed = rafid.party.card.company
    const isGone = (peer: Peer) => peer.channel.members().companies.get(removed)?.left
    meet(noor, sahm)
    noor.control(goingOf(noor, removed, [noor, sahm]))
    const at = last(noor)
    meet(noor, second)
    second.openEpoch()
    note(second)
    // Rafid knows that Noor had lost its roles before, and so does Sahm; that a colleague had taken the removal in nobody has told them.
    rafid.control(narrowingOf(rafid, noor.party, ['cfo']))
    rafid.openEpoch()
    say(rafid, 'Rafid goes on. ')
    meet(rafid, sahm)
    meet(noor, sahm)
    expect([verdict(sahm, noor, at), isGone(sahm)]).toEqual(['role-narrowed', false])
    say(sahm, 'So does Sahm. ')
    say(rafid, 'And again. ')
    meet(second, sahm)
    expect([verdict(sahm, noor, at), isGone(sahm)]).toEqual(['admitted', true])
    expect(sahm.text()).toBe('Rafid goes on. So does Sahm. ')
    everybodyMeets([noor, sahm, rafid, second])
    for (const peer of [sahm, second]) {
      expect(isGone(peer)).toBe(true)
      expect(peer.text()).toBe('Rafid goes on. So does Sahm. ')
    }
    sahm.openEpoch()
    say(sahm, 'Without Rafid.')
    meet(sahm, second)
    agree([sahm, second])
  })

  it('[SYN-117] a word that only something that waits tells of is said again, for those who cannot read it there', () => {
    const [noor, sahm, rafid] = three()
    // Two that remove each other: what Sahm writes from there on waits everywhere, and Noor has no key of it.
    const stale = changed(sahm)
    rafid.control(goingOf(rafid, sahm.party.card.company, [rafid, noor]))
    rafid.openEpoch()
    meet(rafid, noor)
    stale.control(goingOf(stale, noor.party.card.company, [stale, rafid]))
    stale.openEpoch()
    stale.control(narrowingOf(stale, rafid.party, ['ceo'], []))
    meet(stale, noor)
    const narrowed = (peer: Peer) => peer.channel.endings.all.flatMap(({ subject }) => (subject.kind === 'roles' ? [subject.device] : [])) // prettier-ignore
    expect(narrowed(noor)).toEqual([])
    meet(stale, rafid)
    everybodyMeets([noor, rafid])
    for (const peer of [noor, rafid]) expect(narrowed(peer)).toEqual([rafid.party.device])
    agree([noor, rafid])
    expect(() => say(rafid, 'as before ')).toThrow('not-authorised')
  })

  it('[SYN-118] no state is stored while what was judged by is told by nothing that counts', () => {
    const [noor, sahm, rafid] = three()
    // Noor may not say it again: its own clock is wrong.
    const stale = changed(sahm)
    noor.control(goingOf(noor, sahm.party.card.company, [noor, rafid]))
    noor.openEpoch()
    expect(saved(noor)).toBeDefined()
    stale.control(narrowingOf(stale, rafid.party, ['ceo'], []))
    noor.now = (noor.now + 2 * 365 * 86_400_000) as Instant
    meet(stale, noor)
    expect(noor.channel.endings.all.map(({ subject }) => subject.kind)).toEqual(['company', 'roles'])
    expect(saved(noor)).toBeUndefined()
    noor.now = NOON
    noor.readAgain()
    expect(saved(noor)).toBeDefined()
    agree([noor])
  })

  it('[SYN-112] what another device had taken in before it knew counts, also when its word comes late', () => {
    const [noor, sahm, rafid] = three()
    say(sahm, 'seen by Rafid ')
    meet(sahm, rafid)
    note(rafid)
    const at = last(sahm)
    noor.control(narrowingOf(noor, sahm.party, ['ceo'], []))
    noor.openEpoch()
    meet(sahm, noor)
    expect(verdict(noor, sahm, at)).toBe('role-narrowed')
    expect(noor.text()).toBe('')
    agree([noor])
    meet(rafid, noor)
    expect(noor.text()).toBe('seen by Rafid ')
    everybodyMeets([noor, sahm, rafid])
    for (const peer of [noor, sahm, rafid]) expect(verdict(peer, sahm, at)).toBe('admitted')
    agree([noor, sahm, rafid])
  })

  it('[SYN-112] an engine writes an ack before it lets a narrowing count', () => {
    const [noor, sahm, rafid] = three()
    say(sahm, 'seen ')
    meet(sahm, rafid)
    const narrowed = noor.control(narrowingOf(noor, sahm.party, ['ceo'], []))
    const before = rafid.log.length
    rafid.take(narrowed)
    expect(rafid.log.length).toBe(before + 2)
    expect(rafid.admitted.slice(-2).map(({ effect }) => effect)).toMatchObject([{ control: { kind: 'ack' } }, { control: { kind: 'roles-narrowed' } }]) // prettier-ignore
    everybodyMeets([noor, sahm, rafid])
    expect(noor.text()).toBe('seen ')
    agree([noor, sahm, rafid])
  })

  it('[SYN-113] two whose roles were narrowed do not vouch for each other; against a revocation one of them vouches as before', () => {
    const [noor, sahm, rafid] = three()
    const second = secondOf(noor, [sahm, rafid])
    const [one, other] = [changed(sahm), changed(second)]
    for (const whom of [sahm, second]) {
      noor.control(narrowingOf(noor, whom.party, ['ceo']))
      noor.openEpoch()
    }
    say(one, 'one ')
    meet(one, other)
    say(other, 'two ')
    meet(other, one)
    note(one)
    meet(noor, rafid)
    for (const to of [noor, rafid]) for (const from of [one, other, one]) meet(from, to)
    everybodyMeets([noor, rafid])
    for (const peer of [noor, rafid]) expect(peer.text()).toBe('')
    agree([noor, rafid])

    const third = secondOf(noor, [rafid])
    say(third, 'third ')
    note(other)
    meet(third, other)
    note(other)
    rafid.control(revocationOf(noor, third.party.device, []))
    everybodyMeets([noor, rafid])
    for (const to of [noor, rafid]) for (const from of [third, other]) meet(from, to)
    everybodyMeets([noor, rafid])
    for (const peer of [noor, rafid]) expect(peer.text()).toBe('third ')
    agree([noor, rafid])
  })

  it('[SYN-114] it is heard from an entry that waits or is refused, also of a company that has gone', () => {
    const [noor, sahm, rafid] = three()
    const second = secondOf(sahm, [noor, rafid])
    const copy = changed(second)
    // The only carrier is a device that was revoked, and waits behind its cut.
    const carrier = secondOf(rafid, [noor, sahm])
    const revoked = revocationOf(rafid, carrier.party.device)
    note(carrier)
    carrier.control(narrowingOf(carrier, second.party, ['ceo']))
    rafid.control(revoked)
    rafid.openEpoch()
    everybodyMeets([noor, sahm, rafid])
    say(copy, 'BACKDATED ')
    const at = last(copy)
    const readers = [
      [carrier, copy],
      [copy, carrier],
    ].map((order) => {
      // Its clock is off, so that it writes nothing and vouches for nobody.
      const reader = restarted(noor)
      reader.now = 0 as typeof reader.now
      for (const from of order) meet(from, reader)
      return reader
    })
    for (const reader of readers) {
      expect(verdict(reader, copy, at)).toBe('role-narrowed')
      expect(reader.channel.waiting()).toHaveLength(1)
    }
    agree(readers)
    const [reader] = readers as [Peer, Peer]
    const gone = restarted(reader)
    gone.take(rafid.control(goingOf(rafid, sahm.party.card.company, [noor])))
    expect(restarted(gone).verdicts()).toEqual(gone.verdicts())
    expect(gone.channel.endings.all.map(({ subject }) => subject.kind).sort()).toEqual(['company', 'device', 'roles'])
  })

  it('[SYN-110] narrowed twice and given back: each word concerns what was written under the certificates that it ends', () => {
    const [noor, sahm, rafid] = three()
    const copy = changed(sahm)
    noor.control(narrowingOf(noor, sahm.party, ['ceo', 'coo']))
    noor.control(narrowingOf(noor, sahm.party, ['ceo']))
    noor.control({ kind: 'certificate', device: certificateFor(noor, sahm.party, ['coo']) })
    noor.openEpoch()
    everybodyMeets([noor, sahm, rafid])
    say(sahm, 'again ')
    say(copy, 'BACKDATED ')
    const at = last(copy)
    for (const to of [noor, rafid]) meet(copy, to)
    everybodyMeets([noor, sahm, rafid])
    for (const peer of [noor, sahm, rafid]) {
      expect(peer.text()).toBe('again ')
      expect(verdict(peer, copy, at)).toBe('role-narrowed')
    }
    agree([noor, sahm, rafid])
  })

  it('[SYN-110] [SYN-114] the word of an issuer that the root ended counts only as far as the root had seen it, whichever comes first', () => {
    for (const seen of [false, true]) {
      const [noor, sahm, rafid] = three()
      meet(sahm, noor)
      const [copy, before] = [restarted(sahm), restarted(noor)]
      noor.control(narrowingOf(noor, sahm.party, ['ceo']))
      if (seen) meet(noor, rafid)
      say(copy, 'unaware ')
      const at = last(copy)
      const hash = copy.channel.index.line(copy.party.feed)?.hashes.of(at)
      if (hash === undefined) throw new Error('nothing was written')
      const [told, ended] = [restarted(noor), restarted(rafid)]
      ended.control(issuerEndOf(ended, sahm.party, [{ feed: copy.party.feed, seq: at, hash }]))
      const readers = [
        [told, copy, ended],
        [copy, ended, told],
        [ended, told, copy],
        [ended, copy, told],
        [told, ended, copy],
      ].map((order) => {
        const reader = restarted(before)
        // With a clock that lets it write nothing and vouch for nobody.
        reader.now = 0 as typeof reader.now
        for (const from of order) meet(from, reader)
        return reader
      })
      for (const reader of readers) expect(verdict(reader, copy, at)).toBe(seen ? 'role-narrowed' : 'admitted')
      agree(readers)
    }
  })
})
