import { fromHex, toHex } from '#shared/kernel/bytes.ts'
import type { Crypto, Hash, PublicKey } from '#shared/kernel/crypto.ts'
import type { ChannelId, EntryHash } from '#shared/kernel/ids.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import {
  deviceOf,
  type Expected,
  type Run,
  type SealRefusal,
  type VerifiedContent,
  type VerifiedEntry,
} from './entry.ts'
import { chainOf, digestOf, fillHeader, headerLength, headerTemplate, idBytes } from './header.ts'
import { LABEL } from './layout.ts'

/**
 * Chain and signature: recomputes every hash from the run's start and checks the one signature over the last. Answers the
 * entries from `expected.nextSeq` on, so that a run which repeats a known beginning still counts. Refuses
 * 'wrong-workspace', 'wrong-channel', 'seq-gap', 'already-held' (all of it, unverified: compare with `runHashes` where a
 * fork is to be found), 'bad-signature', 'forked' (well signed, but on another past than ours: proof of misbehaviour).
 */
export function verifyRun(crypto: Crypto, run: Run, expected: Expected): Result<readonly VerifiedEntry[], SealRefusal> {
  if (run.workspace !== expected.workspace) return refuse('wrong-workspace')
  if (run.channel !== null && run.channel !== expected.channel) return refuse('wrong-channel')
  if (run.firstSeq > expected.nextSeq) return refuse('seq-gap')
  if (run.lastSeq < expected.nextSeq) return refuse('already-held')

  const links = chain(crypto, run)
  if (run.channel === null && createdBy(links) !== expected.channel) return refuse('wrong-channel')
  if (!signed(crypto, run, links)) return refuse('bad-signature')
  const skipped = expected.nextSeq - run.firstSeq
  const parent = skipped === 0 ? run.previous : (links[skipped - 1]?.id ?? null)
  if (parent !== expected.previousHash) return refuse('forked')

  const device = deviceOf(run.feed)
  const verified: VerifiedEntry[] = []
  for (let at = skipped; at < links.length; at++) {
    const link = links[at]
    const entry = run.entries[at]
    if (link === undefined || entry === undefined) break
    const content: VerifiedContent = {
      workspace: run.workspace,
      channel: expected.channel,
      feed: run.feed,
      device,
      seq: run.firstSeq + at,
      hash: link.id,
      previous: at === 0 ? run.previous : (links[at - 1]?.id ?? null),
      heads: entry.heads,
      epoch: run.epoch,
      creation: run.channel === null,
      header: link.header,
      ciphertext: entry.ciphertext,
    }
    verified.push(content as VerifiedEntry)
  }
  return ok(verified)
}

/** The channel a run belongs to; for the run that creates one, the hash of its only entry. */
export const channelOf = (crypto: Crypto, run: Run): ChannelId => run.channel ?? createdBy(chain(crypto, run))

const createdBy = (links: readonly Link[]): ChannelId => (links[0]?.id ?? '') as string as ChannelId

/** The hash of every entry of a run whose signature is good; undefined when it is not. For comparing with what is held. */
export function runHashes(crypto: Crypto, run: Run): readonly EntryHash[] | undefined {
  const links = chain(crypto, run)
  return signed(crypto, run, links) ? links.map((link) => link.id) : undefined
}

export interface Link {
  readonly header: Uint8Array
  readonly digest: Hash
  readonly hash: Hash
  readonly id: EntryHash
}

/** Header, digest and hash of each entry of a run, from its start. Says nothing about the signature. */
export function chain(crypto: Crypto, run: Run): readonly Link[] {
  const template = headerTemplate(run)
  // One buffer for all headers of the run: thousands of small ones would cost more than the hashing.
  const headers = new Uint8Array(run.entries.reduce((length, entry) => length + headerLength(entry.heads), 0))
  let place = 0
  const links: Link[] = []
  let previous: Uint8Array = idBytes(run.previous)
  for (const [at, entry] of run.entries.entries()) {
    const end = place + headerLength(entry.heads)
    const own = headers.subarray(place, end)
    place = end
    const header = fillHeader(template, run.firstSeq + at, previous, entry.nonce, entry.heads, own)
    const digest = digestOf(crypto, header, entry.ciphertext)
    const hash = chainOf(crypto, previous, digest)
    links.push({ header, digest, hash, id: toHex(hash) as EntryHash })
    previous = hash
  }
  return links
}

function signed(crypto: Crypto, run: Run, links: readonly Link[]): boolean {
  const last = links.at(-1)
  const device = fromHex(deviceOf(run.feed))
  return (
    last !== undefined &&
    device !== undefined &&
    crypto.verify(LABEL.run, device as PublicKey, last.hash, run.signature)
  )
}
