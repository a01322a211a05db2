import type { Nonce } from '#shared/kernel/crypto.ts'
import { NONCE, SALT } from './layout.ts'

/**
 * Salt and index. The salt is random and lives only in the memory of one run's making, so nothing that a restored backup
 * brings back can lead to a nonce used before; HChaCha20 turns salt and key into a key of this run alone.
 */
export function nonceOf(salt: Uint8Array, index: number): Nonce {
  const nonce = new Uint8Array(NONCE)
  nonce.set(salt)
  nonce[NONCE - 2] = index >>> 8
  nonce[NONCE - 1] = index
  return nonce as Nonce
}

export const saltOf = (nonce: Nonce): Uint8Array => nonce.subarray(0, SALT)
