import { decode, encode } from '@ipld/dag-cbor'

/**
 * Record values as bytes. Fields that are `undefined` are left out, so that an optional field reads back as absent; what
 * CBOR cannot carry (functions, NaN, class instances with cycles) throws, because storing it would lose it.
 */
export const toStored = (value: unknown): Uint8Array => encode(withoutUndefined(value))

export const fromStored = <T>(bytes: Uint8Array): T => decode<T>(bytes)

function withoutUndefined(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  if (Array.isArray(value)) return value.map((item) => (item === undefined ? null : withoutUndefined(item)))
  const kept = Object.entries(value).filter(([, field]) => field !== undefined)
  // Not by assignment: a key called `__proto__` would then change the object in place of being kept.
  return Object.fromEntries(kept.map(([key, field]) => [key, withoutUndefined(field)]))
}
