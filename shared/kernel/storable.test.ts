import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromStored, toStored } from './storable.ts'

describe('stored values', () => {
  it('come back as they went in, whatever JSON can say', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const once = JSON.parse(JSON.stringify(value)) as unknown
        expect(fromStored(toStored(once))).toEqual(once)
      }),
    )
    const proto = JSON.parse('{"b":2,"__proto__":{"a":1}}') as object
    expect(Object.entries(fromStored<object>(toStored(proto)))).toEqual(Object.entries(proto))
    for (const value of [1e300, 2 ** 60, -(2 ** 53), 0.1, Number.MAX_SAFE_INTEGER])
      expect(fromStored(toStored(value))).toBe(value)
  })

  it('lose fields that are undefined, at any depth', () => {
    const value = { kept: 1, gone: undefined, inner: [{ gone: undefined, also: null }] }
    expect(Object.keys(fromStored<object>(toStored(value))).sort()).toEqual(['inner', 'kept'])
    expect(fromStored(toStored(value))).toEqual({ kept: 1, inner: [{ also: null }] })
  })

  it('refuse what they would lose', () => {
    expect(() => toStored({ run: () => 1 })).toThrow()
    expect(() => toStored(Number.NaN)).toThrow()
  })
})
