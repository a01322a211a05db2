import type { SafeStorage } from '#adapters/keychain/electron.ts'

let sessions = 0

/** Electron's `safeStorage` as its documentation describes it; each instance is another user's session. */
export function fakeSafeStorage(backend = 'gnome_libsecret', available = true): SafeStorage {
  const kept = new Map<string, string>()
  const session = `user${sessions++}:`
  return {
    isEncryptionAvailable: () => available,
    getSelectedStorageBackend: () => backend,
    encryptString: (text) => {
      const token = `v11${session}${kept.size}`
      kept.set(token, text)
      return Buffer.from(token)
    },
    decryptString: (encrypted) => {
      const text = kept.get(encrypted.toString())
      if (text === undefined)
        throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.')
      return text
    },
  }
}
