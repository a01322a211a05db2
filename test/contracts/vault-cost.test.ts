import { expect, it } from 'vitest'
import { noKeychain } from '#adapters/keychain/none.ts'
import { memoryVaultFiles } from '#adapters/memory/files.ts'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { createVault } from '#engine/vault/create.ts'
import { decodeKeyFile, STRETCH_COST } from '#engine/vault/keys.ts'
import type { VaultTools } from '#engine/vault/tools.ts'
import { unlockWithPassphrase } from '#engine/vault/unlock.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { value } from './vault-family.ts'

const PASSPHRASE = 'correct horse battery'
const OTHER = 'another horse, another battery'
const MEGABYTE = 1024 * 1024

it('stretches passphrases over 64 MiB at least by default', () => {
  expect(STRETCH_COST.memory).toBeGreaterThanOrEqual(64 * MEGABYTE)
})

it('never stretches a passphrase more cheaply than before, nor below the floor', async () => {
  const crypto = await createCrypto({ allowCheapStretch: true })
  const clock = { now: () => 0 as Instant }
  const files = memoryVaultFiles()
  const sober: VaultTools = { crypto, clock, files, keychain: noKeychain, cost: { passes: 1, memory: 64 * MEGABYTE } }
  const weak = { ...sober, cost: { passes: 1, memory: 8_192 } }
  expect(() => createVault(weak, 'none', PASSPHRASE)).toThrow(RangeError)
  expect(files.exists('none')).toBe(false)

  value(createVault({ ...weak, weakStretch: true }, 'weak', PASSPHRASE)).lock()
  const refused = unlockWithPassphrase(sober, 'weak', PASSPHRASE)
  expect(refused, 'a stored cost below the floor').toEqual({ ok: false, refusal: 'vault-keys-damaged' })

  value(createVault({ ...sober, cost: { passes: 2, memory: 64 * MEGABYTE } }, 'strong', PASSPHRASE)).lock()
  const again = value(unlockWithPassphrase(sober, 'strong', PASSPHRASE))
  value(again.changePassphrase(OTHER, PASSPHRASE))
  again.lock()
  const keys = decodeKeyFile(files.readSidecar('strong', 'keys') as Uint8Array)
  expect(keys?.current.passphrase).toMatchObject({ passes: 2, memory: 64 * MEGABYTE })
})
