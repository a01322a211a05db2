import { compare, equal, toHex } from '#shared/kernel/bytes.ts'
import type { Signature } from '#shared/kernel/crypto.ts'
import type { ChannelId, EntryHash, EpochId, FeedId, WorkspaceId } from '#shared/kernel/ids.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { BytesReader } from './bytes-reader.ts'
import type { Head, ParsedEntry, Run, RunContent, SealRefusal } from './entry.ts'
import {
  FEED, FLAG_HEADS, FLAG_SALT, ID, MAX_BODY, MAX_ENTRIES, MAX_HEADS, MAX_RUN, RUN_MAGIC, SALT, SIGNATURE, SUITE, TAG,
  VERSION, ZERO,
} from './layout.ts' // prettier-ignore
import { nonceOf } from './nonce.ts'

/**
 * Reads hostile bytes as a run: size, then version, then grammar. Refuses 'too-large', 'newer-version' (park it),
 * 'too-many-entries', 'too-many-heads', 'malformed'. Nothing in the result is trusted yet.
 */
export function parseRun(bytes: Uint8Array): Result<Run, SealRefusal> {
  if (bytes.length > MAX_RUN) return refuse('too-large')
  const reader = new BytesReader(bytes)
  if (!equal(reader.take(RUN_MAGIC.length), RUN_MAGIC)) return refuse('malformed')
  const version = reader.byte()
  const suite = reader.byte()
  if (version > VERSION || (version === VERSION && suite > SUITE)) return refuse('newer-version')
  if (version !== VERSION || suite !== SUITE) return refuse('malformed')

  const workspace = reader.take(ID)
  const channel = reader.take(ID)
  const feed = reader.take(FEED)
  const firstSeq = reader.uvar()
  const previous = reader.take(ID)
  const epoch = reader.take(ID)
  const count = reader.uvar()
  if (reader.failed || count === 0 || firstSeq === 0) return refuse('malformed')
  if (count > MAX_ENTRIES) return refuse('too-many-entries')
  if (!Number.isSafeInteger(firstSeq + count)) return refuse('malformed')
  const creates = equal(channel, ZERO)
  const announces = equal(epoch, ZERO)
  if ((firstSeq === 1) !== equal(previous, ZERO)) return refuse('malformed')
  if (creates && (!announces || firstSeq !== 1 || count !== 1)) return refuse('malformed')

  const entries: ParsedEntry[] = []
  const least = announces ? 1 : TAG + 1
  let salt = new Uint8Array(0) as Uint8Array
  let index = 0
  for (let at = 0; at < count; at++) {
    const flags = reader.byte()
    if (flags > (FLAG_SALT | FLAG_HEADS) || (at === 0 && (flags & FLAG_SALT) === 0)) return refuse('malformed')
    if ((flags & FLAG_SALT) !== 0) {
      const fresh = reader.take(SALT)
      // The same salt at once again would repeat nonces, which only a broken or hostile author does.
      if (at > 0 && equal(fresh, salt)) return refuse('malformed')
      salt = fresh
      index = 0
    }
    let heads: readonly Head[] = NONE
    if ((flags & FLAG_HEADS) !== 0) {
      const named = readHeads(reader, feed)
      if (!named.ok) return named
      heads = named.value
    }
    const length = reader.uvar()
    if (reader.failed || length < least || length > MAX_BODY + TAG) return refuse('malformed')
    const ciphertext = reader.take(length)
    if (reader.failed) return refuse('malformed')
    entries.push({ nonce: nonceOf(salt, index), heads, ciphertext })
    index += 1
  }
  const signature = reader.take(SIGNATURE) as Signature
  if (reader.failed || !reader.done) return refuse('malformed')
  const content: RunContent = {
    bytes,
    workspace: toHex(workspace) as WorkspaceId,
    channel: creates ? null : (toHex(channel) as ChannelId),
    feed: toHex(feed) as FeedId,
    firstSeq,
    lastSeq: firstSeq + count - 1,
    previous: firstSeq === 1 ? null : (toHex(previous) as EntryHash),
    epoch: announces ? null : (toHex(epoch) as EpochId),
    entries,
    signature,
  }
  return ok(content as Run)
}

const NONE: readonly Head[] = []

/** At least one, strictly ascending by feed, never the own feed. */
function readHeads(reader: BytesReader, own: Uint8Array): Result<readonly Head[], SealRefusal> {
  const count = reader.uvar()
  if (reader.failed || count === 0) return refuse('malformed')
  if (count > MAX_HEADS) return refuse('too-many-heads')
  const heads: Head[] = []
  let last = new Uint8Array(0) as Uint8Array
  for (let at = 0; at < count; at++) {
    const feed = reader.take(FEED)
    const seq = reader.uvar()
    const hash = reader.take(ID)
    if (reader.failed || seq === 0 || compare(feed, last) <= 0 || equal(feed, own)) return refuse('malformed')
    heads.push({ feed: toHex(feed) as FeedId, seq, hash: toHex(hash) as EntryHash })
    last = feed
  }
  return ok(heads)
}
