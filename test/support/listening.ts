import Database from 'better-sqlite3'
import { join } from 'node:path'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { sqliteVaultFiles } from '#adapters/sqlite/files.ts'
import type { DeskTools } from '#engine/desk.ts'
import { toHex, utf8 } from '#shared/kernel/bytes.ts'
import type { SymmetricKey } from '#shared/kernel/crypto.ts'
import { expect } from 'vitest'
import type { Company } from './company.ts'
import { found, type Canary } from './scan.ts'

export interface Listening {
  readonly tools: Partial<DeskTools>
  /** Every plaintext that was handed to an encryption, a box or, in clear, to a signed run. */
  readonly sealed: Uint8Array[]
  /** Every plaintext that a decryption or a box gave back. */
  readonly opened: Uint8Array[]
  /** Every value of every table of the vault in `directory`, which must be closed. */
  vaultContents(directory: string): Uint8Array[]
}

/** The real adapters with an ear at the seal's input and the opening's output, and the vault's key for whoever searches it. */
export async function listening(): Promise<Listening> {
  const crypto = await createCrypto()
  const files = sqliteVaultFiles()
  const sealed: Uint8Array[] = []
  const opened: Uint8Array[] = []
  let vaultKey: Uint8Array | undefined
  const heard = (plain: Uint8Array | undefined): void => void (plain && opened.push(plain.slice()))
  return {
    sealed,
    opened,
    tools: {
      crypto: {
        ...crypto,
        encrypt(key, nonce, associated, plain) {
          sealed.push(associated.slice(), plain.slice())
          return crypto.encrypt(key, nonce, associated, plain)
        },
        box(recipient, plain) {
          sealed.push(plain.slice())
          return crypto.box(recipient, plain)
        },
        decrypt(...all) {
          const plain = crypto.decrypt(...all)
          heard(plain)
          return plain
        },
        unbox(...all) {
          const plain = crypto.unbox(...all)
          heard(plain)
          return plain
        },
      },
      files: {
        ...files,
        create(directory, key) {
          vaultKey = key.slice()
          return files.create(directory, key)
        },
        open(directory, key: SymmetricKey) {
          vaultKey = key.slice()
          return files.open(directory, key)
        },
      },
    },
    vaultContents(directory) {
      if (!vaultKey) throw new Error('no vault was opened')
      const database = new Database(join(directory, 'vault.db'), { fileMustExist: true })
      try {
        database.pragma(`cipher='aegis'`)
        database.pragma(`key='raw:${toHex(vaultKey)}'`)
        const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all() as string[]
        const rows = tables.flatMap((table) => database.prepare(`SELECT * FROM "${table}"`).raw().all() as unknown[][])
        return rows.flat().flatMap((value) => (value instanceof Uint8Array ? [value] : value === null ? [] : [Buffer.from(String(value))])) // prettier-ignore
      } finally {
        database.close()
      }
    },
  }
}

/**
 * What of some canaries left the first company of two, came out at the other, is shown by some views, and lies in the other's vault.
 * Ends the other's engine.
 */
export function whatLeft(
  [ours, theirs]: readonly [Listening, Listening],
  other: Company,
  views: readonly unknown[],
  canaries: readonly Canary[],
) {
  expect(ours.sealed.length).toBeGreaterThan(10)
  expect(theirs.opened.length).toBeGreaterThan(10)
  other.engine.close()
  const vault = theirs.vaultContents(join(other.directory, 'company'))
  expect(vault.length).toBeGreaterThan(50)
  return {
    sealed: found(ours.sealed, canaries),
    received: found(theirs.opened, canaries),
    shown: found(views.map((view) => utf8(JSON.stringify(view))), canaries),
    kept: found(vault, canaries),
  }
} // prettier-ignore
