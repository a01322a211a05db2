import type { Vault } from '#engine/ports.ts'
import type { Column } from '#shared/artifacts/table.ts'
import type { CancellationRule } from '#shared/intake/cancellation.ts'
import type { DefectCode } from '#shared/intake/defect.ts'
import type { ArtifactId, DatasetId } from '#shared/kernel/ids.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { DatasetView, TablePage } from '#shared/projection/data-views.ts'
import type { PageQuery } from '#engine/ports.ts'
import type { CopyRecord } from '../colleagues/records.ts'

export const DATASET = 'dataset'

/** What the vault knows about an imported table. Its id never changes; a re-import changes the version and where the rows lie. */
export interface DatasetRecord {
  readonly id: DatasetId
  readonly name: string
  /** Invented here, for a dry run: holds nobody's data. A re-import of a file makes it a table like any other. */
  readonly synthetic?: true
  /** Shared by a colleague under this artifact: read only, and replaced by newer revisions. */
  readonly colleague?: ArtifactId
  readonly version: number
  /** Where the rows of this version lie in the `DatasetStore`. Always go through it: policies name the dataset, not the table. */
  readonly table: DatasetId
  readonly columns: readonly Column[]
  readonly rows: number
  /** Decimals of the minor units in which price and amount cells are kept. */
  readonly moneyDecimals: number
  readonly cancellation: CancellationRule
  readonly excluded: number
  readonly source: {
    readonly file: string
    readonly sha256: string
    readonly system: string
    readonly importedAt: Instant
  }
  /** Rows left out because something in them could not be read, and how often each code occurred. */
  readonly defectiveRows: number
  readonly defects: Readonly<Partial<Record<DefectCode, number>>>
}

export type DatasetRefusal = 'no-such-dataset' | 'no-such-column'

export function findDataset(vault: Vault, id: string): Result<DatasetRecord, 'no-such-dataset'> {
  const record = vault.records.get<DatasetRecord>(DATASET, id)
  return record === undefined ? refuse('no-such-dataset') : ok(record)
}

export const listDatasets = (vault: Vault): readonly DatasetRecord[] =>
  vault.records.list<DatasetRecord>(DATASET).map(({ value }) => value)

/** Who shared it, from the record that was kept when it was taken. */
function originOf(vault: Vault, { colleague }: DatasetRecord): Pick<DatasetView, 'from'> {
  const copy = colleague && vault.records.get<CopyRecord>('colleague-copy', colleague)
  if (!copy) return {}
  const { artifact, by, revision, sharedAt, ended } = copy
  return { from: { artifact, by, revision, sharedAt, ended } }
}

export const datasetView = (vault: Vault, record: DatasetRecord): DatasetView => ({
  id: record.id,
  name: record.name,
  version: record.version,
  rows: record.rows,
  columns: record.columns,
  importedAt: record.source.importedAt,
  source: { file: record.source.file, sha256: record.source.sha256, system: record.source.system },
  defects: record.defectiveRows,
  excludedCancellations: record.excluded,
  synthetic: record.synthetic === true,
  ...originOf(vault, record),
})

/** One page of the private table, sorted and filtered by the vault. */
export function pageRows(vault: Vault, id: string, query: PageQuery): Result<TablePage, DatasetRefusal> {
  const found = findDataset(vault, id)
  if (!found.ok) return found
  const { table, columns } = found.value
  if (query.sort !== undefined && !columns.some(({ name }) => name === query.sort?.column))
    return refuse('no-such-column')
  return ok({ columns, ...vault.datasets.page(table, query) })
}
