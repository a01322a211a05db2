import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import type { ChannelId, EntryHash, FeedId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { HeldRun, MailboxStore } from '#shared/mailbox/store.ts'

const SCHEMA = 1
type Row = [
  channel: Buffer, feed: Buffer, firstSeq: number, lastSeq: number, hash: Buffer, announces: number, arrivedAt: number, bytes: Buffer,
] // prettier-ignore
const COLUMNS = 'channel, feed, first_seq, last_seq, hash, announces, arrived_at, bytes'

/**
 * Keeps runs in one SQLite file. It is not encrypted: it holds nothing but sealed runs, what their bytes say to anybody, and
 * when they came. Durable when a transaction returns; made on first use. @throws when another process has it open, when a later
 * version wrote it, or when the disk fails.
 */
export function sqliteMailbox(path: string): MailboxStore {
  mkdirSync(dirname(path), { recursive: true })
  const database = new Database(path, { timeout: 0 })
  try {
    prepare(database)
  } catch (problem) {
    database.close()
    throw problem
  }
  const put = database.prepare(`INSERT INTO runs (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
  const channels = database.prepare('SELECT DISTINCT channel FROM runs ORDER BY channel').raw()
  const announcements = database.prepare('SELECT bytes FROM runs WHERE channel = ? AND announces = 1 ORDER BY id').raw()
  // SQLite takes the other columns from the row in which the greatest value stands.
  const tips = database.prepare('SELECT feed, max(last_seq), hash FROM runs WHERE channel = ? GROUP BY feed ORDER BY feed').raw() // prettier-ignore
  const size = database.prepare('SELECT coalesce(sum(length(bytes)), 0) FROM runs WHERE channel = ?').raw()
  const whole = database.prepare('SELECT coalesce(sum(length(bytes)), 0) FROM runs').raw()
  const ordered = `SELECT ${COLUMNS} FROM runs WHERE channel = ? AND feed = ? AND first_seq`
  const at = database.prepare(`${ordered} <= ? ORDER BY first_seq DESC LIMIT 1`).raw()
  const after = database.prepare(`${ordered} > ? ORDER BY first_seq LIMIT 1`).raw()
  const silent = database.prepare('DELETE FROM runs WHERE channel IN (SELECT channel FROM runs GROUP BY channel HAVING max(arrived_at) < ?)') // prettier-ignore
  const old = database.prepare(
    `DELETE FROM runs WHERE arrived_at < ? AND announces = 0 AND EXISTS (
       SELECT 1 FROM runs AS later WHERE later.channel = runs.channel AND later.feed = runs.feed AND later.first_seq > runs.first_seq
     )`,
  )
  const total = (): number => (whole.get() as [number])[0]

  return {
    transaction: (work) => (database.inTransaction ? work() : database.transaction(() => work()).immediate()),
    put: (run) => {
      const { channel, feed, firstSeq, lastSeq, hash, announces, arrivedAt, bytes } = run
      put.run(raw(channel), raw(feed), firstSeq, lastSeq, raw(hash), announces ? 1 : 0, arrivedAt, bytes)
    },
    channels: () => (channels.all() as [Buffer][]).map(([channel]) => channel.toString('hex') as ChannelId),
    announcements: (channel) => (announcements.all(raw(channel)) as [Buffer][]).map(([bytes]) => plain(bytes)),
    tips: (channel) =>
      (tips.all(raw(channel)) as [Buffer, number, Buffer][]).map(([feed, seq, hash]) => ({
        feed: feed.toString('hex') as FeedId,
        seq,
        hash: hash.toString('hex') as EntryHash,
      })),
    size: (channel) => (size.get(raw(channel)) as [number])[0],
    at: (channel, feed, seq) => runOf(at.get(raw(channel), raw(feed), seq) as Row | undefined),
    after: (channel, feed, seq) => runOf(after.get(raw(channel), raw(feed), seq) as Row | undefined),
    expire: (before) =>
      database
        .transaction(() => {
          const held = total()
          silent.run(before)
          old.run(before)
          return held - total()
        })
        .immediate(),
    close: () => void database.close(),
  }
}

function prepare(database: Database.Database): void {
  // Two mailboxes on one file would each believe its own memory.
  database.pragma('locking_mode = EXCLUSIVE')
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma('trusted_schema = OFF')
  // What expired is gone from the free pages, too.
  database.pragma('secure_delete = ON')
  const version = database.pragma('user_version', { simple: true }) as number
  if (version > SCHEMA) throw new Error('this mailbox was written by a later version of Mithaq')
  database.exec(`
    CREATE TABLE IF NOT EXISTS runs (
      id INTEGER PRIMARY KEY,
      channel BLOB NOT NULL,
      feed BLOB NOT NULL,
      first_seq INTEGER NOT NULL,
      last_seq INTEGER NOT NULL,
      hash BLOB NOT NULL,
      announces INTEGER NOT NULL,
      arrived_at INTEGER NOT NULL,
      bytes BLOB NOT NULL,
      UNIQUE (channel, feed, first_seq)
    ) STRICT;
    CREATE INDEX IF NOT EXISTS announcing ON runs (channel) WHERE announces = 1;
    PRAGMA user_version = ${SCHEMA};
  `)
}

function runOf(row: Row | undefined): HeldRun | undefined {
  if (row === undefined) return undefined
  const [channel, feed, firstSeq, lastSeq, hash, announces, arrivedAt, bytes] = row
  return {
    channel: channel.toString('hex') as ChannelId,
    feed: feed.toString('hex') as FeedId,
    firstSeq,
    lastSeq,
    hash: hash.toString('hex') as EntryHash,
    announces: announces === 1,
    arrivedAt: arrivedAt as Instant,
    bytes: plain(bytes),
  }
}

const raw = (id: string): Buffer => Buffer.from(id, 'hex')
/** A `Buffer` is a `Uint8Array` that prints and compares unlike one: hand out the plain kind. */
const plain = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
