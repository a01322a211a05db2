import { readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Vault } from '#engine/ports.ts'
import type { SymmetricKey } from '#shared/kernel/crypto.ts'
import { sqliteAudit } from './audit.ts'
import { asFault, rawKey, type Connection } from './connection.ts'
import { copyVerified } from './copy.ts'
import { sqliteDatasets } from './datasets.ts'
import { sqliteLog } from './log.ts'
import { sqliteRecords } from './records.ts'

/** The stores over one connection. `released` runs when the vault closes, whatever happens. */
export function sqliteVault(connection: Connection, key: SymmetricKey, released: () => void): Vault {
  let current = key
  const faulting = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw asFault(error)
    }
  }
  const datasets = sqliteDatasets(connection)
  datasets.sweepStaging()
  return {
    records: guarded(sqliteRecords(connection)),
    datasets: guarded(datasets),
    log: guarded(sqliteLog(connection)),
    audit: guarded(sqliteAudit(connection)),
    transaction: (work) => connection.transaction(work) as ReturnType<typeof work>,
    rekey: (next) =>
      faulting(() => {
        // The cipher rewrites every page under a rollback journal, so that a crash leaves the old key or the new one.
        connection.database.pragma('journal_mode = DELETE')
        try {
          connection.database.pragma(`rekey = '${rawKey(next)}'`)
          current = next
          removeCopies(dirname(connection.database.name))
        } finally {
          connection.database.pragma('journal_mode = WAL')
        }
      }),
    copyTo: (path) => Promise.resolve().then(() => faulting(() => copyVerified(connection, current, path))),
    close: () => {
      if (!connection.database.open) return
      try {
        connection.close()
      } finally {
        released()
      }
    },
  }
}

/** Copies from before a migration still open with the key that was just given up. */
function removeCopies(directory: string): void {
  for (const name of readdirSync(directory)) if (/^before-\d+\.db$/.test(name)) rmSync(join(directory, name))
}

/** Every call on a store may meet a full disk or a damaged page. */
function guarded<Store extends object>(store: Store): Store {
  const wrapped: Record<string, unknown> = {}
  for (const [name, method] of Object.entries(store) as [string, (...values: unknown[]) => unknown][])
    wrapped[name] = (...values: unknown[]) => {
      try {
        return method(...values)
      } catch (error) {
        throw asFault(error)
      }
    }
  return wrapped as Store
}
