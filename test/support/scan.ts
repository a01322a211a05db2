import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import { decode } from '#shared/kernel/canonical.ts'

/** Values of one private field that must not be found, in every way in which they may be written. */
export interface Canary {
  readonly name: string
  readonly texts: readonly string[]
  readonly numbers?: readonly number[]
}

/** All byte strings as which a canary could be carried. */
export function needlesOf(canary: Canary): readonly Buffer[] {
  const needles = new Map<string, Buffer>()
  const add = (bytes: Buffer): void => void needles.set(bytes.toString('latin1'), bytes)
  for (const text of textsOf(canary)) {
    for (const raw of [
      Buffer.from(text, 'utf8'),
      Buffer.from(text, 'utf16le'),
      Buffer.from(text, 'utf16le').swap16(),
    ]) {
      add(raw)
      for (const printed of [raw.toString('hex'), raw.toString('hex').toUpperCase(), ...base64Of(raw)]) {
        add(Buffer.from(printed, 'latin1'))
        add(Buffer.from(printed, 'utf16le'))
      }
    }
  }
  for (const number of canary.numbers ?? []) for (const binary of binaryOf(number)) add(binary)
  return [...needles.values()]
}

function textsOf({ texts, numbers = [] }: Canary): ReadonlySet<string> {
  const forms = (text: string) => [text, text.toLowerCase(), text.toUpperCase(), text.normalize('NFD'), text.normalize('NFKC'), JSON.stringify(text).slice(1, -1)] // prettier-ignore
  return new Set([...texts.flatMap(forms), ...numbers.map(String)])
}

/** The part of the base64 that depends on the text alone, at each of the three places where it may begin. */
function base64Of(raw: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((lead) => {
    const padded = Buffer.concat([Buffer.alloc(lead), raw])
    const from = Math.ceil((lead * 8) / 6)
    const to = Math.floor((padded.length * 8) / 6)
    return [padded.toString('base64').slice(from, to), padded.toString('base64url').slice(from, to)]
  })
}

/** As CBOR or a machine would store it: integers, floats, either end first. Four bytes alone would be found by chance. */
function binaryOf(number: number): readonly Buffer[] {
  const float = Buffer.alloc(8)
  float.writeDoubleBE(number)
  const forms = [float, Buffer.from(float).reverse()]
  if (Number.isInteger(number) && number > 0xffffff) {
    const whole = Buffer.alloc(8)
    whole.writeBigUInt64BE(BigInt(number))
    const cbor = number > 0xffffffff ? whole : Buffer.concat([Buffer.from([0x1a]), whole.subarray(4)])
    forms.push(cbor, Buffer.from(whole).reverse())
  }
  return forms
}

const DEPTH = 4
const DECOMPRESSORS = [gunzipSync, inflateSync, inflateRawSync, brotliDecompressSync]
const LAX = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 1 << 26 }
const MAGIC = [Buffer.from([0x1f, 0x8b]), Buffer.from([0x78, 0x01]), Buffer.from([0x78, 0x9c]), Buffer.from([0x78, 0xda])] // prettier-ignore

/** The bytes, what they decompress to, and what byte strings and texts inside them hold, some levels deep. */
function* layers(bytes: Buffer, depth = 0): Generator<Buffer> {
  yield bytes
  if (depth === DEPTH) return
  for (const inner of decompressed(bytes)) yield* layers(inner, depth + 1)
  const value = decode(bytes)
  if (value.ok) for (const inner of byteStrings(value.value)) yield* layers(inner, depth + 1)
}

function* decompressed(bytes: Buffer): Generator<Buffer> {
  for (const decompress of DECOMPRESSORS) {
    const whole = attempt(() => decompress(bytes, { maxOutputLength: 1 << 26 }))
    if (whole && whole.length > 0) yield whole
  }
  // Also a compressed part somewhere in the middle, found by how such parts begin.
  for (const magic of MAGIC)
    for (let at = bytes.indexOf(magic, 1); at > 0; at = bytes.indexOf(magic, at + 1)) {
      const part = attempt(() => unpackAt(bytes.subarray(at)))
      if (part && part.length > 0) yield part
    }
}

/** Reads a compressed part that other bytes follow; for gzip without its header, because what follows would be an error. */
function unpackAt(bytes: Buffer): Buffer {
  const isGzip = bytes[0] === 0x1f && bytes[2] === 8 && bytes[3] === 0
  return isGzip ? inflateRawSync(bytes.subarray(10), LAX) : inflateSync(bytes, LAX)
}

function attempt(work: () => Buffer): Buffer | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}

function* byteStrings(value: unknown): Generator<Buffer> {
  if (value instanceof Uint8Array) yield Buffer.from(value)
  else if (Array.isArray(value)) for (const item of value) yield* byteStrings(item)
  else if (typeof value === 'object' && value !== null)
    for (const item of Object.values(value)) yield* byteStrings(item)
}

/** Names of the canaries that any of the byte strings carries. */
export function found(hay: Iterable<Uint8Array>, canaries: readonly Canary[]): readonly string[] {
  const wanted = canaries.map((canary) => ({ name: canary.name, needles: needlesOf(canary) }))
  const seen = new Set<string>()
  for (const bytes of hay)
    for (const layer of layers(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)))
      for (const { name, needles } of wanted)
        if (!seen.has(name) && needles.some((needle) => layer.includes(needle))) seen.add(name)
  return [...seen].sort()
}
