import type { Crypto } from '#shared/kernel/crypto.ts'
import type { ChannelId, DeviceId, FeedId, WorkspaceId } from '#shared/kernel/ids.ts'
import { decodeMessage, encodeMessage, MESSAGE_LIMITS, PROTOCOL, type Message } from '#shared/sync/message.ts'
import { SyncSession, type SyncEffect } from '#shared/sync/session.ts'
import { newChallenge, readProof, writeChallenge, writeVerdict, type MailboxRefusal } from './greeting.ts'
import type { Mailbox } from './mailbox.ts'

/** One connection to a mailbox, from the mailbox's side. */
export interface Caller {
  /** Host and port at which the caller reached the mailbox. */
  readonly host: string
  send(bytes: Uint8Array): void
  close(): void
  /** Whether this caller may open one more channel. */
  mayCreate(): boolean
}

/** Other sessions hear of what one of them brought. */
export interface Floor {
  grown(channel: ChannelId, by: MailboxSession): void
  announced(workspace: WorkspaceId): void
  wanted(channel: ChannelId, feed: FeedId, fromSeq: number, by: MailboxSession): void
  /** What somebody asked for in vain. */
  wants(channel: ChannelId): readonly { readonly feed: FeedId; readonly fromSeq: number }[]
}

/** Messages that are looked at before the sync session gets them are never longer: a greeting of every channel fits. */
const SHORT = 64 * 1024

/**
 * Serves one caller: first it proves which device it is, then both speak the sync protocol, of the channels that announced
 * that device and of those that the mailbox does not hold yet. Nothing is told to anybody else, not even that a channel is here.
 */
export class MailboxSession {
  readonly #crypto: Crypto
  readonly #mailbox: Mailbox
  readonly #floor: Floor
  readonly #caller: Caller
  readonly #nonce: Uint8Array
  #who: { readonly workspace: WorkspaceId; readonly device: DeviceId } | undefined
  #named: readonly ChannelId[] = []
  #channels: readonly ChannelId[] = []
  #sync: SyncSession
  #open = true
  /** Channels that this caller brought here. */
  readonly #brought = new Set<ChannelId>()
  /** What came before the announcement that lets it in. */
  readonly #early = new Map<ChannelId, Map<FeedId, number>>()

  constructor(crypto: Crypto, mailbox: Mailbox, floor: Floor, caller: Caller) {
    this.#crypto = crypto
    this.#mailbox = mailbox
    this.#floor = floor
    this.#caller = caller
    this.#sync = new SyncSession(mailbox.shelf, [])
    this.#nonce = newChallenge(crypto)
    caller.send(writeChallenge(this.#nonce))
  }

  get workspace(): WorkspaceId | undefined {
    return this.#who?.workspace
  }

  hear(bytes: Uint8Array): void {
    if (!this.#open) return
    if (this.#who === undefined) return this.#greet(bytes)
    const message = bytes.length <= SHORT ? decodeMessage(bytes) : undefined
    if (message?.ok === true && !this.#look(message.value)) return
    this.#run(this.#sync.handle({ type: 'message', bytes }))
  }

  grown(channel: ChannelId): void {
    if (this.#channels.includes(channel)) this.#run(this.#sync.handle({ type: 'grown', channel }))
  }

  wanted(channel: ChannelId, feed: FeedId, fromSeq: number): void {
    if (this.#channels.includes(channel)) this.#run(this.#sync.handle({ type: 'wanted', channel, feed, fromSeq }))
  }

  /** Somebody was announced or dropped: who was dropped is told nothing more from here on. */
  refresh(): void {
    if (this.#who === undefined || !this.#open) return
    const channels = this.#common()
    const same = channels.length === this.#channels.length && channels.every((each) => this.#channels.includes(each))
    if (same) return
    const lost = this.#channels.filter((channel) => !channels.includes(channel))
    this.#channels = channels
    this.#sync = new SyncSession(this.#mailbox.shelf, channels)
    this.#begin()
    for (const channel of lost) this.#say({ type: 'refused', channel, code: 'not-permitted' })
  }

  close(refusal: MailboxRefusal | null = null): void {
    if (!this.#open) return
    this.#open = false
    if (refusal !== null) this.#caller.send(writeVerdict(refusal))
    this.#caller.close()
  }

  /** The caller is gone by itself. */
  ended(): void {
    this.#open = false
  }

  #greet(bytes: Uint8Array): void {
    const proof = readProof(this.#crypto, bytes, { nonce: this.#nonce, host: this.#caller.host })
    if (!proof.ok) return this.close(proof.refusal)
    const { workspace, device } = proof.value
    this.#who = { workspace, device }
    this.#caller.send(writeVerdict(null))
  }

  /** True when the sync session is to hear it, too. */
  #look(message: Message): boolean {
    switch (message.type) {
      case 'hello':
        if (message.version > PROTOCOL) return true
        this.#meet(message.channels)
        return false
      case 'need':
        if (this.#speaks(message.channel) && !this.#mailbox.holdsEntry(message.channel, message.feed, message.fromSeq))
          this.#floor.wanted(message.channel, message.feed, message.fromSeq, this)
        return true
      case 'runs':
        // Whoever is not announced may show the announcement that names it, and nothing else.
        if (this.#speaks(message.channel)) return true
        this.#take(message.channel, message.runs)
        return false
      default:
        return true
    }
  }

  #speaks(channel: ChannelId): boolean {
    return this.#channels.includes(channel)
  }

  /** Both say who they are again, so that both tell their whole frontier. */
  #meet(named: readonly ChannelId[]): void {
    this.#named = named
    const channels = this.#common()
    if (channels.length !== this.#channels.length || channels.some((each) => !this.#speaks(each))) {
      this.#channels = channels
      this.#sync = new SyncSession(this.#mailbox.shelf, channels)
    }
    this.#begin()
    for (const channel of named)
      if (!this.#speaks(channel)) this.#say({ type: 'refused', channel, code: 'not-permitted' })
  }

  #begin(): void {
    this.#run(this.#sync.handle({ type: 'opened' }))
    const hello = encodeMessage({ type: 'hello', version: PROTOCOL, channels: this.#named })
    this.#run(this.#sync.handle({ type: 'message', bytes: hello }))
    for (const channel of this.#channels)
      for (const { feed, fromSeq } of this.#floor.wants(channel)) this.wanted(channel, feed, fromSeq)
  }

  #common(): readonly ChannelId[] {
    if (this.#who === undefined) return []
    const { workspace, device } = this.#who
    const own = this.#mailbox.channelsFor(workspace, device)
    const unheld = this.#named.filter((channel) => !this.#mailbox.holds(channel))
    const brought = [...this.#brought].filter((channel) => !this.#mailbox.isDropped(channel, device))
    return [...new Set([...own, ...unheld, ...brought])].slice(0, MESSAGE_LIMITS.channels)
  }

  #run(effects: readonly SyncEffect[]): void {
    for (const effect of effects) {
      if (!this.#open) return
      switch (effect.type) {
        case 'send':
          this.#caller.send(effect.bytes)
          break
        case 'take':
          this.#take(effect.channel, effect.runs)
          break
        // Where somebody is now is for who is there now: a mailbox keeps nothing of it.
        case 'presence':
        case 'status':
          break
        case 'close':
          this.close(effect.code === 'newer-version' ? 'mailbox-version' : 'mailbox-malformed')
          break
      }
    }
  }

  #take(channel: ChannelId, runs: readonly { readonly bytes: Uint8Array }[]): void {
    if (this.#who === undefined) return
    const { workspace, device } = this.#who
    const spoke = this.#speaks(channel)
    const isNew = !this.#mailbox.holds(channel)
    const supplier = { device, brings: this.#brought.has(channel), mayCreate: () => this.#caller.mayCreate() }
    const bytes = runs.map((run) => run.bytes)
    const came = this.#mailbox.receive(workspace, channel, supplier, bytes)
    if (isNew && this.#mailbox.holds(channel)) this.#brought.add(channel)
    if (spoke) {
      const early = this.#early.get(channel) ?? new Map<FeedId, number>()
      this.#early.set(channel, early)
      for (const { feed, fromSeq } of came.early) early.set(feed, fromSeq)
      const refused = came.refused === undefined ? {} : { refused: came.refused }
      this.#run(this.#sync.handle({ type: 'taken', channel, needs: came.needs, missing: [], ...refused }))
    }
    // Who is dropped hears nothing of what dropped it.
    if (came.announced) this.#floor.announced(workspace)
    if (came.stored > 0) this.#floor.grown(channel, this)
    if (!spoke && !this.#speaks(channel)) this.#say({ type: 'refused', channel, code: 'not-permitted' })
    if (!came.announced) return
    for (const [feed, fromSeq] of this.#early.get(channel) ?? []) this.wanted(channel, feed, fromSeq)
    this.#early.delete(channel)
  }

  #say(message: Message): void {
    if (this.#open) this.#caller.send(encodeMessage(message))
  }
}
