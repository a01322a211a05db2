import { closeSync, fsyncSync, openSync, statSync } from 'node:fs'
import { VaultFault } from '#engine/ports.ts'
import type { SymmetricKey } from '#shared/kernel/crypto.ts'
import { Connection, refusalOf } from './connection.ts'
import { syncParent } from './sidecar.ts'

/**
 * Writes a consistent copy under the same key to `path` and reads it back whole.
 * @returns its size in bytes. @throws VaultFault when it cannot be written or does not verify.
 */
export function copyVerified(connection: Connection, key: SymmetricKey, path: string): number {
  // VACUUM INTO takes the cipher and key of its source, and reads one snapshot.
  connection.statement('VACUUM INTO ?').run(path)
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  syncParent(path)
  const copy = new Connection(path, key, true)
  try {
    if (!isIntact(copy)) throw new VaultFault('damaged')
    copy.database.pragma('journal_mode = DELETE')
  } finally {
    copy.close()
  }
  return statSync(path).size
}

/** Reads every page: a damaged one fails its authentication. */
export const isIntact = (connection: Connection): boolean => passes(connection, 'integrity_check(1)')

/** Up to here opening reads the whole database: some 50 ms. */
const WHOLE_CHECK = 32 * 1024 * 1024
const SMALL_TABLES = ['datasets', 'channels', 'feeds']

/**
 * What is looked at when a vault opens: everything in a small one, the catalogues in a large one, so that opening does not
 * slow down with the years. Damage elsewhere is met when it is read, and by every backup, as `VaultFault`.
 */
export function isSound(connection: Connection): boolean {
  const pages = connection.database.pragma('page_count', { simple: true }) as number
  const size = connection.database.pragma('page_size', { simple: true }) as number
  if (pages * size <= WHOLE_CHECK) return passes(connection, 'quick_check(1)')
  return SMALL_TABLES.every((table) => passes(connection, `quick_check(${table})`))
}

function passes(connection: Connection, check: string): boolean {
  try {
    return connection.database.pragma(check, { simple: true }) === 'ok'
  } catch (error) {
    if (refusalOf(error) === 'damaged') return false
    throw error
  }
}
