import SimplePeer from 'simple-peer-unframed'
import { Reassembly, split, type Lane } from './frames.ts'

/** Bytes that may wait in the browser's channel before the pump pauses. */
const HIGH_WATER = 1024 * 1024
const LOW_WATER = 256 * 1024
const EARLY_BYTES = 4 * 1024 * 1024
/** An unproven or silent peer is not worth waiting for longer. */
const CONNECT_WITHIN_MS = 20_000
const SILENT_FOR_MS = 10_000
const BEAT_MS = 2_500
/** How long who was refused keeps its place in y-webrtc's list, and so is not met again. */
const HOLD_MS = 15_000
/** The least time between two meetings with one peer, however the first one ended. */
const SETTLE_MS = 1_000
/** Time for the last words to a refused peer. */
const FAREWELL_MS = 300
/** y-webrtc's message types that may pass: awareness and its query. Its document stays empty, so sync messages are dropped. */
const MESH_PASSES: ReadonlySet<number> = new Set([1, 3])

/** Who stands behind a peer: `rooms.ts`, which speaks for the engine. */
export interface Gate {
  /** The channel is open, nobody is proven. */
  opened(
    peer: FramedPeer,
    view: { readonly initiator: boolean; readonly local: Uint8Array; readonly remote: Uint8Array },
  ): void
  received(peer: FramedPeer, lane: 'auth' | 'runs', message: Uint8Array): void
  gone(peer: FramedPeer): void
  /** The room is closed: y-webrtc must hear no more of its peers, or it enters the room again. */
  readonly closed: boolean
}
export interface FramedOptions {
  readonly initiator: boolean
  readonly config: RTCConfiguration
  readonly gate: Gate
}

/**
 * Stands in for simple-peer inside y-webrtc: frames what is sent, pauses when the channel is full, keeps three lanes apart,
 * and announces `connect` only after the engine accepted who is at the other end. A watchdog ends what hangs; y-webrtc then
 * announces itself again and a new peer is made.
 */
export class FramedPeer extends SimplePeer {
  readonly id = crypto.randomUUID()
  readonly #gate: Gate
  readonly #offered: boolean
  readonly #reassembly = new Reassembly()
  readonly #queue: Uint8Array<ArrayBuffer>[] = []
  readonly #early: Uint8Array[] = []
  #accepted = false
  #refused = false
  #opened = false
  #heardAt = Date.now()
  readonly #madeAt = Date.now()
  readonly #watchdog: ReturnType<typeof setInterval>

  constructor(options: FramedOptions) {
    super({ initiator: options.initiator, config: options.config, trickle: true })
    this.#gate = options.gate
    this.#offered = options.initiator
    this.#watchdog = setInterval(() => this.#watch(), BEAT_MS)
  }

  /**
   * simple-peer says `connect` when its channel is open; y-webrtc hears it when `accept` says so. It hears `close` of a refused
   * peer late: at `close` it announces itself, and the two would meet again at once, for ever.
   */
  override emit(event: string | symbol, ...args: unknown[]): boolean {
    if (event === 'close') {
      this.#ended()
      const pause = this.#refused ? HOLD_MS : Math.max(0, SETTLE_MS - (Date.now() - this.#madeAt))
      setTimeout(() => this.#gate.closed || super.emit(event, ...args), pause)
      return true
    }
    if (event === 'error' && this.#gate.closed) return true
    if (event !== 'connect' || this.#accepted) return super.emit(event, ...args)
    void this.#introduce()
    return true
  }

  /** What y-webrtc sends to the mesh. It ignores errors, so nothing is thrown. */
  override send(message: Uint8Array): void {
    if (this.#accepted && MESH_PASSES.has(message[0] ?? 255)) this.transmit('mesh', message)
  }

  transmit(lane: Lane, message: Uint8Array): void {
    for (const frame of split(lane, message)) this.#queue.push(frame)
    this.#pump()
  }

  accept(): void {
    if (this.#accepted || this.#refused || !this.#opened) return
    this.#accepted = true
    this.emit('connect')
    for (const message of this.#early.splice(0)) this.#gate.received(this, 'runs', message)
  }

  drop(): void {
    if (!this.#refused) this.destroy()
  }

  refuse(): void {
    this.#refused = true
    setTimeout(() => this.destroy(), FAREWELL_MS)
  }

  #ended(): void {
    clearInterval(this.#watchdog)
    this.#queue.length = 0
    this.#early.length = 0
    if (this.#opened) this.#gate.gone(this)
    this.#opened = false
  }

  /** The other end may accept a moment before our engine does; what it says meanwhile waits, within a bound. */
  #hold(message: Uint8Array): void {
    this.#early.push(message)
    if (this.#early.reduce((sum, one) => sum + one.length, 0) > EARLY_BYTES)
      throw new RangeError('too much before acceptance')
  }

  override _onChannelMessage(event: { readonly data: unknown }): void {
    if (this.destroyed || this.#refused || !(event.data instanceof ArrayBuffer)) return
    this.#heardAt = Date.now()
    if (event.data.byteLength === 0) return
    try {
      const whole = this.#reassembly.take(new Uint8Array(event.data))
      if (!whole) return
      if (whole.lane === 'mesh') {
        if (this.#accepted && MESH_PASSES.has(whole.message[0] ?? 255)) super.emit('data', whole.message)
      } else if (whole.lane === 'auth' || this.#accepted) this.#gate.received(this, whole.lane, whole.message)
      else this.#hold(whole.message)
    } catch {
      this.destroy()
    }
  }

  override _onChannelBufferedAmountLow(): void {
    this.#pump()
  }

  #pump(): void {
    const channel = this._channel
    if (!channel || channel.readyState !== 'open') return
    channel.bufferedAmountLowThreshold = LOW_WATER
    let sent = 0
    for (const frame of this.#queue) {
      if (channel.bufferedAmount > HIGH_WATER) break
      channel.send(frame)
      sent++
    }
    this.#queue.splice(0, sent)
  }

  /** Reads the fingerprint that we signalled and the certificate that DTLS really met. */
  async #introduce(): Promise<void> {
    const local = fingerprintOf(this._pc.localDescription?.sdp ?? '')
    const certificate = this._pc.sctp?.transport.getRemoteCertificates()[0]
    if (!local || !certificate) return this.destroy()
    const remote = new Uint8Array(await crypto.subtle.digest('SHA-256', certificate))
    if (this.destroyed) return
    this.#opened = true
    this.#gate.opened(this, { initiator: this.#offered, local, remote })
  }

  #watch(): void {
    const now = Date.now()
    const late = !this.#accepted && now - this.#madeAt > CONNECT_WITHIN_MS
    const silent = this.#accepted && now - this.#heardAt > SILENT_FOR_MS
    if (late || silent) this.destroy()
    else if (this.#opened && this._channel?.readyState === 'open') this._channel.send(new Uint8Array())
  }
}

/** `a=fingerprint:sha-256 AB:CD:…` of a session description. */
function fingerprintOf(sdp: string): Uint8Array | undefined {
  const digits = /^a=fingerprint:sha-256 ([0-9A-F:]{95})\s*$/im.exec(sdp)?.[1]
  return digits ? Uint8Array.from(digits.split(':'), (pair) => Number.parseInt(pair, 16)) : undefined
}

export default FramedPeer
