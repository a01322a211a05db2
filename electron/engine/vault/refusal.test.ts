import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { CheckpointRefusal } from '#shared/audit/checkpoint.ts'
import type { ChainBreak } from '#shared/audit/verify.ts'
import type { BackupRefusal, CompanyKitRefusal, CreateRefusal, PassphraseRefusal, RestoreRefusal, UnlockRefusal } from './refusal.ts' // prettier-ignore

/** Complete by its type: a code without a line here does not compile. */
const VAULT: Record<
  UnlockRefusal | CreateRefusal | PassphraseRefusal | BackupRefusal | RestoreRefusal | CompanyKitRefusal,
  true
> = {
  'vault-missing': true,
  'vault-exists': true,
  'vault-keys-missing': true,
  'vault-keys-damaged': true,
  'vault-damaged': true,
  'vault-newer-schema': true,
  'vault-open-elsewhere': true,
  'vault-disk-full': true,
  'passphrase-wrong': true,
  'passphrase-short': true,
  'recovery-kit-none': true,
  'recovery-kit-other': true,
  'kit-words-not-24': true,
  'kit-word-unknown': true,
  'kit-checksum': true,
  'keychain-not-set': true,
  'keychain-unavailable': true,
  'keychain-refused': true,
  'backup-missing': true,
  'backup-damaged': true,
  'company-kit-other': true,
  'company-kit-unreadable': true,
}
const AUDIT: Record<ChainBreak['code'] | CheckpointRefusal, true> = {
  'audit-entry-missing': true,
  'audit-link-broken': true,
  'audit-entry-altered': true,
  'audit-checkpoint-unreadable': true,
  'audit-checkpoint-forged': true,
  'audit-behind-checkpoint': true,
  'audit-differs-from-checkpoint': true,
}

describe.each([
  { name: 'vault', codes: VAULT },
  { name: 'audit', codes: AUDIT },
])('refusals of the $name', ({ name, codes }) => {
  it.each(['en', 'ar'])('have a sentence each in %s, and no other', (language) => {
    const path = new URL(`../../../renderer/locales/${language}/refusals.${name}.json`, import.meta.url)
    const sentences = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>
    expect(Object.keys(sentences).sort()).toEqual(Object.keys(codes).sort())
    for (const [code, sentence] of Object.entries(sentences)) {
      expect(sentence, code).toMatch(/\.$/)
      expect(/[\u0600-\u06ff]/.test(sentence), code).toBe(language === 'ar')
    }
  })
})
