import sodium from 'libsodium-wrappers'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { concat, utf8 } from '#shared/kernel/bytes.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'

const real = await createCrypto()

/** The real primitives with drawn bytes in place of random ones, so that a seed brings back every key, nonce and hash. */
export function seededCrypto(seed: number): Crypto {
  let drawn = 0
  const random = (length: number): Uint8Array => {
    const parts: Uint8Array[] = []
    for (let size = 0; size < length; size += 32)
      parts.push(real.hash('test/seeded-crypto', utf8(`${seed}:${drawn++}`)))
    return concat(...parts).slice(0, length)
  }
  return {
    ...real,
    random,
    signingPair: (from = random(32)) => real.signingPair(from),
    boxPair: (from = random(32)) => real.boxPair(from),
    // As `crypto_box_seal` does it, with the passing key drawn: its nonce is the hash of both public keys.
    box(recipient, plain) {
      const passing = real.boxPair(random(32))
      const nonce = sodium.crypto_generichash(24, concat(passing.publicKey, recipient), null)
      return concat(passing.publicKey, sodium.crypto_box_easy(plain, nonce, recipient, passing.secretKey))
    },
  }
}
