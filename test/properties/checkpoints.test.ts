import { describe, expect, it } from 'vitest'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import type { CheckpointParts } from '#shared/membership/types.ts'
import { writeControl } from '#shared/membership/control.ts'
import { frontier } from '#shared/sync/cut.ts'
import { attest, partsOf } from './attest.ts'
import { colleague } from './party.ts'
import { JOINT, Peer, restarted, resumed, saved } from './peer.ts'
import { meet, world } from './sync-world.ts'

const crypto = await createCrypto()

const say = (peer: Peer, text: string): Uint8Array | undefined =>
  peer.type(JOINT, (writer) => writer.insertText('t', peer.text().length, text))

const three = (): readonly [Peer, Peer, Peer] =>
  world(crypto, ['Noor', 'Sahm', 'Rafid']) as unknown as readonly [Peer, Peer, Peer]

function everybodyMeets(peers: readonly Peer[], rounds = 6): void {
  for (let round = 0; round < rounds; round++)
    for (const from of peers) for (const to of peers) if (from !== to) meet(from, to)
}

function agree(peers: readonly Peer[]): void {
  const [first] = peers
  for (const peer of peers) {
    expect(peer.verdicts()).toEqual(first?.verdicts())
    expect(peer.state()).toBe(first?.state())
    expect(peer.channel.waiting()).toEqual([])
    const again = restarted(peer)
    expect(again.state()).toBe(peer.state())
    expect(again.verdicts()).toEqual(peer.verdicts())
    expect(again.channel.forks.inForce).toEqual(peer.channel.forks.inForce)
  }
}

const written = (parts: CheckpointParts | undefined): unknown =>
  parts && Object.values(parts).map((part: Uint8Array) => toHex(part))

/** Noor, Sahm and Rafid, and a second device of Noor in two lives. */
function withForker(): readonly [Peer, Peer, Peer, Peer, Peer] {
  const [noor, sahm, rafid] = three()
  const second = colleague(crypto, noor.party, 'Second')
  const left = new Peer(crypto, noor.genesis, noor.id, second)
  noor.control({ kind: 'certificate', device: second.certified })
  noor.openEpoch()
  for (const peer of [sahm, rafid, left]) meet(noor, peer)
  say(left, 'before ')
  for (const peer of [noor, sahm, rafid]) meet(left, peer)
  return [noor, sahm, rafid, left, restarted(left)]
}

describe('a checkpoint', () => {
  it('[SYN-100] comes to the same bytes for all who hold its cut, in any order, later, and after going on from a stored state', () => {
    const [noor, sahm, rafid] = three()
    for (const peer of [noor, sahm, rafid]) say(peer, `${peer.party.card.name.en} `)
    rafid.take(rafid.seal([{ kind: 'control', payload: { kind: 'ack' } }]))
    meet(rafid, sahm)
    meet(noor, sahm)
    meet(sahm, noor)
    everybodyMeets([noor, sahm, rafid])
    const heads = frontier(noor.channel.index)
    const parts = written(partsOf(noor, heads))
    expect(parts).toHaveLength(4)
    for (const peer of [sahm, rafid, restarted(sahm), resumed(rafid, saved(rafid)!)]) expect(written(partsOf(peer, heads))).toEqual(parts) // prettier-ignore
    say(noor, 'more ')
    say(noor, 'still more ')
    meet(noor, sahm)
    expect(written(partsOf(sahm, heads))).toEqual(parts)
    expect(written(partsOf(sahm))).not.toEqual(parts)
  })

  it('[SYN-101] is refused where it names what its author had not seen, or names it in no order; nothing can be copied into it from another channel', () => {
    const [noor, sahm] = three()
    say(sahm, 'unseen ')
    const parts = partsOf(sahm)!
    const unseen = frontier(sahm.channel.index)
    const word = (heads: typeof unseen) => [{ kind: 'control' as const, payload: writeControl({ kind: 'checkpoint', heads, parts }) }] // prettier-ignore
    // Noor names entries that the receiver holds and it does not.
    const lie = noor.seal(word(unseen))
    expect(sahm.take(lie)).toMatchObject({ refused: [{ refusal: { code: 'checkpoint-unseen' } }] })
    meet(sahm, noor)
    noor.take(lie)
    expect(noor.refused.map(({ refusal }) => refusal.code)).toContain('checkpoint-unseen')
    const [first, ...rest] = unseen
    for (const heads of [[], [...rest, first!], [first!, first!]]) {
      const taken = sahm.take(sahm.seal(word(heads)))
      expect(taken).toMatchObject({ refused: [{ refusal: { code: 'payload-malformed' } }] })
    }
    const [elsewhere] = three()
    const taken = elsewhere.take(elsewhere.seal(word(unseen)))
    expect(taken).toMatchObject({ refused: [{ refusal: { code: 'checkpoint-unseen' } }] })
    expect(sahm.channel.checkpoints.all).toEqual([])
  })

  it('[SYN-102] stands when a device of each company that was a member at the cut came to the same', () => {
    const [noor, sahm, rafid] = three()
    say(noor, 'agreed ')
    everybodyMeets([noor, sahm, rafid])
    const heads = frontier(noor.channel.index)
    attest(noor, heads)
    meet(noor, sahm)
    attest(sahm, heads)
    meet(sahm, noor)
    const [open] = noor.channel.checkpoints.all
    expect(noor.channel.checkpoints.stands(open!)).toBe(false)
    expect(noor.channel.checkpoints.attested(open!).missing).toEqual([rafid.party.card.company])
    everybodyMeets([noor, sahm, rafid])
    // Rafid's client says something else: its word stands beside the others' and takes nothing from them.
    const lie = { ...partsOf(rafid, heads)!, documents: crypto.hash('test') }
    rafid.control({ kind: 'checkpoint', heads, parts: lie })
    everybodyMeets([noor, sahm, rafid])
    expect(sahm.channel.checkpoints.all.map((one) => [one.words.length, sahm.channel.checkpoints.stands(one)])).toEqual([[2, false], [1, false]]) // prettier-ignore
  })

  it('[SYN-103] who says two things of one cut has said nothing of it, and who is certified by no member says nothing', () => {
    const [noor, sahm, rafid] = three()
    everybodyMeets([noor, sahm, rafid])
    const heads = frontier(noor.channel.index)
    for (const peer of [noor, sahm, rafid]) {
      attest(peer, heads)
      everybodyMeets([noor, sahm, rafid])
    }
    const standing = (peer: Peer): boolean => peer.channel.checkpoints.all.some((one) => peer.channel.checkpoints.stands(one)) // prettier-ignore
    expect(standing(noor)).toBe(true)
    const [stranger] = three()
    const foreign = new Peer(crypto, noor.genesis, noor.id, stranger.party)
    meet(noor, foreign)
    for (const [epoch, key] of noor.keys) foreign.keys.set(epoch, key)
    const payload = writeControl({ kind: 'checkpoint', heads, parts: partsOf(noor, heads)! })
    expect(noor.take(foreign.seal([{ kind: 'control', payload }], { epoch: [...noor.keys.keys()].at(-1)! }))).toMatchObject({ refused: [{ refusal: { code: 'no-certificate' } }] }) // prettier-ignore
    rafid.control({ kind: 'checkpoint', heads, parts: { ...partsOf(rafid, heads)!, epochs: crypto.hash('test') } })
    everybodyMeets([noor, sahm, rafid])
    for (const peer of [noor, sahm, restarted(noor)]) {
      expect(standing(peer)).toBe(false)
      expect(peer.channel.checkpoints.all.map(({ words }) => words.length)).toEqual([2, 0])
    }
  })
})

describe('a fork behind which every other company attested', () => {
  it.each(['left first', 'right first'])(
    '[SYN-104] leaves what was attested, though the forger never attested anything, %s',
    (order) => {
      const [noor, sahm, rafid, left, right] = withForker()
      say(left, 'ATTESTED ')
      for (const peer of [noor, sahm, rafid]) meet(left, peer)
      say(noor, 'on top. ')
      everybodyMeets([noor, sahm, rafid])
      const heads = frontier(noor.channel.index)
      // Not even another device of the forger's company: it signed the entries.
      for (const peer of [sahm, rafid]) attest(peer, heads)
      everybodyMeets([noor, sahm, rafid])
      say(left, 'NOT ATTESTED ')
      say(right, 'OTHER SIDE ')
      const [one, other] = order === 'left first' ? [left, right] : [right, left]
      for (const { bytes } of one.runs.get(one.party.feed) ?? []) noor.take(bytes)
      for (const { bytes } of other.runs.get(other.party.feed) ?? []) noor.take(bytes)
      for (const { bytes } of other.runs.get(other.party.feed) ?? []) sahm.take(bytes)
      say(sahm, 'and on. ')
      everybodyMeets([noor, sahm, rafid])
      agree([noor, sahm, rafid])
      for (const kept of ['before ATTESTED ', 'on top. ', 'and on. ']) expect(noor.text()).toContain(kept)
      expect(noor.text()).toHaveLength('before ATTESTED on top. and on. '.length)
      expect(noor.channel.forks.of(left.party.feed)?.attested).toHaveLength(1)
    },
  )

  it('[SYN-104] words that come after the fork is known bring the attested side back, and what was written meanwhile keeps its verdict', () => {
    const [noor, sahm, rafid, left, right] = withForker()
    say(left, 'ATTESTED ')
    for (const peer of [sahm, rafid]) meet(left, peer)
    say(sahm, 'on top. ')
    meet(sahm, rafid)
    const heads = frontier(rafid.channel.index)
    attest(rafid, heads)
    say(right, 'OTHER SIDE ')
    // Noor learns of the fork and of the side that Sahm leans on, and not of the words.
    for (const { bytes } of right.runs.get(right.party.feed) ?? []) noor.take(bytes)
    meet(left, noor)
    meet(sahm, noor)
    for (const { bytes } of left.runs.get(left.party.feed) ?? []) noor.take(bytes)
    meet(sahm, noor)
    expect(noor.text()).toBe('before on top. ')
    // Between letters of what does not count for it now.
    noor.type(JOINT, (writer) => writer.insertText('t', 'before '.length, 'meanwhile '))
    attest(sahm, heads)
    meet(rafid, noor)
    everybodyMeets([noor, sahm, rafid])
    agree([noor, sahm, rafid])
    expect(noor.text()).toContain('ATTESTED ')
    expect(noor.text()).toContain('meanwhile ')
    expect(noor.refused).toEqual([])
  })

  it('[SYN-105] where two sides are attested, or only some of the others attested, or only the forger’s own company did, nothing behind it counts', () => {
    const [noor, sahm, rafid, left, right] = withForker()
    say(left, 'LEFT ')
    say(right, 'RIGHT ')
    meet(left, sahm)
    meet(right, rafid)
    attest(sahm)
    attest(rafid)
    attest(left)
    everybodyMeets([noor, sahm, rafid])
    agree([noor, sahm, rafid])
    expect(noor.text()).toBe('before ')
    expect(noor.channel.forks.of(left.party.feed)?.attested).toEqual([])
  })
})
