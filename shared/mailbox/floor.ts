import type { Crypto } from '#shared/kernel/crypto.ts'
import type { ChannelId, FeedId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Mailbox } from './mailbox.ts'
import { MailboxSession, type Caller, type Floor } from './session.ts'

/** Feeds of a channel that somebody asked for in vain; beyond it the asking has to be repeated. */
const MOST_WANTED = 1_024

/** All callers of one mailbox, so that what one brings reaches those who wait, and what one lacks is asked of the others. */
export class MailboxFloor implements Floor {
  readonly #crypto: Crypto
  readonly #mailbox: Mailbox
  readonly #sessions = new Set<MailboxSession>()
  readonly #wanted = new Map<ChannelId, Map<FeedId, number>>()

  constructor(crypto: Crypto, mailbox: Mailbox) {
    this.#crypto = crypto
    this.#mailbox = mailbox
  }

  /** Serves a caller until `leave`. */
  enter(caller: Caller): MailboxSession {
    const session = new MailboxSession(this.#crypto, this.#mailbox, this, caller)
    this.#sessions.add(session)
    return session
  }

  leave(session: MailboxSession): void {
    session.ended()
    this.#sessions.delete(session)
  }

  grown(channel: ChannelId, by: MailboxSession): void {
    for (const session of this.#sessions) if (session !== by) session.grown(channel)
  }

  announced(workspace: WorkspaceId): void {
    for (const session of this.#sessions) if (session.workspace === workspace) session.refresh()
  }

  wanted(channel: ChannelId, feed: FeedId, fromSeq: number, by: MailboxSession): void {
    const feeds = this.#wanted.get(channel) ?? new Map<FeedId, number>()
    this.#wanted.set(channel, feeds)
    if (feeds.size >= MOST_WANTED && !feeds.has(feed)) return
    feeds.set(feed, Math.min(fromSeq, feeds.get(feed) ?? fromSeq))
    for (const session of this.#sessions) if (session !== by) session.wanted(channel, feed, fromSeq)
  }

  wants(channel: ChannelId): readonly { readonly feed: FeedId; readonly fromSeq: number }[] {
    const feeds = this.#wanted.get(channel)
    for (const [feed, fromSeq] of feeds ?? []) if (this.#mailbox.holdsEntry(channel, feed, fromSeq)) feeds?.delete(feed)
    return [...(feeds ?? [])].map(([feed, fromSeq]) => ({ feed, fromSeq }))
  }
}
