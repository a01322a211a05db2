import type { ChannelRuntime } from '#engine/channels/channel-runtime.ts'
import { feedOf } from '#engine/identity/identity.ts'
import { localPipe } from '#engine/local-pipe.ts'
import type { Pipe } from '#engine/ports.ts'
import { findWorkspace } from '#engine/workspaces/workspace-record.ts'
import type { SecretKey } from '#shared/kernel/crypto.ts'
import type { ChannelId, EntryHash, FeedId, WorkspaceId } from '#shared/kernel/ids.ts'
import { writableEpoch } from '#shared/membership/epoch.ts'
import type { Body, Head, WritingEpoch } from '#shared/seal/entry.ts'
import { sealEntry, signRun, startRun } from '#shared/seal/seal.ts'
import { decodeMessage, encodeMessage, PROTOCOL, type CarriedRun, type Message } from '#shared/sync/message.ts'
import { deviceOf, type TwoCompanies } from './two-companies.ts'

/** Where a run is to stand, when it is not the honest next place. */
export interface Odd {
  readonly epoch?: WritingEpoch | null
  readonly heads?: readonly Head[]
  readonly feed?: FeedId
  readonly secret?: SecretKey
  readonly nextSeq?: number
  readonly previous?: EntryHash | null
}

/**
 * B's client in the hands of somebody who changed it: it has B's keys and B's place in the channel, speaks the sync protocol to
 * A's running engine over a local port, and seals whatever it likes.
 */
export class ModifiedClient {
  readonly two: TwoCompanies
  readonly channel: ChannelId
  readonly heard: Message[] = []
  readonly #pipe: Pipe
  closed = false
  #taken = 0

  constructor(two: TwoCompanies) {
    this.two = two
    this.channel = two.channel as ChannelId
    const [theirs, ours] = localPipe()
    this.#pipe = ours
    ours.onMessage((bytes) => this.#hear(bytes))
    ours.onClose(() => (this.closed = true))
    two.a.engine.desk.session.connections.attach(two.workspace as WorkspaceId, theirs, deviceOf(two.b))
    this.send({ type: 'hello', version: PROTOCOL, channels: [this.channel] })
  }

  get runtime(): ChannelRuntime {
    const runtime = this.two.b.engine.desk.session.hub.runtime(this.channel)
    if (!runtime) throw new Error('B has no such channel')
    return runtime
  }
  get feed(): FeedId {
    const { hub, context } = this.two.b.engine.desk.session
    return feedOf(hub.identity, context.unlocked.incarnation())
  }
  /** How far B's own feed has come. */
  get held(): { readonly length: number; readonly last: EntryHash | undefined } {
    return this.runtime.admission.index.line(this.feed)?.hashes ?? { length: 0, last: undefined }
  }
  /** The key that B would honestly write under. */
  get epoch(): WritingEpoch {
    const epoch = writableEpoch(this.runtime.members)
    const key = this.runtime.epochKeys().find((one) => one.epoch === epoch?.id)
    if (!epoch || !key) throw new Error('B has no key to write under')
    return { id: epoch.id, key: key.key }
  }

  /** Seals bodies at B's next place, or at an odd one. */
  seal(bodies: readonly Omit<Body, 'at'>[], odd: Odd & { readonly at?: Body['at'] } = {}): CarriedRun {
    const { hub, context } = this.two.b.engine.desk.session
    const feed = odd.feed ?? this.feed
    const held = this.runtime.admission.index.line(feed)?.hashes
    const draft = startRun(
      context.crypto,
      {
        workspace: this.two.workspace as WorkspaceId,
        channel: this.channel,
        feed,
        nextSeq: odd.nextSeq ?? (held?.length ?? 0) + 1,
        previous: odd.previous === undefined ? (held?.last ?? null) : odd.previous,
      },
      odd.epoch === undefined ? this.epoch : odd.epoch,
    )
    bodies.forEach((body, at) => {
      const heads = at > 0 ? [] : (odd.heads ?? this.runtime.admission.index.tips(feed))
      const sealed = sealEntry(context.crypto, draft, { at: odd.at ?? context.clock.now(), ...body }, heads)
      if (!sealed.ok) throw new Error(sealed.refusal)
    })
    const run = signRun(context.crypto, draft, odd.secret ?? hub.identity.device.secret)
    return { feed, lastSeq: run.lastSeq, bytes: run.bytes }
  }

  /** Takes a run into B's own log, so that what B writes afterwards follows it. Its own engine refuses what A refuses. */
  keep({ bytes }: CarriedRun): void {
    const { hub, context } = this.two.b.engine.desk.session
    const workspace = findWorkspace(context, this.two.workspace as WorkspaceId)
    if (workspace) hub.receive(workspace, this.channel, [bytes], 'myself')
  }

  send(message: Message): void {
    this.#pipe.send(encodeMessage(message))
  }
  sendBytes(bytes: Uint8Array): void {
    this.#pipe.send(bytes)
  }

  /** Sends runs and waits until A's engine has dealt with them. */
  async tell(runs: readonly CarriedRun[], channel = this.channel): Promise<void> {
    const before = this.#taken
    this.send({ type: 'runs', channel, runs })
    while (this.#taken === before && !this.closed) await new Promise((resolve) => setImmediate(resolve))
  }

  close(): void {
    this.#pipe.close()
  }

  #hear(bytes: Uint8Array): void {
    const message = decodeMessage(bytes)
    if (!message.ok) throw new Error(`A said ${message.refusal}`)
    this.heard.push(message.value)
    if (message.value.type === 'frontier') this.#taken += message.value.taken
  }
}
