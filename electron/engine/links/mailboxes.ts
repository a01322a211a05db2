import type { ToCarrier, ToEngine } from '#shared/contract/carrier.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import type { Crypto, SecretKey } from '#shared/kernel/crypto.ts'
import type { DeviceId, WorkspaceId } from '#shared/kernel/ids.ts'
import { hostOf, readChallenge, readVerdict, writeProof, type MailboxRefusal } from '#shared/mailbox/greeting.ts'
import type { Pipe } from '../ports.ts'

export interface MailboxSpec {
  readonly workspace: WorkspaceId
  readonly address: string
  readonly device: DeviceId
  readonly secret: SecretKey
  /** The mailbox took our proof. The pipe is open until it says otherwise; another follows when the socket comes back. */
  joined(pipe: Pipe): void
  refused(refusal: MailboxRefusal): void
  /** A socket to it is being tried, or was lost. */
  trying(): void
  /** This side closed the pipe. Nothing is tried until `again` is called. */
  ended(again: () => void): void
}

interface Line {
  readonly spec: MailboxSpec
  /** What is expected from the other end. */
  stage: 'closed' | 'challenge' | 'verdict' | 'open'
  onMessage: (message: Uint8Array) => void
  onClose: (() => void)[]
}

/**
 * The engine's end of its mailbox connections: it tells the carrier which sockets to keep open, proves this device, and hands a
 * pipe on. A mailbox proves nothing, because nothing of it is believed: what it hands out is judged like everything else.
 */
export class Mailboxes {
  readonly #crypto: Crypto
  readonly #tell: (message: ToCarrier) => void
  readonly #lines = new Map<string, Line>()

  constructor(crypto: Crypto, tell: (message: ToCarrier) => void) {
    this.#crypto = crypto
    this.#tell = tell
  }

  /** Keeps a connection until `close` is called with the name that this answers. */
  open(spec: MailboxSpec): string {
    const name = toHex(this.#crypto.random(32))
    this.#lines.set(name, { spec, stage: 'closed', onMessage: () => {}, onClose: [] })
    spec.trying()
    this.#tell({ say: 'mailbox-open', mailbox: name, address: spec.address })
    return name
  }

  close(name: string): void {
    const line = this.#lines.get(name)
    if (!line) return
    this.#lines.delete(name)
    this.#tell({ say: 'mailbox-close', mailbox: name })
    this.#shut(line)
  }

  /** A carrier page is there, and knows nothing yet. */
  announce(): void {
    for (const [mailbox, { spec }] of this.#lines) {
      spec.trying()
      this.#tell({ say: 'mailbox-open', mailbox, address: spec.address })
    }
  }

  /** The carrier is gone. */
  lost(): void {
    for (const line of this.#lines.values()) this.#shut(line)
  }

  hear(message: Extract<ToEngine, { say: 'mailbox' | 'mailbox-received' }>): void {
    const line = this.#lines.get(message.mailbox)
    if (!line) return
    if (message.say === 'mailbox-received') return this.#receive(message.mailbox, line, message.bytes)
    if (!message.open) this.#shut(line)
    else if (line.stage === 'closed') line.stage = 'challenge'
    else this.#turnAway(line, 'mailbox-malformed')
  }

  #receive(name: string, line: Line, bytes: Uint8Array): void {
    switch (line.stage) {
      case 'closed':
        return
      case 'challenge':
        return this.#prove(name, line, bytes)
      case 'verdict': {
        const verdict = readVerdict(bytes)
        return verdict.ok ? this.#join(name, line) : this.#turnAway(line, verdict.refusal)
      }
      case 'open':
        return line.onMessage(bytes)
    }
  }

  #prove(name: string, line: Line, bytes: Uint8Array): void {
    const { spec } = line
    const challenge = readChallenge(bytes)
    const host = hostOf(spec.address)
    if (!challenge.ok) {
      // One that is full says so in place of a challenge.
      const verdict = readVerdict(bytes)
      const said = verdict.ok || verdict.refusal === 'mailbox-malformed' ? challenge.refusal : verdict.refusal
      return this.#turnAway(line, said)
    }
    if (host === undefined) return this.#turnAway(line, 'mailbox-wrong-name')
    line.stage = 'verdict'
    const { workspace, device, secret } = spec
    this.#send(name, writeProof(this.#crypto, secret, { workspace, device, host }, challenge.value))
  }

  #join(name: string, line: Line): void {
    line.stage = 'open'
    line.spec.joined({
      send: (message) => this.#send(name, message),
      onMessage: (listener) => (line.onMessage = listener),
      onClose: (listener) => line.onClose.push(listener),
      close: () => this.#end(name, line),
    })
  }

  #end(name: string, line: Line): void {
    if (line.stage !== 'open' || this.#lines.get(name) !== line) return
    this.#tell({ say: 'mailbox-close', mailbox: name })
    this.#shut(line)
    line.spec.ended(() => {
      if (this.#lines.get(name) !== line || line.stage !== 'closed') return
      this.#tell({ say: 'mailbox-open', mailbox: name, address: line.spec.address })
    })
  }

  /** Nothing more is heard on this socket; the carrier tries again when the other end has closed it. */
  #turnAway(line: Line, refusal: MailboxRefusal): void {
    this.#shut(line)
    line.spec.refused(refusal)
  }

  #send(mailbox: string, bytes: Uint8Array): void {
    this.#tell({ say: 'mailbox-send', mailbox, bytes })
  }

  #shut(line: Line): void {
    const wasOpen = line.stage === 'open'
    line.stage = 'closed'
    line.onMessage = () => {}
    const listeners = line.onClose
    line.onClose = []
    for (const listener of listeners) listener()
    if (wasOpen) line.spec.trying()
  }
}
