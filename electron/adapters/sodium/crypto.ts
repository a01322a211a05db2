import { randomFillSync } from 'node:crypto'
import sodium from 'libsodium-wrappers'
import { concat, utf8 } from '#shared/kernel/bytes.ts'
import type {
  BoxPair, BoxPublicKey, BoxSecretKey, Crypto, Hash, PublicKey, SecretKey, Signature, SigningPair, SymmetricKey,
} from '#shared/kernel/crypto.ts' // prettier-ignore

const KEY = 32
const NONCE = 24
/** What of a nonce goes into the opening key; the rest is the inner nonce. */
const NONCE_START = 16
const SIGNATURE = 64
const TAG = 16
const LEAST_MEMORY = 64 * 1024 * 1024

export interface CryptoOptions {
  /** Lets tests stretch passphrases below the floor of 64 MiB. Never set by the product. */
  readonly allowCheapStretch?: boolean
}

/**
 * The primitives on libsodium (WebAssembly). Signature verification is libsodium's: it refuses public keys and R of small
 * order, non-canonical public keys and S not below the group order, so that a signature has one valid form.
 * @throws RangeError when a key, nonce or salt that the caller made has the wrong length: that is a bug, not input.
 */
export async function createCrypto(options: CryptoOptions = {}): Promise<Crypto> {
  await sodium.ready
  const labels = new Map<string, Uint8Array>()
  // The expanded key costs a scalar multiplication; it lives as long as the seed object that the caller keeps.
  const expanded = new WeakMap<SecretKey, Uint8Array>()

  function labelHash(label: string): Uint8Array {
    const known = labels.get(label)
    if (known) return known
    const made = sodium.crypto_generichash(KEY, utf8(label), null)
    labels.set(label, made)
    return made
  }

  function signingKey(seed: SecretKey): Uint8Array {
    const known = expanded.get(seed)
    if (known) return known
    const made = sodium.crypto_sign_seed_keypair(sized(seed, KEY, 'signing seed')).privateKey
    expanded.set(seed, made)
    return made
  }

  return {
    hash: (label, ...parts) => sodium.crypto_generichash(KEY, lengthPrefixed(parts), labelHash(label)) as Hash,

    sign: (label, key, message) =>
      sodium.crypto_sign_detached(concat(labelHash(label), message), signingKey(key)) as Signature,

    verify(label, key, message, signature) {
      if (key.length !== KEY || signature.length !== SIGNATURE) return false
      return sodium.crypto_sign_verify_detached(signature, concat(labelHash(label), message), key)
    },

    encrypt: (key, nonce, associated, plain) =>
      sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
        plain,
        associated,
        null,
        sized(nonce, NONCE, 'nonce'),
        sized(key, KEY, 'key'),
      ),

    decrypt(key, nonce, associated, sealed) {
      if (sealed.length < TAG || nonce.length !== NONCE) return undefined
      sized(key, KEY, 'key')
      try {
        return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, sealed, associated, nonce, key)
      } catch {
        return undefined
      }
    },

    openingKey: (key, nonce) =>
      sodium.crypto_core_hchacha20(
        sized(nonce, NONCE, 'nonce').subarray(0, NONCE_START),
        sized(key, KEY, 'key'),
        null,
      ) as SymmetricKey,

    decryptWith(openingKey, nonce, associated, sealed) {
      if (sealed.length < TAG || nonce.length !== NONCE) return undefined
      const inner = new Uint8Array(12)
      inner.set(nonce.subarray(NONCE_START), 4)
      try {
        return sodium.crypto_aead_chacha20poly1305_ietf_decrypt(
          null,
          sealed,
          associated,
          inner,
          sized(openingKey, KEY, 'opening key'),
        )
      } catch {
        return undefined
      }
    },

    box: (recipient, plain) => sodium.crypto_box_seal(plain, sized(recipient, KEY, 'box key')),

    unbox(pair, boxed) {
      if (boxed.length < KEY + TAG) return undefined
      try {
        return sodium.crypto_box_seal_open(boxed, pair.publicKey, pair.secretKey)
      } catch {
        return undefined
      }
    },

    derive: (key, label, context = new Uint8Array(0)) =>
      sodium.crypto_generichash(KEY, concat(labelHash(label), context), sized(key, KEY, 'key')) as SymmetricKey,

    signingPair(seed = random(KEY)): SigningPair {
      const pair = sodium.crypto_sign_seed_keypair(sized(seed, KEY, 'signing seed'))
      return { publicKey: pair.publicKey as PublicKey, secretKey: seed.slice() as SecretKey }
    },

    boxPair(seed = random(KEY)): BoxPair {
      const pair = sodium.crypto_box_seed_keypair(sized(seed, KEY, 'box seed'))
      return { publicKey: pair.publicKey as BoxPublicKey, secretKey: pair.privateKey as BoxSecretKey }
    },

    random,

    stretch(passphrase, salt, cost) {
      if (cost.memory < LEAST_MEMORY && options.allowCheapStretch !== true) throw new RangeError('memory below 64 MiB')
      return sodium.crypto_pwhash(
        KEY,
        utf8(passphrase.normalize('NFC')),
        sized(salt, sodium.crypto_pwhash_SALTBYTES, 'salt'),
        cost.passes,
        cost.memory,
        sodium.crypto_pwhash_ALG_ARGON2ID13,
      ) as SymmetricKey
    },
  }
}

// Libsodium's own generator asks the platform once per four bytes.
const random = (length: number): Uint8Array => randomFillSync(new Uint8Array(length))

const scratch = new Uint8Array(64 * 1024)

/**
 * u64 big-endian length, then the part: no two lists of parts give the same bytes. Short lists share one buffer, which the
 * caller must have read before the next call: hashing is the hottest path, and its garbage costs more than its work.
 */
function lengthPrefixed(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += 8 + part.length
  const whole = length <= scratch.length ? scratch.subarray(0, length) : new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    const size = part.length
    // A part is shorter than 2^32 bytes: the upper half of its length is zero.
    whole.fill(0, at, at + 4)
    whole[at + 4] = size >>> 24
    whole[at + 5] = size >>> 16
    whole[at + 6] = size >>> 8
    whole[at + 7] = size
    whole.set(part, at + 8)
    at += 8 + size
  }
  return whole
}

function sized<T extends Uint8Array>(bytes: T, length: number, what: string): T {
  if (bytes.length !== length) throw new RangeError(`${what} has ${bytes.length} bytes in place of ${length}`)
  return bytes
}
