import Database from 'better-sqlite3'
import { toHex } from '#shared/kernel/bytes.ts'
import { VaultFault, type VaultOpenRefusal } from '#engine/ports.ts'
import type { SymmetricKey } from '#shared/kernel/crypto.ts'

type Statement = Database.Statement<unknown[], unknown>

/** One keyed SQLite connection with its prepared statements, each compiled once. */
export class Connection {
  readonly database: Database.Database
  private readonly statements = new Map<string, Statement>()
  private readonly afterRollback: (() => void)[] = []
  private depth = 0
  private doomed = false

  constructor(path: string, key: SymmetricKey | undefined, mustExist: boolean) {
    this.database = new Database(path, { fileMustExist: mustExist, timeout: 0 })
    try {
      if (key) applyKey(this.database, key)
      // An exclusive WAL keeps its index in memory: no shared-memory file, and no second process by mistake.
      this.database.pragma('locking_mode = EXCLUSIVE')
      this.database.pragma('journal_mode = WAL')
      this.database.pragma('synchronous = FULL')
      this.database.pragma('foreign_keys = ON')
      this.database.pragma('trusted_schema = OFF')
      // A key that was destroyed leaves no copy in the free space of a page that is still in use.
      this.database.pragma('secure_delete = FAST')
      this.database.pragma(`journal_size_limit = ${64 * 1024 * 1024}`)
      this.database.pragma('temp_store = MEMORY')
      this.database.pragma('cache_size = -16384')
    } catch (error) {
      this.database.close()
      throw error
    }
  }

  /** The statement for `sql`, compiled on first use; rows come back as arrays when `raw`. */
  statement(sql: string, raw = false): Statement {
    const name = raw ? `raw ${sql}` : sql
    let statement = this.statements.get(name)
    if (!statement) {
      statement = this.database.prepare<unknown[], unknown>(sql)
      if (raw) statement.raw(true)
      this.statements.set(name, statement)
    }
    return statement
  }

  /** Drops compiled statements that name a table about to go. */
  forget(table: string): void {
    for (const name of this.statements.keys()) if (name.includes(table)) this.statements.delete(name)
  }

  /** Registers what a store has to do with its caches when a transaction did not happen. */
  onRollback(forget: () => void): void {
    this.afterRollback.push(forget)
  }

  transaction<T>(work: () => T): T {
    if (this.depth > 0) return this.joined(work)
    this.run('BEGIN IMMEDIATE')
    this.depth = 1
    this.doomed = false
    try {
      const value = work()
      if (value instanceof Promise) throw new Error('a vault transaction cannot await')
      // A nested call threw and somebody swallowed the error: half of its work must not be committed.
      if (this.doomed) throw new Error('a nested transaction failed')
      this.run('COMMIT')
      return value
    } catch (error) {
      if (this.database.inTransaction) this.database.exec('ROLLBACK')
      for (const forget of this.afterRollback) forget()
      throw asFault(error)
    } finally {
      this.depth = 0
    }
  }

  private joined<T>(work: () => T): T {
    this.depth += 1
    try {
      return work()
    } catch (error) {
      this.doomed = true
      throw error
    } finally {
      this.depth -= 1
    }
  }

  private run(sql: string): void {
    this.statement(sql).run()
  }

  close(): void {
    this.statements.clear()
    this.database.close()
  }
}

/** AEGIS-256 with a raw key: pages are authenticated, and no key derivation is paid at each open. */
function applyKey(database: Database.Database, key: SymmetricKey): void {
  database.pragma("cipher = 'aegis'")
  database.pragma(`key = '${rawKey(key)}'`)
}

/** The raw 32-byte key in the form that the `key` and `rekey` pragmas take. */
export const rawKey = (key: SymmetricKey): string => `raw:${toHex(key)}`

/** Which refusal an SQLite error stands for; undefined when it is a bug of ours. */
export function refusalOf(error: unknown): VaultOpenRefusal | undefined {
  if (!(error instanceof Database.SqliteError)) return undefined
  if (error.code.startsWith('SQLITE_NOTADB')) return 'wrong-key'
  if (error.code.startsWith('SQLITE_CORRUPT')) return 'damaged'
  if (error.code.startsWith('SQLITE_FULL') || error.code === 'SQLITE_IOERR_WRITE') return 'disk-full'
  if (error.code.startsWith('SQLITE_BUSY') || error.code.startsWith('SQLITE_LOCKED')) return 'open-elsewhere'
  return undefined
}

/** A full disk and a damaged page can happen at any call: they surface as a `VaultFault`, everything else as it is. */
export function asFault(error: unknown): unknown {
  const refusal = refusalOf(error)
  return refusal === 'disk-full' || refusal === 'damaged' ? new VaultFault(refusal, { cause: error }) : error
}
