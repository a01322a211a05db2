import { describe, expect, it } from 'vitest'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'
import type { EntryHash, EpochId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { writeControl } from '#shared/membership/control.ts'
import { createEpoch, writableEpoch } from '#shared/membership/epoch.ts'
import type { Taken } from '#shared/sync/intake.ts'
import { writeDoc } from '#shared/sync/doc-body.ts'
import { QUOTA } from '#shared/sync/judges.ts'
import { NOON, party } from './party.ts'
import { ARTIFACT, JOINT, OWN, Peer, SLICE } from './peer.ts'
import { meet, world } from './sync-world.ts'

const crypto = await createCrypto()
const pair = (): readonly [Peer, Peer] => world(crypto, ['Noor', 'Sahm']) as unknown as readonly [Peer, Peer]
const codeOf = (taken: Taken): string =>
  taken.outcome === 'refused' ? taken.code : (taken.refused[0]?.refusal.code ?? 'taken')
const event = (payload: Canonical) => ({ kind: 'event', payload }) as const
const fact = (name: string) => event({ type: 'noted', name })

/** What must still work after an attack: both write, both see the same. */
function honestWorkGoesOn(a: Peer, b: Peer): void {
  a.type(JOINT, (writer) => writer.insertText('t', 0, 'still '))
  meet(a, b)
  b.type(JOINT, (writer) => writer.insertText('t', b.text().length, 'here'))
  meet(b, a)
  expect(a.text()).toContain('still ')
  expect(a.text()).toContain('here')
  expect(b.state()).toBe(a.state())
}

describe('runs from a hostile sender', () => {
  it('[SYN-2] a flipped bit anywhere is refused, and honest work goes on', () => {
    const [a, b] = pair()
    const run = a.seal([fact('one'), fact('two')])
    const codes = new Set<string>()
    for (let at = 0; at < run.length; at++) {
      const bent = run.slice()
      bent[at] = (bent[at] as number) ^ (1 << (at % 8))
      codes.add(codeOf(b.take(bent)))
    }
    expect(codes).not.toContain('taken')
    for (const code of ['newer-version', 'malformed', 'wrong-workspace', 'wrong-channel', 'bad-signature']) {
      expect(codes).toContain(code)
    }
    expect(codeOf(b.take(run))).toBe('taken')
    expect(a.take(run).outcome).toBe('taken')
    honestWorkGoesOn(a, b)
  })

  it('[SYN-2] a truncated or lengthened run is refused', () => {
    const [a, b] = pair()
    const run = a.seal([fact('one')])
    for (let length = 0; length < run.length; length += 7)
      expect(codeOf(b.take(run.slice(0, length)))).toBe('malformed')
    expect(codeOf(b.take(Uint8Array.of(...run, 0)))).toBe('malformed')
    expect(codeOf(b.take(new Uint8Array(9 * 1024 * 1024)))).toBe('too-large')
    honestWorkGoesOn(a, b)
  })

  it('[SYN-3] replayed and reordered runs are refused without effect', () => {
    const [a, b] = pair()
    const first = a.write('event', { type: 'noted' })
    const second = a.write('event', { type: 'noted' })
    const early = b.take(second)
    expect(early).toMatchObject({ code: 'broken-chain', need: { feed: a.party.feed } })
    expect(codeOf(b.take(first))).toBe('taken')
    expect(codeOf(b.take(second))).toBe('taken')
    expect(codeOf(b.take(first))).toBe('replayed')
    expect(codeOf(b.take(second))).toBe('replayed')
    honestWorkGoesOn(a, b)
  })

  it('[SYN-3] a run of another channel or signed by another device is refused', () => {
    const [a, b] = pair()
    const [other] = pair()
    expect(codeOf(b.take(other.seal([fact('x')])))).toBe('wrong-workspace')
    const [first] = a.runs.get(a.party.feed) ?? []
    const stranger = new Peer(crypto, a.genesis, 'ab'.repeat(32) as never, b.party)
    expect(stranger.take(first!.bytes)).toMatchObject({ code: 'wrong-channel' })
    expect(stranger.take(a.seal([fact('x')]))).toMatchObject({ code: 'wrong-channel' })
    honestWorkGoesOn(a, b)
  })

  it('[SYN-13] two entries under one number are kept as proof, and from there on nothing of the feed counts', () => {
    const [a, b] = pair()
    const left = a.seal([fact('left')])
    const right = a.seal([fact('right'), fact('more')])
    expect(codeOf(b.take(left))).toBe('taken')
    const taken = b.take(right)
    expect(taken).toMatchObject({ code: 'forked', proof: { feed: a.party.feed } })
    const c = new Peer(crypto, a.genesis, a.id, b.party)
    meet(a, c)
    c.take(right)
    expect(c.take(left)).toMatchObject({ code: 'forked' })
    a.take(left)
    expect(codeOf(b.take(a.seal([fact('later')])))).toBe('forked')
    expect(b.channel.forks.of(a.party.feed)).toBeDefined()
    expect(b.write('event', { type: 'noted' })).toBeInstanceOf(Uint8Array)
  })
})

describe('ancestry', () => {
  it('[SYN-4] an entry whose heads are missing waits, names them, and is judged when they come', () => {
    const [a, b, c] = world(crypto, ['Noor', 'Sahm', 'Rafid']) as unknown as readonly [Peer, Peer, Peer]
    const one = a.write('event', { type: 'noted' })
    b.take(one)
    const two = b.write('event', { type: 'noted' })
    const taken = c.take(two)
    expect(taken).toMatchObject({ outcome: 'taken', admitted: [], refused: [] })
    expect(taken.outcome === 'taken' && taken.missing[0]?.feed).toBe(a.party.feed)
    expect(c.channel.waiting()).toEqual([{ feed: b.party.feed, count: 1 }])
    const settled = c.take(one)
    expect(settled.outcome === 'taken' && settled.admitted.map(({ entry }) => entry.feed)).toEqual([
      a.party.feed,
      b.party.feed,
    ])
    expect(c.verdicts()).toEqual(b.verdicts())
  })

  it('[SYN-4] a head that does not exist keeps its entry waiting and hurts nobody else', () => {
    const [a, b] = pair()
    const seq = (b.channel.index.line(b.party.feed)?.hashes.length ?? 0) + 5
    const lie = { feed: b.party.feed, seq, hash: 'cd'.repeat(32) as EntryHash }
    expect(b.take(a.seal([fact('x')], { heads: [lie] }))).toMatchObject({ admitted: [], refused: [] })
    b.write('event', { type: 'noted' })
    expect(b.channel.waiting()).toEqual([{ feed: a.party.feed, count: 1 }])
  })

  it('[SYN-5] a device without a certificate in the ancestry is refused, whatever the receiver knows', () => {
    const [a, b] = pair()
    const stranger = new Peer(crypto, a.genesis, a.id, party(crypto, 'Stranger'))
    for (const [epoch, key] of a.keys) stranger.keys.set(epoch, key)
    meet(a, stranger)
    expect(codeOf(a.take(stranger.seal([fact('x')])))).toBe('no-certificate')
    // Certified for everybody who reads on, but not in what this entry says that it had seen.
    const blind = b.seal([fact('x')], { heads: [] })
    expect(codeOf(a.take(blind))).toBe('no-certificate')
    b.take(blind)
    honestWorkGoesOn(a, b)
  })

  it('[SYN-6] a certificate counts only within its validity, at the time that the entry claims', () => {
    const [a, b] = pair()
    const late = (NOON + 2 * 365 * 86_400_000) as Instant
    expect(codeOf(b.take(a.seal([{ ...fact('x'), at: late }])))).toBe('certificate-not-valid')
  })

  it('[SYN-7] a key that the author cannot have seen made, or that an outsider holds, is not written under', () => {
    const [a, b] = pair()
    const outsider = party(crypto, 'Outsider')
    const { payload } = createEpoch(crypto, {
      channel: a.id,
      parents: [],
      recipients: [{ device: outsider.device, boxKey: outsider.box.publicKey }, { device: a.party.device, boxKey: a.party.box.publicKey }],
      earlier: [],
    }) // prettier-ignore
    a.control(payload, true)
    meet(a, b)
    const line = a.channel.index.line(a.party.feed)!
    const unsafe = line.hashes.last as string as EpochId
    expect(codeOf(b.take(a.seal([fact('x')], { epoch: unsafe })))).toBe('epoch-unsafe')

    const [c, d] = pair()
    c.openEpoch()
    const newest = c.channel.index.line(c.party.feed)!.hashes.last as string as EpochId
    d.keys.set(newest, c.keys.get(newest)!)
    expect(codeOf(c.take(d.seal([fact('x')], { epoch: newest })))).toBe('epoch-not-in-ancestry')
  })

  it('[SYN-7] without the key an entry waits; with a key of another commitment it waits too', () => {
    const [a, b] = pair()
    const epoch = writableEpoch(a.channel.members())!.id
    const key = b.keys.get(epoch)!
    const run = a.seal([fact('x')])
    b.keys.set(epoch, crypto.random(32) as never)
    expect(b.take(run)).toMatchObject({ admitted: [], refused: [] })
    b.keys.delete(epoch)
    expect(b.channel.settle().admitted).toHaveLength(0)
    b.keys.set(epoch, key)
    expect(b.channel.settle().admitted).toHaveLength(1)
  })

  it('[SYN-15] who was removed elsewhere at the same time still counts in an ancestry that does not know', () => {
    const [a, b] = pair()
    const before = b.seal([fact('written before I knew')])
    a.control({ kind: 'company-left', company: b.party.card.company, consents: [] } as never)
    expect(codeOf(a.take(before))).toBe('taken')
    meet(a, b)
    expect(() => b.write('event', { type: 'noted' })).toThrow()
  })

  it('[SYN-17] the lamport clock is one more than the greatest in the past', () => {
    const [a, b] = pair()
    const one = a.write('event', { type: 'noted' })
    const atA = a.admitted.at(-1)!.lamport
    b.write('event', { type: 'noted' })
    expect(b.admitted.at(-1)!.lamport).toBe(atA)
    b.take(one)
    b.write('event', { type: 'noted' })
    expect(b.admitted.at(-1)!.lamport).toBe(atA + 1)
  })
})

describe('bodies', () => {
  it('[SYN-8] what the roles do not allow is refused: sections, events, slice keys', () => {
    const [a, b] = pair()
    expect(codeOf(b.take(a.seal([event({ type: 'forbidden' })])))).toBe('not-authorised')
    const own = b.edit(OWN, (writer) => writer.insertText('t', 0, 'mine'))!
    expect(codeOf(b.take(b.seal([{ kind: 'doc', payload: writeDoc([own]) }])))).toBe('not-authorised')
    const handed = { artifact: ARTIFACT, section: SLICE, commitment: crypto.hash('test'), boxes: [] }
    const control = writeControl({ kind: 'slice-key', ...handed })
    expect(codeOf(b.take(b.seal([{ kind: 'control', payload: control }])))).toBe('not-authorised')
  })

  it('[SYN-9] a payload that has not the shape of its kind is refused', () => {
    const [a, b] = pair()
    const malformed = [
      { kind: 'doc', payload: [] },
      { kind: 'doc', payload: [[new Uint8Array(16), 'Joint!', 0, new Uint8Array(3)]] },
      { kind: 'event', payload: 'text' },
      { kind: 'control', payload: { kind: 'certificate' } },
      { kind: 'blob', payload: 1 },
    ] as const
    for (const body of malformed) {
      const run = a.seal([body])
      expect(codeOf(b.take(run))).toBe('payload-malformed')
      a.take(run)
    }
    honestWorkGoesOn(a, b)
  })

  it('[SYN-10] what a later version says waits with its dependents and is not lost', () => {
    const [a, b] = pair()
    const run = a.seal([event({ type: 'from-the-future' }), fact('behind it')])
    expect(b.take(run)).toMatchObject({ outcome: 'taken', admitted: [], refused: [] })
    expect(b.channel.waiting()).toEqual([{ feed: a.party.feed, count: 2 }])
    expect(b.take(a.seal([fact('another world')]))).toMatchObject({ outcome: 'refused' })

    const [c, d] = pair()
    const control = c.seal([{ kind: 'control', payload: { kind: 'of-a-later-version' } }])
    expect(d.take(control)).toMatchObject({ admitted: [], refused: [] })
    const later = c.seal([fact('x')]).slice()
    later[4] = 2
    expect(d.take(later)).toMatchObject({ code: 'newer-version', park: later })
  })

  it('[SYN-11] a refused entry stays in its chain, and what its author writes next counts', () => {
    const [a, b] = pair()
    const bad = a.seal([event({ type: 'forbidden' }), fact('good')])
    expect(b.take(bad)).toMatchObject({ outcome: 'taken' })
    expect(b.refused.at(-1)?.refusal.code).toBe('not-authorised')
    expect(b.admitted.at(-1)?.entry.seq).toBe((b.refused.at(-1)?.entry.seq ?? 0) + 1)
    expect(b.shelf.tips(b.id).find((tip) => tip.feed === a.party.feed)?.seq).toBe(b.admitted.at(-1)?.entry.seq)
  })

  it('[SYN-12] a doc entry counts whole or not at all', () => {
    const [a, b] = pair()
    const good = a.edit(JOINT, (writer) => writer.insertText('t', 0, 'good'))!
    const bad = { ...a.edit(OWN, (writer) => writer.insertText('t', 0, 'bad'))!, replica: 9 }
    expect(codeOf(b.take(a.seal([{ kind: 'doc', payload: writeDoc([good, bad]) }])))).toBe('update-foreign-client')
    expect(b.text()).toBe('')
    expect(b.text(OWN)).toBe('')
  })

  it('[SYN-32] an update that leans on what its entry does not name is refused, though every receiver has it', () => {
    const [a, b] = pair()
    const before = b.channel.index.tips(b.party.feed)
    a.type(JOINT, (writer) => writer.insertText('t', 0, 'hello'))
    meet(a, b)
    const leaning = b.edit(JOINT, (writer) => writer.insertText('t', 5, '!'))!
    const run = b.seal([{ kind: 'doc', payload: writeDoc([leaning]) }], { heads: before })
    expect(codeOf(a.take(run))).toBe('update-outside-ancestry')
    const [c, d] = pair()
    const first = c.channel.index.tips(c.party.feed)
    d.type(JOINT, (writer) => writer.insertText('t', 0, 'hello'))
    meet(d, c)
    const cut = c.edit(JOINT, (writer) => writer.removeText('t', 0, 5))!
    const deleting = c.seal([{ kind: 'doc', payload: writeDoc([cut]) }], { heads: first })
    expect(codeOf(d.take(deleting))).toBe('update-outside-ancestry')
    expect(d.text()).toBe('hello')
  })

  it('[SYN-14] over quota a run is delayed, and taken later', () => {
    const [a, b, c] = world(crypto, ['Noor', 'Sahm', 'Rafid']) as unknown as readonly [Peer, Peer, Peer]
    const missing = a.write('event', { type: 'noted' })
    b.take(missing)
    const bodies = Array.from({ length: 4096 }, () => event(0))
    const runs: Uint8Array[] = []
    for (let count = 0; count <= QUOTA.waitingPerFeed; count += bodies.length) {
      const run = b.seal(bodies)
      b.channel.take(run)
      runs.push(run)
    }
    expect(runs.map((run) => codeOf(c.channel.take(run))).at(-1)).toBe('over-quota')
    expect(c.channel.waiting()[0]?.count).toBe(QUOTA.waitingPerFeed)
    c.take(missing)
    expect(c.channel.take(runs.at(-1)!).outcome).toBe('taken')
    expect(c.channel.waiting()).toEqual([])
  })
})

describe('control', () => {
  it('[SYN-18] a control from which membership does not follow is refused with its reason', () => {
    const [a, b] = pair()
    const definition = { name: { en: 'x', ar: 'x' }, companies: 'all', roles: 'all', expiresOn: null, nonce: new Uint8Array(16) } as const // prettier-ignore
    b.take(a.seal([{ kind: 'control', payload: writeControl({ kind: 'channel-defined', definition }) }]))
    expect(b.refused.at(-1)?.refusal).toMatchObject({ code: 'control-refused', membership: 'channel-exists' })
  })
})
