import { concat } from '#shared/kernel/bytes.ts'
import { decode, encode, type Canonical } from '#shared/kernel/canonical.ts'

/** A number below `below`, drawn. */
export type Draw = (below: number) => number

/** xmur-like: the same seed draws the same numbers on every machine. */
export function drawing(seed: number): Draw {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) % below
  }
}

const ODD_BYTES = [0x00, 0x01, 0x7f, 0x80, 0xff, 0x1b, 0x3b, 0x5b, 0x7b, 0x9b, 0xbb, 0xd8, 0xf6, 0xf7, 0xfb, 0x22, 0x2c, 0x0a] // prettier-ignore
const ODD_VALUES: readonly Canonical[] = [
  null, true, false, 0, -1, 1, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER, -(2 ** 40), 0.5, '', '\u0000', '\u202e', 'a'.repeat(500), '__proto__',
  [], {}, [[]], { '': null }, new Uint8Array(0), new Uint8Array(31), new Uint8Array(32), new Uint8Array(33), new Uint8Array(48), new Uint8Array(2000),
] // prettier-ignore

/** One hostile input made from honest ones: bytes bent, cut, doubled or spliced, or one value inside the CBOR replaced. */
export function mutated(draw: Draw, samples: readonly Uint8Array[]): Uint8Array {
  let bytes: Uint8Array = pick(draw, samples).slice()
  for (let round = draw(3) + 1; round > 0; round--) {
    const kind = draw(12)
    if (kind < 4) bytes = otherValue(draw, bytes)
    else if (kind === 4) bytes = bytes.slice(0, draw(bytes.length + 1))
    else if (kind === 5) bytes = concat(bytes, noise(draw, draw(64) + 1))
    else if (kind === 6) bytes = spliced(draw, bytes, pick(draw, samples))
    else if (kind === 7) bytes = without(draw, bytes)
    else if (kind === 8) bytes = doubled(draw, bytes)
    else if (kind === 9) bytes = draw(8) === 0 ? noise(draw, draw(300)) : bytes
    else for (let flips = draw(4) + 1; flips > 0; flips--) bend(draw, bytes)
  }
  return bytes
}

function bend(draw: Draw, bytes: Uint8Array): void {
  if (bytes.length === 0) return
  const at = draw(bytes.length)
  bytes[at] = draw(2) === 0 ? pick(draw, ODD_BYTES) : (bytes[at] as number) ^ (1 << draw(8))
}
const noise = (draw: Draw, length: number): Uint8Array => Uint8Array.from({ length }, () => draw(256))

function spliced(draw: Draw, left: Uint8Array, right: Uint8Array): Uint8Array {
  return concat(left.slice(0, draw(left.length + 1)), right.slice(draw(right.length + 1)))
}
function without(draw: Draw, bytes: Uint8Array): Uint8Array {
  const from = draw(bytes.length + 1)
  return concat(bytes.slice(0, from), bytes.slice(from + draw(40)))
}
function doubled(draw: Draw, bytes: Uint8Array): Uint8Array {
  const from = draw(bytes.length + 1)
  const part = bytes.slice(from, from + draw(200) + 1)
  return concat(bytes.slice(0, from), ...Array.from({ length: draw(20) + 1 }, () => part), bytes.slice(from))
}

/** Replaces one value of the CBOR that the bytes are, or that bytes inside them are; anything else is left as it is. */
function otherValue(draw: Draw, bytes: Uint8Array): Uint8Array {
  const decoded = decode(bytes)
  if (!decoded.ok) return bytes
  return encode(replaced(draw, decoded.value, draw(count(decoded.value)), { at: 0 }))
}

function replaced(draw: Draw, value: Canonical, target: number, walk: { at: number }): Canonical {
  if (walk.at++ === target) return otherThan(draw, value)
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return value
  if (isList(value)) return value.map((item) => replaced(draw, item, target, walk))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaced(draw, item, target, walk)]))
}

function otherThan(draw: Draw, value: Canonical): Canonical {
  if (value instanceof Uint8Array && value.length > 8 && draw(2) === 0) {
    const inner = otherValue(draw, value)
    if (inner !== value) return inner
    bend(draw, (value = value.slice()) as Uint8Array)
    return value
  }
  if (isList(value) && value.length > 0 && draw(2) === 0) {
    return draw(2) === 0 ? value.slice(1) : [...value, ...Array.from({ length: draw(5) + 1 }, () => pick(draw, value))]
  }
  if (typeof value === 'number' && draw(3) === 0) return value + 1
  let nested: Canonical = pick(draw, ODD_VALUES)
  if (draw(12) === 0) for (let depth = draw(400); depth > 0; depth--) nested = draw(2) === 0 ? [nested] : { n: nested }
  return nested
}

const isList = (value: Canonical): value is readonly Canonical[] => Array.isArray(value)
function count(value: Canonical): number {
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return 1
  return 1 + Object.values(value).reduce((sum: number, item: Canonical) => sum + count(item), 0)
}
const pick = <T>(draw: Draw, list: readonly T[]): T => list[draw(list.length)] as T
