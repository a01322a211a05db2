import type { Keychain } from '#engine/ports.ts'
import { refuse } from '#shared/kernel/result.ts'

/** For a shell without an operating-system key store: the passphrase and the recovery kit remain. */
export const noKeychain: Keychain = {
  available: () => false,
  protect: () => refuse('unavailable'),
  reveal: () => refuse('unavailable'),
}
