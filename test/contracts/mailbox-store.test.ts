import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { memoryMailbox } from '#adapters/mailbox/memory.ts'
import { sqliteMailbox } from '#adapters/mailbox/sqlite.ts'
import type { ChannelId, EntryHash, FeedId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { HeldRun, MailboxStore } from '#shared/mailbox/store.ts'

const channel = (digit: string): ChannelId => digit.repeat(64) as ChannelId
const feed = (digit: string): FeedId => digit.repeat(96) as FeedId
const hash = (seq: number): EntryHash => String(seq).padStart(64, '0') as EntryHash
const run = (firstSeq: number, lastSeq = firstSeq, change: Partial<HeldRun> = {}): HeldRun => ({
  channel: channel('c'),
  feed: feed('a'),
  firstSeq,
  lastSeq,
  hash: hash(lastSeq),
  announces: false,
  arrivedAt: (firstSeq * 1_000) as Instant,
  bytes: new Uint8Array(lastSeq - firstSeq + 1).fill(firstSeq),
  ...change,
})

/** `reopen` is absent where nothing outlives the process. */
interface Family {
  open(): MailboxStore
  readonly reopen?: (store: MailboxStore) => MailboxStore
  dispose(): void
}

function mailboxStoreContract(name: string, make: () => Family): void {
  describe(`mailbox store contract: ${name}`, () => {
    let family: Family
    let store: MailboxStore
    const reopened = (): MailboxStore => (store = family.reopen?.(store) ?? store)
    beforeEach(() => {
      family = make()
      store = family.open()
    })
    afterEach(() => {
      store.close()
      family.dispose()
    })

    it('keeps runs verbatim and finds the one that holds a number, the one before it and the next', () => {
      for (const each of [run(1, 3), run(7, 9), run(4, 4)]) store.put(each)
      reopened()
      expect(store.at(channel('c'), feed('a'), 2)).toEqual(run(1, 3))
      expect(store.at(channel('c'), feed('a'), 4)).toEqual(run(4, 4))
      expect(store.at(channel('c'), feed('a'), 6)).toEqual(run(4, 4))
      expect(store.at(channel('c'), feed('a'), 0)).toBeUndefined()
      expect(store.after(channel('c'), feed('a'), 4)).toEqual(run(7, 9))
      expect(store.after(channel('c'), feed('a'), 7)).toBeUndefined()
      expect(store.at(channel('c'), feed('b'), 2)).toBeUndefined()
      expect(store.at(channel('d'), feed('a'), 2)).toBeUndefined()
    })

    it('says where every feed of a channel stands, what it weighs, and what travels in clear', () => {
      store.put(run(1, 3, { announces: true }))
      store.put(run(4, 5))
      store.put(run(2, 2, { feed: feed('b'), announces: true }))
      store.put(run(1, 1, { channel: channel('d') }))
      reopened()
      expect(store.channels()).toEqual([channel('c'), channel('d')])
      expect(store.tips(channel('c'))).toEqual([
        { feed: feed('a'), seq: 5, hash: hash(5) },
        { feed: feed('b'), seq: 2, hash: hash(2) },
      ])
      expect(store.size(channel('c'))).toBe(6)
      expect(store.announcements(channel('c'))).toEqual([run(1, 3).bytes, run(2, 2).bytes])
      expect([store.tips(channel('e')), store.size(channel('e')), store.announcements(channel('e'))]).toEqual([
        [],
        0,
        [],
      ])
    })

    it('refuses a second run at one place, and keeps nothing of a transaction that throws', () => {
      store.put(run(1))
      expect(() => store.put(run(1, 2))).toThrow()
      expect(() =>
        store.transaction(() => {
          store.put(run(2))
          store.transaction(() => store.put(run(3)))
          throw new Error('the disk is full')
        }),
      ).toThrow('the disk is full')
      reopened()
      expect(store.tips(channel('c'))).toEqual([{ feed: feed('a'), seq: 1, hash: hash(1) }])
    })

    it('gives out bytes of its own', () => {
      const given = run(1)
      store.put(given)
      given.bytes.fill(9)
      expect(store.at(channel('c'), feed('a'), 1)).toEqual(run(1))
    })

    it('forgets what is old, but neither announcements nor the last run of a feed; a silent channel goes whole', () => {
      store.put(run(1, 1, { announces: true }))
      store.put(run(2, 3))
      store.put(run(4, 6))
      store.put(run(1, 2, { feed: feed('b'), arrivedAt: 9_000 as Instant }))
      store.put(run(1, 5, { channel: channel('d'), announces: true }))
      expect(store.expire(5_000 as Instant)).toBe(2 + 5)
      reopened()
      expect(store.channels()).toEqual([channel('c')])
      expect(store.at(channel('c'), feed('a'), 3)).toEqual(run(1, 1, { announces: true }))
      expect(store.after(channel('c'), feed('a'), 1)).toEqual(run(4, 6))
      expect(store.expire(5_000 as Instant)).toBe(0)
      expect(store.expire(9_001 as Instant)).toBe(6)
      expect(store.channels()).toEqual([])
    })
  })
}

mailboxStoreContract('memory', () => ({ open: memoryMailbox, dispose: () => undefined }))

const place = () => mkdtempSync(join(tmpdir(), 'mithaq-mailbox-'))

mailboxStoreContract('sqlite', () => {
  const directory = place()
  const path = join(directory, 'deep', 'mailbox.db')
  return {
    open: () => sqliteMailbox(path),
    reopen: (store) => {
      store.close()
      return sqliteMailbox(path)
    },
    dispose: () => rmSync(directory, { recursive: true, force: true }),
  }
})

describe('the file of a mailbox', () => {
  it('is opened by one process alone, and left alone when a later version wrote it', async () => {
    const directory = place()
    const path = join(directory, 'mailbox.db')
    const store = sqliteMailbox(path)
    expect(() => sqliteMailbox(path)).toThrow(/locked/)
    store.close()
    const { default: Database } = await import('better-sqlite3')
    const database = new Database(path)
    database.pragma('user_version = 2')
    database.close()
    expect(() => sqliteMailbox(path)).toThrow('later version')
    rmSync(directory, { recursive: true, force: true })
  })
})
