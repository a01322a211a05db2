import { type PDF, PdfString } from '@libpdf/core'
import { numbersAt, type SignatureField } from './pdf-objects.ts'

/** Where a signature stands in its file, and what it covers: all of it up to `end` but its own space. */
export interface SignatureSpace {
  readonly field: SignatureField
  readonly from: number
  readonly to: number
  readonly end: number
  /** The signature itself, without what is free behind it. */
  readonly der: Uint8Array
  readonly padded: boolean
}

/** `undefined` when the range begins elsewhere, leaves out more than the space, or the space holds anything but the signature. */
export function signatureSpace(pdf: PDF, file: Uint8Array, field: SignatureField): SignatureSpace | undefined {
  const { value } = field
  if (!value || value.getName('SubFilter')?.value !== 'ETSI.CAdES.detached') return undefined
  const range = numbersAt(pdf, value, 'ByteRange')
  const [start, from = -1, to = -1, rest = -1] = range
  if (range.length !== 4 || start !== 0 || !range.every(Number.isSafeInteger)) return undefined
  if (from < 1 || to <= from || rest < 1 || to + rest > file.length) return undefined
  // In one case throughout: else a letter could be exchanged for another without changing what is meant.
  const space = Buffer.from(file.subarray(from, to)).toString('latin1')
  if (!/^<(?:[0-9a-f]*|[0-9A-F]*)>$/.test(space) || space.length % 2 !== 0) return undefined
  const bytes = Buffer.from(space.slice(1, -1), 'hex')
  const contents = value.get('Contents')
  if (!(contents instanceof PdfString) || Buffer.compare(contents.bytes, bytes) !== 0) return undefined
  const length = derLength(bytes)
  if (length === undefined || length > bytes.length) return undefined
  const padded = bytes.subarray(length).some((byte) => byte !== 0)
  return { field, from, to, end: to + rest, der: new Uint8Array(bytes.subarray(0, length)), padded }
}

/** Bytes of a DER sequence, its head included. */
function derLength(bytes: Uint8Array): number | undefined {
  const [tag, first = 0x80] = bytes
  if (tag !== 0x30) return undefined
  if (first < 0x80) return 2 + first
  const count = first & 0x7f
  if (count < 1 || count > 4) return undefined
  return 2 + count + bytes.subarray(2, 2 + count).reduce((sum, byte) => sum * 256 + byte, 0)
}
