import type { Engine } from '#engine/engine.ts'
import type { Pipe } from '#engine/ports.ts'
import { readToCarrier, writeToEngine } from '#shared/contract/carrier.ts'
import { Mailboxes } from '#ui/carrier/mailboxes.ts'

/** The carrier page's mailbox half in this process: its own code, over Node's WebSocket. Direct links need a browser. */
export class NodeCarrier {
  /** Every message between engine and carrier: what the process without keys gets to see. */
  readonly seen: Uint8Array[] = []
  readonly #mailboxes: Mailboxes
  #toEngine: (message: Uint8Array) => void = () => {}
  #closed: () => void = () => {}

  constructor(engine: Engine) {
    this.#mailboxes = new Mailboxes((message) => this.#tell(writeToEngine(message)))
    const pipe: Pipe = {
      send: (message) => this.#obey(message),
      onMessage: (listener) => (this.#toEngine = listener),
      onClose: (listener) => (this.#closed = listener),
      close: () => this.#mailboxes.closeAll(),
    }
    engine.attachCarrier(pipe)
    this.#tell(writeToEngine({ say: 'ready' }))
  }

  /** The page is gone, with its sockets. */
  close(): void {
    this.#mailboxes.closeAll()
    this.#closed()
  }

  retry(): void {
    this.#mailboxes.retry()
  }

  #tell(message: Uint8Array): void {
    this.seen.push(message)
    this.#toEngine(message)
  }

  #obey(message: Uint8Array): void {
    this.seen.push(message)
    const order = readToCarrier(message)
    if (!order.ok) throw new Error('the engine says what no carrier understands')
    const { value } = order
    if (value.say === 'mailbox-open' || value.say === 'mailbox-close' || value.say === 'mailbox-send')
      this.#mailboxes.obey(value)
  }
}
