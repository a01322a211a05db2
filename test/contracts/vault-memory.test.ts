import { memoryVaultFiles } from '#adapters/memory/files.ts'
import { vaultContract } from './vault.contract.ts'

vaultContract('memory', () => {
  let count = 0
  return { files: memoryVaultFiles(), fresh: () => `profile-${count++}`, dispose: () => undefined }
})
