import { decode, encode, type Canonical } from '#shared/kernel/canonical.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import type { SliceId } from '#shared/kernel/ids.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { checkSlice } from './check-slice.ts'
import type { HeldSlice, Slice, SliceContent } from './slice.ts'

/** Larger content is refused unread: 200,000 rows of a forecast stay well below. */
export const MOST_SLICE_BYTES = 32 * 1024 * 1024

export const SLICE_REFUSALS = [
  'slice-too-long', // more bytes than a slice may have
  'slice-not-canonical', // not the one byte form that this content has
  'slice-malformed', // fields missing, unknown, of a wrong type or out of their limits
  'slice-inconsistent', // rows, columns and suppressed cells contradict each other
] as const
export type SliceRefusal = (typeof SLICE_REFUSALS)[number]

/** The bytes that are previewed, hashed, sealed and opened: one content, one byte string, one id on both screens. */
export function encodeSlice(crypto: Crypto, slice: Slice): { readonly bytes: Uint8Array; readonly id: SliceId } {
  return encoded(crypto, slice)
}

/** The id that a held slice will have once confirmed; its bytes stay here, so that nothing can be sealed from a preview. */
export const previewId = (crypto: Crypto, slice: HeldSlice): SliceId => encoded(crypto, slice).id

export const sliceIdOf = (crypto: Crypto, bytes: Uint8Array): SliceId =>
  toHex(crypto.hash('mithaq.slice.v1', bytes)) as SliceId

function encoded(crypto: Crypto, content: SliceContent) {
  // Every field of `SliceContent` is plain data that deterministic CBOR carries; `checkSlice` proves it on the other side.
  const bytes = encode(content as unknown as Canonical)
  return { bytes, id: sliceIdOf(crypto, bytes) }
}

/**
 * Reads a slice that came from a partner, or an own one from the log. The bytes are hostile until this returns. The content is
 * not a `Slice`: whoever receives one cannot pass it on as a disclosure of their own.
 */
export function decodeSlice(
  crypto: Crypto,
  bytes: Uint8Array,
): Result<{ readonly content: SliceContent; readonly id: SliceId }, SliceRefusal> {
  if (bytes.length > MOST_SLICE_BYTES) return refuse('slice-too-long')
  const decoded = decode(bytes)
  if (!decoded.ok) return refuse('slice-not-canonical')
  const checked = checkSlice(decoded.value)
  return checked.ok ? ok({ content: checked.value, id: sliceIdOf(crypto, bytes) }) : checked
}
