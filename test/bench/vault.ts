import Database from 'better-sqlite3'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqliteVaultFiles } from '#adapters/sqlite/files.ts'
import type { Row, Vault } from '#engine/ports.ts'
import type { Column } from '#shared/artifacts/table.ts'
import type { SymmetricKey } from '#shared/kernel/crypto.ts'
import type { DatasetId } from '#shared/kernel/ids.ts'
import { fromStored, toStored } from '#shared/kernel/storable.ts'
import { wallTime } from './clock.ts'
import type { BenchRow } from './row.ts'

const ROWS = 200_000
const BATCH = 2_000
const READS = 20_000
const ROUNDS = 5
const TURNS = 4
const COLUMNS: readonly Column[] = [
  { name: 'sku', type: 'text', meaning: 'sku', dataClass: 'shared-confidential' },
  { name: 'quantity', type: 'integer', meaning: 'quantity', dataClass: 'private' },
  { name: 'price', type: 'decimal', meaning: 'price', dataClass: 'private' },
  { name: 'day', type: 'date', meaning: 'date', dataClass: 'public' },
  { name: 'note', type: 'text', meaning: 'note', dataClass: 'private' },
]
const NAMES = COLUMNS.map(({ name }) => name)
const FILLER = 'A note of the length that an order line with an address has. '.repeat(6)

/** What both sides of the comparison do. */
interface Side {
  insert(rows: readonly Row[]): void
  /** Number of cells seen. */
  scan(): number
  put(count: number): void
  read(id: string): unknown
  close(): void
}

/**
 * The vault's stores against plain, unencrypted better-sqlite3 written by hand over the same tables: the same pragmas, the
 * same batches, prepared statements. Rows of about 400 bytes; the best of several rounds, the sides taking turns.
 */
export function benchVault(): readonly BenchRow[] {
  const rows = Array.from({ length: ROWS }, (_, index): Row => [
    `SKU-${index % 997}`,
    (index * 7) % 1_000,
    ((index * 31) % 9_973) / 100,
    `2026-0${(index % 9) + 1}-1${index % 10}`,
    FILLER + index,
  ])
  const best: Record<'insert' | 'scan' | 'read', [vault: number, plain: number]> = {
    insert: [Infinity, Infinity],
    scan: [Infinity, Infinity],
    read: [Infinity, Infinity],
  }
  for (let round = 0; round < ROUNDS; round++) {
    const root = mkdtempSync(join(tmpdir(), 'mithaq-bench-'))
    const sides = [vaultSide(root), plainSide(root)] as const
    const both = (name: keyof typeof best, turn: number, work: (side: Side) => void): void => {
      for (const which of turn % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const))
        best[name][which] = Math.min(
          best[name][which],
          wallTime(() => work(sides[which])),
        )
    }
    both('insert', round, (side) => side.insert(rows))
    for (const side of sides) side.put(READS)
    for (let turn = 0; turn < TURNS; turn++) {
      both('scan', turn, (side) => expectCount(side.scan(), ROWS * COLUMNS.length))
      both('read', turn, (side) => {
        for (let index = 0; index < READS; index++)
          if (side.read(`record-${(index * 7_919) % READS}`) === undefined) throw new Error('a record is missing')
      })
    }
    for (const side of sides) side.close()
    rmSync(root, { recursive: true, force: true })
  }
  const row = (name: string, [vault, plain]: readonly [number, number], budget: number, what: string): BenchRow => ({
    name: `vault: ${name}`,
    ratio: vault / plain,
    budget,
    direction: 'at-most',
    detail: `${what}: vault ${vault.toFixed(0)} ms, plain SQLite ${plain.toFixed(0)} ms`,
  })
  return [
    row('bulk insert', best.insert, 1.5, `${ROWS.toLocaleString('en')} rows of 400 bytes in batches of ${BATCH}`),
    row('point read', best.read, 1.3, `${READS.toLocaleString('en')} records by id`),
    row('scan', best.scan, 1.3, `${ROWS.toLocaleString('en')} rows, all columns`),
  ]
}

function vaultSide(root: string): Side {
  const created = sqliteVaultFiles().create(join(root, 'vault'), new Uint8Array(32).fill(3) as SymmetricKey)
  if (!created.ok) throw new Error(created.refusal)
  const vault: Vault = created.value
  const id = '1'.repeat(32) as DatasetId
  return {
    insert: (rows) => {
      vault.datasets.stage(id, COLUMNS)
      for (let at = 0; at < rows.length; at += BATCH) vault.datasets.append(id, rows.slice(at, at + BATCH))
      vault.datasets.publish(id)
    },
    scan: () => cells(vault.datasets.scan(id, NAMES)),
    put: (count) =>
      vault.transaction(() => {
        for (let index = 0; index < count; index++) vault.records.put('bench', `record-${index}`, record(index))
      }),
    read: (key) => vault.records.get('bench', key),
    close: () => vault.close(),
  }
}

function plainSide(root: string): Side {
  const database = new Database(join(root, 'plain.db'))
  database.pragma('locking_mode = EXCLUSIVE')
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma('cache_size = -16384')
  database.exec(`
    CREATE TABLE rows (ordinal INTEGER PRIMARY KEY, sku TEXT, quantity INTEGER, price REAL, day TEXT, note TEXT);
    CREATE TABLE records (kind TEXT, id TEXT, value BLOB, PRIMARY KEY (kind, id)) WITHOUT ROWID;
  `)
  const add = database.prepare('INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?)')
  const all = database.prepare('SELECT sku, quantity, price, day, note FROM rows ORDER BY ordinal').raw()
  const put = database.prepare('INSERT INTO records VALUES (?, ?, ?)')
  const get = database.prepare('SELECT value FROM records WHERE kind = ? AND id = ?').raw()
  let ordinal = 0
  const batch = database.transaction((rows: readonly Row[]) => {
    for (const row of rows) add.run(ordinal++, ...row)
  })
  const fill = database.transaction((count: number) => {
    for (let index = 0; index < count; index++) put.run('bench', `record-${index}`, toStored(record(index)))
  })
  return {
    insert: (rows) => {
      for (let at = 0; at < rows.length; at += BATCH) batch(rows.slice(at, at + BATCH))
    },
    scan: () => cells(all.iterate() as Iterable<Row>),
    put: (count) => fill(count),
    read: (key) => fromStored((get.get('bench', key) as [Uint8Array])[0]),
    close: () => database.close(),
  }
}

const record = (index: number): object => ({ name: `Person ${index}`, roles: ['coo', 'legal'], note: FILLER })

function cells(rows: Iterable<Row>): number {
  let count = 0
  for (const row of rows) count += row.length
  return count
}

function expectCount(count: number, expected: number): void {
  if (count !== expected) throw new Error(`${count} cells in place of ${expected}`)
}
