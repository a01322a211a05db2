import type {
  RawBatch,
  TableChoice,
  TableFile,
  TableProbe,
  TableRefusal,
  Tables,
  WorkbookSheet,
} from '#engine/ports.ts'
import { refuse, type Result } from '#shared/kernel/result.ts'
import { isWorkbook } from './container.ts'
import { Conversation, type Heard, WORKER } from './conversation.ts'
import type { Task } from './protocol.ts'

/** Files beyond this are refused before a byte is read: a table of this size does not belong on one laptop. */
const MOST_BYTES = 300 << 20
/**
 * What a worker's heap may hold, in MB: delimited text is streamed, a workbook is not. A file that needs more ends the worker, not
 * the engine. The young generation is kept small, because every cell that passes through is garbage a moment later.
 */
const HEAP = { text: 256, workbook: 1_536, young: 8 }

/**
 * The `Tables` port on worker threads, one per task. The worker is a bundle of its own (target `files` of `vite.config.ts`),
 * because a bundler cannot follow a thread that Node starts itself; another place can be handed in.
 */
export class WorkerTables implements Tables {
  private readonly worker: URL

  constructor(worker: URL = WORKER) {
    this.worker = worker
  }

  async probe(file: TableFile, choice: TableChoice): Promise<Result<TableProbe, TableRefusal>> {
    const refusal = tooLargeOrEmpty(file)
    if (refusal !== undefined) return refuse(refusal)
    const conversation = this.start({ kind: 'probe', file, choice })
    try {
      const answer = await conversation.next()
      if (answer === 'out-of-memory') return refuse('too-large')
      if (answer.kind !== 'probed') throw new Error(`files worker: ${answer.kind} in place of a probe`)
      return answer.result
    } finally {
      await conversation.stop()
    }
  }

  async *read(
    file: TableFile,
    choice: TableChoice,
    signal: { readonly aborted: boolean },
  ): AsyncGenerator<Result<RawBatch, TableRefusal>> {
    const refusal = tooLargeOrEmpty(file)
    if (refusal !== undefined) {
      yield refuse(refusal)
      return
    }
    const conversation = this.start({ kind: 'read', file, choice })
    try {
      while (!signal.aborted) {
        const answer = await unlessAborted(conversation.next(), signal)
        if (answer === undefined) return
        if (answer === 'out-of-memory') {
          yield refuse('too-large')
          return
        }
        if (answer.kind !== 'batch' || signal.aborted) return
        yield answer.result
        if (!answer.result.ok) return
        conversation.more()
      }
    } finally {
      // Reached too when the consumer stops in the middle: a half-read file keeps no thread alive.
      await conversation.stop()
    }
  }

  async writeWorkbook(sheets: readonly WorkbookSheet[]): Promise<Uint8Array> {
    const conversation = this.start({ kind: 'write', sheets })
    try {
      const answer = await conversation.next()
      if (answer === 'out-of-memory' || answer.kind !== 'written')
        throw new Error('files worker: the workbook was not written')
      return answer.bytes
    } finally {
      await conversation.stop()
    }
  }

  private start(task: Extract<Task, { kind: 'probe' | 'read' | 'write' }>): Conversation {
    const small = task.kind !== 'write' && !isWorkbook(task.file.bytes)
    const resourceLimits = {
      maxOldGenerationSizeMb: small ? HEAP.text : HEAP.workbook,
      maxYoungGenerationSizeMb: HEAP.young,
    }
    return new Conversation(this.worker, task, resourceLimits)
  }
}

function tooLargeOrEmpty({ bytes }: TableFile): TableRefusal | undefined {
  if (bytes.length === 0) return 'empty'
  return bytes.length > MOST_BYTES ? 'too-large' : undefined
}

/** How soon a cancel is noticed while a worker is silent, as it is for seconds at the start of a large workbook. */
const GLANCE = 100

/** The answer, or undefined when the signal turned first. */
async function unlessAborted(
  answer: Promise<Heard>,
  signal: { readonly aborted: boolean },
): Promise<Heard | undefined> {
  let glance: NodeJS.Timeout | undefined
  const aborted = new Promise<undefined>((resolve) => {
    glance = setInterval(() => signal.aborted && resolve(undefined), GLANCE)
  })
  try {
    return await Promise.race([answer, aborted])
  } finally {
    clearInterval(glance)
    // The worker is stopped next, and its end is no news to anybody.
    if (signal.aborted) answer.catch(() => {})
  }
}
