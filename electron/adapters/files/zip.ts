import { inflateRawSync } from 'node:zlib'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'

/** What a workbook may unpack to. The largest sheet that Excel itself can hold with 100,000 rows of a ledger is a tenth of it. */
export const MOST_UNPACKED = 400 << 20
const MOST_ENTRIES = 2_000

export interface ZipEntry {
  readonly name: string
  readonly size: number
  /** Unpacks this entry. @throws when its bytes are damaged. */
  content(): Uint8Array
}

const END = 0x06054b50
const ENTRY = 0x02014b50

/**
 * Reads the directory of a zip file and unpacks every XML part once, against its declared size: an archive that lies about how
 * much it holds is refused before the workbook reader sees it.
 */
export function openZip(
  bytes: Uint8Array,
  most: number = MOST_UNPACKED,
): Result<ReadonlyMap<string, ZipEntry>, 'not-a-table' | 'too-large' | 'encrypted'> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  if (end === undefined) return refuse('not-a-table')
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  if (count === 0xffff || count > MOST_ENTRIES || at === 0xffffffff) return refuse('too-large')
  const entries = new Map<string, ZipEntry>()
  let total = 0
  for (let seen = 0; seen < count; seen++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== ENTRY) return refuse('not-a-table')
    if ((view.getUint16(at + 8, true) & 1) !== 0) return refuse('encrypted')
    const method = view.getUint16(at + 10, true)
    const packed = view.getUint32(at + 20, true)
    const size = view.getUint32(at + 24, true)
    const nameLength = view.getUint16(at + 28, true)
    const local = view.getUint32(at + 42, true)
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength))
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    if (local + 30 > bytes.length) return refuse('not-a-table')
    total += size
    if (total > most) return refuse('too-large')
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
    const content = () => unpack(bytes.subarray(from, from + packed), method, size)
    if (/\.(?:xml|rels)$/.test(name)) {
      try {
        content()
      } catch (problem) {
        return refuse((problem as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'not-a-table')
      }
    }
    entries.set(name, { name, size, content })
  }
  return ok(entries)
}

function unpack(packed: Uint8Array, method: number, size: number): Uint8Array {
  if (method === 0) return packed
  if (method !== 8) throw new Error('zip: unknown method')
  return inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) })
}

/** The end record is last, before a comment of at most 64 KiB. */
function findEnd(view: DataView): number | undefined {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at--) {
    if (view.getUint32(at, true) === END) return at
  }
  return undefined
}
