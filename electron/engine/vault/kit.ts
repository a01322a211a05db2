import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'
import { equal } from '#shared/kernel/bytes.ts'
import type { BoxPair, Crypto, SymmetricKey } from '#shared/kernel/crypto.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'

export type WordsRefusal = 'kit-words-not-24' | 'kit-word-unknown' | 'kit-checksum'

/** 32 bytes as 24 words of the BIP-39 English list: the words are the secret itself, nothing is stretched. */
export const toWords = (secret: Uint8Array): readonly string[] => entropyToMnemonic(secret, wordlist).split(' ')

/** The 32 bytes behind 24 words, however they were spaced, numbered or capitalised. */
export function fromWords(text: string): Result<Uint8Array, WordsRefusal> {
  const words = text.toLowerCase().match(/[a-z]+/g) ?? []
  if (words.length !== 24) return refuse('kit-words-not-24')
  if (!words.every((word) => wordlist.includes(word))) return refuse('kit-word-unknown')
  try {
    return ok(mnemonicToEntropy(words.join(' '), wordlist))
  } catch {
    return refuse('kit-checksum')
  }
}

const RECOVERY = 'mithaq.recovery-kit.v1'

/** The box key pair that a recovery kit stands for. */
export const kitPair = (crypto: Crypto, secret: Uint8Array): BoxPair =>
  crypto.boxPair(crypto.derive(secret as SymmetricKey, RECOVERY))

/** The data key inside a kit's box; undefined when the words are of another kit or another vault. */
export function openKitBox(
  crypto: Crypto,
  vault: Uint8Array,
  secret: Uint8Array,
  boxed: Uint8Array,
): SymmetricKey | undefined {
  const opened = crypto.unbox(kitPair(crypto, secret), boxed)
  if (opened?.length !== vault.length + 32 || !equal(opened.subarray(0, vault.length), vault)) return undefined
  return opened.slice(vault.length) as SymmetricKey
}
