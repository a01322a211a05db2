import type { ChannelId } from '#shared/kernel/ids.ts'
import { MailboxFloor } from '#shared/mailbox/floor.ts'
import { readChallenge, readVerdict, writeProof } from '#shared/mailbox/greeting.ts'
import type { MailboxSession } from '#shared/mailbox/session.ts'
import { decodeMessage, encodeMessage, type Message } from '#shared/sync/message.ts'
import { SyncSession, type SyncEffect } from '#shared/sync/session.ts'
import type { Peer } from '../properties/peer.ts'

export const HOST = 'mailbox.example'

/** A peer at the door of a mailbox, in one process: what one says the other hears later, in order. */
export class MailboxCaller {
  readonly peer: Peer
  readonly heard: Message[] = []
  readonly #out: Uint8Array[] = []
  readonly #in: Uint8Array[] = []
  readonly #session: MailboxSession
  sync: SyncSession
  status = ''
  closed = false
  verdict: string | null | undefined
  #greeted = false

  constructor(
    floor: MailboxFloor,
    peer: Peer,
    options: { knows?: boolean; mayCreate?: () => boolean; host?: string } = {},
  ) {
    this.peer = peer
    this.#channels = options.knows === false ? [] : [peer.id]
    this.sync = new SyncSession(peer.shelf, this.#channels)
    this.#session = floor.enter({
      host: HOST,
      send: (bytes) => this.#in.push(bytes),
      close: () => {
        this.closed = true
        floor.leave(this.#session)
      },
      mayCreate: options.mayCreate ?? (() => true),
    })
    this.#host = options.host ?? HOST
  }
  readonly #host: string
  #channels: readonly ChannelId[]

  /** Moves one message; false when nothing is under way. */
  step(): boolean {
    const incoming = this.#in.shift()
    if (incoming !== undefined) this.#hear(incoming)
    const outgoing = this.#out.shift()
    if (outgoing !== undefined) this.#session.hear(outgoing)
    return incoming !== undefined || outgoing !== undefined
  }

  say(bytes: Uint8Array): void {
    this.#out.push(bytes)
  }

  /** The shelf grew, or the time came to say again where we stand. */
  tell(type: 'grown' | 'tick'): void {
    this.#run(this.sync.handle(type === 'tick' ? { type } : { type, channel: this.peer.id }))
  }

  #hear(bytes: Uint8Array): void {
    const { crypto, genesis, party } = this.peer
    if (!this.#greeted) {
      const nonce = readChallenge(bytes)
      if (!nonce.ok) throw new Error(nonce.refusal)
      this.#greeted = true
      const who = { workspace: genesis.workspace, device: party.device, host: this.#host }
      this.say(writeProof(crypto, party.signing.secretKey, who, nonce.value))
      return
    }
    if (this.verdict === undefined) {
      const verdict = readVerdict(bytes)
      this.verdict = verdict.ok ? null : verdict.refusal
      if (verdict.ok) this.#run(this.sync.handle({ type: 'opened' }))
      return
    }
    const message = decodeMessage(bytes)
    if (message.ok) this.heard.push(message.value)
    if (
      message.ok &&
      message.value.type === 'hello' &&
      message.value.channels.some((id) => !this.#channels.includes(id))
    ) {
      this.#channels = message.value.channels
      this.sync = new SyncSession(this.peer.shelf, this.#channels)
      this.#run(this.sync.handle({ type: 'opened' }))
    }
    this.#run(this.sync.handle({ type: 'message', bytes }))
  }

  #run(effects: readonly SyncEffect[]): void {
    for (const effect of effects) {
      if (effect.type === 'send') this.say(effect.bytes)
      else if (effect.type === 'status') this.status = JSON.stringify(effect.status)
      else if (effect.type === 'take') {
        const needs = effect.runs.flatMap(({ bytes }) => {
          const taken = this.peer.take(bytes)
          return taken.outcome === 'refused' && taken.need ? [taken.need] : []
        })
        this.#run(this.sync.handle({ type: 'taken', channel: effect.channel, needs, missing: [] }))
      }
    }
  }
}

/** Moves messages until nothing is under way anywhere. */
export function settle(...callers: readonly MailboxCaller[]): void {
  while (callers.map((caller) => caller.step()).includes(true));
}

export const show = (channel: ChannelId, bytes: Uint8Array): Uint8Array =>
  encodeMessage({ type: 'runs', channel, runs: [{ feed: '0'.repeat(96) as never, lastSeq: 1, bytes }] })
