import type { TableChoice } from '#engine/ports.ts'

export type Encoding = NonNullable<TableChoice['encoding']>

/** How much of a file is looked at to guess its encoding. Bytes later on that do not fit are reported by line. */
const LOOK = 1 << 20

/** By byte order mark, else by the zero bytes of UTF-16, else UTF-8 when its sequences hold, else the Arabic code page of Windows. */
export function detectEncoding(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const head = bytes.subarray(0, LOOK)
  const pairs = head.length >> 1
  let evenZero = 0
  let oddZero = 0
  let evenArabic = 0
  let oddArabic = 0
  for (let at = 0; at + 1 < head.length; at += 2) {
    if (head[at] === 0) evenZero++
    if (head[at + 1] === 0) oddZero++
    if (head[at] === 6) evenArabic++
    if (head[at + 1] === 6) oddArabic++
  }
  // In UTF-16 nearly every pair has a high byte of 00 (Latin, digits, separators) or 06 (Arabic); 00 is in no other text file.
  if (oddZero > pairs * 0.1 && oddZero + oddArabic > pairs * 0.6) return 'utf-16le'
  if (evenZero > pairs * 0.1 && evenZero + evenArabic > pairs * 0.6) return 'utf-16be'
  const { good, bad } = countUtf8(head)
  return bad === 0 || good > bad * 4 ? 'utf-8' : 'windows-1256'
}

/** Multi-byte UTF-8 sequences that hold, and bytes above ASCII that belong to none. */
function countUtf8(bytes: Uint8Array): { good: number; bad: number } {
  let good = 0
  let bad = 0
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at++] ?? 0
    if (lead < 0x80) continue
    const more = lead >= 0xc2 && lead < 0xe0 ? 1 : lead >= 0xe0 && lead < 0xf0 ? 2 : lead >= 0xf0 && lead < 0xf5 ? 3 : 0
    if (more > 0 && at + more > bytes.length) break
    let held = 0
    while (held < more && ((bytes[at + held] ?? 0) & 0xc0) === 0x80) held++
    if (more > 0 && held === more) {
      good++
      at += more
    } else bad++
  }
  return { good, bad }
}

const CHUNK = 1 << 18

/** Decodes piecewise; what cannot be decoded becomes U+FFFD. `at` is the number of bytes consumed so far. */
export function* decodeChunks(bytes: Uint8Array, encoding: Encoding): Generator<{ text: string; at: number }> {
  const decoder = new TextDecoder(encoding)
  for (let from = 0; from < bytes.length; from += CHUNK) {
    const to = Math.min(from + CHUNK, bytes.length)
    yield { text: decoder.decode(bytes.subarray(from, to), { stream: to < bytes.length }), at: to }
  }
}
