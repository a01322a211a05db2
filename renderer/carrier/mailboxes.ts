import type { ToCarrier, ToEngine } from '#shared/contract/carrier.ts'

type Order = Extract<ToCarrier, { say: 'mailbox-open' | 'mailbox-close' | 'mailbox-send' }>

/** The subprotocol by which a relay tells the mailbox from signalling. */
const PROTOCOL = 'mithaq-mailbox.v1'
const FIRST_RETRY_MS = 1_000
const LAST_RETRY_MS = 60_000
/** A connection that lasted this long was a good one: the next attempt need not wait long. */
const GOOD_MS = 30_000
/** A larger message is no part of the protocol. */
const MOST_BYTES = 1024 * 1024
/** What may wait in a socket that does not drain: beyond it the mailbox counts as stuck, and the rest comes again. */
const MOST_WAITING = 64 * 1024 * 1024

interface Line {
  readonly address: string
  socket: WebSocket | undefined
  openedAt: number
  retryMs: number
  timer: ReturnType<typeof setTimeout> | undefined
}

/** Sockets to mailboxes: sealed bytes in both directions, and a fresh socket whenever one closes. */
export class Mailboxes {
  readonly #tell: (message: ToEngine) => void
  readonly #lines = new Map<string, Line>()

  constructor(tell: (message: ToEngine) => void) {
    this.#tell = tell
  }

  obey(order: Order): void {
    switch (order.say) {
      case 'mailbox-open':
        return this.#open(order.mailbox, order.address)
      case 'mailbox-close':
        return this.#close(order.mailbox)
      case 'mailbox-send':
        return this.#send(order.mailbox, order.bytes)
    }
  }

  /** The network is back: nobody waits any longer. */
  retry(): void {
    for (const [name, line] of this.#lines) {
      if (line.timer === undefined) continue
      clearTimeout(line.timer)
      line.retryMs = FIRST_RETRY_MS
      this.#connect(name, line)
    }
  }

  closeAll(): void {
    for (const name of [...this.#lines.keys()]) this.#close(name)
  }

  #open(name: string, address: string): void {
    this.#close(name)
    const line: Line = { address, socket: undefined, openedAt: 0, retryMs: FIRST_RETRY_MS, timer: undefined }
    this.#lines.set(name, line)
    this.#connect(name, line)
  }

  #close(name: string): void {
    const line = this.#lines.get(name)
    if (!line) return
    this.#lines.delete(name)
    clearTimeout(line.timer)
    line.socket?.close()
  }

  #send(name: string, bytes: Uint8Array): void {
    const socket = this.#lines.get(name)?.socket
    if (socket?.readyState !== WebSocket.OPEN) return
    if (socket.bufferedAmount > MOST_WAITING) socket.close()
    else socket.send(bytes as Uint8Array<ArrayBuffer>)
  }

  #connect(name: string, line: Line): void {
    line.timer = undefined
    let socket: WebSocket
    try {
      socket = new WebSocket(line.address, [PROTOCOL])
    } catch {
      // The browser cannot read the address; only another one can help.
      return this.#tell({ say: 'mailbox', mailbox: name, open: false })
    }
    line.socket = socket
    socket.binaryType = 'arraybuffer'
    const current = (): boolean => this.#lines.get(name) === line && line.socket === socket
    socket.onopen = () => {
      if (!current()) return socket.close()
      line.openedAt = Date.now()
      this.#tell({ say: 'mailbox', mailbox: name, open: true })
    }
    socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (!current()) return
      if (!(data instanceof ArrayBuffer) || data.byteLength > MOST_BYTES) return socket.close()
      this.#tell({ say: 'mailbox-received', mailbox: name, bytes: new Uint8Array(data) })
    }
    socket.onclose = () => {
      if (!current()) return
      line.socket = undefined
      this.#tell({ say: 'mailbox', mailbox: name, open: false })
      if (line.openedAt > 0 && Date.now() - line.openedAt > GOOD_MS) line.retryMs = FIRST_RETRY_MS
      line.openedAt = 0
      line.timer = setTimeout(() => this.#connect(name, line), line.retryMs)
      line.retryMs = Math.min(line.retryMs * 2, LAST_RETRY_MS)
    }
  }
}
