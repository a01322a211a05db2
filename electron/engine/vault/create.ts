import { VaultFault } from '#engine/ports.ts'
import type { SymmetricKey } from '#shared/kernel/crypto.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { settle } from './anchor.ts'
import { encodeKeyFile, wrapWithPassphrase, type KeyFile } from './keys.ts'
import { isLongEnough } from './passphrase.ts'
import type { CreateRefusal } from './refusal.ts'
import { nextCost, note, type VaultTools } from './tools.ts'
import { KEYS, UnlockedVault } from './unlocked.ts'

/**
 * Makes a vault in a directory that holds none: a random data key, wrapped by the passphrase. Issue a recovery kit next.
 * The wraps are written first, so that no crash leaves a database without a way to its key.
 */
export function createVault(
  tools: VaultTools,
  directory: string,
  passphrase: string,
): Result<UnlockedVault, CreateRefusal> {
  const { crypto, files } = tools
  if (files.exists(directory)) return refuse('vault-exists')
  if (!isLongEnough(passphrase)) return refuse('passphrase-short')
  const id = crypto.random(16)
  const key = crypto.random(32) as SymmetricKey
  const wrap = wrapWithPassphrase(crypto, id, key, passphrase, nextCost(tools))
  const current = { passphrase: wrap, kit: null, keychain: null }
  const keys: KeyFile = { format: 'mithaq.keys.v1', vault: id, current, next: null }
  files.writeSidecar(directory, KEYS, encodeKeyFile(keys))
  const made = files.create(directory, key)
  if (!made.ok) {
    if (made.refusal === 'disk-full' || made.refusal === 'open-elsewhere')
      return refuse(`vault-${made.refusal}` as const)
    throw new Error(`a new vault answers ${made.refusal}`)
  }
  try {
    settle(crypto, files, directory, made.value)
    const unlocked = new UnlockedVault(tools, directory, { vault: made.value, key, keys, way: 'passphrase' })
    unlocked.vault.transaction(() => note(tools, unlocked.vault, 'vault', 'vault-created'))
    return ok(unlocked)
  } catch (error) {
    made.value.close()
    if (error instanceof VaultFault && error.refusal === 'disk-full') return refuse('vault-disk-full')
    throw error
  }
}
