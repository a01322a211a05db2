import { decode, encode } from '#shared/kernel/canonical.ts'
import { equal, utf8 } from '#shared/kernel/bytes.ts'
import type { Crypto, PublicKey, SecretKey, SigningPair, SymmetricKey } from '#shared/kernel/crypto.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { fromWords, toWords } from './kit.ts'
import { unwrapWithPassphrase, wrapWithPassphrase, type PassphraseWrap } from './keys.ts'
import { isLongEnough } from './passphrase.ts'
import type { CompanyKitRefusal } from './refusal.ts'
import { mayStretch, nextCost, type VaultTools } from './tools.ts'

/**
 * The company root outside the vault: 24 words on paper, or a file under a passphrase of its own. Whoever holds it *is* the
 * company, so the vault keeps only the public half and the issuer keys that the root certified.
 */
export const companyWords = (root: SecretKey): readonly string[] => toWords(root)

/** The root pair behind 24 words; `expected` is the public key that the company is known by. */
export function companyFromWords(
  crypto: Crypto,
  words: string,
  expected: PublicKey,
): Result<SigningPair, CompanyKitRefusal> {
  const seed = fromWords(words)
  return seed.ok ? pairOf(crypto, seed.value, expected) : seed
}

const FORMAT = 'mithaq.company-kit.v1'

/** The company kit as a file. The company's name is readable from outside, so that the right one is found in a drawer of sticks. */
export function sealCompanyKit(
  tools: VaultTools,
  root: SigningPair,
  company: string,
  passphrase: string,
): Result<Uint8Array, CompanyKitRefusal> {
  if (!isLongEnough(passphrase)) return refuse('passphrase-short')
  const about = aboutKit(company, root.publicKey)
  const secret = root.secretKey.slice() as unknown as SymmetricKey
  const wrap = wrapWithPassphrase(tools.crypto, about, secret, passphrase, nextCost(tools))
  return ok(encode({ format: FORMAT, company, publicKey: root.publicKey, ...wrap }))
}

export function openCompanyKit(
  tools: VaultTools,
  file: Uint8Array,
  passphrase: string,
  expected: PublicKey,
): Result<SigningPair, CompanyKitRefusal> {
  const decoded = decode(file)
  if (!decoded.ok || typeof decoded.value !== 'object' || decoded.value === null)
    return refuse('company-kit-unreadable')
  const { format, company, publicKey, ...rest } = decoded.value as Readonly<Record<string, unknown>>
  if (format !== FORMAT || typeof company !== 'string' || !(publicKey instanceof Uint8Array) || !isWrap(rest))
    return refuse('company-kit-unreadable')
  if (!equal(publicKey, expected)) return refuse('company-kit-other')
  if (!mayStretch(tools, rest)) return refuse('company-kit-unreadable')
  const seed = unwrapWithPassphrase(tools.crypto, aboutKit(company, publicKey), rest, passphrase)
  return seed ? pairOf(tools.crypto, seed, expected) : refuse('passphrase-wrong')
}

function pairOf(crypto: Crypto, seed: Uint8Array, expected: PublicKey): Result<SigningPair, CompanyKitRefusal> {
  const pair = crypto.signingPair(seed)
  return equal(pair.publicKey, expected) ? ok(pair) : refuse('company-kit-other')
}

const aboutKit = (company: string, publicKey: Uint8Array): Uint8Array =>
  encode({ format: FORMAT, company: utf8(company), publicKey })

function isWrap(value: Readonly<Record<string, unknown>>): value is typeof value & PassphraseWrap {
  const { salt, nonce, sealed, passes, memory } = value
  return [salt, nonce, sealed].every((part) => part instanceof Uint8Array) &&
    [passes, memory].every((part) => Number.isSafeInteger(part)) // prettier-ignore
}
