import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { WorkerTables } from '#adapters/files/tables.ts'
import { DEMO_HEADERS, generateTransactions, transactionsCsv } from '#demo/transactions.ts'
import type { BenchRow } from './row.ts'

interface Measured {
  readonly before: number
  readonly peak: number
  readonly rows: number
  readonly took: number
  readonly longest: number
}

const ROWS = 100_000
const NUMERIC = new Set(['Quantity', 'Unit price (SAR)', 'Amount (SAR)'])
const child = fileURLToPath(new URL('./import-child.ts', import.meta.url))
const run = async (...args: readonly string[]): Promise<Measured> =>
  JSON.parse((await promisify(execFile)(process.execPath, [child, ...args])).stdout) as Measured
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`

/**
 * Memory of importing 100,000 rows of 14 columns, CSV and workbook, and of an engine that has them open: what the process holds
 * beyond what it held with the empty vault, against the size of the CSV file.
 */
export async function benchImport(): Promise<readonly BenchRow[]> {
  const root = mkdtempSync(join(tmpdir(), 'mithaq-bench-import-'))
  try {
    const csv = join(root, 'ledger.csv')
    writeFileSync(csv, transactionsCsv({ rows: ROWS, seed: 1 }))
    const size = statSync(csv).size
    const imported = await run('import', join(root, 'csv'), csv)
    const open = await run('open', join(root, 'csv'))
    const xlsx = join(root, 'ledger.xlsx')
    const rows = [...generateTransactions({ rows: ROWS, seed: 1 })].map((cells) =>
      cells.map((cell, at) => (NUMERIC.has(DEMO_HEADERS[at] ?? '') ? Number(cell) : cell)),
    )
    const columns = DEMO_HEADERS.map((header) => ({ header }))
    writeFileSync(xlsx, await new WorkerTables().writeWorkbook([{ name: 'Ledger', rightToLeft: false, columns, rows }]))
    const workbook = await run('import', join(root, 'xlsx'), xlsx)
    const row = (name: string, { before, peak, took, longest }: Measured, budget: number): BenchRow => ({
      name, ratio: (peak - before) / size, budget, direction: 'at-most',
      detail: `${megabytes(peak - before)} on top of ${megabytes(before)}, against a CSV file of ${megabytes(size)}; ${(took / 1000).toFixed(1)} s${longest > 0 ? `, longest turn of the engine ${longest.toFixed(0)} ms` : ''}`,
    }) // prettier-ignore
    return [
      row('memory: peak of importing 100,000 rows, CSV', imported, 16),
      row('memory: peak of importing 100,000 rows, workbook', workbook, 30),
      row('memory: engine with 100,000 rows open', open, 6),
    ]
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}
