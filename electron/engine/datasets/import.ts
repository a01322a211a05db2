import type { TableFile, Vault } from '#engine/ports.ts'
import type { Defect } from '#shared/intake/defect.ts'
import type { DatasetId } from '#shared/kernel/ids.ts'
import { ok, type Result } from '#shared/kernel/result.ts'
import { DATASET, type DatasetRecord } from './dataset.ts'
import type { DatasetDeps, Watch } from './deps.ts'
import { type ImportPlan, type ImportRefusal, MONEY_DECIMALS } from './plan.ts'
import { type StagedTable, stageTable } from './stage.ts'

const DEFECTS = 'dataset-defects'

/** Imports a file as a new dataset: rows, record, defect report and audit entry become visible in one transaction, or none does. */
export async function importTable(
  deps: DatasetDeps,
  file: TableFile,
  plan: ImportPlan,
  watch: Watch,
  kind: 'read' | 'synthetic' = 'read',
): Promise<Result<DatasetRecord, ImportRefusal>> {
  const staged = await stageTable(deps, file, plan, watch)
  if (!staged.ok) return staged
  const read = recordOf(deps, deps.newId(), 1, file, plan, staged.value)
  const record: DatasetRecord = kind === 'synthetic' ? { ...read, synthetic: true } : read
  try {
    keepRecord(deps, record, staged.value, undefined)
  } catch (problem) {
    deps.vault.datasets.drop(record.table)
    throw problem
  }
  watch.report(1, record.rows)
  return ok(record)
}

export function recordOf(
  { clock }: DatasetDeps,
  id: DatasetId,
  version: number,
  file: TableFile,
  plan: ImportPlan,
  staged: StagedTable,
): DatasetRecord {
  return {
    id, version, name: plan.name, table: staged.table, columns: staged.columns, rows: staged.rows,
    moneyDecimals: MONEY_DECIMALS, cancellation: plan.cancellations, excluded: staged.excluded,
    source: { file: file.name, sha256: staged.sha256, system: plan.system, importedAt: clock.now() },
    defectiveRows: staged.defectiveRows, defects: staged.counts,
  } // prettier-ignore
}

/** The one transaction of an import or re-import. A crash before its commit leaves the old state, and staging is swept at the next opening. */
export function keepRecord(
  deps: DatasetDeps,
  record: DatasetRecord,
  staged: StagedTable,
  previous: DatasetRecord | undefined,
): void {
  const { vault } = deps
  vault.transaction(() => {
    vault.datasets.publish(record.table, previous?.table)
    vault.records.put(DATASET, record.id, record)
    vault.records.put<readonly Defect[]>(DEFECTS, record.id, staged.defects)
    deps.audit({
      kind: 'import',
      code: previous === undefined ? 'dataset-imported' : 'dataset-reimported',
      subject: { id: record.id, name: record.name },
      detail: {
        version: record.version, rows: record.rows, defectiveRows: record.defectiveRows, excluded: record.excluded,
        file: record.source.file, sha256: record.source.sha256,
      }, // prettier-ignore
    })
  })
}

/** The defects of a dataset's last import, by line; at most the first ten thousand. */
export const defectsOf = (vault: Vault, id: string): readonly Defect[] =>
  vault.records.get<readonly Defect[]>(DEFECTS, id) ?? []

/** Takes a dataset out of the vault, rows and report included. */
export function removeDataset(deps: DatasetDeps, record: DatasetRecord): void {
  const { vault } = deps
  vault.transaction(() => {
    vault.datasets.drop(record.table)
    vault.records.remove(DATASET, record.id)
    vault.records.remove(DEFECTS, record.id)
    deps.audit({
      kind: 'import',
      code: 'dataset-removed',
      subject: { id: record.id, name: record.name },
      detail: { rows: record.rows },
    })
  })
}
