import type { Brand } from './brand.ts'

/** BLAKE2b-256 output. */
export type Hash = Brand<Uint8Array, 'Hash'>
export type PublicKey = Brand<Uint8Array, 'PublicKey'> // Ed25519, 32 bytes
export type SecretKey = Brand<Uint8Array, 'SecretKey'> // Ed25519 seed, 32 bytes
export type BoxPublicKey = Brand<Uint8Array, 'BoxPublicKey'> // X25519, 32 bytes
export type BoxSecretKey = Brand<Uint8Array, 'BoxSecretKey'> // X25519, 32 bytes
export type SymmetricKey = Brand<Uint8Array, 'SymmetricKey'> // 32 bytes
export type Signature = Brand<Uint8Array, 'Signature'> // 64 bytes
export type Nonce = Brand<Uint8Array, 'Nonce'> // 24 bytes

export interface SigningPair {
  readonly publicKey: PublicKey
  readonly secretKey: SecretKey
}
export interface BoxPair {
  readonly publicKey: BoxPublicKey
  readonly secretKey: BoxSecretKey
}

/**
 * The primitives, synchronous. Every call takes a label: one label per hash, signature and key derivation, so that a value
 * made for one purpose never verifies for another. The labels in use are listed in `shared/seal/ENTRY.v1.md`.
 */
export interface Crypto {
  /** BLAKE2b-256 keyed with the hash of `label`, over the parts with their lengths in front. */
  hash(label: string, ...parts: readonly Uint8Array[]): Hash
  sign(label: string, key: SecretKey, message: Uint8Array): Signature
  verify(label: string, key: PublicKey, message: Uint8Array, signature: Uint8Array): boolean
  /** XChaCha20-Poly1305 (IETF). */
  encrypt(key: SymmetricKey, nonce: Nonce, associated: Uint8Array, plain: Uint8Array): Uint8Array
  /** undefined when the tag does not fit. */
  decrypt(key: SymmetricKey, nonce: Nonce, associated: Uint8Array, sealed: Uint8Array): Uint8Array | undefined
  /**
   * What opens everything under this key whose nonces begin with the same 16 bytes, and nothing else (HChaCha20): the rest is
   * ChaCha20-Poly1305 of RFC 8439, which ordinary tools have.
   */
  openingKey(key: SymmetricKey, nonce: Nonce): SymmetricKey
  /** Decrypts with an opening key in place of the key. undefined when the tag does not fit. */
  decryptWith(
    openingKey: SymmetricKey,
    nonce: Nonce,
    associated: Uint8Array,
    sealed: Uint8Array,
  ): Uint8Array | undefined
  /** Anonymous box to an X25519 key (`crypto_box_seal`). */
  box(recipient: BoxPublicKey, plain: Uint8Array): Uint8Array
  unbox(pair: BoxPair, boxed: Uint8Array): Uint8Array | undefined
  /** A sub-key of `key` for `label`; also what key commitments and keyed pseudonyms use. */
  derive(key: SymmetricKey, label: string, context?: Uint8Array): SymmetricKey
  signingPair(seed?: Uint8Array): SigningPair
  boxPair(seed?: Uint8Array): BoxPair
  random(length: number): Uint8Array
  /** Argon2id; `memory` in bytes, at least 64 MiB except in tests that say so. */
  stretch(
    passphrase: string,
    salt: Uint8Array,
    cost: { readonly passes: number; readonly memory: number },
  ): SymmetricKey
}
