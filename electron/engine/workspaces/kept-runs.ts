import { toHex } from '#shared/kernel/bytes.ts'
import type { ChannelId } from '#shared/kernel/ids.ts'
import type { BranchRuns } from '../channels/channel-deps.ts'
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

const MOST_BRANCH_RUNS = 64
const MOST_BRANCH_BYTES = 16 * 1024 * 1024

/**
 * Runs of forked feeds that go on from another past than the log holds. Who forks a thousand times fills nothing: the first
 * convict, and what others lean on beyond the bound comes in entries of theirs.
 */
export function branchRuns({ crypto, vault: { records } }: Context, channel: ChannelId): BranchRuns {
  const kept = (): readonly Uint8Array[] =>
    records.list<KeptRun>('fork-proof').flatMap(({ value }) => (value.channel === channel ? [value.bytes] : []))
  return {
    list: kept,
    keep(feed, bytes) {
      const held = kept()
      if (
        held.length >= MOST_BRANCH_RUNS ||
        held.reduce((sum, { length }) => sum + length, bytes.length) > MOST_BRANCH_BYTES
      )
        return
      const id = `${channel}/${feed}/${toHex(crypto.hash('mithaq/parked-run/v1', bytes))}`
      records.put<KeptRun>('fork-proof', id, { channel, bytes })
    },
  }
}
