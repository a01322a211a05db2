import type { Scheduler, Tables, Vault } from '#engine/ports.ts'
import type { AuditEvent } from '#shared/audit/chain.ts'
import type { DatasetId } from '#shared/kernel/ids.ts'
import type { Clock } from '#shared/kernel/time.ts'

/** What the import is handed. `audit` writes to the chain and is called inside the transaction of what it reports. */
export interface DatasetDeps {
  readonly vault: Vault
  readonly tables: Tables
  readonly clock: Clock
  readonly scheduler: Scheduler
  readonly newId: () => DatasetId
  readonly audit: (event: Omit<AuditEvent, 'actor'>) => void
}

/** How a long piece of work is watched and stopped: what `Jobs` hands to its work. */
export interface Watch {
  readonly signal: { readonly aborted: boolean }
  report(progress: number, rows?: number): void
}
