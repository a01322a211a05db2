import type { Pipe } from './ports.ts'

/** Two ends of a local port: what one sends the other hears later, in order, as over a network. */
export function localPipe(): readonly [Pipe, Pipe] {
  const [left, right] = [new End(), new End()]
  left.other = right
  right.other = left
  return [left, right]
}

class End implements Pipe {
  other: End | undefined
  readonly #messages: ((message: Uint8Array) => void)[] = []
  readonly #closes: (() => void)[] = []
  #early: Uint8Array[] = []
  #open = true

  send(message: Uint8Array): void {
    void Promise.resolve().then(() => {
      const { other } = this
      if (other) other.#hear(message)
    })
  }

  onMessage(listener: (message: Uint8Array) => void): void {
    this.#messages.push(listener)
    const early = this.#early
    this.#early = []
    for (const message of early) listener(message)
  }

  onClose(listener: () => void): void {
    this.#closes.push(listener)
  }

  close(): void {
    if (!this.#open) return
    this.#open = false
    void Promise.resolve().then(() => this.other?.close())
    for (const listener of this.#closes) listener()
  }

  #hear(message: Uint8Array): void {
    if (!this.#open) return
    if (this.#messages.length === 0) this.#early.push(message)
    for (const listener of this.#messages) listener(message)
  }
}
