import { fromUtf8 } from './bytes.ts'

const MAX_DEPTH = 256
const DONE = -1

/**
 * Whether the bytes are one item of deterministic CBOR as `encode` writes it: shortest lengths, keys in order and once,
 * no tags, 64-bit floats only where an integer would not do. Reads the bytes without making values, which costs a fraction
 * of encoding the decoded value again.
 */
export function isCanonical(bytes: Uint8Array): boolean {
  return item(bytes, 0, 0) === bytes.length
}

/** The end of the item at `at`; `DONE` when it is not canonical or runs out of bytes. */
function item(bytes: Uint8Array, at: number, depth: number): number {
  const first = bytes[at]
  if (first === undefined || depth > MAX_DEPTH) return DONE
  const major = first >> 5
  if (major === 7) return simple(bytes, at, first)
  const argument = head(bytes, at, first & 31)
  if (argument < 0) return DONE
  const next = at + headLength(first & 31)
  switch (major) {
    case 0:
      return next
    case 1:
      // -1 - argument has to be a safe integer, too.
      return argument < Number.MAX_SAFE_INTEGER ? next : DONE
    case 2:
      return next + argument <= bytes.length ? next + argument : DONE
    case 3:
      return text(bytes, next, argument)
    case 4:
      return list(bytes, next, argument, depth)
    case 5:
      return map(bytes, next, argument, depth)
    default:
      return DONE
  }
}

const headLength = (info: number): number => (info < 24 ? 1 : 1 + 2 ** (info - 24))

/** The argument of an item's head; `DONE` unless it is in its shortest form and a safe integer. */
function head(bytes: Uint8Array, at: number, info: number): number {
  if (info < 24) return info
  if (info > 27 || at + headLength(info) > bytes.length) return DONE
  let value = 0
  for (let place = 1; place < headLength(info); place++) value = value * 256 + (bytes[at + place] as number)
  const least = info === 24 ? 24 : info === 25 ? 0x100 : info === 26 ? 0x1_0000 : 0x1_0000_0000
  return value >= least && value <= Number.MAX_SAFE_INTEGER ? value : DONE
}

function text(bytes: Uint8Array, at: number, length: number): number {
  const end = at + length
  if (end > bytes.length) return DONE
  for (let place = at; place < end; place++) {
    if ((bytes[place] as number) < 0x80) continue
    try {
      // A byte order mark would be dropped in decoding.
      return fromUtf8(bytes.subarray(at, end)).length > 0 && !startsWithMark(bytes, at) ? end : DONE
    } catch {
      return DONE
    }
  }
  return end
}

const startsWithMark = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf

function list(bytes: Uint8Array, at: number, length: number, depth: number): number {
  let next = at
  for (let count = 0; count < length && next !== DONE; count++) next = item(bytes, next, depth + 1)
  return next
}

function map(bytes: Uint8Array, at: number, length: number, depth: number): number {
  let next = at
  let lastKey = -1
  for (let count = 0; count < length; count++) {
    const key = next
    if ((bytes[key] ?? 0) >> 5 !== 3) return DONE
    const value = item(bytes, key, depth + 1)
    if (value === DONE || (lastKey >= 0 && !ascends(bytes, lastKey, key, value))) return DONE
    lastKey = key
    next = item(bytes, value, depth + 1)
    if (next === DONE) return DONE
  }
  return next
}

/** Shorter keys first, then by their bytes: which is the order of the encoded keys, head included. */
function ascends(bytes: Uint8Array, last: number, key: number, end: number): boolean {
  for (let place = 0; key + place < end; place++) {
    const difference = (bytes[key + place] as number) - (bytes[last + place] as number)
    if (difference !== 0) return difference > 0
  }
  return false
}

function simple(bytes: Uint8Array, at: number, first: number): number {
  if (first >= 0xf4 && first <= 0xf6) return at + 1
  if (first !== 0xfb || at + 9 > bytes.length) return DONE
  const value = new DataView(bytes.buffer, bytes.byteOffset + at + 1, 8).getFloat64(0)
  return Number.isFinite(value) && !Number.isSafeInteger(value) ? at + 9 : DONE
}
