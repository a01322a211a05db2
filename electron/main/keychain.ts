import type { SafeStorage } from 'electron'
import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const FILE = 'keychain.bin'

/**
 * A random key of this device, kept under the operating system's key store, under which the engine wraps what the person
 * asked to keep there. It is fetched once per start because the store answers later and the engine asks at once.
 *
 * Null where there is no store worth the name: Linux without one falls back to `basic_text`, a password that is the
 * same on every computer; that is refused. Also null when the store no longer opens what it closed.
 */
export async function deviceKey(
  storage: Pick<
    SafeStorage,
    'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
  >,
  platform: NodeJS.Platform,
  profile: string,
): Promise<Uint8Array | null> {
  if (platform === 'linux' && ['basic_text', 'unknown'].includes(storage.getSelectedStorageBackend())) return null
  if (!(await storage.isAsyncEncryptionAvailable())) return null
  const path = join(profile, FILE)
  const kept = await readFile(path).catch(() => undefined)
  try {
    if (kept) return new Uint8Array(Buffer.from((await storage.decryptStringAsync(kept)).result, 'base64'))
    const key = randomBytes(32)
    await writeFile(path, await storage.encryptStringAsync(key.toString('base64')), { mode: 0o600 })
    return new Uint8Array(key)
  } catch {
    return null
  }
}
