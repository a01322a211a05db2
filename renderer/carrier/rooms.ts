import { WebrtcProvider } from 'y-webrtc'
import * as Y from 'yjs'
import type { ToCarrier, ToEngine } from '#shared/contract/carrier.ts'
import type { FramedPeer, Gate } from './framed-peer.ts'

type Opening = Extract<ToCarrier, { say: 'open' }>
/** What concerns the direct link. */
type Order = Exclude<ToCarrier, { say: 'mailbox-open' | 'mailbox-close' | 'mailbox-send' }>

/** A room without a peer announces itself again this often: an announcement is lost when nobody listens. */
const ANNOUNCE_MS = 5_000

interface Room {
  readonly provider: WebrtcProvider
  readonly document: Y.Doc
  readonly peers: Set<FramedPeer>
  readonly gate: { closed: boolean }
  reachable: boolean
}

/** One y-webrtc room per workspace. Its document stays empty: only signalling, mesh and glare handling are used. */
export class Rooms {
  readonly #tell: (message: ToEngine) => void
  readonly #rooms = new Map<string, Room>()
  readonly #peers = new Map<string, FramedPeer>()
  readonly #closing = new Map<string, Promise<void>>()
  /** What to open once an earlier room of that name is gone. */
  readonly #opening = new Map<string, Opening>()
  readonly #watchdog = setInterval(() => this.#watch(), ANNOUNCE_MS)

  constructor(tell: (message: ToEngine) => void) {
    this.#tell = tell
  }

  obey(message: Order): void {
    switch (message.say) {
      case 'open':
        return this.#open(message)
      case 'close':
        return this.#close(message.room)
      case 'send':
        return this.#peers.get(message.peer)?.transmit(message.lane, message.bytes)
      case 'accept':
        return this.#peers.get(message.peer)?.accept()
      case 'drop':
        return this.#peers.get(message.peer)?.drop()
      case 'refuse':
        return this.#peers.get(message.peer)?.refuse()
    }
  }

  /** The engine is gone: every socket really closes. */
  closeAll(): void {
    for (const room of [...this.#rooms.keys()]) this.#close(room)
  }

  dispose(): void {
    clearInterval(this.#watchdog)
    this.closeAll()
  }

  #open(message: Opening): void {
    this.#close(message.room)
    const closing = this.#closing.get(message.room)
    if (!closing) return this.#start(message)
    this.#opening.set(message.room, message)
    void closing.then(() => {
      if (this.#opening.get(message.room) !== message) return
      this.#opening.delete(message.room)
      this.#start(message)
    })
  }

  #start({ room: name, password, signalling, iceServers }: Opening): void {
    const document = new Y.Doc()
    const peers = new Set<FramedPeer>()
    const gate = {
      closed: false,
      opened: (peer: FramedPeer, view: Parameters<Gate['opened']>[1]) => {
        peers.add(peer)
        this.#peers.set(peer.id, peer)
        this.#tell({ say: 'peer', peer: peer.id, room: name, ...view })
      },
      received: (peer: FramedPeer, lane: 'auth' | 'runs', bytes: Uint8Array) =>
        this.#tell({ say: 'received', peer: peer.id, lane, bytes }),
      gone: (peer: FramedPeer) => {
        peers.delete(peer)
        this.#peers.delete(peer.id)
        this.#tell({ say: 'gone', peer: peer.id })
      },
    } satisfies Gate
    const config: RTCConfiguration = { iceServers: iceServers.map(iceServer).filter(usable) }
    const provider = new WebrtcProvider(name, document, {
      signaling: [...signalling],
      password,
      filterBcConns: false,
      maxConns: 16,
      peerOpts: { config, gate },
    })
    this.#rooms.set(name, { provider, document, peers, gate, reachable: false })
    this.#tell({ say: 'signalling', room: name, reachable: false })
    for (const connection of provider.signalingConns) {
      connection.on('connect', () => this.#report(name))
      connection.on('disconnect', () => this.#report(name))
    }
    this.#report(name)
  }

  #close(name: string): void {
    this.#opening.delete(name)
    const room = this.#rooms.get(name)
    if (!room) return
    this.#rooms.delete(name)
    room.gate.closed = true
    for (const peer of room.peers) peer.destroy()
    // `destroy` alone leaves the signalling socket open.
    room.provider.disconnect()
    room.provider.destroy()
    room.document.destroy()
    // y-webrtc forgets a room's name once its key is there; before that the name cannot be used again.
    const closing = Promise.resolve(room.provider.key).then(() => {
      if (this.#closing.get(name) === closing) this.#closing.delete(name)
    })
    this.#closing.set(name, closing)
  }

  #report(name: string): void {
    const room = this.#rooms.get(name)
    if (!room) return
    const reachable = room.provider.signalingConns.some((connection) => connection.connected)
    if (reachable === room.reachable) return
    room.reachable = reachable
    this.#tell({ say: 'signalling', room: name, reachable })
  }

  #watch(): void {
    for (const [name, { provider, peers }] of this.#rooms) {
      this.#report(name)
      if (peers.size > 0) continue
      provider.room?.webrtcConns.forEach((connection) => {
        if (connection.closed) provider.room?.webrtcConns.delete(connection.remotePeerId)
      })
      // Joining anew is the only announcement that y-webrtc offers to callers.
      if (provider.room?.webrtcConns.size === 0 && provider.signalingConns.some((connection) => connection.connected)) {
        provider.room.disconnect()
        provider.room.connect()
      }
    }
  }
}

const iceServer = ({ urls, username, credential }: Opening['iceServers'][number]): RTCIceServer => ({
  urls,
  ...(username !== null && { username }),
  ...(credential !== null && { credential }),
})

/** The browser throws at an address that it cannot read; the other servers must go on working. */
function usable(server: RTCIceServer): boolean {
  try {
    new RTCPeerConnection({ iceServers: [server] }).close()
    return true
  } catch {
    return false
  }
}
