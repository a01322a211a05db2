import type { StoredRun, VaultFiles } from '#engine/ports.ts'
import type { Cell, Column } from '#shared/artifacts/table.ts'
import { GENESIS, type AuditEntry, type AuditEvent } from '#shared/audit/chain.ts'
import type { Hash, SymmetricKey } from '#shared/kernel/crypto.ts'
import type { DatasetId } from '#shared/kernel/ids.ts'
import type { Result } from '#shared/kernel/result.ts'
import type { Instant } from '#shared/kernel/time.ts'

/** What a family of vaults needs to be put through the suite. */
export interface VaultFamily {
  readonly files: VaultFiles
  /** A directory that does not exist yet, and a path in it for a file. */
  readonly fresh: () => string
  readonly dispose: () => void
}

export const key = (byte: number): SymmetricKey => new Uint8Array(32).fill(byte) as SymmetricKey
export const dataset = (digit: string): DatasetId => digit.repeat(32) as DatasetId
export const COLUMNS: readonly Column[] = [
  { name: 'sku', type: 'text', meaning: 'sku', dataClass: 'shared-confidential' },
  { name: 'quantity', type: 'integer', meaning: 'quantity', dataClass: 'private' },
  { name: 'price', type: 'decimal', meaning: 'price', dataClass: 'private' },
  { name: 'day', type: 'date', meaning: 'date', dataClass: 'public' },
  { name: 'note', type: 'text', meaning: 'note', dataClass: 'private' },
]
export const ROWS: readonly (readonly Cell[])[] = [
  ['b-2', 5, 1.5, '2026-01-02', 'Übergabe 100%'],
  ['a-1', -3, 2, '2026-01-01', null],
  ['c_3', 9_007_199_254_740_991, 0.1, '2026-03-01', 'تسليم متأخر'],
  ['a-1', null, null, null, 'late'],
]

export function value<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(`refused: ${String(result.refusal)}`)
  return result.value
}

export const run = (channel: string, feed: string, firstSeq: number, lastSeq: number): StoredRun => ({
  channel,
  feed,
  firstSeq,
  lastSeq,
  bytes: new Uint8Array([firstSeq, lastSeq]),
})

export function auditEntry(seq: number, event: Partial<AuditEvent>, at = seq * 1_000): AuditEntry {
  const hash = (of: number): Hash => (of === 0 ? GENESIS.hash : (new Uint8Array(32).fill(of) as Hash))
  const whole: AuditEvent = {
    kind: 'vault',
    code: 'opened',
    actor: '',
    subject: { id: '', name: '' },
    detail: {},
    ...event,
  }
  return { seq, at: at as Instant, event: whole, previous: hash(seq - 1), hash: hash(seq) }
}
