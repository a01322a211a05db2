import type { Readable, Writable } from 'node:stream'

interface Answer {
  readonly id?: number
  readonly result?: Readonly<Record<string, unknown>>
  readonly error?: { readonly message: string }
}

/** Chromium's DevTools protocol over two pipes: messages in JSON, each ended by a zero byte. Nobody else can reach it. */
export class DevtoolsPipe {
  readonly #requests: Writable
  readonly #waiting = new Map<
    number,
    { resolve(result: Readonly<Record<string, unknown>>): void; reject(problem: Error): void }
  >()
  #next = 1
  #rest: Buffer[] = []

  constructor(requests: Writable, answers: Readable) {
    this.#requests = requests
    requests.on('error', (problem) => this.#end(problem))
    answers.on('error', (problem) => this.#end(problem))
    answers.on('close', () => this.#end(new Error('the browser closed its pipe')))
    answers.on('data', (chunk: Buffer) => this.#take(chunk))
  }

  /** Resolves with the method's result. @throws when the browser refuses it or goes away. */
  call(
    method: string,
    params: Readonly<Record<string, unknown>> = {},
    sessionId?: string,
  ): Promise<Readonly<Record<string, unknown>>> {
    const id = this.#next++
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#requests.write(`${JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) })}\0`)
    })
  }

  #take(chunk: Buffer): void {
    let from = 0
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, from)) {
      this.#hear(Buffer.concat([...this.#rest, chunk.subarray(from, end)]).toString('utf8'))
      this.#rest = []
      from = end + 1
    }
    if (from < chunk.length) this.#rest.push(chunk.subarray(from))
  }

  #hear(text: string): void {
    const { id, result, error } = JSON.parse(text) as Answer
    // Events have no id, and none is waited for.
    if (id === undefined) return
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (error) waiting?.reject(new Error(error.message))
    else waiting?.resolve(result ?? {})
  }

  #end(problem: Error): void {
    for (const { reject } of this.#waiting.values()) reject(problem)
    this.#waiting.clear()
  }
}
