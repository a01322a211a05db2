import type { TableChoice, TableFile, TableProbe } from '#engine/ports.ts'
import type { CancellationRule } from '#shared/intake/cancellation.ts'
import type { ColumnChoice } from '#shared/intake/columns.ts'
import { nameColumns } from '#shared/intake/headers.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'

/** A column as the person confirmed it; `header` finds it in the file again. */
export type PlannedColumn = Omit<ColumnChoice, 'source' | 'decimalMark' | 'dateOrder'> &
  Partial<Pick<ColumnChoice, 'decimalMark' | 'dateOrder'>> & { readonly header: string }

/** Everything that an import needs to know beforehand. Columns that are not listed stay in the file. */
export interface ImportPlan {
  readonly choice: TableChoice
  readonly name: string
  /** The system that the file came out of, for provenance. */
  readonly system: string
  readonly columns: readonly PlannedColumn[]
  readonly cancellations: CancellationRule
  /** Defective rows that may be left out; one more and the whole file is refused with nothing changed. */
  readonly maxDefects: number
}

/** Why a file or a request is refused. A closed list: each code has its sentence in both languages. */
export const INTAKE_REFUSALS = [
  'empty', 'not-a-table', 'too-large', 'encrypted', 'legacy-workbook', 'no-such-sheet', 'bad-encoding',
  'no-such-dataset', 'no-such-column', 'no-such-reimport',
  'columns-changed', // the file no longer has a column that the plan names
  'duplicate-names', // two columns of the plan share a name
  'too-many-defects',
  'no-rows', // nothing was left to import
  'from-colleague', // a colleague's table is changed by the colleague
  'cancelled',
] as const // prettier-ignore
export type IntakeRefusal = (typeof INTAKE_REFUSALS)[number]

/** A refusal with what its sentence mentions. */
export interface ImportRefusal {
  readonly code: IntakeRefusal
  readonly params?: Readonly<Record<string, string | number>>
}

export const refuseImport = (
  code: IntakeRefusal,
  params?: Readonly<Record<string, string | number>>,
): { ok: false; refusal: ImportRefusal } => refuse(params === undefined ? { code } : { code, params })

/** Riyals have 100 halalas; a company that keeps books in dinars will say so when that setting exists in its profile. */
export const MONEY_DECIMALS = 2

/** Cells copied in a spreadsheet arrive as tab-separated text: a file like any other. */
export const pastedTable = (text: string): { file: TableFile; choice: TableChoice } => ({
  file: { name: 'pasted', bytes: utf8(text) },
  choice: { encoding: 'utf-8', delimiter: '\t' },
})

/**
 * Binds the plan's columns to positions in the file. Among headers that occur twice the name that the file's columns were given
 * decides; where the person has changed that too, their order does.
 */
export function bindColumns(plan: ImportPlan, probe: TableProbe): Result<readonly ColumnChoice[], ImportRefusal> {
  const names = new Set(plan.columns.map(({ name }) => name.toLowerCase()))
  if (names.size !== plan.columns.length) return refuseImport('duplicate-names')
  const given = nameColumns(probe.headers)
  const exact = plan.columns.map(({ header, name }) =>
    probe.headers.findIndex((candidate, at) => candidate === header && given[at]?.name === name),
  )
  const used = new Set(exact)
  const bound: ColumnChoice[] = []
  for (const [index, { header, ...column }] of plan.columns.entries()) {
    let source = exact[index] ?? -1
    if (source < 0) source = probe.headers.findIndex((candidate, at) => candidate === header && !used.has(at))
    if (source < 0) return refuseImport('columns-changed', { column: header })
    used.add(source)
    bound.push({ ...column, source, decimalMark: column.decimalMark ?? '.', dateOrder: column.dateOrder ?? 'dmy' })
  }
  return ok(bound)
}
