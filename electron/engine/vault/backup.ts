import { decode, encode } from '#shared/kernel/canonical.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { decodeKeyFile, encodeKeyFile, type KeyFile } from './keys.ts'

/** What stands at the front of a `.mithaq-backup`: the wraps of the data key, and when it was made. */
export interface BackupHead {
  readonly keys: KeyFile
  readonly madeAt: Instant
}

/** The keychain's wrap stays behind: it opens nothing on another machine. */
export function backupHead(keys: KeyFile, madeAt: Instant): Uint8Array {
  const alone: KeyFile = { ...keys, current: { ...keys.current, keychain: null }, next: null }
  return encode({ format: 'mithaq.backup.v1', madeAt, keys: encodeKeyFile(alone) })
}

export function readBackupHead(bytes: Uint8Array): BackupHead | undefined {
  const decoded = decode(bytes)
  if (!decoded.ok || typeof decoded.value !== 'object' || decoded.value === null) return undefined
  const { format, madeAt, keys } = decoded.value as Readonly<Record<string, unknown>>
  if (format !== 'mithaq.backup.v1' || typeof madeAt !== 'number' || !(keys instanceof Uint8Array)) return undefined
  const parsed = decodeKeyFile(keys)
  return parsed && { keys: parsed, madeAt: madeAt as Instant }
}
