import { createCrypto } from '#adapters/sodium/crypto.ts'
import { toHex, utf8 } from '#shared/kernel/bytes.ts'
import type { Crypto, SigningPair, SymmetricKey } from '#shared/kernel/crypto.ts'
import type { ChannelId, EntryHash, EpochId, FeedId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { Body, Expected, Head, Position, SealedRun, WritingEpoch } from '#shared/seal/entry.ts'
import { sealEntry, signRun, startRun } from '#shared/seal/seal.ts'

/** Real primitives whose randomness follows from a seed, so that sealing the same twice gives the same bytes. */
export async function seededCrypto(seed: string): Promise<Crypto> {
  const crypto = await createCrypto({ allowCheapStretch: true })
  let drawn = 0
  return {
    ...crypto,
    random(length) {
      const out = new Uint8Array(length)
      for (let at = 0; at < length; at += 32) {
        out.set(crypto.hash('test/random', utf8(`${seed} ${drawn++}`)).subarray(0, length - at), at)
      }
      return out
    },
  }
}

export const fixed = <T extends string>(crypto: Crypto, name: string): T => toHex(crypto.hash('test/id', utf8(name))) as T
export const AT = 1_763_700_000_000 as Instant
export const doc = (text: string): Body => ({ at: AT, kind: 'doc', payload: [['joint', utf8(text)]] })

/** One device that writes one feed of one channel under one epoch, run after run. */
export class Author {
  readonly crypto: Crypto
  readonly device: SigningPair
  readonly epoch: WritingEpoch
  #position: Position

  constructor(crypto: Crypto, name: string, workspace = 'workspace', channel = 'channel') {
    this.crypto = crypto
    this.device = crypto.signingPair(crypto.hash('test/device', utf8(name)))
    this.epoch = {
      id: fixed<EpochId>(crypto, `epoch of ${channel}`),
      key: crypto.hash('test/key', utf8(channel)) as Uint8Array as SymmetricKey,
    }
    const incarnation = fixed(crypto, `incarnation of ${name}`).slice(0, 32)
    this.#position = {
      workspace: fixed<WorkspaceId>(crypto, workspace),
      channel: fixed<ChannelId>(crypto, channel),
      feed: (toHex(this.device.publicKey) + incarnation) as FeedId,
      nextSeq: 1,
      previous: null,
    }
  }

  get position(): Position {
    return this.#position
  }
  /** What a receiver that holds all runs so far expects next. */
  get expected(): Expected {
    const { workspace, channel, nextSeq, previous } = this.#position
    return { workspace, channel: channel ?? fixed<ChannelId>(this.crypto, 'none'), nextSeq, previousHash: previous }
  }

  /** Seals the bodies as one run and moves on. */
  write(bodies: readonly Body[], heads: readonly (readonly Head[])[] = [], epoch: WritingEpoch | null = this.epoch): SealedRun {
    const run = this.seal(this.#position, bodies, heads, epoch)
    this.#position = { ...this.#position, nextSeq: run.lastSeq + 1, previous: run.hashes.at(-1) ?? null }
    return run
  }

  /** Seals at any position, without moving: how a fork is made. */
  seal(position: Position, bodies: readonly Body[], heads: readonly (readonly Head[])[] = [], epoch: WritingEpoch | null = this.epoch): SealedRun {
    const draft = startRun(this.crypto, position, epoch)
    for (const [at, body] of bodies.entries()) {
      const sealed = sealEntry(this.crypto, draft, body, heads[at] ?? [])
      if (!sealed.ok) throw new Error(`not sealed: ${sealed.refusal}`)
    }
    return signRun(this.crypto, draft, this.device.secretKey)
  }
}

export const head = (crypto: Crypto, name: string, seq: number): Head => ({
  feed: (fixed(crypto, name) + fixed(crypto, `${name}'s incarnation`).slice(0, 32)) as FeedId,
  seq,
  hash: fixed<EntryHash>(crypto, `${name} ${seq}`),
})
