import type { WordsRefusal } from './kit.ts'

/** Why a vault does not open. */
export type UnlockRefusal =
  | 'vault-missing'
  | 'vault-keys-missing'
  | 'vault-keys-damaged'
  | 'vault-damaged'
  | 'vault-newer-schema'
  | 'vault-open-elsewhere'
  | 'vault-disk-full'
  | 'passphrase-wrong'
  | 'recovery-kit-none'
  | 'recovery-kit-other'
  | 'keychain-not-set'
  | 'keychain-unavailable'
  | 'keychain-refused'
  | WordsRefusal

export type CreateRefusal = 'vault-exists' | 'passphrase-short' | 'vault-disk-full' | 'vault-open-elsewhere'
export type PassphraseRefusal = 'passphrase-wrong' | 'passphrase-short'
export type BackupRefusal = 'vault-disk-full' | 'vault-damaged'
export type RestoreRefusal = UnlockRefusal | 'backup-missing' | 'backup-damaged' | 'vault-exists'
export type CompanyKitRefusal =
  WordsRefusal | 'company-kit-other' | 'company-kit-unreadable' | 'passphrase-wrong' | 'passphrase-short'
