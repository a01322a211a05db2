import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { forgetAnchor } from './anchor.ts'
import { readBackupHead, type BackupHead } from './backup.ts'
import { encodeKeyFile } from './keys.ts'
import type { RestoreRefusal } from './refusal.ts'
import type { VaultTools } from './tools.ts'
import { byKit, byPassphrase, unlockWithKit, unlockWithPassphrase } from './unlock.ts'
import { KEYS, type UnlockedVault } from './unlocked.ts'

/** What the person has: the passphrase that was valid when the backup was made, or the words of the kit of that time. */
export type RestoreSecret = { readonly passphrase: string } | { readonly words: string }

/** Looks at a backup without a key: whole or damaged, and when it was made. */
export function inspectBackup(tools: VaultTools, path: string): Result<BackupHead, RestoreRefusal> {
  const raw = tools.files.packedHead(path)
  if (!raw.ok) return refuse(`backup-${raw.refusal}` as const)
  const head = readBackupHead(raw.value)
  return head ? ok(head) : refuse('backup-damaged')
}

/**
 * Makes a vault of a backup, in a directory that holds none, and opens it. It starts a new incarnation: its feeds never
 * repeat a number that the lost machine gave out. A wrong passphrase or kit is refused before anything is written.
 */
export function restoreBackup(
  tools: VaultTools,
  path: string,
  directory: string,
  secret: RestoreSecret,
): Result<UnlockedVault, RestoreRefusal> {
  const { files } = tools
  if (files.exists(directory)) return refuse('vault-exists')
  const head = inspectBackup(tools, path)
  if (!head.ok) return head
  const { keys } = head.value
  const keyOf = 'words' in secret ? byKit(tools, secret.words) : byPassphrase(tools, secret.passphrase)
  const key = keyOf(keys.current, keys.vault)
  if (!key.ok) return key
  files.writeSidecar(directory, KEYS, encodeKeyFile(keys))
  // An anchor left by a vault that lived here before could agree with the backup by chance.
  forgetAnchor(files, directory)
  const unpacked = files.unpack(path, directory)
  if (!unpacked.ok)
    return refuse(unpacked.refusal === 'disk-full' ? 'vault-disk-full' : (`backup-${unpacked.refusal}` as const))
  return 'words' in secret
    ? unlockWithKit(tools, directory, secret.words)
    : unlockWithPassphrase(tools, directory, secret.passphrase)
}
