import { toHex } from '#shared/kernel/bytes.ts'
import type { Crypto, Nonce, SecretKey } from '#shared/kernel/crypto.ts'
import type { ChannelId, EntryHash } from '#shared/kernel/ids.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { encodeBody, isShallow, mayAnnounce } from './body.ts'
import {
  deviceOf,
  type Body,
  type Head,
  type Position,
  type SealedRun,
  type SealedRunContent,
  type SealRefusal,
  type WritingEpoch,
} from './entry.ts'
import { chainOf, digestOf, fillHeader, headerTemplate, idBytes } from './header.ts'
import { LABEL, MAX_BODY, MAX_ENTRIES, MAX_HEADS, MAX_RUN, SALT } from './layout.ts'
import { nonceOf } from './nonce.ts'
import { packRun, packedSize, type PackedEntry } from './pack.ts'

/**
 * A run in the making: one feed, one epoch. It lives in memory and is never stored, because its salt must not come back.
 * Only `startRun` makes one.
 */
class Draft {
  readonly position: Position
  readonly epoch: WritingEpoch | null
  readonly template: Uint8Array
  readonly #salt: Uint8Array
  readonly #entries: (PackedEntry & { readonly hash: Uint8Array })[] = []
  #size = 0
  #signed = false

  constructor(position: Position, epoch: WritingEpoch | null, salt: Uint8Array) {
    this.position = position
    this.epoch = epoch
    this.template = headerTemplate({ ...position, epoch: epoch?.id ?? null })
    this.#salt = salt
  }

  get entries(): readonly (PackedEntry & { readonly hash: Uint8Array })[] {
    return this.#entries
  }
  get nextSeq(): number {
    return this.position.nextSeq + this.#entries.length
  }
  get previous(): Uint8Array {
    return this.#entries.at(-1)?.hash ?? idBytes(this.position.previous)
  }
  /** Bytes of the entries so far. */
  get size(): number {
    return this.#size
  }
  nonce(): Nonce {
    if (this.#signed) throw new Error('the run is signed: start another')
    return nonceOf(this.#salt, this.#entries.length)
  }
  add(entry: PackedEntry & { readonly hash: Uint8Array }): void {
    this.#size += packedSize(entry)
    this.#entries.push(entry)
  }
  close(): void {
    if (this.#signed) throw new Error('the run is signed already')
    this.#signed = true
  }
}
export type RunDraft = Draft

/**
 * Begins a run at `position`, written under `epoch`; null makes announcements, in clear. A channel's creation
 * (`position.channel` null) is an announcement and alone in its run.
 */
export function startRun(crypto: Crypto, position: Position, epoch: WritingEpoch | null): RunDraft {
  if ((position.nextSeq === 1) !== (position.previous === null)) throw new Error('only a first entry has no previous')
  if (position.channel === null && (epoch !== null || position.nextSeq !== 1)) {
    throw new Error('a creation entry is an announcement and the first of its feed')
  }
  return new Draft(position, epoch, crypto.random(SALT))
}

/**
 * Seals `body` as the draft's next entry and answers where it stands. `heads`: foreign heads seen since the own previous
 * entry, at most one per feed, in any order. Refuses 'too-large' (also when the run is full: sign it and start another),
 * 'too-many-heads', 'too-many-entries', 'not-an-announcement', 'bad-body' (nested too deep).
 */
export function sealEntry(
  crypto: Crypto,
  draft: RunDraft,
  body: Body,
  heads: readonly Head[] = [],
): Result<Head, SealRefusal> {
  const { position, epoch } = draft
  const nonce = draft.nonce()
  if (heads.length > MAX_HEADS) return refuse('too-many-heads')
  if (draft.entries.length >= (position.channel === null ? 1 : MAX_ENTRIES)) return refuse('too-many-entries')
  if (epoch === null && !mayAnnounce(body)) return refuse('not-an-announcement')
  if (!isShallow(body)) return refuse('bad-body')
  const plain = encodeBody(body)
  if (plain.length > MAX_BODY || draft.size + plain.length + heads.length * 96 + 1024 > MAX_RUN)
    return refuse('too-large')

  const sorted = [...heads].sort((a, b) => (a.feed < b.feed ? -1 : 1))
  if (sorted.some((head, at) => head.feed === position.feed || head.feed === sorted[at + 1]?.feed)) {
    throw new Error('heads name other feeds, each once')
  }
  const seq = draft.nextSeq
  const header = fillHeader(draft.template, seq, draft.previous, nonce, sorted)
  const ciphertext = epoch === null ? plain : crypto.encrypt(epoch.key, nonce, header, plain)
  const hash = chainOf(crypto, draft.previous, digestOf(crypto, header, ciphertext))
  draft.add({ nonce, heads: sorted, ciphertext, hash })
  return ok({ feed: position.feed, seq, hash: toHex(hash) as EntryHash })
}

/** Closes the draft under one signature of the feed's device over the last hash. @throws for an empty or signed draft. */
export function signRun(crypto: Crypto, draft: RunDraft, device: SecretKey): SealedRun {
  const { position, entries } = draft
  const last = entries.at(-1)
  if (last === undefined) throw new Error('a run has at least one entry')
  draft.close()
  if (toHex(crypto.signingPair(device).publicKey) !== deviceOf(position.feed)) {
    throw new Error('a feed is signed by its own device')
  }
  const signature = crypto.sign(LABEL.run, device, last.hash)
  const hashes = entries.map((entry) => toHex(entry.hash) as EntryHash)
  const content: SealedRunContent = {
    bytes: packRun({ ...position, firstSeq: position.nextSeq, epoch: draft.epoch?.id ?? null, entries, signature }),
    workspace: position.workspace,
    channel: position.channel ?? (hashes[0] as string as ChannelId),
    feed: position.feed,
    firstSeq: position.nextSeq,
    lastSeq: draft.nextSeq - 1,
    hashes,
  }
  return content as SealedRun
}
