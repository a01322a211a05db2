import type { Keychain } from '#engine/ports.ts'
import { ok, refuse } from '#shared/kernel/result.ts'
import { fromBase64, toBase64 } from '#shared/kernel/bytes.ts'

/** The part of Electron's `safeStorage` that is used, handed in by the main process. */
export interface SafeStorage {
  isEncryptionAvailable(): boolean
  encryptString(plainText: string): Uint8Array
  decryptString(encrypted: Buffer): string
  getSelectedStorageBackend(): string
}

/**
 * The operating system's key store by way of Electron. On Linux without a secret service Electron falls back to
 * `basic_text`, a password that everybody knows, and before it is ready it says `unknown`: both count as unavailable.
 */
export function electronKeychain(storage: SafeStorage, platform: string): Keychain {
  const available = (): boolean => {
    if (!storage.isEncryptionAvailable()) return false
    return platform !== 'linux' || !['basic_text', 'unknown'].includes(storage.getSelectedStorageBackend())
  }
  return {
    available,
    protect: (name, secret) => {
      if (!available()) return refuse('unavailable')
      try {
        return ok(new Uint8Array(storage.encryptString(`${name}\n${toBase64(secret)}`)))
      } catch {
        return refuse('unavailable')
      }
    },
    reveal: (name, blob) => {
      if (!available()) return refuse('unavailable')
      try {
        const [whose, secret] = storage.decryptString(Buffer.from(blob)).split('\n')
        const bytes = secret === undefined ? undefined : fromBase64(secret)
        return whose === name && bytes ? ok(bytes) : refuse('refused')
      } catch {
        return refuse('refused')
      }
    },
  }
}
