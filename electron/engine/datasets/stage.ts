import type { TableFile } from '#engine/ports.ts'
import type { Cell, Column } from '#shared/artifacts/table.ts'
import { type CompiledImport, compileImport } from '#shared/intake/compile.ts'
import type { Defect, DefectCode } from '#shared/intake/defect.ts'
import type { DatasetId } from '#shared/kernel/ids.ts'
import { ok, type Result } from '#shared/kernel/result.ts'
import type { DatasetDeps, Watch } from './deps.ts'
import { bindColumns, type ImportPlan, type ImportRefusal, MONEY_DECIMALS, refuseImport } from './plan.ts'

/** Defects told one by one; beyond this only their number grows. */
export const MOST_DEFECTS = 10_000

/** A whole file read into staging: invisible until somebody publishes it, gone when somebody drops it. */
export interface StagedTable {
  readonly table: DatasetId
  readonly columns: readonly Column[]
  readonly rows: number
  readonly excluded: number
  readonly sha256: string
  readonly defectiveRows: number
  readonly counts: Readonly<Partial<Record<DefectCode, number>>>
  readonly defects: readonly Defect[]
}

/**
 * Reads a file into a staged table, batch by batch, giving way between batches. Whatever goes wrong, too many defects and a
 * cancel included, the staging is dropped: the vault is as it was.
 */
export async function stageTable(
  deps: DatasetDeps,
  file: TableFile,
  plan: ImportPlan,
  watch: Watch,
): Promise<Result<StagedTable, ImportRefusal>> {
  const probe = await deps.tables.probe(file, plan.choice)
  if (!probe.ok) return refuseImport(probe.refusal)
  const bound = bindColumns(plan, probe.value)
  if (!bound.ok) return bound
  const compiled = compileImport({
    columns: bound.value,
    cancellation: plan.cancellations,
    moneyDecimals: MONEY_DECIMALS,
  })
  const table = deps.newId()
  deps.vault.datasets.stage(table, compiled.columns)
  let staged: Result<StagedTable, ImportRefusal> | undefined
  try {
    staged = await fill(deps, file, plan, watch, compiled, { table, sha256: probe.value.sha256 })
    return staged
  } finally {
    // Also when something threw: a bug must not leave half a table behind either.
    if (staged?.ok !== true) deps.vault.datasets.drop(table)
  }
}

async function fill(
  { vault, tables, scheduler }: DatasetDeps,
  file: TableFile,
  plan: ImportPlan,
  watch: Watch,
  compiled: CompiledImport,
  { table, sha256 }: { table: DatasetId; sha256: string },
): Promise<Result<StagedTable, ImportRefusal>> {
  const tally = new Tally()
  let rows = 0
  let excluded = 0
  for await (const batch of tables.read(file, plan.choice, watch.signal)) {
    if (!batch.ok) return refuseImport(batch.refusal)
    const good: (readonly Cell[])[] = []
    for (const { line, problem } of batch.value.malformed) tally.add([{ line, column: '', code: problem, value: '' }])
    for (const { line, cells } of batch.value.rows) {
      const outcome = compiled.read(cells, line)
      if (outcome.kind === 'row') good.push(outcome.row)
      else if (outcome.kind === 'excluded') excluded++
      else tally.add(outcome.defects)
    }
    // Past the limit nothing more is stored, but reading goes on: the person is told how many defects there are, not one.
    if (good.length > 0 && tally.rows <= plan.maxDefects) vault.datasets.append(table, good)
    rows += good.length
    watch.report(batch.value.progress * 0.98, rows)
    await scheduler.breathe()
    if (watch.signal.aborted) break
  }
  if (watch.signal.aborted) return refuseImport('cancelled')
  if (tally.rows > plan.maxDefects)
    return refuseImport('too-many-defects', {
      defects: tally.rows,
      line: tally.first,
    })
  if (rows === 0) return refuseImport('no-rows')
  return ok({
    table, columns: compiled.columns, rows, excluded, sha256,
    defectiveRows: tally.rows, counts: tally.counts, defects: tally.kept.toSorted((left, right) => left.line - right.line),
  }) // prettier-ignore
}

/** Defects as they come: rows concerned, occurrences per code, and the first of them in full. */
class Tally {
  rows = 0
  /** The earliest line concerned: within a batch malformed lines arrive before the others. */
  first = Infinity
  readonly counts: Partial<Record<DefectCode, number>> = {}
  readonly kept: Defect[] = []

  add(defects: readonly Defect[]): void {
    this.rows++
    for (const defect of defects) {
      this.first = Math.min(this.first, defect.line)
      this.counts[defect.code] = (this.counts[defect.code] ?? 0) + 1
      if (this.kept.length < MOST_DEFECTS) this.kept.push(defect)
    }
  }
}
