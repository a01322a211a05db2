import { type ResourceLimits, Worker } from 'node:worker_threads'
import { type Answer, MORE, type Task } from './protocol.ts'

/** From source the worker is the file beside this one; a build puts it at `dist/files/worker.js`, beside the program's own folder. */
export const WORKER = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : '../files/worker.js', import.meta.url)

export type Heard = Answer | 'out-of-memory'

/** Answers of one worker in order, and its end: a crash rejects whoever waits. */
export class Conversation {
  private readonly worker: Worker
  private readonly heard: Heard[] = []
  private failure: Error | undefined
  private waiting: { resolve(answer: Heard): void; reject(problem: Error): void } | undefined

  constructor(file: URL, task: Task, resourceLimits: ResourceLimits) {
    const worker = new Worker(file, { workerData: task, resourceLimits })
    this.worker = worker
    worker.on('message', (answer: Answer) => this.hear(answer))
    worker.on('error', (problem: Error & { code?: string }) => {
      if (problem.code === 'ERR_WORKER_OUT_OF_MEMORY') this.hear('out-of-memory')
      else this.fail(problem)
    })
    worker.on('exit', (code) => this.fail(new Error(`files worker ended with code ${code}`)))
  }

  next(): Promise<Heard> {
    const ready = this.heard.shift()
    if (ready !== undefined) return Promise.resolve(ready)
    if (this.failure !== undefined) return Promise.reject(this.failure)
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject }
    })
  }

  more(): void {
    this.worker.postMessage(MORE)
  }

  async stop(): Promise<void> {
    await this.worker.terminate()
  }

  private hear(answer: Heard): void {
    const { waiting } = this
    this.waiting = undefined
    if (waiting === undefined) this.heard.push(answer)
    else waiting.resolve(answer)
  }

  private fail(problem: Error): void {
    this.failure ??= problem
    this.waiting?.reject(problem)
    this.waiting = undefined
  }
}
