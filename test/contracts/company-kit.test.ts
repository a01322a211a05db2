import { beforeAll, describe, expect, it } from 'vitest'
import { noKeychain } from '#adapters/keychain/none.ts'
import { memoryVaultFiles } from '#adapters/memory/files.ts'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { companyFromWords, companyWords, openCompanyKit, sealCompanyKit } from '#engine/vault/company-kit.ts'
import type { VaultTools } from '#engine/vault/tools.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { value } from './vault-family.ts'

const PASSPHRASE = 'correct horse battery'
const OTHER = 'حصان صحيح بطارية'

let crypto: Crypto
beforeAll(async () => {
  crypto = await createCrypto({ allowCheapStretch: true })
})

describe('the company kit', () => {
  const tools = (): VaultTools => ({
    crypto,
    clock: { now: () => 0 as Instant },
    files: memoryVaultFiles(),
    keychain: noKeychain,
    cost: { passes: 1, memory: 8_192 },
    weakStretch: true,
  })

  it('is 24 words that give the root back, for that company alone', () => {
    const root = crypto.signingPair()
    const words = companyWords(root.secretKey).join(' ')
    expect(value(companyFromWords(crypto, words, root.publicKey)).secretKey).toEqual(root.secretKey)
    expect(companyFromWords(crypto, words, crypto.signingPair().publicKey)).toEqual({
      ok: false,
      refusal: 'company-kit-other',
    })
    expect(companyFromWords(crypto, 'one two', root.publicKey)).toEqual({ ok: false, refusal: 'kit-words-not-24' })
  })

  it('is a file under a passphrase of its own', () => {
    const root = crypto.signingPair()
    const file = value(sealCompanyKit(tools(), root, 'نور للأغذية', PASSPHRASE))
    expect(value(openCompanyKit(tools(), file, PASSPHRASE, root.publicKey)).secretKey).toEqual(root.secretKey)
    const attempt = (bytes: Uint8Array, passphrase: string, expected = root.publicKey) =>
      openCompanyKit(tools(), bytes, passphrase, expected)
    expect(attempt(file, OTHER)).toEqual({ ok: false, refusal: 'passphrase-wrong' })
    expect(attempt(file, PASSPHRASE, crypto.signingPair().publicKey)).toEqual({
      ok: false,
      refusal: 'company-kit-other',
    })
    expect(attempt(file.slice(1), PASSPHRASE)).toEqual({ ok: false, refusal: 'company-kit-unreadable' })
    expect(sealCompanyKit(tools(), root, 'Noor', 'short')).toEqual({ ok: false, refusal: 'passphrase-short' })
  })
})
