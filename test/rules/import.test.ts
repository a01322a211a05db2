import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WorkerTables } from '#adapters/files/tables.ts'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { sqliteVaultFiles } from '#adapters/sqlite/files.ts'
import { transactionsCsv } from '#demo/transactions.ts'
import { Changes } from '#engine/changes.ts'
import type { Context } from '#engine/context.ts'
import { datasetView, findDataset, listDatasets, pageRows } from '#engine/datasets/dataset.ts'
import type { DatasetDeps, Watch } from '#engine/datasets/deps.ts'
import { describeDataset } from '#engine/datasets/describe.ts'
import { datasetTable, exportDefects, exportTable } from '#engine/datasets/export.ts'
import { defectsOf, importTable, removeDataset } from '#engine/datasets/import.ts'
import { DatasetIntents } from '#engine/datasets/intents.ts'
import { type ImportPlan, pastedTable } from '#engine/datasets/plan.ts'
import { probeImport } from '#engine/datasets/probe.ts'
import { Reimports } from '#engine/datasets/reimport.ts'
import { DEFECT_WORDS } from '#engine/datasets/words.ts'
import { Jobs } from '#engine/jobs.ts'
import type { TableChoice, TableFile, Tables, Vault } from '#engine/ports.ts'
import { Transfers } from '#engine/transfers.ts'
import type { AuditEvent } from '#shared/audit/chain.ts'
import type { SymmetricKey } from '#shared/kernel/crypto.ts'
import type { DatasetId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'

const KEY = new Uint8Array(32).fill(7) as SymmetricKey
const files = sqliteVaultFiles()
const utf8 = (text: string) => new TextEncoder().encode(text)
const csv = (text: string, name = 'ledger.csv'): TableFile => ({ name, bytes: utf8(text) })

/** Windows-1256 by way of its decoder. */
const ARABIC_PAGE = new Map(
  Array.from({ length: 256 }, (_, byte) => [new TextDecoder('windows-1256').decode(new Uint8Array([byte])), byte]),
)
function encoded(text: string, encoding: NonNullable<TableChoice['encoding']>): Uint8Array {
  if (encoding === 'utf-8') return utf8(text)
  if (encoding === 'windows-1256') return Uint8Array.from(text, (letter) => ARABIC_PAGE.get(letter) ?? 63)
  const little = Buffer.from(text, 'utf16le')
  return new Uint8Array(encoding === 'utf-16le' ? little : little.swap16())
}

let root: string
let vault: Vault
let deps: DatasetDeps
let audit: Omit<AuditEvent, 'actor'>[]

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mithaq-import-'))
  const created = files.create(join(root, 'profile'), KEY)
  if (!created.ok) throw new Error(created.refusal)
  vault = created.value
  audit = []
  let ids = 0
  deps = {
    vault,
    tables: new WorkerTables(),
    clock: { now: () => 1_790_000_000_000 as Instant },
    scheduler: { after: () => ({ cancel: () => {} }), breathe: () => new Promise((resolve) => setImmediate(resolve)) },
    newId: () => (++ids).toString(16).padStart(32, '0') as DatasetId,
    audit: (event) => audit.push(event),
  }
})
afterEach(() => {
  vault.close()
  rmSync(root, { recursive: true, force: true })
})

const watching = (
  onReport: (progress: number, rows: number, watch: { aborted: boolean }) => void = () => {},
): Watch => {
  const signal = { aborted: false }
  return { signal, report: (progress, rows = 0) => onReport(progress, rows, signal) }
}

/** The plan that takes every proposal of the probe as it is. */
async function planFor(
  file: TableFile,
  change: Partial<ImportPlan> = {},
  choice: TableChoice = {},
): Promise<ImportPlan> {
  const probe = await probeImport(deps.tables, file, choice)
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
}

/** The person says that quantities are whole, so that a half one is a defect. */
const whole = (plan: ImportPlan): ImportPlan => ({
  ...plan,
  columns: plan.columns.map((column) => (column.meaning === 'quantity' ? { ...column, type: 'integer' } : column)),
})

async function imported(file: TableFile, change: Partial<ImportPlan> = {}) {
  const result = await importTable(deps, file, whole(await planFor(file, change)), watching())
  if (!result.ok) throw new Error(result.refusal.code)
  return result.value
}

/** Nothing half-imported: no record, no report, no audit entry, no table left in staging. */
function expectUntouched(): void {
  expect(listDatasets(vault)).toEqual([])
  expect(vault.records.list('dataset-defects')).toEqual([])
  expect(audit).toEqual([])
  expect(vault.datasets.sweepStaging()).toBe(0)
}

const GOOD = Array.from(
  { length: 40 },
  (_, at) =>
    `${(at % 28) + 1}/0${(at % 9) + 1}/2026,SKU-${at % 5},عميل ${at % 7},${at + 1},"1,${String(at).padStart(3, '0')}.50",paid`,
)
const HEADER = 'Date,SKU,Customer,Quantity,Amount,Status'
const DEFECTIVE = [
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

describe('an import', () => {
  it('[INT-14] takes the good rows of a file with every defect and tells each defect by its line', async () => {
    const record = await imported(csv(DEFECTIVE), { cancellations: 'exclude' })
    expect(defectsOf(vault, record.id).map(({ line, column, code }) => [line, column, code])).toEqual([
      [42, 'Date', 'not-a-date'], [43, 'Date', 'hijri-out-of-range'], [45, 'Quantity', 'not-an-integer'], [46, 'Quantity', 'not-a-number'],
      [47, 'Amount', 'money-too-fine'], [48, 'Amount', 'number-too-large'], [49, 'Quantity', 'spreadsheet-error'],
      [51, '', 'column-count'], [52, '', 'unclosed-quote'], [56, '', 'bad-encoding'],
    ]) // prettier-ignore
    expect(record).toMatchObject({
      rows: 43,
      excluded: 1,
      defectiveRows: 10,
      defects: { 'not-a-date': 1, 'column-count': 1 },
    })
    const page = pageRows(vault, record.id, { offset: 40, limit: 10 })
    expect(page).toMatchObject({
      ok: true,
      value: { total: 43, rows: [['2026-03-15', 'A', 'x', 7, 123450, 'paid'], ['2026-03-01', 'A', 'x', null, null, null], ['2026-03-01', 'A', 'two\nlines', 1, 100, 'paid']] },
    }) // prettier-ignore
    expect(datasetView(vault, record)).toMatchObject({
      defects: 10,
      excludedCancellations: 1,
      source: { file: 'ledger.csv', system: 'ERP' },
    })
    expect(audit).toMatchObject([{ kind: 'import', code: 'dataset-imported', detail: { rows: 43, defectiveRows: 10 } }])
    expect(JSON.stringify(audit)).not.toContain('عميل')
  })

  it.each([
    ['utf-8', ';'], ['utf-8', '\t'], ['utf-16le', ','], ['utf-16le', ';'], ['utf-16be', '\t'], ['windows-1256', ','], ['windows-1256', ';'],
  ] as const)('[INT-14] tells the same defects in %s with %j', async (encoding, delimiter) => {
    // Windows-1256 gives every byte a letter, so there is nothing undecodable in it; its digits are ASCII.
    const lines = DEFECTIVE.split('\n').filter((line) => encoding !== 'windows-1256' || !/[\ufffd٠-٩]/.test(line))
    const text = lines.map((line) => (line.split('"').length % 2 === 0 ? line.replaceAll(',', delimiter) : line.replace(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/g, delimiter))).join('\r\n')
    const bytes = encoded(text.replace('"two\r\nlines"', '"two\nlines"'), encoding)
    const record = await imported({ name: 'ledger.csv', bytes })
    expect(record.defects).toEqual({
      'not-a-date': 1, 'hijri-out-of-range': 1, 'not-an-integer': 1, 'not-a-number': 1, 'money-too-fine': 1, 'number-too-large': 1,
      'spreadsheet-error': 1, 'column-count': 1, 'unclosed-quote': 1, ...(encoding === 'windows-1256' ? {} : { 'bad-encoding': 1 }),
    })
    expect(record.rows).toBe(encoding === 'windows-1256' ? 43 : 44)
    expect([...vault.datasets.scan(record.table, ['Customer'])][1]).toEqual(['عميل 1'])
  }) // prettier-ignore

  it('keeps two columns of one name apart, whichever of them the person takes', async () => {
    const file = csv('Amount,SKU,Amount\n1,A,9\n2,B,8\n')
    const plan = await planFor(file)
    const rowsOf = async (columns: ImportPlan['columns']) => {
      const result = await importTable(deps, file, { ...plan, columns }, watching())
      return (
        result.ok && [
          ...vault.datasets.scan(
            result.value.table,
            columns.map(({ name }) => name),
          ),
        ]
      )
    }
    expect(await rowsOf(plan.columns.slice(1))).toEqual([['A', 900], ['B', 800]]) // prettier-ignore
    const renamed = plan.columns.map((column, at) => ({ ...column, name: `c${at}` }))
    expect(await rowsOf(renamed)).toEqual([[100, 'A', 900], [200, 'B', 800]]) // prettier-ignore
  })

  it('[INT-14] refuses the file with nothing changed when it has more defects than allowed, and says how many', async () => {
    const plan = whole(await planFor(csv(DEFECTIVE), { maxDefects: 9 }))
    expect(await importTable(deps, csv(DEFECTIVE), plan, watching())).toEqual({
      ok: false,
      refusal: { code: 'too-many-defects', params: { defects: 10, line: 42 } },
    })
    expectUntouched()
  })

  it('leaves nothing behind when it is cancelled in the middle', async () => {
    const file = csv(transactionsCsv({ rows: 20_000, seed: 4 }))
    const plan = await planFor(file)
    let seen = 0
    const watch = watching((_, rows, signal) => {
      seen = rows
      if (rows > 5_000) signal.aborted = true
    })
    expect(await importTable(deps, file, plan, watch)).toEqual({ ok: false, refusal: { code: 'cancelled' } })
    expect(seen).toBeGreaterThan(5_000)
    expect(seen).toBeLessThan(20_000)
    expectUntouched()
  })

  it('leaves nothing behind when the reader fails, and when the last transaction does', async () => {
    const file = csv(`a,b\n${'1,2\n'.repeat(9_000)}`)
    const plan = await planFor(file)
    const broken: Tables = {
      probe: (...given) => deps.tables.probe(...given),
      async *read(...given) {
        let batches = 0
        for await (const batch of deps.tables.read(...given)) {
          if (++batches === 3) throw new Error('worker gone')
          yield batch
        }
      },
      writeWorkbook: (sheets) => deps.tables.writeWorkbook(sheets),
    }
    await expect(importTable({ ...deps, tables: broken }, file, plan, watching())).rejects.toThrow('worker gone')
    expectUntouched()
    const failing = { ...deps, audit: () => { throw new Error('chain') } } // prettier-ignore
    await expect(importTable(failing, file, plan, watching())).rejects.toThrow('chain')
    expectUntouched()
  })

  it('is invisible until it is whole', async () => {
    const file = csv(transactionsCsv({ rows: 6_000, seed: 4 }))
    const visible: number[] = []
    const result = await importTable(
      deps,
      file,
      await planFor(file),
      watching((progress) => progress < 1 && visible.push(listDatasets(vault).length)),
    )
    expect(result.ok).toBe(true)
    expect(visible.length).toBeGreaterThan(2)
    expect(new Set(visible)).toEqual(new Set([0]))
  })

  it.each([
    ['no such column', { columns: [] as const, header: 'Nowhere' }, 'columns-changed'],
    ['two of one name', { columns: [] as const, header: 'Date' }, 'duplicate-names'],
  ])('refuses a plan with %s', async (_, { header }, code) => {
    const file = csv([HEADER, ...GOOD].join('\n'))
    const plan = await planFor(file)
    const extra = { ...(plan.columns[0] as ImportPlan['columns'][number]), header, name: header }
    const columns = code === 'duplicate-names' ? [...plan.columns, extra] : [extra]
    expect(await importTable(deps, file, { ...plan, columns }, watching())).toMatchObject({
      ok: false,
      refusal: { code },
    })
    expectUntouched()
  })

  it('takes only the columns of the plan, and cells pasted from a spreadsheet', async () => {
    const { file, choice } = pastedTable('SKU\tالكمية\tملاحظة\nA\t٥\t"س\nص"\nB\t6\t\n')
    const plan = await planFor(file, {}, choice)
    const record = await importTable(deps, file, { ...plan, columns: plan.columns.slice(0, 2) }, watching())
    expect(record).toMatchObject({ ok: true, value: { rows: 2, columns: [{ name: 'SKU', type: 'text' }, { name: 'الكمية', type: 'integer', meaning: 'quantity' }] } }) // prettier-ignore
    expect(record.ok && pageRows(vault, record.value.id, { offset: 0, limit: 9 })).toMatchObject({ value: { rows: [['A', 5], ['B', 6]] } }) // prettier-ignore
  })

  it('imports 100,000 rows and gives way between batches', async () => {
    const file = csv(transactionsCsv({ rows: 100_000, seed: 9 }))
    let breaths = 0
    const breathe = (): Promise<void> => (breaths++, deps.scheduler.breathe())
    const plan = await planFor(file, { cancellations: 'net' })
    const result = await importTable({ ...deps, scheduler: { ...deps.scheduler, breathe } }, file, plan, watching())
    if (!result.ok) throw new Error(result.refusal.code)
    expect(result.value.rows + result.value.excluded).toBe(100_000)
    expect(result.value.excluded).toBeGreaterThan(3_000)
    expect(result.value.defectiveRows).toBe(0)
    expect(vault.datasets.count(result.value.table)).toBe(result.value.rows)
    expect(breaths).toBeGreaterThan(49)
  }, 120_000)

  it('can be described anew and removed, with both in the audit', async () => {
    const record = await imported(csv([HEADER, ...GOOD].join('\n')))
    expect(describeDataset(deps, record.id, 'Sales', [{ name: 'Customer', dataClass: 'shared-confidential', meaning: 'other' }, { name: 'Amount', dataClass: 'private', meaning: 'other' }])).toMatchObject({ ok: true }) // prettier-ignore
    const next = findDataset(vault, record.id)
    expect(next.ok && next.value.columns.map(({ meaning }) => meaning)).toEqual([
      'date',
      'sku',
      'other',
      'quantity',
      'amount',
      'status',
    ])
    expect(next.ok && next.value.name).toBe('Sales')
    expect(audit.slice(1)).toMatchObject([{ code: 'data-class-changed', detail: { column: 'Customer', from: 'private', to: 'shared-confidential' } }]) // prettier-ignore
    expect(describeDataset(deps, record.id, 'x', [{ name: 'Nowhere', dataClass: 'private', meaning: 'other' }])).toMatchObject({ refusal: { code: 'no-such-column' } }) // prettier-ignore
    removeDataset(deps, record)
    expect(findDataset(vault, record.id)).toMatchObject({ ok: false })
    expect(audit.at(-1)).toMatchObject({ code: 'dataset-removed' })
  })
})

describe('an export', () => {
  it.each(['en', 'ar'] as const)('reads back as what was imported, with its provenance (%s)', async (locale) => {
    const record = await imported(csv([HEADER, ...GOOD, '1/1/2026,=1+1,@x,5,2.50,paid'].join('\n')))
    const bytes = await exportTable(
      deps.tables,
      deps.scheduler,
      datasetTable(vault, record, deps.clock.now(), locale),
      locale,
    )
    const file = { name: 'export.xlsx', bytes }
    const again = await imported(file)
    expect([...vault.datasets.scan(again.table, ['Date', 'SKU', 'Customer', 'Quantity', 'Amount'])]).toEqual([...vault.datasets.scan(record.table, ['Date', 'SKU', 'Customer', 'Quantity', 'Amount'])]) // prettier-ignore
    const probe = await deps.tables.probe(file, {})
    const provenance = locale === 'en' ? 'Provenance' : 'المصدر'
    expect(probe).toMatchObject({ ok: true, value: { sheets: ['Ledger', provenance] } })
    const second = await deps.tables.probe(file, { sheet: provenance })
    expect(JSON.stringify(second)).toContain(record.source.sha256)
  })
})

describe('a defect report', () => {
  it.each(['en', 'ar'] as const)('leaves as a workbook, a line for each defect (%s)', async (locale) => {
    const record = await imported(csv(DEFECTIVE))
    const bytes = await exportDefects(deps.tables, defectsOf(vault, record.id), locale)
    const probe = await deps.tables.probe({ name: 'defects.xlsx', bytes }, {})
    if (!probe.ok) throw new Error(probe.refusal)
    expect(probe.value.sample.map(([line]) => Number(line))).toEqual([42, 43, 45, 46, 47, 48, 49, 51, 52, 56])
    expect(probe.value.sample[1]).toEqual(['43', 'Date', DEFECT_WORDS['hijri-out-of-range'][locale], '01/01/1600'])
  })
})

describe('a re-import', () => {
  const reimports = new Reimports()
  const before = ['Order,Qty,Amount,Old', '1,5,1.00,a', '2,6,2.00,b', '3,7,3.00,c', '3,7,3.00,c', '4,8,4.00,d'].join(
    '\n',
  )
  const after = ['Order,Qty,Amount,New', '1,5,1.00,x', '2,9,2.50,x', '3,7,3.00,x', '5,1,0.10,x'].join('\n')

  async function prepared(key: readonly string[]) {
    const record = await imported(csv(before))
    const plan = await planFor(csv(after, 'march.csv'))
    const diff = await reimports.prepare(deps, record.id, csv(after, 'march.csv'), plan, key, watching())
    if (!diff.ok) throw new Error(diff.refusal.code)
    return { record, diff: diff.value }
  }

  it('shows the difference by a key first and changes nothing', async () => {
    const { record, diff } = await prepared(['Order'])
    expect(diff).toMatchObject({
      added: 1,
      removed: 2,
      changed: 1,
      unchanged: 2,
      columnsAdded: ['New'],
      columnsRemoved: ['Old'],
    })
    expect(diff.totals).toEqual([{ column: 'Qty', before: 33, after: 22 }, { column: 'Amount', before: 1300, after: 660 }]) // prettier-ignore
    expect(diff.examples).toEqual([
      { change: 'changed', before: ['2', 6, 200], after: ['2', 9, 250] },
      { change: 'added', before: [], after: ['5', 1, 10] },
      { change: 'removed', before: ['3', 7, 300], after: [] },
      { change: 'removed', before: ['4', 8, 400], after: [] },
    ])
    expect(findDataset(vault, record.id)).toMatchObject({ value: { version: 1, rows: 5 } })
    reimports.drop(deps, diff.token)
    expect(vault.datasets.sweepStaging()).toBe(0)
    expect(audit).toHaveLength(1)
  })

  it('compares whole rows when no key is given', async () => {
    const { diff } = await prepared([])
    expect(diff).toMatchObject({ added: 2, removed: 3, changed: 0, unchanged: 2 })
    reimports.drop(deps, diff.token)
  })

  it('takes the place of the old version, id and hand-set classes kept, once', async () => {
    const { record, diff } = await prepared(['Order'])
    describeDataset(deps, record.id, 'Mine', [{ name: 'Qty', dataClass: 'private', meaning: 'quantity' }])
    const confirmed = reimports.confirm(deps, diff.token)
    expect(confirmed).toMatchObject({
      ok: true,
      value: { id: record.id, version: 2, rows: 4, name: 'Mine', source: { file: 'march.csv' } },
    })
    expect(confirmed.ok && confirmed.value.columns.find(({ name }) => name === 'Qty')?.dataClass).toBe('private')
    expect(pageRows(vault, record.id, { offset: 0, limit: 9 })).toMatchObject({ value: { total: 4 } })
    expect(audit.map(({ code }) => code)).toEqual(['dataset-imported', 'data-class-changed', 'dataset-reimported'])
    expect(() => vault.datasets.count(record.table)).toThrow()
    expect(reimports.confirm(deps, diff.token)).toMatchObject({ refusal: { code: 'no-such-reimport' } })
  })

  it('is refused when the dataset has changed since, and leaves nothing when cancelled', async () => {
    const { record, diff } = await prepared(['Order'])
    const plan = await planFor(csv(before))
    const second = await reimports.prepare(deps, record.id, csv(before), plan, [], watching())
    expect(second).toMatchObject({ value: { added: 0, removed: 0, changed: 0, unchanged: 5 } })
    expect(second.ok && reimports.confirm(deps, second.value.token)).toMatchObject({ value: { version: 2 } })
    expect(reimports.confirm(deps, diff.token)).toMatchObject({ refusal: { code: 'no-such-reimport' } })
    const watch = watching((progress, _, signal) => { signal.aborted = progress > 0.6 }) // prettier-ignore
    expect(await reimports.prepare(deps, record.id, csv(before), plan, [], watch)).toMatchObject({
      refusal: { code: 'cancelled' },
    })
    expect(vault.datasets.sweepStaging()).toBe(0)
  })
})

describe('the intents of the contract', () => {
  it('carry a file from upload to table, export and re-import, and name each refusal', async () => {
    const crypto = await createCrypto()
    const changes = new Changes()
    const jobs = new Jobs(crypto, changes, (problem) => expect.fail(String(problem)))
    const transfers = new Transfers(crypto)
    const context = { ...deps, crypto, changes } as unknown as Context
    const intents = new DatasetIntents(context, jobs, transfers, () => 'Sara')
    const settledJob = async ({ job }: { readonly job: string }) => {
      await expect.poll(() => jobs.get(job).state, { interval: 5, timeout: 20_000 }).not.toBe('running')
      return jobs.get(job)
    }
    const upload = (text: string): string => {
      const id = transfers.begin('ledger.csv', utf8(text).length)
      transfers.chunk(id, Buffer.from(text).toString('base64'))
      return id
    }
    const text = [HEADER, ...GOOD].join('\n')
    const source = { upload: upload(text) }
    const probe = await intents.probe(source, { encoding: undefined })
    const plan = {
      source,
      choice: { delimiter: undefined },
      name: 'Ledger',
      system: '',
      columns: [...probe.columns],
      cancellations: 'net' as const,
      maxDefects: 0,
    }
    const done = await settledJob(intents.import(plan))
    expect(done).toMatchObject({ kind: 'import', state: 'done', progress: 1, rows: 40 })
    const id = done.result ?? ''
    expect(intents.list()).toMatchObject([{ id, name: 'Ledger', rows: 40 }])
    expect(intents.page(id, { offset: 39, limit: 5, sort: undefined, filter: undefined })).toMatchObject({
      total: 40,
      rows: [{ length: 6 }],
    })
    expect(intents.defects(id)).toEqual([])

    const exported = await settledJob(intents.export(id, 'ar'))
    expect(transfers.read(exported.result ?? '', 0).length).toBeGreaterThan(4_000)

    const next = {
      ...plan,
      source: { pasted: text.replaceAll(',', '\t').replaceAll('"', '').replaceAll('1\t0', '10') },
    }
    const pasted = await intents.probe(next.source, {})
    const again = await settledJob(intents.reimport(id, { ...next, columns: [...pasted.columns] }, ['SKU']))
    expect(again.state).toBe('done')
    const diff = intents.reimportDiff(again.id)
    expect(diff.added + diff.changed + diff.unchanged).toBe(40)
    expect(intents.confirmReimport(diff.token)).toMatchObject({ id, version: 2 })

    const refused = await settledJob(intents.import({ ...plan, source: { upload: upload(DEFECTIVE) } }))
    expect(refused).toMatchObject({
      state: 'failed',
      refusal: { module: 'intake', code: 'too-many-defects', params: { line: 42 } },
    })
    expect(() => intents.page('00', { offset: 0, limit: 1 })).toThrow('intake:no-such-dataset')
    intents.remove(id)
    expect(intents.list()).toEqual([])
    const { entries } = vault.audit.search({ offset: 0, limit: 10 })
    expect(entries.map(({ event }) => `${event.actor} ${event.code}`).toSorted()).toEqual([
      'Sara dataset-imported', 'Sara dataset-reimported', 'Sara dataset-removed', 'Sara table-exported',
    ]) // prettier-ignore
  })
})
