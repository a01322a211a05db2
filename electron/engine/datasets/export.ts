import type { RawCell, Scheduler, Tables, Vault, WorkbookSheet } from '#engine/ports.ts'
import type { Cell, Column } from '#shared/artifacts/table.ts'
import { fromMinorUnits } from '#shared/intake/compile.ts'
import type { Defect } from '#shared/intake/defect.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { DatasetRecord } from './dataset.ts'
import { DEFECT_WORDS, type Locale, WORDS } from './words.ts'

/** Any table that leaves as a workbook: what it holds, and the lines of its provenance sheet. */
export interface ExportedTable {
  readonly name: string
  readonly columns: readonly Pick<Column, 'name' | 'type' | 'meaning'>[]
  readonly rows: Iterable<readonly Cell[]>
  readonly provenance: readonly (readonly [string, string | number])[]
  readonly moneyDecimals: number
}

const SLICE = 2_000

const stamp = (at: Instant): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ')

/** A workbook with the table and, on a second sheet, where it comes from. Arabic workbooks run from right to left. */
export async function exportTable(
  tables: Tables,
  scheduler: Scheduler,
  table: ExportedTable,
  locale: Locale,
): Promise<Uint8Array> {
  const words = WORDS[locale]
  const rows: (readonly RawCell[])[] = []
  for (const row of table.rows) {
    rows.push(row.map((cell, at) => leaving(cell, table.columns[at], table.moneyDecimals)))
    if (rows.length % SLICE === 0) await scheduler.breathe()
  }
  const rightToLeft = locale === 'ar'
  const main: WorkbookSheet = {
    name: table.name,
    rightToLeft,
    columns: table.columns.map(({ name }) => ({ header: name })),
    rows,
  }
  const provenance: WorkbookSheet = {
    name: words.provenance, rightToLeft,
    columns: [{ header: words.field, width: 32 }, { header: words.value, width: 70 }],
    rows: table.provenance,
  } // prettier-ignore
  return tables.writeWorkbook([main, provenance])
}

function leaving(cell: Cell, column: ExportedTable['columns'][number] | undefined, moneyDecimals: number): RawCell {
  if (typeof cell !== 'number' || column === undefined) return cell
  if (column.type === 'boolean') return cell === 1
  return column.meaning === 'price' || column.meaning === 'amount' ? fromMinorUnits(cell, moneyDecimals) : cell
}

/** A dataset as a table to export, with its provenance in the reader's language. */
export function datasetTable(vault: Vault, record: DatasetRecord, now: Instant, locale: Locale): ExportedTable {
  const words = WORDS[locale]
  const { source } = record
  return {
    name: record.name,
    columns: record.columns,
    rows: vault.datasets.scan(record.table, record.columns.map(({ name }) => name)),
    moneyDecimals: record.moneyDecimals,
    provenance: [
      [words.dataset, record.name], [words.version, record.version], [words.rows, record.rows], [words.file, source.file],
      [words.sha256, source.sha256], [words.system, source.system], [words.imported, stamp(source.importedAt)],
      [words.exported, stamp(now)], [words.excluded, record.excluded], [words.defective, record.defectiveRows],
      ...record.columns.map(({ name, dataClass }) => [`${words.class}: ${name}`, dataClass] as const),
    ],
  } // prettier-ignore
}

/** The defect report as a workbook, in the reader's language. */
export function exportDefects(tables: Tables, defects: readonly Defect[], locale: Locale): Promise<Uint8Array> {
  const words = WORDS[locale]
  return tables.writeWorkbook([
    {
      name: words.defects,
      rightToLeft: locale === 'ar',
      columns: [
        { header: words.line, width: 8 },
        { header: words.column, width: 20 },
        { header: words.problem, width: 48 },
        { header: words.found, width: 40 },
      ],
      rows: defects.map(({ line, column, code, value }) => [line, column, DEFECT_WORDS[code][locale], value]),
    },
  ])
}
