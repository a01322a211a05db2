import { readToEngine, writeToCarrier, type ToCarrier, type ToEngine } from '#shared/contract/carrier.ts'
import { equal } from '#shared/kernel/bytes.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import type { Pipe } from '../ports.ts'
import { Mailboxes } from './mailboxes.ts'
import { Handshake, TURNED_AWAY, type Acceptance, type Credential, type HandshakeRefusal } from './handshake.ts'

export interface RoomSpec {
  readonly room: string
  readonly password: string
  readonly signalling: readonly string[]
  readonly iceServers: Extract<ToCarrier, { say: 'open' }>['iceServers']
  readonly credential: Credential
  readonly acceptance: Acceptance
  /** A proven peer; `device` is null for one that proved an invitation. The pipe is open until it says otherwise. */
  joined(pipe: Pipe, device: DeviceId | null): void
  refused(refusal: HandshakeRefusal): void
  reached(reachable: boolean): void
}

interface LinkPeer {
  readonly spec: RoomSpec
  readonly handshake: Handshake
  /** Our checks held; theirs may still be under way. */
  proven: { readonly device: DeviceId | null } | undefined
  joined: boolean
  onMessage: (message: Uint8Array) => void
  readonly onClose: (() => void)[]
}

const PROVEN = Uint8Array.of(1)

/**
 * The engine's end of the direct links. It tells the carrier which rooms to open and lets nothing of a peer through before
 * its handshake is done on both sides. Rooms outlive the carrier: a page that comes back is told them again.
 */
export class Links {
  readonly #crypto: Crypto
  readonly #rooms = new Map<string, RoomSpec>()
  readonly #peers = new Map<string, LinkPeer>()
  /** The other way out through the same page. */
  readonly mailboxes: Mailboxes
  #carrier: Pipe | undefined

  constructor(crypto: Crypto) {
    this.#crypto = crypto
    this.mailboxes = new Mailboxes(crypto, (message) => this.#tell(message))
  }

  get carrierAttached(): boolean {
    return this.#carrier !== undefined
  }

  /** The newest carrier page is the one that counts; an older one is let go. */
  attach(carrier: Pipe): void {
    this.#detach()
    this.#carrier = carrier
    carrier.onMessage((bytes) => {
      if (this.#carrier !== carrier) return
      const message = readToEngine(bytes)
      if (message.ok) this.#hear(message.value)
    })
    carrier.onClose(() => {
      if (this.#carrier === carrier) this.#detach()
    })
  }

  open(spec: RoomSpec): void {
    this.close(spec.room)
    this.#rooms.set(spec.room, spec)
    this.#announce(spec)
  }

  close(room: string): void {
    if (!this.#rooms.delete(room)) return
    for (const [id, peer] of this.#peers) if (peer.spec.room === room) this.#forget(id)
    this.#tell({ say: 'close', room })
  }

  closeAll(): void {
    for (const room of [...this.#rooms.keys()]) this.close(room)
  }

  #detach(): void {
    const old = this.#carrier
    this.#carrier = undefined
    for (const id of [...this.#peers.keys()]) this.#forget(id)
    for (const spec of this.#rooms.values()) spec.reached(false)
    this.mailboxes.lost()
    old?.close()
  }

  #tell(message: ToCarrier): void {
    this.#carrier?.send(writeToCarrier(message))
  }

  #announce({ room, password, signalling, iceServers }: RoomSpec): void {
    this.#tell({ say: 'open', room, password, signalling: [...signalling], iceServers })
  }

  #hear(message: ToEngine): void {
    switch (message.say) {
      case 'ready':
        for (const spec of this.#rooms.values()) this.#announce(spec)
        return this.mailboxes.announce()
      case 'mailbox':
      case 'mailbox-received':
        return this.mailboxes.hear(message)
      case 'signalling':
        return this.#rooms.get(message.room)?.reached(message.reachable)
      case 'peer':
        return this.#greet(message)
      case 'received': {
        const peer = this.#peers.get(message.peer)
        if (!peer) return this.#tell({ say: 'drop', peer: message.peer })
        return message.lane === 'auth'
          ? this.#authenticate(message.peer, peer, message.bytes)
          : peer.onMessage(message.bytes)
      }
      case 'gone':
        return this.#forget(message.peer)
    }
  }

  #greet({ peer: id, room, initiator, local, remote }: Extract<ToEngine, { say: 'peer' }>): void {
    const spec = this.#rooms.get(room)
    if (!spec || this.#peers.has(id)) return this.#tell({ say: 'drop', peer: id })
    const handshake = new Handshake(this.#crypto, { room, initiator, local, remote }, spec.credential, spec.acceptance)
    this.#peers.set(id, { spec, handshake, proven: undefined, joined: false, onMessage: () => {}, onClose: [] })
    this.#tell({ say: 'send', peer: id, lane: 'auth', bytes: handshake.hello() })
  }

  #authenticate(id: string, peer: LinkPeer, bytes: Uint8Array): void {
    if (peer.joined) return this.#drop(id)
    if (peer.proven && equal(bytes, PROVEN)) return this.#join(id, peer, peer.proven.device)
    const step = peer.handshake.receive(bytes)
    switch (step.kind) {
      case 'send':
        return this.#tell({ say: 'send', peer: id, lane: 'auth', bytes: step.bytes })
      case 'done':
        peer.proven = { device: step.device }
        return this.#tell({ say: 'send', peer: id, lane: 'auth', bytes: PROVEN })
      case 'refused':
        this.#peers.delete(id)
        if (step.refusal !== 'link-turned-away') this.#tell({ say: 'send', peer: id, lane: 'auth', bytes: TURNED_AWAY })
        this.#tell({ say: 'refuse', peer: id })
        return peer.spec.refused(step.refusal)
    }
  }

  /** The other end says that our proof holds, too: both may speak. */
  #join(id: string, peer: LinkPeer, device: DeviceId | null): void {
    const pipe: Pipe = {
      send: (message) => this.#tell({ say: 'send', peer: id, lane: 'runs', bytes: message }),
      onMessage: (listener) => (peer.onMessage = listener),
      onClose: (listener) => peer.onClose.push(listener),
      close: () => this.#drop(id),
    }
    peer.joined = true
    this.#tell({ say: 'accept', peer: id })
    peer.spec.joined(pipe, device)
  }

  #drop(id: string): void {
    if (!this.#peers.has(id)) return
    this.#tell({ say: 'drop', peer: id })
    this.#forget(id)
  }

  #forget(id: string): void {
    const peer = this.#peers.get(id)
    if (!peer) return
    this.#peers.delete(id)
    for (const listener of peer.onClose) listener()
  }
}
