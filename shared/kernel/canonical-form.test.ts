import { decode as decodeCbor, encode } from '@ipld/dag-cbor'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { equal, fromHex } from './bytes.ts'
import { isCanonical } from './canonical-form.ts'

/** The definition: what re-encodes to the same bytes. Links and big integers are CBOR's, but no values of ours. */
function reencodes(bytes: Uint8Array): boolean {
  try {
    const value = decodeCbor<unknown>(bytes)
    return plain(value) && equal(encode(value), bytes)
  } catch {
    return false
  }
}
const plain = (value: unknown): boolean =>
  typeof value !== 'bigint' &&
  (typeof value !== 'object' ||
    value === null ||
    value instanceof Uint8Array ||
    (Array.isArray(value) ? value.every(plain) : value.constructor === Object && Object.values(value).every(plain)))

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false, 0, 23, 24, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.uint8Array({ maxLength: 300 }),
    fc.array(tie('any'), { maxLength: 5 }),
    fc.dictionary(fc.string({ unit: 'binary', maxLength: 5 }), tie('any'), { maxKeys: 5 }),
  ),
})).any // prettier-ignore

describe('the canonical form', () => {
  it('is what the encoder writes', () => {
    fc.assert(
      fc.property(value, (one) => {
        const bytes = encode(one)
        expect(isCanonical(bytes)).toBe(reencodes(bytes))
      }),
      { numRuns: 2_000 },
    )
  })

  it('is nothing else, for bytes that nearly are and for any bytes', () => {
    fc.assert(
      fc.property(value, fc.nat(), fc.nat(255), fc.boolean(), (one, place, byte, cut) => {
        const whole = encode(one)
        const bent = cut ? whole.slice(0, place % (whole.length + 1)) : whole.slice()
        if (!cut) bent[place % bent.length] = byte
        expect(isCanonical(bent)).toBe(reencodes(bent))
      }),
      { numRuns: 10_000 },
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        expect(isCanonical(bytes)).toBe(reencodes(bytes))
      }),
      { numRuns: 10_000 },
    )
  })

  it.each([
    ['a long form of a small number', '1817'],
    ['a float that is an integer', 'fb3ff0000000000000'],
    ['a half float', 'f93c00'],
    ['a map out of order', 'a2616201616101'],
    ['a key twice', 'a2616101616101'],
    ['a longer key first', 'a262616101616101'],
    ['an indefinite list', '9fff'],
    ['undefined', 'f7'],
    ['a tag', 'c000'],
    ['text that is not UTF-8', '61ff'],
    ['text with a byte order mark', '64efbbbf61'],
    ['two items', '0000'],
    ['nothing', ''],
    ['a number beyond the safe ones', '1b0020000000000000'],
    ['infinity', 'fb7ff0000000000000'],
  ])('is not %s', (_, hex) => {
    expect(isCanonical(fromHex(hex) as Uint8Array)).toBe(false)
    expect(reencodes(fromHex(hex) as Uint8Array)).toBe(false)
  })

  it('is not too deep', () => {
    expect(isCanonical(new Uint8Array(1_000_000).fill(0x81))).toBe(false)
  })
})
