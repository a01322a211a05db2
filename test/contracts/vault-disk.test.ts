import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { noKeychain } from '#adapters/keychain/none.ts'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { sqliteVaultFiles } from '#adapters/sqlite/files.ts'
import { VaultFault } from '#engine/ports.ts'
import { createVault } from '#engine/vault/create.ts'
import type { VaultTools } from '#engine/vault/tools.ts'
import { unlockWithPassphrase } from '#engine/vault/unlock.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { value } from './vault-family.ts'

const PASSPHRASE = 'correct horse battery'

let crypto: Crypto
beforeAll(async () => {
  crypto = await createCrypto({ allowCheapStretch: true })
})

describe('a vault on a disk', () => {
  let root: string
  let tools: VaultTools
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'mithaq-disk-'))
    const clock = { now: () => 1_790_000_000_000 as Instant }
    tools = { crypto, clock, files: sqliteVaultFiles(), keychain: noKeychain, cost: { passes: 1, memory: 8_192 }, weakStretch: true } // prettier-ignore
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  it('copied whole, starts a new incarnation in the copy and keeps the old one where it was', () => {
    const home = join(root, 'home')
    const first = value(createVault(tools, home, PASSPHRASE))
    const incarnation = first.incarnation()
    first.lock()
    cpSync(home, join(root, 'clone'), { recursive: true, preserveTimestamps: true })
    const clone = value(unlockWithPassphrase(tools, join(root, 'clone'), PASSPHRASE))
    const original = value(unlockWithPassphrase(tools, home, PASSPHRASE))
    expect(clone.incarnation()).not.toEqual(incarnation)
    expect(original.incarnation()).toEqual(incarnation)
    clone.lock()
    original.lock()
  })

  it('put back from a copy of its database, starts a new incarnation', () => {
    const home = join(root, 'home')
    const first = value(createVault(tools, home, PASSPHRASE))
    const incarnation = first.incarnation()
    first.lock()
    cpSync(join(home, 'vault.db'), join(root, 'vault.db'))
    value(unlockWithPassphrase(tools, home, PASSPHRASE)).lock()
    cpSync(join(root, 'vault.db'), join(home, 'vault.db'))
    const again = value(unlockWithPassphrase(tools, home, PASSPHRASE))
    expect(again.incarnation()).not.toEqual(incarnation)
    again.lock()
  })

  it('shows neither a value nor a key in any byte on the disk', async () => {
    const home = join(root, 'home')
    const first = value(createVault(tools, home, PASSPHRASE))
    first.vault.records.put('note', 'canary', 'the-canary-of-the-vault')
    const kit = first.issueRecoveryKit()
    kit.confirm()
    value(await first.backup(join(home, 'out.mithaq-backup')))
    const names = readdirSync(home)
    expect(names).toContain('vault.db-wal')
    for (const name of names) {
      const bytes = readFileSync(join(home, name))
      for (const secret of ['the-canary-of-the-vault', 'vault-created', PASSPHRASE, 'CREATE TABLE'])
        expect(bytes.includes(secret), `${secret} in ${name}`).toBe(false)
    }
    first.lock()
  })

  it('keeps a committed transaction, and locks, when the disk has no room for the anchor', () => {
    const home = join(root, 'home')
    let full = false
    const files = {
      ...tools.files,
      writeSidecar: (directory: string, name: string, bytes: Uint8Array) => {
        if (full) throw new VaultFault('disk-full')
        tools.files.writeSidecar(directory, name, bytes)
      },
    }
    const vault = value(createVault({ ...tools, files }, home, PASSPHRASE))
    const incarnation = vault.incarnation()
    full = true
    for (let index = 0; index < 300; index++) vault.vault.transaction(() => vault.vault.records.put('note', 'n', index))
    vault.lock()
    expect(unlockWithPassphrase({ ...tools, files }, home, PASSPHRASE)).toEqual({
      ok: false,
      refusal: 'vault-disk-full',
    })
    const again = value(unlockWithPassphrase(tools, home, PASSPHRASE))
    expect(again.vault.records.get('note', 'n')).toBe(299)
    expect(again.incarnation()).not.toEqual(incarnation)
    again.lock()
  })

  it('leaves a creation that was killed half way to be repeated', () => {
    const home = join(root, 'home')
    tools.files.writeSidecar(home, 'keys', new Uint8Array([1]))
    const vault = value(createVault(tools, home, PASSPHRASE))
    vault.lock()
    value(unlockWithPassphrase(tools, home, PASSPHRASE)).lock()
  })
})
