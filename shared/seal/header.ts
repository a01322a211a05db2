import { fromHex, toHex } from '#shared/kernel/bytes.ts'
import type { Crypto, Hash, Nonce } from '#shared/kernel/crypto.ts'
import type { ChannelId, DeviceId, EntryHash, EpochId, FeedId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Head } from './entry.ts'
import { FEED, ID, LABEL, NONCE, SUITE, VERSION, ZERO } from './layout.ts'

const DEVICE_AT = 2 + ID + ID
const SEQ_AT = DEVICE_AT + FEED
const PREVIOUS_AT = SEQ_AT + 8
const EPOCH_AT = PREVIOUS_AT + ID
const NONCE_AT = EPOCH_AT + ID
const COUNT_AT = NONCE_AT + NONCE
const HEADS_AT = COUNT_AT + 2
const HEAD = FEED + 8 + ID

/** The fields that all entries of a run share. */
export interface RunFields {
  readonly workspace: WorkspaceId
  readonly channel: ChannelId | null
  readonly feed: FeedId
  readonly epoch: EpochId | null
}

/** The header of a run's entries with seq, previous, nonce and heads still empty: copied and filled per entry. */
export function headerTemplate(fields: RunFields): Uint8Array {
  const header = new Uint8Array(HEADS_AT)
  header[0] = VERSION
  header[1] = SUITE
  header.set(idBytes(fields.workspace), 2)
  header.set(idBytes(fields.channel), 2 + ID)
  header.set(idBytes(fields.feed), DEVICE_AT)
  header.set(idBytes(fields.epoch), EPOCH_AT)
  return header
}

/** Bytes of the header of an entry with these heads. */
export const headerLength = (heads: readonly Head[]): number => HEADS_AT + heads.length * HEAD

/**
 * The logical header of one entry (ENTRY.v1 §3): what is hashed and what is the associated data. Written into `header`,
 * zeros of the right length, when that is given.
 */
export function fillHeader(
  template: Uint8Array,
  seq: number,
  previous: Uint8Array,
  nonce: Uint8Array,
  heads: readonly Head[],
  header: Uint8Array = new Uint8Array(headerLength(heads)),
): Uint8Array {
  header.set(template)
  putU64(header, SEQ_AT, seq)
  header.set(previous, PREVIOUS_AT)
  header.set(nonce, NONCE_AT)
  if (heads.length === 0) return header
  header[COUNT_AT] = heads.length >>> 8
  header[COUNT_AT + 1] = heads.length
  let at = HEADS_AT
  for (const head of heads) {
    header.set(idBytes(head.feed), at)
    putU64(header, at + FEED, head.seq)
    header.set(idBytes(head.hash), at + FEED + 8)
    at += HEAD
  }
  return header
}

/** The nonce that a header holds. */
export const nonceIn = (header: Uint8Array): Uint8Array => header.subarray(NONCE_AT, NONCE_AT + NONCE)

export const previousIn = (header: Uint8Array): Uint8Array => header.subarray(PREVIOUS_AT, PREVIOUS_AT + ID)
export const deviceIn = (header: Uint8Array): Uint8Array => header.subarray(DEVICE_AT, DEVICE_AT + ID)

/** Whether bytes from outside have the length and numbers of a header; its ids are whatever they are. */
export const isHeader = (header: Uint8Array): boolean =>
  header.length >= HEADS_AT &&
  header[0] === VERSION &&
  header[1] === SUITE &&
  header.length === HEADS_AT + (((header[COUNT_AT] ?? 0) << 8) | (header[COUNT_AT + 1] ?? 0)) * HEAD

/** What a header says, for whoever holds the entry alone. */
export interface ReadHeader {
  readonly workspace: WorkspaceId
  /** null in the entry that creates the channel. */
  readonly channel: ChannelId | null
  readonly feed: FeedId
  readonly device: DeviceId
  readonly seq: number
  readonly previous: EntryHash | null
  readonly epoch: EpochId | null
  readonly nonce: Nonce
  readonly heads: readonly Head[]
}

/** Reads a header that `isHeader` let through. */
export function readHeader(header: Uint8Array): ReadHeader {
  const hex = <T extends string>(at: number, length: number = ID): T => toHex(header.subarray(at, at + length)) as T
  const idOrNull = <T extends string>(at: number): T | null =>
    header.subarray(at, at + ID).some((byte) => byte !== 0) ? hex<T>(at) : null
  const count = ((header[COUNT_AT] ?? 0) << 8) | (header[COUNT_AT + 1] ?? 0)
  return {
    workspace: hex(2),
    channel: idOrNull(2 + ID),
    feed: hex(DEVICE_AT, FEED),
    device: hex(DEVICE_AT),
    seq: getU64(header, SEQ_AT),
    previous: idOrNull(PREVIOUS_AT),
    epoch: idOrNull(EPOCH_AT),
    nonce: nonceIn(header) as Nonce,
    heads: Array.from({ length: count }, (_, index): Head => {
      const at = HEADS_AT + index * HEAD
      return { feed: hex(at, FEED), seq: getU64(header, at + FEED), hash: hex(at + FEED + 8) }
    }),
  }
}

/** What is unique about an entry's content. */
export const digestOf = (crypto: Crypto, header: Uint8Array, ciphertext: Uint8Array): Hash =>
  crypto.hash(LABEL.entry, header, ciphertext)

/**
 * The entry's hash: a chain over digests, so that evidence for an entry is that entry and the bare digests of those after
 * it, up to the signed head.
 */
export const chainOf = (crypto: Crypto, previous: Uint8Array, digest: Uint8Array): Hash =>
  crypto.hash(LABEL.chain, previous, digest)

/** Bytes of an id that this module or its caller made; null stands for 32 zeros. @throws when it is not hex: a bug. */
export function idBytes(id: WorkspaceId | ChannelId | FeedId | EpochId | EntryHash | null): Uint8Array {
  if (id === null) return ZERO
  const bytes = fromHex(id)
  if (bytes === undefined) throw new TypeError(`not an id: ${id}`)
  return bytes
}

function getU64(from: Uint8Array, at: number): number {
  let value = 0
  for (let byte = 0; byte < 8; byte++) value = value * 256 + (from[at + byte] ?? 0)
  return value
}

function putU64(into: Uint8Array, at: number, value: number): void {
  let rest = value
  for (let byte = 7; byte >= 0; byte--) {
    into[at + byte] = rest % 256
    rest = Math.floor(rest / 256)
  }
}
