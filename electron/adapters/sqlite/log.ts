import type { LogStore, StoredRun } from '#engine/ports.ts'
import type { Connection } from './connection.ts'

const CHANNEL_SPAN = 2 ** 36
const REPLAY_CHUNK = 256

interface FeedPlace {
  readonly number: number
  /** Last seq held, or undefined for a feed that has no run yet. */
  last: number | undefined
}
interface ChannelPlace {
  readonly number: number
  nextId: number
  readonly feeds: Map<string, FeedPlace>
}
type RunRow = [feed: string, firstSeq: number, lastSeq: number, bytes: Uint8Array]

/** Runs as received. Where each channel and feed stands is kept in memory and forgotten when a transaction is rolled back. */
export function sqliteLog(connection: Connection): LogStore {
  const places = new Map<string, ChannelPlace>()
  connection.onRollback(() => places.clear())

  const channelNumber = connection.statement('SELECT number FROM channels WHERE channel = ?', true)
  const addChannel = connection.statement('INSERT INTO channels (channel) VALUES (?)')
  const addFeed = connection.statement('INSERT INTO feeds (channel, feed) VALUES (?, ?)')
  const lastId = connection.statement('SELECT max(id) FROM runs WHERE id >= ? AND id < ?', true)
  const feedsOf = connection.statement(
    `SELECT feed, number, (SELECT last_seq FROM runs WHERE runs.feed = feeds.number ORDER BY first_seq DESC LIMIT 1)
     FROM feeds WHERE channel = ?`,
    true,
  )
  const add = connection.statement('INSERT INTO runs (id, feed, first_seq, last_seq, bytes) VALUES (?, ?, ?, ?, ?)')
  const holding = connection.statement('SELECT max(first_seq) FROM runs WHERE feed = ? AND first_seq <= ?', true)
  const from = connection.statement(
    'SELECT first_seq, last_seq, bytes FROM runs WHERE feed = ? AND first_seq >= ? AND last_seq >= ? ORDER BY first_seq LIMIT ?',
    true,
  )
  const inOrder = connection.statement(
    `SELECT feeds.feed, first_seq, last_seq, bytes, id FROM runs JOIN feeds ON feeds.number = runs.feed
     WHERE id >= ? AND id < ? ORDER BY id LIMIT ${REPLAY_CHUNK}`,
    true,
  )

  function place(channel: string): ChannelPlace | undefined {
    const known = places.get(channel)
    if (known) return known
    const row = channelNumber.get(channel) as [number] | undefined
    if (!row) return undefined
    const first = row[0] * CHANNEL_SPAN
    const [last] = lastId.get(first, first + CHANNEL_SPAN) as [number | null]
    const feeds = new Map<string, FeedPlace>()
    for (const [feed, number, lastSeq] of feedsOf.all(row[0]) as [string, number, number | null][])
      feeds.set(feed, { number, last: lastSeq ?? undefined })
    const found = { number: row[0], nextId: last === null ? first : last + 1, feeds }
    places.set(channel, found)
    return found
  }

  function placeOrNew(channel: string): ChannelPlace {
    const known = place(channel)
    if (known) return known
    const number = Number(addChannel.run(channel).lastInsertRowid)
    const made = { number, nextId: number * CHANNEL_SPAN, feeds: new Map<string, FeedPlace>() }
    places.set(channel, made)
    return made
  }

  function append(run: StoredRun): void {
    const at = placeOrNew(run.channel)
    let feed = at.feeds.get(run.feed)
    if (feed?.last !== undefined && run.firstSeq !== feed.last + 1)
      throw new Error(`run starts at ${run.firstSeq}, the feed's next is ${feed.last + 1}`)
    if (!feed) {
      feed = { number: Number(addFeed.run(at.number, run.feed).lastInsertRowid), last: undefined }
      at.feeds.set(run.feed, feed)
    }
    add.run(at.nextId, feed.number, run.firstSeq, run.lastSeq, run.bytes)
    at.nextId += 1
    feed.last = run.lastSeq
  }

  return {
    // One transaction of its own when there is none, so that a new channel, its feed and the run stand or fall together.
    append: (run) => connection.transaction(() => append(run)),
    runs: (channel, feed, fromSeq, limit) => {
      const number = place(channel)?.feeds.get(feed)?.number
      if (number === undefined) return []
      const [start] = holding.get(number, fromSeq) as [number | null]
      const rows = from.all(number, start ?? fromSeq, fromSeq, limit) as [number, number, Uint8Array][]
      return rows.map(([firstSeq, lastSeq, bytes]) => ({ channel, feed, firstSeq, lastSeq, bytes: plain(bytes) }))
    },
    frontier: (channel) => {
      const frontier = new Map<string, number>()
      for (const [feed, { last }] of place(channel)?.feeds ?? []) if (last !== undefined) frontier.set(feed, last)
      return frontier
    },
    channels: () =>
      (connection.statement('SELECT channel FROM channels ORDER BY number', true).all() as [string][]).flat(),
    count: (channel) => {
      const at = place(channel)
      return at === undefined ? 0 : at.nextId - at.number * CHANNEL_SPAN
    },
    *replay(channel, from = 0) {
      const number = place(channel)?.number
      if (number === undefined) return
      const end = (number + 1) * CHANNEL_SPAN
      // Page by page: an open cursor would bar every write until its reader is done.
      for (let next = number * CHANNEL_SPAN + from; ;) {
        const rows = inOrder.all(next, end) as [...RunRow, number][]
        for (const [feed, firstSeq, lastSeq, bytes] of rows)
          yield { channel, feed, firstSeq, lastSeq, bytes: plain(bytes) }
        const last = rows.at(-1)
        if (!last || rows.length < REPLAY_CHUNK) return
        next = last[4] + 1
      }
    },
  }
}

/** A `Buffer` is a `Uint8Array` that prints and compares unlike one: hand out the plain kind. */
const plain = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
