import { Conversation, type Heard } from './conversation.ts'
import type { Task } from './protocol.ts'

/** What a thread's heap may hold, in MB. */
const LIMITS = { maxOldGenerationSizeMb: 768, maxYoungGenerationSizeMb: 32 }
/** How long one task may take, in milliseconds: a pattern that a partner wrote may never come to an end by itself. */
export const DEADLINE = 60_000

/** Runs one task on a thread of its own, which ends with its answer or at the deadline. */
export async function oneTask(worker: URL, task: Task, deadline: number): Promise<Heard | 'too-slow'> {
  const conversation = new Conversation(worker, task, LIMITS)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'too-slow'>((resolve) => {
    timer = setTimeout(() => resolve('too-slow'), deadline)
  })
  const answer = conversation.next()
  // A thread that is ended after the deadline reports its end to nobody.
  answer.catch(() => {})
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
    await conversation.stop()
  }
}
