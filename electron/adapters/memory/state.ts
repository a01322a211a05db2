import type { Row, StoredRun } from '#engine/ports.ts'
import type { Column } from '#shared/artifacts/table.ts'
import type { AuditEntry } from '#shared/audit/chain.ts'

export interface MemoryDataset {
  readonly columns: readonly Column[]
  readonly rows: Row[]
  published: boolean
}

/** All that a vault holds. Records are kept as bytes, so that what comes out is never what went in. */
export interface MemoryState {
  readonly records: Map<string, Map<string, Uint8Array>>
  readonly datasets: Map<string, MemoryDataset>
  readonly runs: StoredRun[]
  readonly audit: AuditEntry[]
}

export const emptyState = (): MemoryState => ({ records: new Map(), datasets: new Map(), runs: [], audit: [] })

/** Remembers how to take back each change of the transaction under way. */
export class Journal {
  private undo: (() => void)[] = []
  private depth = 0
  private doomed = false
  private closed = false

  /** Registers how to take back the change that the caller has just made. */
  changed(takeBack: () => void): void {
    if (this.depth > 0) this.undo.push(takeBack)
  }

  assertOpen(): void {
    if (this.closed) throw new Error('the vault is closed')
  }

  close(): void {
    this.closed = true
  }

  transaction<T>(work: () => T): T {
    this.assertOpen()
    if (this.depth === 0) this.doomed = false
    this.depth += 1
    try {
      const value = work()
      if (value instanceof Promise) throw new Error('a vault transaction cannot await')
      if (this.depth === 1 && this.doomed) throw new Error('a nested transaction failed')
      return value
    } catch (error) {
      this.doomed = true
      if (this.depth === 1) for (const takeBack of this.undo.reverse()) takeBack()
      throw error
    } finally {
      this.depth -= 1
      if (this.depth === 0) this.undo = []
    }
  }
}
