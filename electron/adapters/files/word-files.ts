import type { TableFile, WordFiles, WordRefusal } from '#engine/ports.ts'
import type { WordDraft, WordReading } from '#shared/agreement/word-file.ts'
import { refuse, type Result } from '#shared/kernel/result.ts'
import { WORKER } from './conversation.ts'
import { DEADLINE, oneTask } from './one-task.ts'

/** An agreement is words: a file beyond this is something else. */
const MOST_WORD = 20 << 20

/** The `WordFiles` port on worker threads, one per task, each with a deadline. */
export class WorkerWordFiles implements WordFiles {
  readonly #worker: URL

  constructor(worker: URL = WORKER) {
    this.#worker = worker
  }

  async write(draft: WordDraft): Promise<Uint8Array> {
    const answer = await oneTask(this.#worker, { kind: 'write-agreement', draft }, DEADLINE)
    if (typeof answer === 'string' || answer.kind !== 'written')
      throw new Error('files worker: the agreement was not written')
    return answer.bytes
  }

  async read({ bytes }: TableFile): Promise<Result<WordReading, WordRefusal>> {
    if (bytes.length === 0) return refuse('word-empty')
    if (bytes.length > MOST_WORD) return refuse('word-too-large')
    const answer = await oneTask(this.#worker, { kind: 'read-agreement', bytes }, DEADLINE)
    if (answer === 'out-of-memory') return refuse('word-too-large')
    if (answer === 'too-slow') return refuse('too-slow')
    if (answer.kind !== 'agreement') throw new Error(`files worker: ${answer.kind} in place of an agreement`)
    return answer.result
  }
}
