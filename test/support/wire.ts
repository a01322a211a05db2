import type { Pipe } from '#engine/ports.ts'

export type Direction = 'a-to-b' | 'b-to-a'
/** What arrives in place of a message: itself, others, or nothing. */
export type Meddle = (message: Uint8Array, direction: Direction) => readonly Uint8Array[]

/** Two ends of a pipe with somebody in the middle. Messages arrive later and in order; `cut` is heard by both ends. */
export class Wire {
  readonly a: Pipe
  readonly b: Pipe
  /** Everything that was sent, before anybody meddled with it. */
  readonly sent: { readonly direction: Direction; readonly message: Uint8Array }[] = []
  meddle: Meddle = (message) => [message]
  #open = true
  #flying = 0
  readonly #listeners = { 'a-to-b': [] as ((message: Uint8Array) => void)[], 'b-to-a': [] as ((message: Uint8Array) => void)[] } // prettier-ignore
  readonly #closes: (() => void)[] = []

  constructor() {
    this.a = this.#end('a-to-b', 'b-to-a')
    this.b = this.#end('b-to-a', 'a-to-b')
  }

  get open(): boolean {
    return this.#open
  }
  /** Nothing is on its way. */
  get quiet(): boolean {
    return this.#flying === 0
  }

  cut(): void {
    if (!this.#open) return
    this.#open = false
    for (const close of this.#closes) close()
  }

  #end(out: Direction, into: Direction): Pipe {
    return {
      send: (message) => {
        if (!this.#open) return
        this.sent.push({ direction: out, message })
        for (const arriving of this.meddle(message, out)) {
          this.#flying++
          setImmediate(() => {
            this.#flying--
            if (this.#open) for (const listener of this.#listeners[out]) listener(arriving)
          })
        }
      },
      onMessage: (listener) => void this.#listeners[into].push(listener),
      onClose: (listener) => void this.#closes.push(listener),
      close: () => this.cut(),
    }
  }
}
