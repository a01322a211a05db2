import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqliteVaultFiles } from '#adapters/sqlite/files.ts'
import { vaultContract } from './vault.contract.ts'

vaultContract('sqlite', () => {
  const root = mkdtempSync(join(tmpdir(), 'mithaq-vault-'))
  let count = 0
  return {
    files: sqliteVaultFiles(),
    fresh: () => join(root, `profile-${count++}`),
    dispose: () => rmSync(root, { recursive: true, force: true }),
  }
})
