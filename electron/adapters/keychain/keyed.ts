import type { Keychain } from '#engine/ports.ts'
import { concat, utf8 } from '#shared/kernel/bytes.ts'
import type { Crypto, Nonce, SymmetricKey } from '#shared/kernel/crypto.ts'
import { ok, refuse } from '#shared/kernel/result.ts'

const NONCE = 24

/**
 * The key store behind a key that the shell fetched from it: the engine's process cannot reach the operating system's store
 * itself. What it protects opens only where that key can be fetched again.
 */
export function keyedKeychain(crypto: Crypto, key: Uint8Array): Keychain {
  const wrapping = crypto.derive(key as SymmetricKey, 'mithaq/keychain/v1')
  return {
    available: () => true,
    protect: (name, secret) => {
      const nonce = crypto.random(NONCE) as Nonce
      return ok(concat(nonce, crypto.encrypt(wrapping, nonce, utf8(name), secret)))
    },
    reveal: (name, blob) => {
      const nonce = blob.subarray(0, NONCE) as Nonce
      const secret = blob.length > NONCE ? crypto.decrypt(wrapping, nonce, utf8(name), blob.subarray(NONCE)) : undefined
      return secret ? ok(secret) : refuse('refused')
    },
  }
}
