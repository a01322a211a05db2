import { createPublicKey, verify } from 'node:crypto'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { fromHex, toHex, utf8 } from '#shared/kernel/bytes.ts'
import type { Nonce, PublicKey, SecretKey, SymmetricKey } from '#shared/kernel/crypto.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const crypto = await createCrypto({ allowCheapStretch: true })
const hex = (text: string) => fromHex(text) ?? expect.fail('not hex')
const key = new Uint8Array(32).fill(7) as SymmetricKey
const nonce = new Uint8Array(24).fill(9) as Nonce
const bytes = () => fc.uint8Array({ maxLength: 200 })

describe('hash', () => {
  it('is BLAKE2b-256 keyed with the label over length-prefixed parts', () => {
    expect(toHex(crypto.hash('mithaq/test/v1', utf8('a'), utf8('bc')))).toBe(
      'a5dbd424060af3d6e7f11e97cd47a564b5361fc5a1e44c37bed66cec5d8a7a70',
    )
  })
  it('differs by label and by the borders of its parts', () => {
    const one = toHex(crypto.hash('x', utf8('ab'), utf8('c')))
    expect(toHex(crypto.hash('x', utf8('a'), utf8('bc')))).not.toBe(one)
    expect(toHex(crypto.hash('x', utf8('abc')))).not.toBe(one)
    expect(toHex(crypto.hash('y', utf8('ab'), utf8('c')))).not.toBe(one)
  })
})

describe('signatures', () => {
  const pair = crypto.signingPair(new Uint8Array(32).fill(1))
  it('verify what was signed, under the same label only', () => {
    fc.assert(
      fc.property(bytes(), (message) => {
        const signature = crypto.sign('label', pair.secretKey, message)
        expect(crypto.verify('label', pair.publicKey, message, signature)).toBe(true)
        expect(crypto.verify('other', pair.publicKey, message, signature)).toBe(false)
      }),
      { numRuns: 30, seed: 1 },
    )
  })
  it('refuse any flipped bit, another key, and lengths that are not theirs', () => {
    const signature = crypto.sign('label', pair.secretKey, utf8('m'))
    for (let bit = 0; bit < 512; bit++) {
      const bent = signature.slice()
      bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(crypto.verify('label', pair.publicKey, utf8('m'), bent)).toBe(false)
    }
    expect(crypto.verify('label', crypto.signingPair().publicKey, utf8('m'), signature)).toBe(false)
    expect(crypto.verify('label', pair.publicKey, utf8('m'), signature.slice(1))).toBe(false)
    expect(crypto.verify('label', pair.publicKey.slice(1) as PublicKey, utf8('m'), signature)).toBe(false)
  })
  it('refuse the malleable twin S + L', () => {
    const order = 2n ** 252n + 27742317777372353535851937790883648493n
    const signature = crypto.sign('label', pair.secretKey, utf8('m'))
    let s = 0n
    for (let at = 63; at >= 32; at--) s = (s << 8n) | BigInt(signature[at] ?? 0)
    let twin = s + order
    const bent = signature.slice()
    for (let at = 32; at < 64; at++) {
      bent[at] = Number(twin & 255n)
      twin >>= 8n
    }
    expect(crypto.verify('label', pair.publicKey, utf8('m'), bent)).toBe(false)
  })
  it('refuse public keys of small order, for which an all-zero S would verify', () => {
    const small = [
      '0000000000000000000000000000000000000000000000000000000000000000',
      '0100000000000000000000000000000000000000000000000000000000000000',
      '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
      'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    ]
    for (const point of small) {
      const forged = new Uint8Array(64)
      forged.set(hex(point))
      expect(crypto.verify('label', hex(point) as PublicKey, utf8('m'), forged)).toBe(false)
    }
  })
  it('come from the same pair for the same seed, even when the seed is another object', () => {
    const again = crypto.signingPair(pair.secretKey)
    expect(again.publicKey).toEqual(pair.publicKey)
    expect(crypto.sign('l', pair.secretKey.slice() as SecretKey, utf8('m'))).toEqual(
      crypto.sign('l', pair.secretKey, utf8('m')),
    )
  })
})

describe('encryption', () => {
  it('opens what it sealed, and nothing else', () => {
    fc.assert(
      fc.property(bytes(), bytes(), fc.nat(), (plain, associated, where) => {
        const sealed = crypto.encrypt(key, nonce, associated, plain)
        expect(crypto.decrypt(key, nonce, associated, sealed)).toEqual(plain)
        const bent = sealed.slice()
        bent[where % bent.length] = (bent[where % bent.length] ?? 0) ^ 1
        expect(crypto.decrypt(key, nonce, associated, bent)).toBeUndefined()
        expect(crypto.decrypt(key, nonce, utf8(`x${toHex(associated)}`), sealed)).toBeUndefined()
      }),
      { numRuns: 50, seed: 2 },
    )
  })
  it('answers undefined for what is too short to hold a tag', () => {
    expect(crypto.decrypt(key, nonce, utf8(''), new Uint8Array(15))).toBeUndefined()
    expect(crypto.decrypt(key, nonce, utf8(''), new Uint8Array(0))).toBeUndefined()
  })
  it('throws for a key of the wrong length: that is a bug of ours', () => {
    expect(() => crypto.encrypt(key.slice(1) as SymmetricKey, nonce, utf8(''), utf8(''))).toThrow(RangeError)
  })
})

describe('the definitions in ENTRY.v1, checked from outside', () => {
  it('signs as plain Ed25519 over the label’s hash and the message', () => {
    const pair = crypto.signingPair(new Uint8Array(32).fill(1))
    const signature = crypto.sign('mithaq/test/v1', pair.secretKey, utf8('m'))
    const der = Uint8Array.of(...hex('302a300506032b6570032100'), ...pair.publicKey)
    const key = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' })
    const label = hex('fec05e74c9baa4834ab53cd867ce042bec1e9d2df7cbcfdfb5de54dc1c9dd8ee')
    expect(verify(null, Uint8Array.of(...label, ...utf8('m')), key, signature)).toBe(true)
  })

  it('derives with BLAKE2b-256 keyed by the key over the label’s hash and the context', () => {
    expect(toHex(crypto.derive(key, 'mithaq/test/v1', utf8('ctx')))).toBe(
      '8d6ab4710fa19526a79710bd8f1e0a0aeaa844a2ea6aaedac00e87ef9e7c615b',
    )
  })

  it('encrypts as XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03, A.3.1)', () => {
    const counting = (from: number, length: number) => Uint8Array.from({ length }, (_, at) => from + at)
    const sealed = crypto.encrypt(
      counting(0x80, 32) as SymmetricKey,
      counting(0x40, 24) as Nonce,
      hex('50515253c0c1c2c3c4c5c6c7'),
      utf8(
        "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.",
      ),
    )
    expect(toHex(sealed.subarray(0, 16))).toBe('bd6d179d3e83d43b9576579493c0e939')
    expect(toHex(sealed.subarray(-16))).toBe('c0875924c1c7987947deafd8780acf49')
  })
})

describe('boxes', () => {
  const pair = crypto.boxPair(new Uint8Array(32).fill(3))
  it('open for their recipient alone', () => {
    const boxed = crypto.box(pair.publicKey, utf8('secret'))
    expect(crypto.unbox(pair, boxed)).toEqual(utf8('secret'))
    expect(crypto.unbox(crypto.boxPair(), boxed)).toBeUndefined()
    expect(crypto.unbox(pair, boxed.slice(0, 40))).toBeUndefined()
    boxed[50] = (boxed[50] ?? 0) ^ 1
    expect(crypto.unbox(pair, boxed)).toBeUndefined()
  })
})

describe('keys', () => {
  it('derive apart by label, context and key', () => {
    const made = [
      crypto.derive(key, 'a'),
      crypto.derive(key, 'b'),
      crypto.derive(key, 'a', utf8('x')),
      crypto.derive(new Uint8Array(32).fill(8) as SymmetricKey, 'a'),
    ].map(toHex)
    expect(new Set(made).size).toBe(4)
    expect(toHex(crypto.derive(key, 'a'))).toBe(made[0])
  })
  it('stretch a passphrase with Argon2id, the same for both ways to write an accent', () => {
    const cost = { passes: 1, memory: 8192 }
    const salt = new Uint8Array(16).fill(5)
    expect(toHex(crypto.stretch('caf\u00e9', salt, cost))).toBe(toHex(crypto.stretch('cafe\u0301', salt, cost)))
    expect(toHex(crypto.stretch('cafe', salt, cost))).not.toBe(toHex(crypto.stretch('caf\u00e9', salt, cost)))
  })
  it('are never stretched below 64 MiB in the product', async () => {
    const strict = await createCrypto()
    expect(() => strict.stretch('x', new Uint8Array(16), { passes: 1, memory: 8192 })).toThrow(RangeError)
  })
  it('random bytes have the length asked for and do not repeat', () => {
    expect(crypto.random(24)).toHaveLength(24)
    expect(toHex(crypto.random(16))).not.toBe(toHex(crypto.random(16)))
  })
})
