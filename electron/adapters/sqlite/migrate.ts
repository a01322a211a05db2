import { rmSync } from 'node:fs'
import type { SymmetricKey } from '#shared/kernel/crypto.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import type { Connection } from './connection.ts'
import { copyVerified } from './copy.ts'
import type { Migration } from './migrations/list.ts'

/**
 * Brings the schema forward, all steps in one transaction. A vault that already holds data is first copied, and the copy
 * checked, to `copyPath(version)`; it stays there until the next migration. A vault from a later Mithaq is left untouched.
 */
export function migrate(
  connection: Connection,
  migrations: readonly Migration[],
  key: SymmetricKey,
  copyPath: (version: number) => string,
): Result<number, 'newer-schema'> {
  const from = schemaVersion(connection)
  const last = migrations.at(-1)?.version ?? 0
  if (from > last) return refuse('newer-schema')
  if (from === last) return ok(last)
  if (from > 0) {
    const path = copyPath(from)
    rmSync(path, { force: true })
    copyVerified(connection, key, path)
  }
  connection.transaction(() => {
    for (const migration of migrations) {
      if (migration.version <= from) continue
      connection.database.exec(migration.sql)
      connection.database.pragma(`user_version = ${migration.version}`)
    }
  })
  return ok(last)
}

export const schemaVersion = (connection: Connection): number =>
  connection.database.pragma('user_version', { simple: true }) as number
