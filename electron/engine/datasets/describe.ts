import type { Column } from '#shared/artifacts/table.ts'
import { isMoney } from '#shared/intake/meaning.ts'
import { ok, type Result } from '#shared/kernel/result.ts'
import { DATASET, type DatasetRecord, findDataset } from './dataset.ts'
import type { DatasetDeps } from './deps.ts'
import { type ImportRefusal, refuseImport } from './plan.ts'

export type ColumnDescription = Pick<Column, 'name' | 'dataClass' | 'meaning'>

/**
 * Renames a dataset and sets class and meaning of its columns. A lowered data class widens what a policy may let out, so every
 * change of class is in the audit chain. Meanings in money stay as they were imported: their cells are in minor units.
 */
export function describeDataset(
  deps: DatasetDeps,
  id: string,
  name: string,
  changes: readonly ColumnDescription[],
): Result<DatasetRecord, ImportRefusal> {
  const found = findDataset(deps.vault, id)
  if (!found.ok) return refuseImport(found.refusal)
  const record = found.value
  if (record.colleague) return refuseImport('from-colleague')
  if (changes.some((change) => !record.columns.some((column) => column.name === change.name)))
    return refuseImport('no-such-column')
  const columns = record.columns.map((column): Column => {
    const change = changes.find((candidate) => candidate.name === column.name)
    if (change === undefined) return column
    const money = isMoney(column.meaning) || isMoney(change.meaning)
    return { ...column, dataClass: change.dataClass, meaning: money ? column.meaning : change.meaning }
  })
  const next = { ...record, name, columns }
  deps.vault.transaction(() => {
    deps.vault.records.put(DATASET, record.id, next)
    columns.forEach((column, at) => {
      const before = record.columns[at]
      if (before === undefined || before.dataClass === column.dataClass) return
      deps.audit({
        kind: 'policy',
        code: 'data-class-changed',
        subject: { id: record.id, name },
        detail: { column: column.name, from: before.dataClass, to: column.dataClass },
      })
    })
  })
  return ok(next)
}
