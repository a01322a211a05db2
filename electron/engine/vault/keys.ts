import type { BoxPublicKey, Crypto, Nonce, SymmetricKey } from '#shared/kernel/crypto.ts'
import { concat, toHex, utf8 } from '#shared/kernel/bytes.ts'
import { decode, encode, type Canonical } from '#shared/kernel/canonical.ts'
import { z } from 'zod'

/** What stretching a passphrase costs. `memory` in bytes. */
export interface StretchCost {
  readonly passes: number
  readonly memory: number
}

/** Argon2id at 128 MiB and three passes: about half a second on a laptop. New wraps never cost less than this or their predecessor. */
export const STRETCH_COST: StretchCost = { passes: 3, memory: 128 * 1024 * 1024 }
/** Below this a passphrase is not stretched, whatever a file says; `weakStretch` in tests lifts it. */
export const LEAST_MEMORY = 64 * 1024 * 1024

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)
const passphraseWrap = z.strictObject({ salt: bytes, passes: z.int(), memory: z.int(), nonce: bytes, sealed: bytes })
const ways = z.strictObject({
  passphrase: passphraseWrap,
  /** The data key boxed to the public key that the 24 words give. */
  kit: z.nullable(z.strictObject({ serial: z.int(), boxed: bytes })),
  /** The data key as the operating system's keychain protects it. */
  keychain: z.nullable(bytes),
})
const keyFile = z.strictObject({
  format: z.literal('mithaq.keys.v1'),
  vault: bytes,
  current: ways,
  /** The wraps of the next data key while the database changes to it: after a crash either may be the right one. */
  next: z.nullable(ways),
})

/** The ways to one data key. */
export type KeyWays = z.infer<typeof ways>
export type PassphraseWrap = z.infer<typeof passphraseWrap>
/** The sidecar `keys`: not secret, and worth nothing without passphrase, kit or keychain. */
export type KeyFile = z.infer<typeof keyFile>

export const encodeKeyFile = (file: KeyFile): Uint8Array => encode(file as unknown as Canonical)

export function decodeKeyFile(raw: Uint8Array): KeyFile | undefined {
  const decoded = decode(raw)
  if (!decoded.ok) return undefined
  const parsed = keyFile.safeParse(decoded.value)
  return parsed.success ? parsed.data : undefined
}

const PASSPHRASE = 'mithaq.vault-passphrase.v1'

/** Wraps the data key under a stretched passphrase; the cost and the vault are part of what is authenticated. */
export function wrapWithPassphrase(
  crypto: Crypto,
  vault: Uint8Array,
  dataKey: SymmetricKey,
  passphrase: string,
  cost: StretchCost,
): PassphraseWrap {
  const salt = crypto.random(16)
  const nonce = crypto.random(24) as Nonce
  const key = passphraseKey(crypto, passphrase, salt, cost)
  return { salt, ...cost, nonce, sealed: crypto.encrypt(key, nonce, aboutWrap(vault, salt, cost), dataKey) }
}

/** undefined when the passphrase is another one, or the wrap was changed. */
export function unwrapWithPassphrase(
  crypto: Crypto,
  vault: Uint8Array,
  wrap: PassphraseWrap,
  passphrase: string,
): SymmetricKey | undefined {
  const key = passphraseKey(crypto, passphrase, wrap.salt, wrap)
  return crypto.decrypt(key, wrap.nonce as Nonce, aboutWrap(vault, wrap.salt, wrap), wrap.sealed) as
    SymmetricKey | undefined
}

const passphraseKey = (crypto: Crypto, passphrase: string, salt: Uint8Array, cost: StretchCost): SymmetricKey =>
  crypto.derive(crypto.stretch(normal(passphrase), salt, { passes: cost.passes, memory: cost.memory }), PASSPHRASE)

const aboutWrap = (vault: Uint8Array, salt: Uint8Array, cost: StretchCost): Uint8Array =>
  concat(utf8(PASSPHRASE), encode({ vault, salt, passes: cost.passes, memory: cost.memory }))

/** Two keyboards may compose the same letters differently; the person typed the same passphrase. */
export const normal = (passphrase: string): string => passphrase.normalize('NFKC')

/** The data key boxed to the recovery kit: rewrapping for a new data key needs the public half alone, no words. */
export const wrapForKit = (crypto: Crypto, vault: Uint8Array, kit: BoxPublicKey, dataKey: SymmetricKey): Uint8Array =>
  crypto.box(kit, concat(vault, dataKey))

/** The name under which the keychain files the key of one vault. */
export const keychainName = (vault: Uint8Array): string => `mithaq-vault-${toHex(vault)}`
