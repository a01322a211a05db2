import { decode as decodeCbor, encode as encodeCbor } from '@ipld/dag-cbor'
import { isCanonical } from './canonical-form.ts'
import { ok, refuse, type Result } from './result.ts'

/** What deterministic CBOR can carry here: no floats that are integers, no undefined, no tags. */
export type Canonical =
  null | boolean | number | string | Uint8Array | readonly Canonical[] | { readonly [key: string]: Canonical }

/** Deterministic CBOR (DAG-CBOR): one value, one byte string. @throws when the value holds what it cannot carry. */
// Under Node the encoder answers a Buffer that shares its memory with others: a copy keeps it a plain byte string.
export const encode = (value: Canonical): Uint8Array => new Uint8Array(encodeCbor(value))

/** Parses deterministic CBOR and refuses whatever would not re-encode to the same bytes. */
export function decode(bytes: Uint8Array): Result<Canonical, 'not-canonical'> {
  try {
    return isCanonical(bytes) ? ok(decodeCbor<Canonical>(bytes)) : refuse('not-canonical')
  } catch {
    return refuse('not-canonical')
  }
}
