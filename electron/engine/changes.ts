import type { Topic } from '#shared/projection/app-views.ts'

/** Tells every window what changed. Topics said within one turn of the event loop arrive together. */
export class Changes {
  #listeners = new Set<(topics: readonly Topic[]) => void>()
  #pending = new Set<Topic>()

  say(...topics: readonly Topic[]): void {
    if (this.#pending.size === 0) void Promise.resolve().then(() => this.#flush())
    for (const topic of topics) this.#pending.add(topic)
  }

  /** Yields the topics as they change until `signal` aborts; starts with an empty event, so that a window knows it is connected. */
  async *stream(signal: AbortLike | undefined): AsyncGenerator<{ readonly topics: readonly Topic[] }, void, void> {
    const queue: (readonly Topic[])[] = [[]]
    let wake: () => void = () => {}
    const listener = (topics: readonly Topic[]): void => {
      queue.push(topics)
      wake()
    }
    signal?.addEventListener('abort', () => wake())
    this.#listeners.add(listener)
    try {
      while (signal?.aborted !== true) {
        const topics = queue.shift()
        if (topics) yield { topics }
        else await new Promise<void>((resolve) => (wake = resolve))
      }
    } finally {
      this.#listeners.delete(listener)
    }
  }

  #flush(): void {
    const topics = [...this.#pending]
    this.#pending.clear()
    for (const listener of this.#listeners) listener(topics)
  }
}

interface AbortLike {
  readonly aborted: boolean
  addEventListener(kind: 'abort', listener: () => void): void
}
