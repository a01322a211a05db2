/** The two Encoding Standard globals that Node and every browser have; `shared` is compiled with neither's types. */
const { TextEncoder, TextDecoder } = globalThis as unknown as {
  readonly TextEncoder: new () => { encode(text: string): Uint8Array }
  readonly TextDecoder: new (label: string, options: { fatal: boolean }) => { decode(bytes: Uint8Array): string }
}
const encoder = new TextEncoder()
const strictDecoder = new TextDecoder('utf-8', { fatal: true })

export const utf8 = (text: string): Uint8Array => encoder.encode(text)
/** @throws TypeError when the bytes are not well-formed UTF-8. */
export const fromUtf8 = (bytes: Uint8Array): string => strictDecoder.decode(bytes)

/** The two ASCII codes of every byte. */
const HEX = encoder.encode(Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0')).join(''))
const digits = new Uint8Array(256)

/**
 * Lower-case hex. Digits are written into a buffer and decoded at once: a string built up by `+=` is a tree of its parts,
 * which costs twenty times as much, and ids are made by the hundred thousand.
 */
export function toHex(bytes: Uint8Array): string {
  const into = bytes.length * 2 <= digits.length ? digits : new Uint8Array(bytes.length * 2)
  let at = 0
  for (const byte of bytes) {
    into[at++] = HEX[byte * 2] as number
    into[at++] = HEX[byte * 2 + 1] as number
  }
  return strictDecoder.decode(into.subarray(0, at))
}

const NO_DIGIT = 16
const VALUES = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = '0123456789abcdef'.indexOf(String.fromCharCode(code))
  return value < 0 ? NO_DIGIT : value
})
const digitAt = (text: string, at: number): number => VALUES[text.charCodeAt(at)] ?? NO_DIGIT

/** Lower-case hex to bytes; undefined when `text` is anything else. */
export function fromHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0) return undefined
  const bytes = new Uint8Array(text.length / 2)
  for (let at = 0; at < bytes.length; at++) {
    const high = digitAt(text, at * 2)
    const low = digitAt(text, at * 2 + 1)
    if (high === NO_DIGIT || low === NO_DIGIT) return undefined
    bytes[at] = high * 16 + low
  }
  return bytes
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

export function equal(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false
  for (let at = 0; at < left.length; at++) if (left[at] !== right[at]) return false
  return true
}

/** Lexicographic order of unsigned bytes: the tie-break wherever hashes are ordered. */
export function compare(left: Uint8Array, right: Uint8Array): number {
  const shared = Math.min(left.length, right.length)
  for (let at = 0; at < shared; at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const BASE64_VALUES = new Uint8Array(128).fill(255)
for (const [value, letter] of [...BASE64].entries()) BASE64_VALUES[letter.charCodeAt(0)] = value
BASE64_VALUES['-'.charCodeAt(0)] = 62
BASE64_VALUES['_'.charCodeAt(0)] = 63

/** Standard base64 with padding: pure, because the kernel may not lean on Node's Buffer or the DOM's btoa. */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    text += BASE64.charAt(group >> 18) + BASE64.charAt((group >> 12) & 63)
    text += at + 1 < bytes.length ? BASE64.charAt((group >> 6) & 63) : '='
    text += at + 2 < bytes.length ? BASE64.charAt(group & 63) : '='
  }
  return text
}

/** Standard base64 (padding optional, URL alphabet accepted) to bytes; undefined when `text` is not base64. */
export function fromBase64(text: string): Uint8Array | undefined {
  const length = text.length - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0)
  if (length % 4 === 1) return undefined
  const bytes = new Uint8Array(Math.floor((length * 3) / 4))
  let buffer = 0
  let bits = 0
  let written = 0
  for (let at = 0; at < length; at++) {
    const value = BASE64_VALUES[text.charCodeAt(at)] ?? 255
    if (value === 255) return undefined
    buffer = ((buffer << 6) | value) & 0xffffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[written++] = (buffer >> bits) & 0xff
  }
  return bytes
}

export const toBase64Url = (bytes: Uint8Array): string =>
  toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
