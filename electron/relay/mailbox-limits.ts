/** What one caller may take of a mailbox that anyone can reach. How much is kept is the mailbox's own quota. */
export interface MailboxLimits {
  readonly connections: number
  readonly connectionsPerAddress: number
  /** New channels that one address may open in a day. Counted in memory: a restart forgives. */
  readonly channelsPerAddress: number
  /** A caller who sends faster is read more slowly, and waits. */
  readonly burstBytes: number
  readonly bytesPerSecond: number
  readonly burstMessages: number
  readonly messagesPerSecond: number
  /** Who has not proven a device by then is let go. */
  readonly greetingMs: number
  /** Bytes waiting in one socket before its reader counts as stuck and is closed. */
  readonly backlogBytes: number
  readonly pingEveryMs: number
}

export const DEFAULT_MAILBOX_LIMITS: MailboxLimits = {
  connections: 2_000,
  connectionsPerAddress: 64,
  channelsPerAddress: 64,
  burstBytes: 64 * 1024 * 1024,
  bytesPerSecond: 4 * 1024 * 1024,
  burstMessages: 2_000,
  messagesPerSecond: 200,
  greetingMs: 10_000,
  backlogBytes: 64 * 1024 * 1024,
  pingEveryMs: 30_000,
}

/** A bucket that may run into debt: answers how many milliseconds to wait until the debt is paid, 0 when there is none. */
export function allowance(burst: number, perSecond: number, now: () => number): (cost: number) => number {
  let left = burst
  let at = now()
  return (cost) => {
    const moment = now()
    left = Math.min(burst, left + ((moment - at) / 1000) * perSecond) - cost
    at = moment
    return left >= 0 ? 0 : Math.ceil((-left / perSecond) * 1000)
  }
}

const DAY = 86_400_000

/** Counts what each key does in a day; answers whether it may do one more. */
export function daily(most: number, now: () => number): (key: string) => boolean {
  let day = 0
  const counts = new Map<string, number>()
  return (key) => {
    const today = Math.floor(now() / DAY)
    if (today !== day) counts.clear()
    day = today
    const count = counts.get(key) ?? 0
    if (count >= most) return false
    counts.set(key, count + 1)
    return true
  }
}
