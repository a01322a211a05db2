/** What one stranger may take of a signalling server that anyone can reach. */
export interface SignallingLimits {
  readonly connections: number
  readonly connectionsPerAddress: number
  readonly topicsPerConnection: number
  readonly subscribersPerTopic: number
  /** Characters of a topic's name: a room is the hex of a hash. */
  readonly topicLength: number
  /** Bytes of one message: an encrypted offer with many candidates stays under 16 KiB. */
  readonly messageBytes: number
  /** A bucket per connection: this many messages at once, refilled at `messagesPerSecond`. */
  readonly burst: number
  readonly messagesPerSecond: number
  /** Bytes waiting in one socket before its reader counts as stuck and is closed. */
  readonly backlogBytes: number
  readonly pingEveryMs: number
}

export const DEFAULT_LIMITS: SignallingLimits = {
  connections: 2_000,
  connectionsPerAddress: 64,
  topicsPerConnection: 64,
  subscribersPerTopic: 64,
  topicLength: 128,
  messageBytes: 64 * 1024,
  burst: 200,
  messagesPerSecond: 40,
  backlogBytes: 1024 * 1024,
  pingEveryMs: 30_000,
}

/** A token bucket over a clock that is handed in. */
export function bucket(burst: number, perSecond: number, now: () => number): () => boolean {
  let tokens = burst
  let at = now()
  return () => {
    const moment = now()
    tokens = Math.min(burst, tokens + ((moment - at) / 1000) * perSecond)
    at = moment
    if (tokens < 1) return false
    tokens -= 1
    return true
  }
}
