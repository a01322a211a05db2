import { readFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { WorkerTables } from '#adapters/files/tables.ts'
import { sqliteVaultFiles } from '#adapters/sqlite/files.ts'
import { listDatasets, pageRows } from '#engine/datasets/dataset.ts'
import { importTable } from '#engine/datasets/import.ts'
import { probeImport } from '#engine/datasets/probe.ts'
import type { SymmetricKey } from '#shared/kernel/crypto.ts'
import type { DatasetId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'

/**
 * One measurement in a process of its own, because peak memory cannot be taken back. Arguments: `import` or `open`, the vault's
 * directory, and the file to import. Prints JSON: resident bytes before, at the peak and after, rows, and milliseconds.
 */
const [mode, directory = '', path = ''] = process.argv.slice(2)
const KEY = new Uint8Array(32).fill(9) as SymmetricKey
const files = sqliteVaultFiles()
const opened = mode === 'import' ? files.create(directory, KEY) : files.open(directory, KEY)
if (!opened.ok) throw new Error(opened.refusal)
const vault = opened.value
let peak = 0
const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 5)
const turns = monitorEventLoopDelay({ resolution: 5 })

async function bringIn(): Promise<number> {
  const file = { name: path, bytes: new Uint8Array(readFileSync(path)) }
  const tables = new WorkerTables()
  const probe = await probeImport(tables, file, {})
  if (!probe.ok) throw new Error(probe.refusal.code)
  let ids = 0
  const deps = {
    vault,
    tables,
    clock: { now: () => 0 as Instant },
    newId: () => (++ids).toString(16).padStart(32, '0') as DatasetId,
    audit: () => {},
    scheduler: {
      after: () => ({ cancel: () => {} }),
      breathe: () => new Promise<void>((resolve) => setImmediate(resolve)),
    },
  }
  const plan = {
    choice: {},
    name: 'Ledger',
    system: 'ERP',
    columns: probe.value.columns,
    cancellations: 'keep' as const,
    maxDefects: 0,
  }
  const result = await importTable(deps, file, plan, { signal: { aborted: false }, report: () => {} })
  if (!result.ok) throw new Error(result.refusal.code)
  return result.value.rows
}

function look(): number {
  const [record] = listDatasets(vault)
  if (record === undefined) throw new Error('no dataset')
  for (let offset = 0; offset < 100_000; offset += 10_000) pageRows(vault, record.id, { offset, limit: 200 })
  pageRows(vault, record.id, {
    offset: 0,
    limit: 200,
    filter: 'SO-009',
    sort: { column: 'Quantity', descending: true },
  })
  return record.rows
}

const before = process.memoryUsage.rss()
turns.enable()
const from = performance.now()
const rows = mode === 'import' ? await bringIn() : look()
const took = performance.now() - from
turns.disable()
clearInterval(watch)
peak = Math.max(peak, process.memoryUsage.rss())
vault.close()
console.log(JSON.stringify({ before, peak, rows, took, longest: turns.max / 1e6 }))
