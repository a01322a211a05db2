import type { Brand } from '#shared/kernel/brand.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'
import type { Nonce, Signature, SymmetricKey } from '#shared/kernel/crypto.ts'
import type { ChannelId, DeviceId, EntryHash, EpochId, FeedId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'

/** Position in another feed that the author had seen and not yet named: an edge of the ancestry. */
export interface Head {
  readonly feed: FeedId
  /** First entry of a feed has seq 1. */
  readonly seq: number
  readonly hash: EntryHash
}

export type BodyKind = 'doc' | 'event' | 'control' | 'blob'

/** What an entry says. `at` is the author's wall clock in milliseconds; the payload's shape belongs to the caller. */
export interface Body {
  readonly at: Instant
  readonly kind: BodyKind
  readonly payload: Canonical
}

/** Kinds of control payload (`payload.kind`) that may travel in clear, because no key exists yet or it is being made. */
export const ANNOUNCED = ['channel-created', 'epoch-created'] as const

/** The key an entry is written under. `null` in its place means an announcement: a body in clear. */
export interface WritingEpoch {
  readonly id: EpochId
  readonly key: SymmetricKey
}

/** Where the next entry of a feed goes. `channel` is null only for the entry that creates the channel. */
export interface Position {
  readonly workspace: WorkspaceId
  readonly channel: ChannelId | null
  readonly feed: FeedId
  readonly nextSeq: number
  /** Hash of the entry `nextSeq - 1`; null when `nextSeq` is 1. */
  readonly previous: EntryHash | null
}

export interface SealedRunContent {
  readonly bytes: Uint8Array
  readonly workspace: WorkspaceId
  /** For a creation entry: its own hash. */
  readonly channel: ChannelId
  readonly feed: FeedId
  readonly firstSeq: number
  readonly lastSeq: number
  readonly hashes: readonly EntryHash[]
}
/** What only `signRun` makes: bytes that may be stored, sent and filed. */
export type SealedRun = Brand<SealedRunContent, 'SealedRun'>

/** One entry as it stands in a parsed run; views into the run's bytes, not yet trusted. */
export interface ParsedEntry {
  readonly nonce: Nonce
  readonly heads: readonly Head[]
  readonly ciphertext: Uint8Array
}

export interface RunContent {
  readonly bytes: Uint8Array
  readonly workspace: WorkspaceId
  /** null for a creation entry, whose hash will be the channel's id. */
  readonly channel: ChannelId | null
  readonly feed: FeedId
  readonly firstSeq: number
  readonly lastSeq: number
  readonly previous: EntryHash | null
  /** null for announcements. */
  readonly epoch: EpochId | null
  readonly entries: readonly ParsedEntry[]
  readonly signature: Signature
}
/** What only `parseRun` makes: well-formed, not yet trusted. */
export type Run = Brand<RunContent, 'Run'>

/** What the receiver knows of the feed before the run. */
export interface Expected {
  readonly workspace: WorkspaceId
  readonly channel: ChannelId
  /** Last held seq of the feed plus one. */
  readonly nextSeq: number
  readonly previousHash: EntryHash | null
}

export interface VerifiedContent {
  readonly workspace: WorkspaceId
  /** For a creation entry: its own hash. */
  readonly channel: ChannelId
  readonly feed: FeedId
  readonly device: DeviceId
  readonly seq: number
  readonly hash: EntryHash
  readonly previous: EntryHash | null
  readonly heads: readonly Head[]
  /** null for announcements. */
  readonly epoch: EpochId | null
  readonly creation: boolean
  /** The whole logical header: the associated data. */
  readonly header: Uint8Array
  readonly ciphertext: Uint8Array
}
/** What only `verifyRun` makes: in its feed's chain and under a good signature of the feed's device. */
export type VerifiedEntry = Brand<VerifiedContent, 'VerifiedEntry'>

export interface OpenedContent {
  readonly entry: VerifiedEntry
  readonly body: Body
}
/** What only `openEntry` makes. */
export type OpenedEntry = Brand<OpenedContent, 'OpenedEntry'>

/** Why sealed bytes are refused. `newer-version` asks the caller to park, `seq-gap` to ask for what is missing. */
export type SealRefusal =
  | 'too-large'
  | 'newer-version'
  | 'malformed'
  | 'too-many-entries'
  | 'too-many-heads'
  | 'wrong-workspace'
  | 'wrong-channel'
  | 'seq-gap'
  | 'already-held'
  | 'bad-signature'
  | 'forked'
  | 'no-key'
  | 'cannot-open'
  | 'bad-body'
  | 'not-an-announcement'

export const deviceOf = (feed: FeedId): DeviceId => feed.slice(0, 64) as string as DeviceId
