import Database from 'better-sqlite3'
import { join } from 'node:path'
import { refusalOf } from './connection.ts'

export interface VaultLock {
  release(): void
}

/**
 * Holds the profile for this process: an operating-system lock on `vault.lock`, taken through SQLite so that it behaves the
 * same everywhere. The system drops it with the process, SIGKILL included: a lock cannot go stale.
 * The database file itself would not do: POSIX drops all locks of a file when any handle of it in the process closes.
 * @returns undefined when another process, or another vault of this one, holds it.
 */
export function holdVault(directory: string): VaultLock | undefined {
  const database = new Database(join(directory, 'vault.lock'), { timeout: 0 })
  try {
    database.pragma('locking_mode = EXCLUSIVE')
    database.pragma('journal_mode = MEMORY')
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    if (refusalOf(error) === 'open-elsewhere') return undefined
    throw error
  }
  return {
    release: () => {
      database.close()
    },
  }
}
