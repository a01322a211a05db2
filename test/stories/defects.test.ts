import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WorkerTables } from '#adapters/files/tables.ts'
import {
  auditOf,
  ended,
  planFor,
  refusalOf,
  startCompany,
  upload,
  type Company,
  type PlanChange,
} from '#test/support/company.ts'
import { HandClock } from '#test/support/hand-clock.ts'

/** Windows-1256 by way of its decoder. */
const ARABIC_PAGE = new Map(
  Array.from({ length: 256 }, (_, byte) => [new TextDecoder('windows-1256').decode(new Uint8Array([byte])), byte]),
)
const ENCODE = {
  'utf-8': (text: string) => Buffer.from(text),
  'utf-8 with a mark': (text: string) => Buffer.from(`\ufeff${text}`),
  'utf-16le': (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'utf-16be': (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
  'windows-1256': (text: string) => Buffer.from(Array.from(text, (letter) => ARABIC_PAGE.get(letter) ?? 63)),
} as const

const HEADER = 'Date,SKU,Customer,Quantity,Amount,Status'
const GOOD = Array.from({ length: 40 }, (_, at) => `${(at % 18) + 13}/03/2026,SKU-${at % 5},عميل ${at % 7},${at + 1},10.50,paid`) // prettier-ignore
/** A row and what is to be said of it: column and code, or nothing when the row is good. */
const ROWS: readonly (readonly [row: string, column: string, code: string])[] = [
  ['31/02/2026,A,x,1,1.00,paid', 'Date', 'not-a-date'],
  ['01/01/1600,A,x,1,1.00,paid', 'Date', 'hijri-out-of-range'],
  ['١٥/٠٣/٢٠٢٦,A,x,٧,"١٬٢٣٤٫٥٠",paid', '', ''],
  ['15/3/2026,A,x,1.5,1.00,paid', 'Quantity', 'not-an-integer'],
  ['15/3/2026,A,x,many,1.00,paid', 'Quantity', 'not-a-number'],
  ['15/3/2026,A,x,1,1.005,paid', 'Amount', 'money-too-fine'],
  ['15/3/2026,A,x,1,99999999999999999999,paid', 'Amount', 'number-too-large'],
  ['15/3/2026,A,x,#REF!,1.00,paid', 'Quantity', 'spreadsheet-error'],
  ['15/3/2026,A,x,N/A,-,غير متوفر', '', ''],
  ['15/3/2026,A,x,1', '', 'column-count'],
  ['15/3/2026,A,"x,1,1.00,paid', '', 'unclosed-quote'],
  ['15/3/2026,A,x,1,1.00,Cancelled', '', ''],
  ['15/3/2026,A,x,2,2.00,ملغي', '', ''],
]
const FILE = [HEADER, ...GOOD, ...ROWS.map(([row]) => row)].join('\n')
const expected = (rows = ROWS, first = GOOD.length + 2) =>
  rows.flatMap(([, column, code], at) => (code ? [[first + at, column, code]] : []))

let root: string
let company: Company
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'mithaq-defects-'))
  const clock = new HandClock()
  company = await startCompany({ directory: root, passphrase: 'passphrase of a', clock, scheduler: clock })
  const name = { en: 'A', ar: 'أ' }
  await company.client.vault.create({ company: name, person: name, roles: ['coo'], passphrase: company.passphrase })
})
afterEach(async () => {
  for (const { id } of await company.client.datasets.list()) await company.client.datasets.remove({ dataset: id })
})
afterAll(() => {
  company.engine.close()
  rmSync(root, { recursive: true, force: true })
  expect(company.bugs).toEqual([])
})

/** The person says that quantities are whole and that days come first. */
const asMeant: PlanChange = (plan) => ({
  ...plan,
  columns: plan.columns.map((column) => ({
    ...column,
    ...(column.meaning === 'quantity' && { type: 'integer' as const }),
    ...(column.meaning === 'date' && { type: 'date' as const, dateOrder: 'dmy' as const }),
    ...(column.meaning === 'amount' && { type: 'decimal' as const }),
  })),
})

async function outcomeOf(bytes: Uint8Array, change: PlanChange = asMeant, name = 'ledger.csv') {
  const { job } = await company.client.datasets.import(await planFor(company, name, bytes, change))
  return ended(company, job)
}
/** Everything that a person or the vault could tell of an import. */
async function traces(): Promise<unknown> {
  const { vault } = company.engine.desk.session.context
  expect(vault.datasets.sweepStaging()).toBe(0)
  return [
    await company.client.datasets.list(),
    vault.records.list('dataset-defects'),
    (await auditOf(company, ['import'])).length,
  ]
}

describe('[story 3] a file with every defect', () => {
  it.each(Object.keys(ENCODE) as (keyof typeof ENCODE)[])('[INT-14] in %s imports its good rows and tells each defect by line and code', async (encoding) => {
    // Windows-1256 has no Arabic-Indic digits.
    const isNarrow = encoding === 'windows-1256'
    const rows = isNarrow ? ROWS.filter(([row]) => !/[٠-٩]/.test(row)) : ROWS
    const text = [HEADER, ...GOOD, ...rows.map(([row]) => row)].join('\n')
    const job = await outcomeOf(ENCODE[encoding](text))
    expect(job).toMatchObject({ state: 'done' })
    const [dataset] = await company.client.datasets.list()
    const defects = await company.client.datasets.defects({ dataset: dataset?.id ?? '' })
    expect(defects.map(({ line, column, code }) => [line, column, code])).toEqual(expected(rows))
    expect(dataset).toMatchObject({ rows: GOOD.length + (isNarrow ? 1 : 2), defects: expected(rows).length, excludedCancellations: 2 })
    const page = await company.client.datasets.page({ dataset: dataset?.id ?? '', offset: GOOD.length, limit: 10 })
    expect(page.rows).toEqual([
      ...(isNarrow ? [] : [['2026-03-15', 'A', 'x', 7, 123_450, 'paid']]),
      ['2026-03-15', 'A', 'x', null, null, null],
    ])
    expect(page.total).toBe(dataset?.rows)
  }) // prettier-ignore

  it.each([[';'], ['\t']])('[INT-14] separated by %j with decimal commas reads the same', async (delimiter) => {
    const lines = [HEADER, ...GOOD.map((row) => row.replace('10.50', '10,50')), '31/02/2026,A,x,1,"1,00",paid']
    const text = lines.map((line) => line.replace(/^(.*?),(.*?),(.*?),(.*?),"?(.*?)"?,([^,]*)$/, ['$1', '$2', '$3', '$4', '$5', '$6'].join(delimiter))).join('\r\n') // prettier-ignore
    expect(await outcomeOf(Buffer.from(text))).toMatchObject({ state: 'done' })
    const [dataset] = await company.client.datasets.list()
    const page = await company.client.datasets.page({ dataset: dataset?.id ?? '', offset: 0, limit: 1 })
    expect(page.rows[0]?.[4]).toBe(1050)
    expect((await company.client.datasets.defects({ dataset: dataset?.id ?? '' })).map(({ line, code }) => [line, code])).toEqual([[42, 'not-a-date']]) // prettier-ignore
  })

  it('[INT-14] as a workbook: the same defects by row; as cells pasted from a spreadsheet, too', async () => {
    const cells = [HEADER, ...GOOD, '31/02/2026,A,x,1,1.00,paid', '15/3/2026,A,x,many,1.00,paid'].map((line) => line.split(',')) // prettier-ignore
    const [headers = [], ...rows] = cells
    const book = await new WorkerTables().writeWorkbook([
      { name: 'About', rightToLeft: false, columns: [{ header: 'x' }], rows: [['nothing']] },
      { name: 'Orders', rightToLeft: false, columns: headers.map((header) => ({ header })), rows },
    ])
    const codes = [[42, 'not-a-date'], [43, 'not-a-number']] // prettier-ignore
    const source = { upload: await upload(company, 'ledger.xlsx', book) }
    const probe = await company.client.datasets.probe({ source, choice: { sheet: 'Orders' } })
    expect(probe).toMatchObject({ format: 'xlsx', sheets: ['About', 'Orders'], sheet: 'Orders' })
    const plan = asMeant({ source, choice: { sheet: 'Orders' }, name: 'Book', system: 'ERP', columns: [...probe.columns], cancellations: 'keep', maxDefects: 9 }) // prettier-ignore
    const { job } = await company.client.datasets.import(plan)
    expect(await ended(company, job)).toMatchObject({ state: 'done' })
    const pasted = { pasted: cells.map((row) => row.join('\t')).join('\n') }
    const { columns } = await company.client.datasets.probe({ source: pasted, choice: {} })
    const second = await company.client.datasets.import({ ...plan, source: pasted, choice: {}, name: 'Pasted', columns: asMeant({ ...plan, columns: [...columns] }).columns }) // prettier-ignore
    expect(await ended(company, second.job)).toMatchObject({ state: 'done' })
    for (const { id, rows: count } of await company.client.datasets.list()) {
      expect((await company.client.datasets.defects({ dataset: id })).map(({ line, code }) => [line, code])).toEqual(codes) // prettier-ignore
      expect(count).toBe(GOOD.length)
    }
  })

  it('[INT-14] with one defect more than the person allows is refused with nothing changed', async () => {
    const before = await traces()
    const allowed = expected().length
    const refused = await outcomeOf(Buffer.from(FILE), (plan) => ({ ...asMeant(plan), maxDefects: allowed - 1 }))
    expect(refused).toMatchObject({ state: 'failed', refusal: { module: 'intake', code: 'too-many-defects', params: { defects: allowed, line: 42 } } }) // prettier-ignore
    expect(await traces()).toEqual(before)
    expect(await outcomeOf(Buffer.from(FILE), (plan) => ({ ...asMeant(plan), maxDefects: allowed }))).toMatchObject({ state: 'done' }) // prettier-ignore
  })

  it('[INT-14] that is no table at all is refused with its code and nothing changed', async () => {
    const before = await traces()
    const refused = async (bytes: Uint8Array, name: string) =>
      refusalOf(company.client.datasets.probe({ source: { upload: await upload(company, name, bytes) }, choice: {} }))
    expect(await refused(new Uint8Array(), 'a.csv')).toBe('intake:empty')
    expect(await refused(Buffer.from('%PDF-1.7\n%\xff\xff\xff\xff\n\0\0\0binary', 'latin1'), 'a.pdf')).toMatch(/^intake:(not-a-table|bad-encoding)$/) // prettier-ignore
    expect(await refused(Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'old.xls')).toMatch(/^intake:(legacy-workbook|encrypted|not-a-table)$/) // prettier-ignore
    expect(await outcomeOf(Buffer.from(FILE), (plan) => ({ ...plan, columns: [{ ...plan.columns[0]!, header: 'No such header' }] }))).toMatchObject({ refusal: { code: 'columns-changed' } }) // prettier-ignore
    expect(await outcomeOf(Buffer.from(FILE), (plan) => ({ ...plan, columns: plan.columns.map((column) => ({ ...column, name: 'Same' })) }))).toMatchObject({ refusal: { code: 'duplicate-names' } }) // prettier-ignore
    const onlyDefects = Buffer.from(`${HEADER}\n31/02/2026,A,x,1,1.00,paid\n`)
    const withDates: PlanChange = (plan) => ({
      ...plan,
      columns: plan.columns.map((column) =>
        column.name === 'Date' ? { ...column, type: 'date', dateOrder: 'dmy' } : column,
      ),
    })
    expect(await outcomeOf(onlyDefects, withDates)).toMatchObject({ refusal: { code: 'no-rows' } })
    expect(await traces()).toEqual(before)
  })

  it('[INT-14] cancelled in the middle leaves nothing', async () => {
    const before = await traces()
    const many = [HEADER, ...Array.from({ length: 2000 }, () => GOOD).flat()].join('\n')
    const { job } = await company.client.datasets.import(await planFor(company, 'large.csv', Buffer.from(many), asMeant)) // prettier-ignore
    await company.client.jobs.cancel({ id: job })
    expect(await ended(company, job)).toMatchObject({ state: 'cancelled' })
    expect(await traces()).toEqual(before)
  })
})
