import { fromHex, toHex } from '#shared/kernel/bytes.ts'
import { decode, encode, type Canonical } from '#shared/kernel/canonical.ts'
import type { ChannelId, EntryHash, FeedId } from '#shared/kernel/ids.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { PUBLIC_CODES, type PublicCode } from './refusal.ts'

/** The last entry of a feed that a party holds. */
export interface FeedTip {
  readonly feed: FeedId
  readonly seq: number
  readonly hash: EntryHash
}
/** A stored run as it travels: verbatim, with what the sender says of it, so that nobody sends it back. */
export interface CarriedRun {
  readonly feed: FeedId
  readonly lastSeq: number
  readonly bytes: Uint8Array
}

/** The whole sync protocol, the same over a direct link, a mailbox and a local port. */
export type Message =
  | { readonly type: 'hello'; readonly version: number; readonly channels: readonly ChannelId[] }
  /**
   * What the sender holds: `whole`, or only what changed since it last said so. `taken` counts the messages with runs
   * that it has dealt with since then, which lets the other side send more.
   */
  | {
      readonly type: 'frontier'
      readonly channel: ChannelId
      readonly whole: boolean
      readonly taken: number
      readonly tips: readonly FeedTip[]
    }
  | { readonly type: 'runs'; readonly channel: ChannelId; readonly runs: readonly CarriedRun[] }
  /** Part of one run that is larger than a message; parts follow each other. */
  | {
      readonly type: 'piece'
      readonly channel: ChannelId
      readonly feed: FeedId
      readonly lastSeq: number
      readonly at: number
      readonly total: number
      readonly bytes: Uint8Array
    }
  | { readonly type: 'need'; readonly channel: ChannelId; readonly feed: FeedId; readonly fromSeq: number }
  /** Everything that the other side's frontier lacked has been sent. */
  | { readonly type: 'done'; readonly channel: ChannelId }
  | { readonly type: 'refused'; readonly channel: ChannelId; readonly code: PublicCode }
  /** Where somebody is in a document, sealed. Kept by nobody and sent to a linked device alone: losing it costs nothing. */
  | { readonly type: 'presence'; readonly channel: ChannelId; readonly bytes: Uint8Array }

export const PROTOCOL = 1
export const MESSAGE_LIMITS = {
  bytes: 1024 * 1024,
  channels: 1024,
  tips: 4096,
  runs: 4096,
  /** A run larger than this travels in pieces; also the size at which a batch is closed. */
  batch: 256 * 1024,
  run: 8 * 1024 * 1024,
  presence: 8 * 1024,
} as const

export const MESSAGE_REFUSALS = ['message-too-large', 'message-malformed', 'message-unknown'] as const
export type MessageRefusal = (typeof MESSAGE_REFUSALS)[number]

const TYPES: readonly Message['type'][] = ['hello', 'frontier', 'runs', 'piece', 'need', 'done', 'refused', 'presence']

const raw = (id: string): Uint8Array => {
  const bytes = fromHex(id)
  if (bytes === undefined) throw new Error('an id is lower-case hex')
  return bytes
}

/** `[type, ...fields]` in deterministic CBOR; types and codes by their place in their lists: append, never reorder. */
export function encodeMessage(message: Message): Uint8Array {
  return encode([TYPES.indexOf(message.type), ...fields(message)])
}

function fields(message: Message): readonly Canonical[] {
  switch (message.type) {
    case 'hello':
      return [message.version, message.channels.map(raw)]
    case 'frontier':
      return [
        raw(message.channel),
        message.whole,
        message.taken,
        message.tips.map(({ feed, seq, hash }) => [raw(feed), seq, raw(hash)]),
      ]
    case 'runs':
      return [raw(message.channel), message.runs.map(({ feed, lastSeq, bytes }) => [raw(feed), lastSeq, bytes])]
    case 'piece':
      return [raw(message.channel), raw(message.feed), message.lastSeq, message.at, message.total, message.bytes]
    case 'need':
      return [raw(message.channel), raw(message.feed), message.fromSeq]
    case 'done':
      return [raw(message.channel)]
    case 'refused':
      return [raw(message.channel), PUBLIC_CODES.indexOf(message.code)]
    case 'presence':
      return [raw(message.channel), message.bytes]
  }
}

/** Strict: what re-encodes differently, has other fields or is over a limit is refused. 'message-unknown' may be ignored. */
export function decodeMessage(bytes: Uint8Array): Result<Message, MessageRefusal> {
  if (bytes.length > MESSAGE_LIMITS.bytes) return refuse('message-too-large')
  const decoded = decode(bytes)
  if (!decoded.ok || !Array.isArray(decoded.value)) return refuse('message-malformed')
  const [code, ...rest] = decoded.value as readonly Canonical[]
  if (!isCount(code)) return refuse('message-malformed')
  const type = TYPES[code]
  if (type === undefined) return refuse('message-unknown')
  const message = read(type, rest)
  return message === undefined ? refuse('message-malformed') : ok(message)
}

function read(type: Message['type'], all: readonly Canonical[]): Message | undefined {
  if (type === 'hello') {
    // A later version may say more in its hello; everything else is exact.
    const channels = listOf(all[1], MESSAGE_LIMITS.channels, (value) => id<ChannelId>(value, 32))
    return isCount(all[0]) && channels !== undefined ? { type, version: all[0], channels } : undefined
  }
  const [first, ...rest] = all
  const channel = id<ChannelId>(first, 32)
  if (channel === undefined) return undefined
  const [a, b, c, d, e] = rest
  if (rest.length !== ARITY[type]) return undefined
  switch (type) {
    case 'frontier': {
      const tips = listOf(c, MESSAGE_LIMITS.tips, readTip)
      if (typeof a !== 'boolean' || !isCount(b) || tips === undefined) return undefined
      return { type, channel, whole: a, taken: b, tips }
    }
    case 'runs': {
      const runs = listOf(a, MESSAGE_LIMITS.runs, readRun)
      return runs === undefined ? undefined : { type, channel, runs }
    }
    case 'piece': {
      const feed = id<FeedId>(a, 48)
      if (feed === undefined || !isCount(b) || !isCount(c) || !isCount(d) || !(e instanceof Uint8Array))
        return undefined
      if (d > MESSAGE_LIMITS.run || e.length === 0 || c + e.length > d) return undefined
      return { type, channel, feed, lastSeq: b, at: c, total: d, bytes: e }
    }
    case 'need': {
      const feed = id<FeedId>(a, 48)
      return feed !== undefined && isCount(b) && b > 0 ? { type, channel, feed, fromSeq: b } : undefined
    }
    case 'done':
      return { type, channel }
    case 'refused': {
      const code = isCount(a) ? PUBLIC_CODES[a] : undefined
      return code === undefined ? undefined : { type, channel, code }
    }
    case 'presence':
      return a instanceof Uint8Array && a.length <= MESSAGE_LIMITS.presence ? { type, channel, bytes: a } : undefined
  }
}

const ARITY = { frontier: 3, runs: 1, piece: 5, need: 2, done: 0, refused: 1, presence: 1 } as const

function readTip(value: Canonical): FeedTip | undefined {
  if (!Array.isArray(value) || value.length !== 3) return undefined
  const [first, seq, last] = value as readonly Canonical[]
  const feed = id<FeedId>(first, 48)
  const hash = id<EntryHash>(last, 32)
  return feed !== undefined && hash !== undefined && isCount(seq) && seq > 0 ? { feed, seq, hash } : undefined
}

function readRun(value: Canonical): CarriedRun | undefined {
  if (!Array.isArray(value) || value.length !== 3) return undefined
  const [first, lastSeq, bytes] = value as readonly Canonical[]
  const feed = id<FeedId>(first, 48)
  if (feed === undefined || !isCount(lastSeq) || !(bytes instanceof Uint8Array)) return undefined
  return { feed, lastSeq, bytes }
}

const isCount = (value: Canonical | undefined): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

function id<T extends string>(value: Canonical | undefined, length: number): T | undefined {
  return value instanceof Uint8Array && value.length === length ? (toHex(value) as T) : undefined
}

function listOf<T>(
  value: Canonical | undefined,
  limit: number,
  readOne: (value: Canonical) => T | undefined,
): readonly T[] | undefined {
  if (!Array.isArray(value) || value.length > limit) return undefined
  const list: T[] = []
  for (const item of value as readonly Canonical[]) {
    const one = readOne(item)
    if (one === undefined) return undefined
    list.push(one)
  }
  return list
}
