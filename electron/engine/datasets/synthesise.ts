import { transactionsCsv } from '#demo/transactions.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import { ok, type Result } from '#shared/kernel/result.ts'
import { addDays, dateOf, monthOf, type IsoDate } from '#shared/kernel/time.ts'
import type { DatasetRecord } from './dataset.ts'
import type { DatasetDeps, Watch } from './deps.ts'
import { importTable } from './import.ts'
import type { ImportRefusal, PlannedColumn } from './plan.ts'
import { probeImport } from './probe.ts'

const MOST_DEFECTS = 1_000

/**
 * Makes a dataset of invented orders: the only kind that may leave into a dry run. It is made here, not read, so that no person can
 * call a real file synthetic. `seed` makes two companies' tables differ.
 */
export async function synthesise(
  deps: DatasetDeps,
  name: string,
  rows: number,
  seed: number,
  watch: Watch,
): Promise<Result<DatasetRecord, ImportRefusal>> {
  // Whole months: the last one that is over.
  const until = addDays(`${monthOf(dateOf(deps.clock.now()))}-01` as IsoDate, -1)
  const file = { name: 'synthetic.csv', bytes: utf8(transactionsCsv({ rows, seed, until })) }
  const probe = await probeImport(deps.tables, file, {})
  if (!probe.ok) return probe
  const columns = probe.value.columns.map(({ header, name: column, type, meaning, dataClass, dateOrder, decimalMark }): PlannedColumn => ({
    header, name: column, type, meaning, dataClass,
    ...(dateOrder && { dateOrder }), ...(decimalMark && { decimalMark }),
  })) // prettier-ignore
  const plan = {
    choice: {},
    name,
    system: 'Mithaq',
    columns,
    cancellations: 'exclude' as const,
    maxDefects: MOST_DEFECTS,
  }
  const made = await importTable(deps, file, plan, watch, 'synthetic')
  return made.ok ? ok(made.value) : made
}
