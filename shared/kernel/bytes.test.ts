import { expect, it } from 'vitest'
import * as fc from 'fast-check'
import { compare, fromBase64, fromHex, toBase64, toBase64Url, toHex } from './bytes.ts'

it('base64 agrees with an independent encoder, both alphabets, padded or not', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
      expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
      expect(fromBase64(Buffer.from(bytes).toString('base64'))).toEqual(bytes)
      expect(fromBase64(Buffer.from(bytes).toString('base64url'))).toEqual(bytes)
    }),
  )
})

it('refuses what is not base64 or hex', () => {
  for (const text of ['A', 'AA*A', 'AÀ', 'A A=']) expect(fromBase64(text)).toBeUndefined()
  for (const text of ['a', 'AB', 'zz', 'a ']) expect(fromHex(text)).toBeUndefined()
})

it('hex round-trips and compare orders like the bytes of their hex', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 40 }), (left, right) => {
      expect(fromHex(toHex(left))).toEqual(left)
      const [a, b] = [toHex(left), toHex(right)]
      expect(Math.sign(compare(left, right))).toBe(a < b ? -1 : a > b ? 1 : 0)
    }),
  )
})
