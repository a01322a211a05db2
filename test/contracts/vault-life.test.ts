import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { electronKeychain } from '#adapters/keychain/electron.ts'
import { noKeychain } from '#adapters/keychain/none.ts'
import { memoryVaultFiles } from '#adapters/memory/files.ts'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { sqliteVaultFiles } from '#adapters/sqlite/files.ts'
import { companyWords } from '#engine/vault/company-kit.ts'
import { createVault } from '#engine/vault/create.ts'
import { decodeKeyFile, encodeKeyFile } from '#engine/vault/keys.ts'
import { inspectBackup, restoreBackup } from '#engine/vault/restore.ts'
import type { VaultTools } from '#engine/vault/tools.ts'
import { unlockWithKeychain, unlockWithKit, unlockWithPassphrase, waysOf } from '#engine/vault/unlock.ts'
import type { UnlockedVault } from '#engine/vault/unlocked.ts'
import type { VaultFiles } from '#engine/ports.ts'
import { verifyChain } from '#shared/audit/verify.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { fakeSafeStorage } from './safe-storage.ts'
import { value } from './vault-family.ts'

const PASSPHRASE = 'correct horse battery'
const OTHER = 'حصان صحيح بطارية'

let crypto: Crypto
beforeAll(async () => {
  crypto = await createCrypto({ allowCheapStretch: true })
})

describe.each([
  { name: 'memory', make: () => memoryVaultFiles() },
  { name: 'sqlite', make: () => sqliteVaultFiles() },
])('the life of a vault: $name', ({ make }) => {
  let root: string
  let files: VaultFiles
  let tools: VaultTools
  let home: string
  let unlocked: UnlockedVault

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'mithaq-life-'))
    files = make()
    let now = 1_790_000_000_000
    tools = {
      crypto,
      files,
      clock: { now: () => now++ as Instant },
      keychain: electronKeychain(fakeSafeStorage(), 'linux'),
      cost: { passes: 1, memory: 8_192 },
      weakStretch: true,
    }
    home = join(root, 'home')
    unlocked = value(createVault(tools, home, PASSPHRASE))
    unlocked.vault.records.put('note', 'a', 'kept')
  })
  afterEach(() => {
    unlocked.lock()
    rmSync(root, { recursive: true, force: true })
  })

  const refusal = (result: { readonly ok: boolean }): unknown => {
    if (!('refusal' in result)) throw new Error('was not refused')
    return result.refusal
  }
  const relock = (open: () => UnlockedVault): void => {
    unlocked.lock()
    unlocked = open()
  }
  const kitOf = (open: UnlockedVault): string => {
    const kit = open.issueRecoveryKit()
    kit.confirm()
    return kit.words.join(' ')
  }
  const byPassphrase = (passphrase = PASSPHRASE) => value(unlockWithPassphrase(tools, home, passphrase))
  const codes = (): readonly string[] => unlocked.vault.audit.range(1, 1_000).map(({ event }) => event.code)

  it('opens with the passphrase, however its letters were composed, and with no other', () => {
    unlocked.lock()
    for (let attempt = 0; attempt < 5; attempt++)
      expect(refusal(unlockWithPassphrase(tools, home, `${PASSPHRASE}${attempt}`))).toBe('passphrase-wrong')
    unlocked = byPassphrase()
    expect(unlocked.vault.records.get('note', 'a')).toBe('kept')
    value(unlocked.changePassphrase('caf\u00e9 au lait noir', PASSPHRASE))
    relock(() => byPassphrase('cafe\u0301 au lait noir'))
    expect(unlocked.vault.records.get('note', 'a')).toBe('kept')
  })

  it('refuses to create over a vault, or under a short passphrase', () => {
    expect(refusal(createVault(tools, home, PASSPHRASE))).toBe('vault-exists')
    expect(refusal(createVault(tools, join(root, 'new'), 'short'))).toBe('passphrase-short')
    expect(files.exists(join(root, 'new'))).toBe(false)
  })

  it('refuses what is missing, damaged or open elsewhere', () => {
    expect(refusal(unlockWithPassphrase(tools, join(root, 'nowhere'), PASSPHRASE))).toBe('vault-missing')
    expect(refusal(unlockWithPassphrase(tools, home, PASSPHRASE))).toBe('vault-open-elsewhere')
    const keys = files.readSidecar(home, 'keys') as Uint8Array
    relock(() => {
      files.writeSidecar(home, 'keys', keys.slice(0, -3))
      expect(refusal(unlockWithPassphrase(tools, home, PASSPHRASE))).toBe('vault-keys-damaged')
      files.writeSidecar(home, 'keys', keys)
      return byPassphrase()
    })
  })

  it('changes the passphrase only for who knows it, and the old one is worth nothing then', () => {
    expect(refusal(unlocked.changePassphrase(OTHER, 'not the passphrase'))).toBe('passphrase-wrong')
    expect(refusal(unlocked.changePassphrase(OTHER))).toBe('passphrase-wrong')
    expect(refusal(unlocked.changePassphrase('short', PASSPHRASE))).toBe('passphrase-short')
    value(unlocked.changePassphrase(OTHER, PASSPHRASE))
    unlocked.lock()
    expect(refusal(unlockWithPassphrase(tools, home, PASSPHRASE))).toBe('passphrase-wrong')
    unlocked = byPassphrase(OTHER)
    expect(codes()).toContain('passphrase-changed')
  })

  it('opens with the 24 words however they are typed, and then takes a new passphrase', () => {
    const words = kitOf(unlocked)
    expect(words.split(' ')).toHaveLength(24)
    const typed = words
      .split(' ')
      .map((word, index) => `${index + 1}. ${word.toUpperCase()}`)
      .join('\n')
    relock(() => value(unlockWithKit(tools, home, typed)))
    value(unlocked.changePassphrase(OTHER))
    expect(refusal(unlocked.changePassphrase(PASSPHRASE)), 'only the first time').toBe('passphrase-wrong')
    relock(() => byPassphrase(OTHER))
    expect(unlocked.vault.records.get('note', 'a')).toBe('kept')
  })

  it('says what is wrong with the words', () => {
    const words = kitOf(unlocked).split(' ')
    unlocked.lock()
    const attempt = (text: string): unknown => refusal(unlockWithKit(tools, home, text))
    expect(attempt(words.slice(1).join(' '))).toBe('kit-words-not-24')
    expect(attempt(['mithaq', ...words.slice(1)].join(' '))).toBe('kit-word-unknown')
    expect(attempt([...words.slice(0, 23), words[23] === 'zoo' ? 'able' : 'zoo'].join(' '))).toMatch(
      /^(kit-checksum|recovery-kit-other)$/,
    )
    expect(attempt(companyWords(crypto.signingPair().secretKey).join(' '))).toBe('recovery-kit-other')
    unlocked = value(unlockWithKit(tools, home, words.join(' ')))
  })

  it('replaces the kit when the new one is confirmed, not before', () => {
    expect(waysOf(tools, home)).toEqual(['passphrase'])
    const first = kitOf(unlocked)
    const second = unlocked.issueRecoveryKit()
    relock(() => value(unlockWithKit(tools, home, first)))
    const third = unlocked.issueRecoveryKit()
    third.confirm()
    unlocked.lock()
    expect(refusal(unlockWithKit(tools, home, first))).toBe('recovery-kit-other')
    expect(refusal(unlockWithKit(tools, home, second.words.join(' ')))).toBe('recovery-kit-other')
    unlocked = value(unlockWithKit(tools, home, third.words.join(' ')))
    expect(unlocked.kitSerial()).toBe(2)
    expect(waysOf(tools, home)).toEqual(['passphrase', 'recovery-kit'])
  })

  it('files a confirmed kit at the next unlock when a crash came between', () => {
    const before = files.readSidecar(home, 'keys') as Uint8Array
    const words = kitOf(unlocked)
    unlocked.lock()
    files.writeSidecar(home, 'keys', before)
    expect(refusal(unlockWithKit(tools, home, words))).toBe('recovery-kit-none')
    byPassphrase().lock()
    unlocked = value(unlockWithKit(tools, home, words))
  })

  it('gives the vault another data key, and every way in goes on working', () => {
    const words = kitOf(unlocked)
    value(unlocked.enableKeychain())
    const old = files.readSidecar(home, 'keys') as Uint8Array
    expect(refusal(unlocked.rekey('not the passphrase'))).toBe('passphrase-wrong')
    value(unlocked.rekey(PASSPHRASE))
    const now = files.readSidecar(home, 'keys') as Uint8Array
    relock(() => byPassphrase())
    relock(() => value(unlockWithKit(tools, home, words)))
    relock(() => value(unlockWithKeychain(tools, home)))
    expect(unlocked.vault.records.get('note', 'a')).toBe('kept')
    unlocked.lock()
    files.writeSidecar(home, 'keys', old)
    expect(refusal(unlockWithPassphrase(tools, home, PASSPHRASE)), 'a copied key file is worth nothing').toBe(
      'vault-damaged',
    )
    files.writeSidecar(home, 'keys', now)
    unlocked = byPassphrase()
  })

  it.each(['before', 'after'])('survives a crash just %s the database took its new data key', (when) => {
    const words = kitOf(unlocked)
    const old = decodeKeyFile(files.readSidecar(home, 'keys') as Uint8Array)
    value(unlocked.rekey(PASSPHRASE))
    const fresh = decodeKeyFile(files.readSidecar(home, 'keys') as Uint8Array)
    unlocked.lock()
    if (!old || !fresh) throw new Error('no key file')
    // What lay on the disk in between: both sets of wraps, and a database under one of the two keys.
    const [current, next] = when === 'after' ? [old.current, fresh.current] : [fresh.current, old.current]
    files.writeSidecar(home, 'keys', encodeKeyFile({ ...fresh, current, next }))
    unlocked = value(unlockWithKit(tools, home, words))
    expect(decodeKeyFile(files.readSidecar(home, 'keys') as Uint8Array)).toEqual(fresh)
    relock(() => byPassphrase())
  })

  it('opens by the keychain when it was allowed to, and not after that was taken back', () => {
    unlocked.lock()
    expect(refusal(unlockWithKeychain(tools, home))).toBe('keychain-not-set')
    unlocked = byPassphrase()
    value(unlocked.enableKeychain())
    relock(() => value(unlockWithKeychain(tools, home)))
    unlocked.lock()
    expect(refusal(unlockWithKeychain({ ...tools, keychain: noKeychain }, home))).toBe('keychain-unavailable')
    const another = electronKeychain(fakeSafeStorage(), 'linux')
    expect(refusal(unlockWithKeychain({ ...tools, keychain: another }, home))).toBe('keychain-refused')
    unlocked = byPassphrase()
    unlocked.disableKeychain()
    expect(unlocked.hasKeychain()).toBe(false)
    expect(waysOf(tools, home)).toEqual(['passphrase'])
  })

  it('keeps its incarnation while it stays where it is', () => {
    const before = unlocked.incarnation()
    expect(before).toHaveLength(16)
    relock(() => byPassphrase())
    relock(() => byPassphrase())
    expect(unlocked.incarnation()).toEqual(before)
  })

  it('starts a new incarnation when its anchor is gone or counts differently', () => {
    const seen = new Set([toHex(unlocked.incarnation())])
    unlocked.lock()
    const anchor = files.readSidecar(home, 'anchor') as Uint8Array
    byPassphrase().lock()
    files.writeSidecar(home, 'anchor', anchor)
    unlocked = byPassphrase()
    seen.add(toHex(unlocked.incarnation()))
    unlocked.lock()
    files.writeSidecar(home, 'anchor', new Uint8Array(0))
    unlocked = byPassphrase()
    seen.add(toHex(unlocked.incarnation()))
    expect(seen.size).toBe(3)
    expect(codes().filter((code) => code === 'incarnation-started')).toHaveLength(2)
  })

  it('moves the anchor along while it works', () => {
    const anchors = new Set<string>()
    for (let index = 0; index < 600; index++) {
      unlocked.vault.transaction(() => unlocked.vault.records.put('note', 'n', index))
      anchors.add(toHex(files.readSidecar(home, 'anchor') as Uint8Array))
    }
    expect(anchors.size).toBeGreaterThanOrEqual(3)
    const before = unlocked.incarnation()
    relock(() => byPassphrase())
    expect(unlocked.incarnation()).toEqual(before)
  })

  it('comes back from a backup as a new incarnation, by passphrase or by words', async () => {
    const words = kitOf(unlocked)
    const path = join(root, 'my.mithaq-backup')
    expect(value(await unlocked.backup(path)).size).toBeGreaterThan(0)
    unlocked.vault.records.put('note', 'a', 'changed later')
    expect(value(inspectBackup(tools, path)).madeAt).toBeGreaterThan(1_790_000_000_000)
    for (const [index, secret] of [{ passphrase: PASSPHRASE }, { words }].entries()) {
      const place = join(root, `restored-${index}`)
      const restored = value(restoreBackup(tools, path, place, secret))
      expect(restored.vault.records.get('note', 'a')).toBe('kept')
      expect(restored.incarnation()).not.toEqual(unlocked.incarnation())
      expect(verifyChain(crypto, restored.vault.audit.range(1, 1_000)).ok).toBe(true)
      restored.lock()
    }
    expect(toHex(value(unlockWithPassphrase(tools, join(root, 'restored-0'), PASSPHRASE)).incarnation())).toHaveLength(
      32,
    )
  })

  it('restores nothing for the wrong secret, over a vault, or from nothing', async () => {
    const path = join(root, 'my.mithaq-backup')
    value(await unlocked.backup(path))
    const empty = join(root, 'empty')
    const attempt = (from: string, place: string, passphrase = PASSPHRASE) =>
      refusal(restoreBackup(tools, from, place, { passphrase }))
    expect(attempt(path, empty, 'not the passphrase')).toBe('passphrase-wrong')
    expect(files.exists(empty)).toBe(false)
    expect(files.readSidecar(empty, 'keys')).toBeUndefined()
    expect(attempt(path, home)).toBe('vault-exists')
    expect(attempt(join(root, 'none'), empty)).toBe('backup-missing')
  })

  it('answers nothing once locked', () => {
    unlocked.lock()
    unlocked.lock()
    expect(unlocked.locked).toBe(true)
    expect(() => unlocked.vault.records.get('note', 'a')).toThrow()
  })
})
