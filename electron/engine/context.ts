import { appendAudit } from '#shared/audit/append.ts'
import type { AuditEvent } from '#shared/audit/chain.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import type { Crypto } from '#shared/kernel/crypto.ts'
import type { Clock } from '#shared/kernel/time.ts'
import type { Paper } from './agreements/ports.ts'
import type { Changes } from './changes.ts'
import type { Documents } from './documents.ts'
import type { Calendars, Endpoints, Scheduler, StandardFiles, Tables, Vault, WordFiles } from './ports.ts'
import type { Advisor } from './scoring/ports.ts'
import type { UnlockedVault } from './vault/unlocked.ts'

/** What the engine's areas work with while a vault is open. */
export interface Context {
  readonly crypto: Crypto
  readonly clock: Clock
  readonly scheduler: Scheduler
  readonly tables: Tables
  readonly calendars: Calendars
  readonly standardFiles: StandardFiles
  readonly wordFiles: WordFiles
  readonly changes: Changes
  /** Printing, certificates and signed files. */
  readonly paper: Paper
  readonly endpoints: Endpoints
  readonly advisor: Advisor
  newDocuments(): Documents
  log(problem: unknown): void
  readonly unlocked: UnlockedVault
  readonly vault: Vault
}

/** An id of 16 random bytes. */
export const newId = <T extends string>(crypto: Crypto): T => toHex(crypto.random(16)) as T

/** Writes an audit row; call it inside the transaction of what it reports. */
export function record({ crypto, clock, vault }: Pick<Context, 'crypto' | 'clock' | 'vault'>, event: AuditEvent): void {
  vault.audit.append(appendAudit(crypto, vault.audit.head(), clock.now(), event))
}
