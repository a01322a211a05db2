import type { Checked, CheckRefusal, DocumentRefusal, FileTest, StandardFiles, TableFile } from '#engine/ports.ts'
import { refuse, type Result } from '#shared/kernel/result.ts'
import type { StandardContent } from '#shared/standards/content.ts'
import type { ImportedStandard } from '#shared/standards/imported.ts'
import { type Heard, WORKER } from './conversation.ts'
import { sha256 } from './digest.ts'
import { DEADLINE, oneTask } from './one-task.ts'
import type { Task } from './protocol.ts'

/** A standard is words: a document beyond this is something else. */
const MOST_DOCUMENT = 20 << 20
const MOST_CHECKED = 100 << 20

/** The `StandardFiles` port on worker threads, one per task, each with a deadline. */
export class WorkerStandardFiles implements StandardFiles {
  readonly #worker: URL
  readonly #deadline: number

  constructor(worker: URL = WORKER, deadline: number = DEADLINE) {
    this.#worker = worker
    this.#deadline = deadline
  }

  readonly sha256 = sha256

  async readDocument(file: TableFile): Promise<Result<ImportedStandard, DocumentRefusal>> {
    if (file.bytes.length === 0) return refuse('document-empty')
    if (file.bytes.length > MOST_DOCUMENT) return refuse('document-too-large')
    const answer = await this.#ask({ kind: 'read-document', file })
    if (answer === 'out-of-memory') return refuse('document-too-large')
    if (answer === 'too-slow') return refuse('too-slow')
    if (answer.kind !== 'document') throw new Error(`files worker: ${answer.kind} in place of a document`)
    return answer.result
  }

  async writeDocx(content: Pick<StandardContent, 'title' | 'clauses'>, language: 'en' | 'ar'): Promise<Uint8Array> {
    const answer = await this.#ask({ kind: 'write-docx', content, language })
    if (typeof answer === 'string' || answer.kind !== 'written')
      throw new Error('files worker: the document was not written')
    return answer.bytes
  }

  async check(test: FileTest, file: TableFile): Promise<Result<Checked, CheckRefusal>> {
    if (file.bytes.length === 0) return refuse('file-empty')
    if (file.bytes.length > MOST_CHECKED) return refuse('file-too-large')
    const answer = await this.#ask({ kind: 'check', test, file })
    if (answer === 'out-of-memory') return refuse('file-too-large')
    if (answer === 'too-slow') return refuse('too-slow')
    if (answer.kind !== 'checked') throw new Error(`files worker: ${answer.kind} in place of a check`)
    return answer.result
  }

  #ask(task: Task): Promise<Heard | 'too-slow'> {
    return oneTask(this.#worker, task, this.#deadline)
  }
}
