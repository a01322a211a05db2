import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { noKeychain } from '#adapters/keychain/none.ts'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { sqliteVaultFiles } from '#adapters/sqlite/files.ts'
import { companyFromWords, companyWords, openCompanyKit, sealCompanyKit } from '#engine/vault/company-kit.ts'
import { createVault } from '#engine/vault/create.ts'
import { inspectBackup, restoreBackup } from '#engine/vault/restore.ts'
import type { VaultTools } from '#engine/vault/tools.ts'
import { unlockWithKit, unlockWithPassphrase } from '#engine/vault/unlock.ts'
import { verifyChain } from '#shared/audit/verify.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import type { PublicKey } from '#shared/kernel/crypto.ts'
import type { DatasetId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { value } from './vault-family.ts'

/** The drill of `docs/lost-laptop.md`, step by step, with what a person would have in the drawer and nothing else. */
describe('the lost-laptop drill', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'mithaq-drill-'))
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  it('goes from backup, recovery kit and company kit to a working vault on an empty machine', async () => {
    const crypto = await createCrypto()
    const tools: VaultTools = {
      crypto,
      clock: { now: () => 1_790_000_000_000 as Instant },
      files: sqliteVaultFiles(),
      keychain: noKeychain,
    }
    const dataset = '5'.repeat(32) as DatasetId
    const drawer = join(root, 'drawer')
    mkdirSync(drawer)

    // Before: a year of work on the laptop, a backup on a stick, two sheets of paper, a file in the company's safe.
    const laptop = value(createVault(tools, join(root, 'laptop'), 'the old passphrase'))
    const companyRoot = crypto.signingPair()
    laptop.vault.transaction(() => {
      laptop.vault.records.put('company', 'own', { name: 'Noor Foods', publicKey: companyRoot.publicKey })
      laptop.vault.datasets.stage(dataset, [{ name: 'sku', type: 'text', meaning: 'sku', dataClass: 'private' }])
      laptop.vault.datasets.append(dataset, [['A-1'], ['A-2'], ['تمر']])
      laptop.vault.datasets.publish(dataset)
      laptop.vault.log.append({ channel: 'c', feed: 'f', firstSeq: 0, lastSeq: 41, bytes: new Uint8Array(900) })
    })
    const kit = laptop.issueRecoveryKit()
    kit.confirm()
    const paper = kit.words.map((word, index) => `${index + 1}. ${word}`).join('\n')
    const safe = companyWords(companyRoot.secretKey).join(' ')
    const safeFile = value(sealCompanyKit(tools, companyRoot, 'Noor Foods', 'kept in the safe only'))
    value(await laptop.backup(join(drawer, 'noor.mithaq-backup')))
    const lostIncarnation = toHex(laptop.incarnation())
    // What happens after the backup is lost with the laptop; its numbers must never come again.
    laptop.vault.log.append({ channel: 'c', feed: 'f', firstSeq: 42, lastSeq: 60, bytes: new Uint8Array(9) })
    laptop.lock()
    rmSync(join(root, 'laptop'), { recursive: true })

    // Step 1 and 2: an empty machine, the backup from the drawer, the words from the paper.
    const path = join(drawer, 'noor.mithaq-backup')
    expect(value(inspectBackup(tools, path)).madeAt).toBe(1_790_000_000_000)
    const home = join(root, 'new-machine')
    const restored = value(restoreBackup(tools, path, home, { words: paper }))
    expect(restored.vault.records.get<{ name: string }>('company', 'own')?.name).toBe('Noor Foods')
    expect([...restored.vault.datasets.scan(dataset, ['sku'])]).toEqual([['A-1'], ['A-2'], ['تمر']])
    expect(restored.vault.log.frontier('c')).toEqual(new Map([['f', 41]]))
    expect(verifyChain(crypto, restored.vault.audit.range(1, 1_000)).ok).toBe(true)
    expect(toHex(restored.incarnation())).not.toBe(lostIncarnation)

    // Step 3: a new passphrase, and a data key that the thief's copy does not have.
    value(restored.changePassphrase('a passphrase of my own'))
    value(restored.rekey('a passphrase of my own'))

    // Step 4: the company speaks again, from paper or from the file, and certifies the new device.
    const known = restored.vault.records.get<{ publicKey: Uint8Array }>('company', 'own')?.publicKey as PublicKey
    const recovered = value(companyFromWords(crypto, safe, known))
    expect(value(openCompanyKit(tools, safeFile, 'kept in the safe only', known))).toEqual(recovered)
    const device = crypto.signingPair()
    const signature = crypto.sign('mithaq.drill', recovered.secretKey, device.publicKey)
    expect(crypto.verify('mithaq.drill', known, device.publicKey, signature)).toBe(true)

    // Step 5: a new kit and a new backup; the old paper opens nothing any more.
    const second = restored.issueRecoveryKit()
    second.confirm()
    value(await restored.backup(join(drawer, 'noor-2.mithaq-backup')))
    restored.vault.records.put('note', 'works', 'again')
    restored.lock()
    expect(unlockWithKit(tools, home, paper)).toEqual({ ok: false, refusal: 'recovery-kit-other' })
    expect(unlockWithPassphrase(tools, home, 'the old passphrase')).toEqual({ ok: false, refusal: 'passphrase-wrong' })
    const working = value(unlockWithPassphrase(tools, home, 'a passphrase of my own'))
    expect(working.vault.records.get('note', 'works')).toBe('again')
    expect(working.vault.audit.search({ text: 'incarnation-started', offset: 0, limit: 9 }).total).toBe(1)
    working.lock()
    const third = value(restoreBackup(tools, join(drawer, 'noor-2.mithaq-backup'), join(root, 'third'), { words: second.words.join(' ') })) // prettier-ignore
    third.lock()
  }, 60_000)
})
