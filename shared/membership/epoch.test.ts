import { seededCrypto } from '#test/vectors/author.ts'
import { Company, fact, type Device } from '#test/vectors/company.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import type { BoxPublicKey, SymmetricKey } from '#shared/kernel/crypto.ts'
import type { ChannelId, DeviceId, EpochId } from '#shared/kernel/ids.ts'
import { describe, expect, it } from 'vitest'
import {
  createEpoch,
  epochCommitment,
  isSafe,
  leaves,
  openEpoch,
  opens,
  unreached,
  unwrapEarlier,
  writableEpoch,
} from './epoch.ts'
import { foldMembership } from './fold.ts'
import type { ChannelDefinition, Control, ControlFact, EpochCreated, Membership } from './types.ts'
import { definitionHash } from './workspace.ts'

const crypto = await seededCrypto('epoch')
const najd = new Company(crypto, 'Najd Foods')
const hijaz = new Company(crypto, 'Hijaz Retail')
const noura = najd.device('noura', ['coo'])
const layla = hijaz.device('layla', ['coo'])
const genesis = najd.found(noura)
const channel = toHex(crypto.hash('channel')) as ChannelId
const id = (name: string): EpochId => toHex(crypto.hash(name)) as EpochId
const reader = (device: Device): { device: DeviceId; boxKey: BoxPublicKey } => ({
  device: device.id,
  boxKey: device.box.publicKey,
})
const make = (
  devices: readonly Device[],
  parents: readonly EpochId[] = [],
  earlier: readonly { epoch: EpochId; key: SymmetricKey }[] = [],
) => createEpoch(crypto, { channel, parents, recipients: devices.map(reader), earlier })
const open = (payload: EpochCreated, device: Device, at = channel) =>
  openEpoch(crypto, at, payload, device.id, device.box)

describe('an epoch’s key', () => {
  it('[MEM-14] opens for each recipient, and for nobody else', () => {
    const { payload, key } = make([noura, layla])
    for (const device of [noura, layla])
      expect(open(payload, device)).toEqual({ ok: true, value: { key, earlier: [] } })
    const stranger = najd.device('omar')
    expect(open(payload, stranger)).toEqual({ ok: false, refusal: 'not-a-recipient' })
    expect(openEpoch(crypto, channel, payload, noura.id, stranger.box)).toEqual({ ok: false, refusal: 'box-damaged' })
  })

  it('[MEM-14] is the one that the others were told of', () => {
    const { payload } = make([noura, layla])
    const other = make([layla])
    const split = {
      ...payload,
      boxes: payload.boxes.map((box) => (box.device === layla.id ? (other.payload.boxes[0] ?? box) : box)),
    }
    expect(open(split, layla)).toEqual({ ok: false, refusal: 'bad-commitment' })
    expect(open(split, noura).ok).toBe(true)
  })

  it('[MEM-14] counts in its own channel only', () => {
    const { payload, key } = make([noura])
    const elsewhere = toHex(crypto.hash('elsewhere')) as ChannelId
    expect(open(payload, noura, elsewhere)).toEqual({ ok: false, refusal: 'bad-commitment' })
    expect(epochCommitment(crypto, elsewhere, key)).not.toEqual(payload.commitment)
  })

  it('[MEM-17] does not follow from the one before', () => {
    const one = make([noura, layla])
    const two = make([noura], [id('one')], [{ epoch: id('one'), key: one.key }])
    expect(two.key).not.toEqual(one.key)
    expect(open(two.payload, layla)).toEqual({ ok: false, refusal: 'not-a-recipient' })
    expect(unwrapEarlier(crypto, channel, two.payload, one.key)).toEqual({ ok: false, refusal: 'bad-commitment' })
  })
})

describe('history', () => {
  const one = make([noura])
  const two = make([noura], [id('one')], [{ epoch: id('one'), key: one.key }])
  const three = make([noura, layla], [id('two')], [{ epoch: id('two'), key: two.key }])

  it('[MEM-15] leads a newcomer back epoch by epoch', () => {
    const last = open(three.payload, layla)
    if (!last.ok) expect.fail(last.refusal)
    expect(last.value.earlier).toEqual([{ epoch: id('two'), key: two.key }])
    const before = unwrapEarlier(crypto, channel, two.payload, last.value.earlier[0]?.key ?? one.key)
    expect(before.ok && before.value.earlier).toEqual([{ epoch: id('one'), key: one.key }])
  })

  it('[MEM-15] is not shared unless asked for, and then stops there', () => {
    const fresh = make([noura, layla], [id('two')])
    const opened = open(fresh.payload, layla)
    expect(opened.ok && opened.value.earlier).toEqual([])
    expect(() => make([noura], [], [{ epoch: id('one'), key: one.key }])).toThrow()
  })

  it('[MEM-15] a wrap moved to another epoch’s name opens nothing', () => {
    const moved = { ...three.payload, earlier: three.payload.earlier.map((each) => ({ ...each, epoch: id('one') })) }
    const opened = open(moved, layla)
    expect(opened.ok && opened.value.earlier).toEqual([])
  })
})

describe('where to write', () => {
  const definition: ChannelDefinition = {
    name: { en: 'Forecast', ar: 'التوقعات' }, companies: 'all', roles: 'all', expiresOn: null, nonce: new Uint8Array(16),
  } // prettier-ignore
  let number = 0
  const by = (author: Device, payload: Control): ControlFact => fact(crypto, number++, author, payload)
  const base = [
    by(noura, { kind: 'channel-created', definition: definitionHash(crypto, definition) }),
    by(noura, { kind: 'channel-defined', definition }),
    by(noura, { kind: 'company-added', joining: hijaz.join(layla, genesis), consents: [] }),
  ]
  const fold = (...facts: readonly ControlFact[]): Membership => {
    const { membership, refused } = foldMembership(crypto, genesis, [...base, ...facts])
    expect(refused).toEqual([])
    return membership
  }
  const epoch = (devices: readonly Device[], ...parents: readonly ControlFact[]): ControlFact =>
    by(noura, make(devices, parents.map((parent) => parent.hash as string as EpochId)).payload) // prettier-ignore

  it('[MEM-16] takes the leaf, the lowest of several, and none where there is none', () => {
    const one = epoch([noura])
    const two = epoch([noura, layla], one)
    const three = epoch([noura, layla], one)
    expect(writableEpoch(fold())).toBeUndefined()
    expect(writableEpoch(fold(one))?.id).toBe(one.hash)
    expect(writableEpoch(fold(one, two))?.id).toBe(two.hash)
    const both = fold(one, two, three)
    expect(leaves(both).map((leaf) => leaf.id)).toEqual([two.hash, three.hash].sort())
    expect(writableEpoch(both)?.id).toBe([two.hash, three.hash].sort()[0])
    const joined = epoch([noura, layla], two, three)
    expect(leaves(fold(one, two, three, joined)).map((leaf) => leaf.id)).toEqual([joined.hash])
  })

  it('[MEM-33] names the keys that a reader was left out of, whatever was built on them, until somebody hands them on', () => {
    const wrapping = (devices: readonly Device[], of: readonly (readonly [ControlFact, SymmetricKey])[]) => {
      const earlier = of.map(([parent, key]) => ({ epoch: parent.hash as string as EpochId, key }))
      const { payload, key } = make(
        devices,
        earlier.map(({ epoch: parent }) => parent),
        earlier,
      )
      return [by(noura, payload), key] as const
    }
    const both = wrapping([noura, layla], [])
    const [alone, key] = wrapping([noura], [both])
    // Layla writes on from a key that she does not hold: it is no leaf any more, and still shut to her.
    const over = epoch([noura, layla], alone)
    const devices = [noura.id, layla.id]
    const before = fold(both[0], alone, over)
    expect(leaves(before).map((leaf) => leaf.id)).toEqual([over.hash])
    expect(unreached(before, devices)).toEqual([alone.hash])
    expect(unreached(before, [noura.id])).toEqual([])
    expect(devices.filter((device) => opens(before, device, alone.hash as string as EpochId))).toEqual([noura.id])
    // What is wrapped opens what was wrapped for it in turn.
    const [handed] = wrapping([noura, layla], [[alone, key]])
    const rami = hijaz.device('rami')
    const after = fold(both[0], alone, over, handed)
    expect(unreached(after, devices)).toEqual([])
    expect(unreached(after, [rami.id])).toEqual([both[0].hash, alone.hash, over.hash, handed.hash].sort())
  })

  it('[MEM-16] passes over an epoch that reaches outside, however low its id', () => {
    const outside = hijaz.device('rami')
    const good = epoch([noura, layla])
    let bad = epoch([noura, outside])
    while (bad.hash > good.hash) bad = { ...bad, ...fact(crypto, number++, noura, bad.payload) }
    const membership = fold(good, bad)
    expect(isSafe(membership.epochs.get(bad.hash as string as EpochId) ?? expect.fail(), membership)).toBe(false)
    expect(writableEpoch(membership)?.id).toBe(good.hash)
    expect(writableEpoch(fold(epoch([])))).toBeUndefined()
  })

  it('[MEM-17] a revocation or a leaving makes the epoch unsafe and a new one due', () => {
    const one = epoch([noura, layla])
    const revoked = fold(one, by(layla, hijaz.revoke({ kind: 'device', device: layla.id })))
    const left = fold(one, by(layla, { kind: 'company-left', company: hijaz.card.company, consents: [] }))
    for (const membership of [revoked, left]) expect(writableEpoch(membership)).toBeUndefined()
    expect(writableEpoch(fold(one))?.id).toBe(one.hash)
    const next = epoch([noura], one)
    const after = fold(one, by(layla, hijaz.revoke({ kind: 'device', device: layla.id })), next)
    expect(writableEpoch(after)?.id).toBe(next.hash)
    expect(after.epochs.get(one.hash as string as EpochId)?.recipients).toContain(layla.id)
  })
})
