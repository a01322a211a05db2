import type { ChannelId } from '#shared/kernel/ids.ts'
import { decodeMessage } from '#shared/sync/message.ts'
import { SyncSession, type Standing, type SyncEffect, type SyncStatus } from '#shared/sync/session.ts'
import type { Pipe } from '../ports.ts'
import type { Hub } from './hub.ts'
import type { Received } from './received.ts'
import { findWorkspace, type WorkspaceRecord } from './workspace-record.ts'

const TICK_MS = 15_000
const MOST_NEW_CHANNELS = 64

/** Told of what happens on a link. */
export interface LinkWatch {
  /** How a channel stands between the two, or what the other side refused. */
  status(channel: ChannelId, status: SyncStatus): void
  /** Runs from the other side were dealt with. */
  received(channel: ChannelId, received: Received): void
}
const NOBODY: LinkWatch = { status: () => {}, received: () => {} }

/** One workspace's sync over one pipe, until the pipe closes. */
export class SyncLink {
  readonly #hub: Hub
  readonly #workspace: WorkspaceRecord
  readonly #pipe: Pipe
  readonly #from: string
  readonly #watch: LinkWatch
  readonly #stopListening: () => void
  #session: SyncSession
  #channels: readonly ChannelId[]
  #timer: { cancel(): void } | undefined
  #open = true

  /** `from` names the other side in the audit. */
  constructor(hub: Hub, workspace: WorkspaceRecord, pipe: Pipe, from: string, watch: LinkWatch = NOBODY) {
    this.#hub = hub
    this.#watch = watch
    this.#workspace = workspace
    this.#pipe = pipe
    this.#from = from
    this.#channels = hub.runtimesOf(workspace.id).map(({ id }) => id)
    this.#session = new SyncSession(hub.shelf, this.#channels)
    this.#stopListening = hub.onGrown((channel) => this.#grown(channel))
    pipe.onMessage((bytes) => this.#hear(bytes))
    pipe.onClose(() => this.#stop())
    this.#run(this.#session.handle({ type: 'opened' }))
    this.#tick()
  }

  /** Says where somebody is, now or never. */
  present(channel: ChannelId, bytes: Uint8Array): void {
    if (this.#open) this.#run(this.#session.handle({ type: 'present', channel, bytes }))
  }

  /** How a channel stands between the two; undefined when the other side does not speak of it. */
  standing(channel: ChannelId): Standing | undefined {
    return this.#session.standing(channel)
  }

  close(): void {
    if (!this.#open) return
    this.#stop()
    this.#pipe.close()
  }

  #stop(): void {
    this.#open = false
    this.#timer?.cancel()
    this.#stopListening()
  }

  #tick(): void {
    this.#timer = this.#hub.context.scheduler.after(TICK_MS, () => {
      this.#run(this.#session.handle({ type: 'tick' }))
      this.#tick()
    })
  }

  #hear(bytes: Uint8Array): void {
    if (!this.#open) return
    this.#meetNewChannels(bytes)
    this.#run(this.#session.handle({ type: 'message', bytes }))
  }

  /** A member may open channels that we have not heard of: their first entry will prove them. */
  #meetNewChannels(bytes: Uint8Array): void {
    const message = decodeMessage(bytes)
    if (!message.ok || message.value.type !== 'hello') return
    const unknown = message.value.channels.filter((channel) => !this.#channels.includes(channel))
    const adopted = unknown.slice(0, MOST_NEW_CHANNELS).filter((channel) => this.#hub.adopt(this.#workspace, channel))
    if (adopted.length > 0) this.#restart([...this.#channels, ...adopted])
  }

  #grown(channel: ChannelId): void {
    if (!this.#open) return
    const runtime = this.#hub.runtime(channel)
    if (runtime?.workspace !== this.#workspace.id) return
    if (!this.#channels.includes(channel)) return this.#restart([...this.#channels, channel])
    this.#run(this.#session.handle({ type: 'grown', channel }))
  }

  #restart(channels: readonly ChannelId[]): void {
    this.#channels = channels
    this.#session = new SyncSession(this.#hub.shelf, channels)
    this.#run(this.#session.handle({ type: 'opened' }))
  }

  #run(effects: readonly SyncEffect[]): void {
    for (const effect of effects) {
      if (!this.#open) return
      switch (effect.type) {
        case 'send':
          this.#pipe.send(effect.bytes)
          break
        case 'take':
          this.#take(effect)
          break
        case 'status':
          this.#watch.status(effect.channel, effect.status)
          break
        case 'presence':
          this.#hub.hearPresence({ channel: effect.channel, from: this.#from, bytes: effect.bytes })
          break
        case 'close':
          this.close()
          break
      }
    }
  }

  /** Admission runs after the messages that are already here: a backlog must not keep the windows waiting. */
  #take({ channel, runs }: Extract<SyncEffect, { type: 'take' }>): void {
    void this.#hub.context.scheduler.breathe().then(() => {
      if (!this.#open) return
      try {
        const workspace = findWorkspace(this.#hub.context, this.#workspace.id) ?? this.#workspace
        const bytes = runs.map((run) => run.bytes)
        const received = this.#hub.receive(workspace, channel, bytes, this.#from)
        const { needs, missing, code } = received
        const refused = code === undefined ? {} : { refused: code }
        this.#run(this.#session.handle({ type: 'taken', channel, needs, missing, ...refused }))
        this.#watch.received(channel, received)
      } catch (problem) {
        this.#hub.context.log(problem)
        this.close()
      }
    })
  }
}
