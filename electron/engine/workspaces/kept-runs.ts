import { toHex } from '#shared/kernel/bytes.ts'
import type { ChannelId, FeedId } from '#shared/kernel/ids.ts'
import type { Context } from '../context.ts'

/** A run that is kept beside the log: proof of a fork, or the word of a later version. */
export interface KeptRun {
  /** null while a later version's run cannot be read at all. */
  readonly channel: ChannelId | null
  readonly bytes: Uint8Array
}

const MOST_PARKED = 256
const MOST_PARKED_BYTES = 64 * 1024 * 1024

/**
 * Keeps what a later version wrote until this is one of them. Nobody's signature on it can be checked, so there is a bound to
 * it: what finds no room is sent again by whoever has it. Call inside a transaction.
 */
export function park({ crypto, vault }: Context, channel: ChannelId | null, bytes: Uint8Array): void {
  const parked = vault.records.list<KeptRun>('parked-run')
  const held = parked.reduce((sum, { value }) => sum + value.bytes.length, 0)
  if (parked.length >= MOST_PARKED || held + bytes.length > MOST_PARKED_BYTES) return
  vault.records.put<KeptRun>('parked-run', toHex(crypto.hash('mithaq/parked-run/v1', bytes)), { channel, bytes })
}

/** One proof per feed and channel convicts: a forker who sends a thousand more fills nothing, and forking elsewhere clears none. */
export function keepProof(
  { vault: { records } }: Context,
  channel: ChannelId,
  { feed, bytes }: { readonly feed: FeedId; readonly bytes: Uint8Array },
): void {
  const id = `${channel}/${feed}`
  if (records.get<KeptRun>('fork-proof', id) === undefined) records.put<KeptRun>('fork-proof', id, { channel, bytes })
}
