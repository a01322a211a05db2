import type { ChannelId, EntryHash, FeedId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { FeedTip } from '#shared/sync/message.ts'

/** Where a held run stands: no more than its bytes say to anybody, and when they came. */
export interface HeldPlace {
  readonly feed: FeedId
  readonly firstSeq: number
  readonly lastSeq: number
  /** Hash of the last entry, computed from the bytes: the next run must hang in it. */
  readonly hash: EntryHash
  /** Whether the run travels in clear and so announces devices; said by its bytes. */
  readonly announces: boolean
  readonly arrivedAt: Instant
}
export interface HeldRun extends HeldPlace {
  readonly channel: ChannelId
  readonly bytes: Uint8Array
}

/**
 * What a mailbox keeps, and all that it keeps. Everything inside one `transaction` is durable together or not at all, and a
 * thrown error leaves nothing of it. Calls throw on a broken disk; nothing else is refused here.
 */
export interface MailboxStore {
  transaction<T>(work: () => T extends Promise<unknown> ? never : T): T
  /** Keeps a run. @throws when its place is taken: the caller looked first. */
  put(run: HeldRun): void
  channels(): readonly ChannelId[]
  /** Runs of a channel that travel in clear, in the order of their arrival. */
  announcements(channel: ChannelId): readonly Uint8Array[]
  /** The last entry of every feed. */
  tips(channel: ChannelId): readonly FeedTip[]
  /** Bytes of all its runs. */
  size(channel: ChannelId): number
  /** The run that holds `seq`, or else the one before it. */
  at(channel: ChannelId, feed: FeedId, seq: number): HeldRun | undefined
  /** The first run that begins after `seq`. */
  after(channel: ChannelId, feed: FeedId, seq: number): HeldRun | undefined
  /**
   * Forgets what came before `before`, but never the last run of a feed (the next one hangs in it) nor an announcement;
   * channels in which nothing came since then are forgotten whole. Answers the bytes that were freed.
   */
  expire(before: Instant): number
  close(): void
}
