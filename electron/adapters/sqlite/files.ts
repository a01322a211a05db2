import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Vault, VaultFiles, VaultOpenRefusal } from '#engine/ports.ts'
import { VaultFault } from '#engine/ports.ts'
import type { SymmetricKey } from '#shared/kernel/crypto.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { Connection, refusalOf } from './connection.ts'
import { isSound } from './copy.ts'
import { holdVault } from './lock.ts'
import { migrate } from './migrate.ts'
import { MIGRATIONS, type Migration } from './migrations/list.ts'
import { pack, packedHead, unpack } from './pack.ts'
import { placeOf } from './place.ts'
import { readSidecar, syncParent, writeSidecar } from './sidecar.ts'
import { sqliteVault } from './vault.ts'

/**
 * Vaults as files. A profile directory holds
 *
 *     vault.db            the database, every page encrypted and authenticated (beside it `vault.db-wal` while it is open)
 *     vault.lock          locked by the process that has the vault open; its content means nothing
 *     keys.mithaq         the data key, wrapped for passphrase, recovery kit and keychain
 *     anchor.mithaq       the counter that tells a restored or copied vault from the one that stayed
 *     place.mithaq        an empty file whose identity on the disk a copy cannot take along
 *     before-<n>.db       the copy taken before the migration from schema n; gone when the vault changes its key
 *
 * and in passing `*.new`, `*.copy`: unfinished writes of a process that was killed, safe to delete.
 */
export function sqliteVaultFiles(migrations: readonly Migration[] = MIGRATIONS): VaultFiles {
  return {
    exists: (directory) => existsSync(databasePath(directory)),
    create: (directory, key) => {
      if (existsSync(databasePath(directory))) throw new Error('a vault exists there')
      mkdirSync(directory, { recursive: true, mode: 0o700 })
      return held(directory, (release) => {
        // Built beside and renamed, so that a killed creation leaves no vault that no key opens.
        const unfinished = join(directory, 'vault.db.new')
        for (const rest of ['', '-wal', '-journal']) rmSync(unfinished + rest, { force: true })
        const fresh = new Connection(unfinished, key, false)
        try {
          migrate(fresh, migrations, key, () => unfinished)
        } finally {
          fresh.close()
        }
        renameSync(unfinished, databasePath(directory))
        syncParent(databasePath(directory))
        return open(directory, key, migrations, release)
      })
    },
    open: (directory, key) => {
      if (!existsSync(databasePath(directory))) return refuse('missing')
      return held(directory, (release) => open(directory, key, migrations, release))
    },
    readSidecar,
    writeSidecar,
    place: placeOf,
    pack,
    packedHead,
    unpack: (path, directory) => unpack(path, directory, databasePath(directory)),
  }
}

/** Runs `work` under the profile's lock, and turns what SQLite throws into a refusal. The lock goes unless a vault came of it. */
function held(
  directory: string,
  work: (release: () => void) => Result<Vault, VaultOpenRefusal>,
): Result<Vault, VaultOpenRefusal> {
  const lock = holdVault(directory)
  if (!lock) return refuse('open-elsewhere')
  let opened = false
  try {
    const result = work(() => lock.release())
    opened = result.ok
    return result
  } catch (error) {
    const refusal = error instanceof VaultFault ? error.refusal : refusalOf(error)
    if (refusal) return refuse(refusal)
    throw error
  } finally {
    if (!opened) lock.release()
  }
}

function open(
  directory: string,
  key: SymmetricKey,
  migrations: readonly Migration[],
  release: () => void,
): Result<Vault, VaultOpenRefusal> {
  const connection = new Connection(databasePath(directory), key, true)
  try {
    const migrated = migrate(connection, migrations, key, (version) => join(directory, `before-${version}.db`))
    if (!migrated.ok || !isSound(connection)) {
      connection.close()
      return migrated.ok ? refuse('damaged') : migrated
    }
    return ok(sqliteVault(connection, key, release))
  } catch (error) {
    connection.close()
    throw error
  }
}

const databasePath = (directory: string): string => join(directory, 'vault.db')
