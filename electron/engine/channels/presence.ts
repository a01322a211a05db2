import { concat, fromUtf8, utf8 } from '#shared/kernel/bytes.ts'
import type { Crypto, Nonce } from '#shared/kernel/crypto.ts'
import type { ChannelId } from '#shared/kernel/ids.ts'
import type { WritingEpoch } from '#shared/seal/entry.ts'
import type { SectionKey } from '#shared/sync/update.ts'

const LABEL = 'mithaq/presence/v1'
const NONCE = 24

export interface Presence {
  readonly section: SectionKey
  /** An awareness update. */
  readonly bytes: Uint8Array
}

/** `nonce | XChaCha20-Poly1305(length of section | section | bytes)` under a sub-key of the epoch's, bound to channel and epoch. */
export function sealPresence(
  crypto: Crypto,
  channel: ChannelId,
  epoch: WritingEpoch,
  section: SectionKey,
  bytes: Uint8Array,
): Uint8Array {
  const nonce = crypto.random(NONCE) as Nonce
  const name = utf8(section)
  const plain = concat(Uint8Array.of(name.length), name, bytes)
  return concat(nonce, crypto.encrypt(crypto.derive(epoch.key, LABEL), nonce, bound(channel, epoch), plain))
}

/** Undefined for whatever was not sealed so, under this very epoch. */
export function openPresence(
  crypto: Crypto,
  channel: ChannelId,
  epoch: WritingEpoch,
  sealed: Uint8Array,
): Presence | undefined {
  if (sealed.length < NONCE) return undefined
  const nonce = sealed.slice(0, NONCE) as Nonce
  const plain = crypto.decrypt(crypto.derive(epoch.key, LABEL), nonce, bound(channel, epoch), sealed.slice(NONCE))
  const length = plain?.[0]
  if (plain === undefined || length === undefined || plain.length < 1 + length) return undefined
  try {
    return { section: fromUtf8(plain.slice(1, 1 + length)) as SectionKey, bytes: plain.slice(1 + length) }
  } catch {
    return undefined
  }
}

const bound = (channel: ChannelId, { id }: WritingEpoch): Uint8Array => utf8(`${LABEL}|${channel}|${id}`)
