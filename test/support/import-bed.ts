import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect } from 'vitest'
import { WorkerTables } from '#adapters/files/tables.ts'
import { sqliteVaultFiles } from '#adapters/sqlite/files.ts'
import { listDatasets } from '#engine/datasets/dataset.ts'
import type { DatasetDeps, Watch } from '#engine/datasets/deps.ts'
import { importTable } from '#engine/datasets/import.ts'
import { type ImportPlan } from '#engine/datasets/plan.ts'
import { probeImport } from '#engine/datasets/probe.ts'
import type { TableChoice, TableFile, Vault } from '#engine/ports.ts'
import type { AuditEvent } from '#shared/audit/chain.ts'
import type { SymmetricKey } from '#shared/kernel/crypto.ts'
import type { DatasetId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'

export const utf8 = (text: string) => new TextEncoder().encode(text)
export const csv = (text: string, name = 'ledger.csv'): TableFile => ({ name, bytes: utf8(text) })

const KEY = new Uint8Array(32).fill(7) as SymmetricKey

/** A ledger of forty good lines. */
export const GOOD = Array.from(
  { length: 40 },
  (_, at) =>
    `${(at % 28) + 1}/0${(at % 9) + 1}/2026,SKU-${at % 5},عميل ${at % 7},${at + 1},"1,${String(at).padStart(3, '0')}.50",paid`,
)
export const HEADER = 'Date,SKU,Customer,Quantity,Amount,Status'
/** The same with every kind of defect; the comments tell the line. */
export const DEFECTIVE = [
  HEADER,
  ...GOOD,
  '31/02/2026,A,x,1,1.00,paid', // 42 no such day
  '01/01/1600,A,x,1,1.00,paid', // 43 Hijri outside the table
  '١٥/٠٣/٢٠٢٦,A,x,٧,"١٬٢٣٤٫٥٠",paid', // 44 fine
  '1/3/2026,A,x,1.5,1.00,paid', // 45 not an integer
  '1/3/2026,A,x,many,1.00,paid', // 46 not a number
  '1/3/2026,A,x,1,1.005,paid', // 47 finer than a halala
  '1/3/2026,A,x,1,99999999999999999999,paid', // 48 too large
  '1/3/2026,A,x,#REF!,1.00,paid', // 49 failed formula
  '1/3/2026,A,x,N/A,-,غير متوفر', // 50 missing, fine
  '1/3/2026,A,x,1', // 51 too few columns
  '1/3/2026,A,"x,1,1.00,paid', // 52 unclosed quote
  '1/3/2026,A,"two\nlines",1,1.00,paid', // 53, 54 fine
  '1/3/2026,A,x,1,(12.25),Cancelled', // 55 fine, cancelled
  '1/3/2026,\ufffd,x,1,1.00,paid', // 56 undecodable
].join('\n')

/** Reports go to `onReport`, which may abort what is watched. */
export const watching = (
  onReport: (progress: number, rows: number, watch: { aborted: boolean }) => void = () => {},
): Watch => {
  const signal = { aborted: false }
  return { signal, report: (progress, rows = 0) => onReport(progress, rows, signal) }
}

/** The person says that quantities are whole, so that a half one is a defect. */
export const whole = (plan: ImportPlan): ImportPlan => ({
  ...plan,
  columns: plan.columns.map((column) => (column.meaning === 'quantity' ? { ...column, type: 'integer' } : column)),
})

/** A vault on disk of its own for every test, with the real reader of tables; it hooks itself into the file that calls it. */
export function importBed() {
  const files = sqliteVaultFiles()
  let root: string
  const bed = {
    vault: undefined as unknown as Vault,
    deps: undefined as unknown as DatasetDeps,
    audit: [] as Omit<AuditEvent, 'actor'>[],
    /** The plan that takes every proposal of the probe as it is. */
    async planFor(file: TableFile, change: Partial<ImportPlan> = {}, choice: TableChoice = {}): Promise<ImportPlan> {
      const probe = await probeImport(bed.deps.tables, file, choice)
      if (!probe.ok) throw new Error(probe.refusal.code)
      return {
        choice,
        name: 'Ledger',
        system: 'ERP',
        columns: probe.value.columns,
        cancellations: 'keep',
        maxDefects: 100,
        ...change,
      }
    },
    async imported(file: TableFile, change: Partial<ImportPlan> = {}) {
      const result = await importTable(bed.deps, file, whole(await bed.planFor(file, change)), watching())
      if (!result.ok) throw new Error(result.refusal.code)
      return result.value
    },
    /** Nothing half-imported: no record, no report, no audit entry, no table left in staging. */
    expectUntouched(): void {
      expect(listDatasets(bed.vault)).toEqual([])
      expect(bed.vault.records.list('dataset-defects')).toEqual([])
      expect(bed.audit).toEqual([])
      expect(bed.vault.datasets.sweepStaging()).toBe(0)
    },
  }
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'mithaq-import-'))
    const created = files.create(join(root, 'profile'), KEY)
    if (!created.ok) throw new Error(created.refusal)
    bed.vault = created.value
    bed.audit = []
    let ids = 0
    bed.deps = {
      vault: bed.vault,
      tables: new WorkerTables(),
      clock: { now: () => 1_790_000_000_000 as Instant },
      scheduler: {
        after: () => ({ cancel: () => {} }),
        breathe: () => new Promise((resolve) => setImmediate(resolve)),
      },
      newId: () => (++ids).toString(16).padStart(32, '0') as DatasetId,
      audit: (event) => bed.audit.push(event),
    }
  })
  afterEach(() => {
    bed.vault.close()
    rmSync(root, { recursive: true, force: true })
  })
  return bed
}
