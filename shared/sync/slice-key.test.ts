import { describe, expect, it } from 'vitest'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import type { SymmetricKey } from '#shared/kernel/crypto.ts'
import type { ArtifactId, ChannelId, DeviceId, SectionName } from '#shared/kernel/ids.ts'
import { boxSliceKey, openUpdate, sealUpdate, sliceKeyCommitment, unboxSliceKey } from './slice-key.ts'
import { sealedSectionKey } from './update.ts'

const crypto = await createCrypto()
const place = {
  channel: 'aa'.repeat(32) as ChannelId,
  section: sealedSectionKey('00'.repeat(16) as ArtifactId, 'slice:1' as SectionName),
  replica: 3,
}
const newKey = (): SymmetricKey => crypto.random(32) as SymmetricKey

describe('slice keys', () => {
  it('[SYN-50] an update opens with its key, at its place, and nowhere else', () => {
    const key = newKey()
    const update = Uint8Array.of(1, 2, 3)
    const sealed = sealUpdate(crypto, place, key, update)
    expect(toHex(sealed.box)).not.toContain('010203')
    expect(openUpdate(crypto, place, key, sealed)).toEqual({ ok: true, value: update })
    expect(openUpdate(crypto, place, newKey(), sealed)).toEqual({ ok: false, refusal: 'slice-key-mismatch' })
    expect(openUpdate(crypto, { ...place, replica: 4 }, key, sealed)).toEqual({ ok: false, refusal: 'cannot-open' })
    const bent = { ...sealed, box: sealed.box.map((byte, at) => (at === 0 ? byte ^ 1 : byte)) }
    expect(openUpdate(crypto, place, key, bent)).toEqual({ ok: false, refusal: 'cannot-open' })
    const elsewhere = { ...place, channel: 'bb'.repeat(32) as ChannelId }
    expect(openUpdate(crypto, elsewhere, key, sealed).ok).toBe(false)
  })

  it('[SYN-50] a key is handed to devices one by one, and is worth nothing against another commitment', () => {
    const key = newKey()
    const [one, other] = [crypto.boxPair(), crypto.boxPair()]
    const device = (digit: string): DeviceId => digit.repeat(64) as DeviceId
    const boxes = boxSliceKey(crypto, key, [{ device: device('1'), boxKey: one.publicKey }])
    const handed = { commitment: sliceKeyCommitment(crypto, place, key), boxes }
    expect(unboxSliceKey(crypto, place, handed, device('1'), one)).toEqual({ ok: true, value: key })
    expect(unboxSliceKey(crypto, place, handed, device('2'), other)).toEqual({ ok: false, refusal: 'not-a-recipient' })
    expect(unboxSliceKey(crypto, place, handed, device('1'), other)).toMatchObject({ refusal: 'slice-key-mismatch' })
    const lie = { boxes, commitment: sliceKeyCommitment(crypto, place, newKey()) }
    expect(unboxSliceKey(crypto, place, lie, device('1'), one)).toMatchObject({ refusal: 'slice-key-mismatch' })
  })
})
