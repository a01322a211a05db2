import { describe, expect, it } from 'vitest'
import { transactionsCsv } from '#demo/transactions.ts'
import { datasetView, findDataset, listDatasets, pageRows } from '#engine/datasets/dataset.ts'
import { describeDataset } from '#engine/datasets/describe.ts'
import { defectsOf, importTable, removeDataset } from '#engine/datasets/import.ts'
import { type ImportPlan, pastedTable } from '#engine/datasets/plan.ts'
import type { TableChoice, Tables } from '#engine/ports.ts'
import { utf8, csv, watching, whole, importBed, GOOD, HEADER, DEFECTIVE } from '#test/support/import-bed.ts'

const bed = importBed()

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

describe('an import', () => {
  it('[INT-14] takes the good rows of a file with every defect and tells each defect by its line', async () => {
    const record = await bed.imported(csv(DEFECTIVE), { cancellations: 'exclude' })
    expect(defectsOf(bed.vault, record.id).map(({ line, column, code }) => [line, column, code])).toEqual([
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
    const page = pageRows(bed.vault, record.id, { offset: 40, limit: 10 })
    expect(page).toMatchObject({
      ok: true,
      value: { total: 43, rows: [['2026-03-15', 'A', 'x', 7, 123450, 'paid'], ['2026-03-01', 'A', 'x', null, null, null], ['2026-03-01', 'A', 'two\nlines', 1, 100, 'paid']] },
    }) // prettier-ignore
    expect(datasetView(bed.vault, record)).toMatchObject({
      defects: 10,
      excludedCancellations: 1,
      source: { file: 'ledger.csv', system: 'ERP' },
    })
    expect(bed.audit).toMatchObject([
      { kind: 'import', code: 'dataset-imported', detail: { rows: 43, defectiveRows: 10 } },
    ])
    expect(JSON.stringify(bed.audit)).not.toContain('عميل')
  })

  it.each([
    ['utf-8', ';'], ['utf-8', '\t'], ['utf-16le', ','], ['utf-16le', ';'], ['utf-16be', '\t'], ['windows-1256', ','], ['windows-1256', ';'],
  ] as const)('[INT-14] tells the same defects in %s with %j', async (encoding, delimiter) => {
    // Windows-1256 gives every byte a letter, so there is nothing undecodable in it; its digits are ASCII.
    const lines = DEFECTIVE.split('\n').filter((line) => encoding !== 'windows-1256' || !/[\ufffd٠-٩]/.test(line))
    const text = lines.map((line) => (line.split('"').length % 2 === 0 ? line.replaceAll(',', delimiter) : line.replace(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/g, delimiter))).join('\r\n')
    const bytes = encoded(text.replace('"two\r\nlines"', '"two\nlines"'), encoding)
    const record = await bed.imported({ name: 'ledger.csv', bytes })
    expect(record.defects).toEqual({
      'not-a-date': 1, 'hijri-out-of-range': 1, 'not-an-integer': 1, 'not-a-number': 1, 'money-too-fine': 1, 'number-too-large': 1,
      'spreadsheet-error': 1, 'column-count': 1, 'unclosed-quote': 1, ...(encoding === 'windows-1256' ? {} : { 'bad-encoding': 1 }),
    })
    expect(record.rows).toBe(encoding === 'windows-1256' ? 43 : 44)
    expect([...bed.vault.datasets.scan(record.table, ['Customer'])][1]).toEqual(['عميل 1'])
  }) // prettier-ignore

  it('keeps two columns of one name apart, whichever of them the person takes', async () => {
    const file = csv('Amount,SKU,Amount\n1,A,9\n2,B,8\n')
    const plan = await bed.planFor(file)
    const rowsOf = async (columns: ImportPlan['columns']) => {
      const result = await importTable(bed.deps, file, { ...plan, columns }, watching())
      return (
        result.ok && [
          ...bed.vault.datasets.scan(
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
    const plan = whole(await bed.planFor(csv(DEFECTIVE), { maxDefects: 9 }))
    expect(await importTable(bed.deps, csv(DEFECTIVE), plan, watching())).toEqual({
      ok: false,
      refusal: { code: 'too-many-defects', params: { defects: 10, line: 42 } },
    })
    bed.expectUntouched()
  })

  it('leaves nothing behind when it is cancelled in the middle', async () => {
    const file = csv(transactionsCsv({ rows: 20_000, seed: 4 }))
    const plan = await bed.planFor(file)
    let seen = 0
    const watch = watching((_, rows, signal) => {
      seen = rows
      if (rows > 5_000) signal.aborted = true
    })
    expect(await importTable(bed.deps, file, plan, watch)).toEqual({ ok: false, refusal: { code: 'cancelled' } })
    expect(seen).toBeGreaterThan(5_000)
    expect(seen).toBeLessThan(20_000)
    bed.expectUntouched()
  })

  it('leaves nothing behind when the reader fails, and when the last transaction does', async () => {
    const file = csv(`a,b\n${'1,2\n'.repeat(9_000)}`)
    const plan = await bed.planFor(file)
    const broken: Tables = {
      probe: (...given) => bed.deps.tables.probe(...given),
      async *read(...given) {
        let batches = 0
        for await (const batch of bed.deps.tables.read(...given)) {
          if (++batches === 3) throw new Error('worker gone')
          yield batch
        }
      },
      writeWorkbook: (sheets) => bed.deps.tables.writeWorkbook(sheets),
    }
    await expect(importTable({ ...bed.deps, tables: broken }, file, plan, watching())).rejects.toThrow('worker gone')
    bed.expectUntouched()
    const failing = { ...bed.deps, audit: () => { throw new Error('chain') } } // prettier-ignore
    await expect(importTable(failing, file, plan, watching())).rejects.toThrow('chain')
    bed.expectUntouched()
  })

  it('is invisible until it is whole', async () => {
    const file = csv(transactionsCsv({ rows: 6_000, seed: 4 }))
    const visible: number[] = []
    const result = await importTable(
      bed.deps,
      file,
      await bed.planFor(file),
      watching((progress) => progress < 1 && visible.push(listDatasets(bed.vault).length)),
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
    const plan = await bed.planFor(file)
    const extra = { ...(plan.columns[0] as ImportPlan['columns'][number]), header, name: header }
    const columns = code === 'duplicate-names' ? [...plan.columns, extra] : [extra]
    expect(await importTable(bed.deps, file, { ...plan, columns }, watching())).toMatchObject({
      ok: false,
      refusal: { code },
    })
    bed.expectUntouched()
  })

  it('takes only the columns of the plan, and cells pasted from a spreadsheet', async () => {
    const { file, choice } = pastedTable('SKU\tالكمية\tملاحظة\nA\t٥\t"س\nص"\nB\t6\t\n')
    const plan = await bed.planFor(file, {}, choice)
    const record = await importTable(bed.deps, file, { ...plan, columns: plan.columns.slice(0, 2) }, watching())
    expect(record).toMatchObject({ ok: true, value: { rows: 2, columns: [{ name: 'SKU', type: 'text' }, { name: 'الكمية', type: 'integer', meaning: 'quantity' }] } }) // prettier-ignore
    expect(record.ok && pageRows(bed.vault, record.value.id, { offset: 0, limit: 9 })).toMatchObject({ value: { rows: [['A', 5], ['B', 6]] } }) // prettier-ignore
  })

  it('imports 100,000 rows and gives way between batches', async () => {
    const file = csv(transactionsCsv({ rows: 100_000, seed: 9 }))
    let breaths = 0
    const breathe = (): Promise<void> => (breaths++, bed.deps.scheduler.breathe())
    const plan = await bed.planFor(file, { cancellations: 'net' })
    const result = await importTable(
      { ...bed.deps, scheduler: { ...bed.deps.scheduler, breathe } },
      file,
      plan,
      watching(),
    )
    if (!result.ok) throw new Error(result.refusal.code)
    expect(result.value.rows + result.value.excluded).toBe(100_000)
    expect(result.value.excluded).toBeGreaterThan(3_000)
    expect(result.value.defectiveRows).toBe(0)
    expect(bed.vault.datasets.count(result.value.table)).toBe(result.value.rows)
    expect(breaths).toBeGreaterThan(49)
  }, 120_000)

  it('can be described anew and removed, with both in the audit', async () => {
    const record = await bed.imported(csv([HEADER, ...GOOD].join('\n')))
    expect(describeDataset(bed.deps, record.id, 'Sales', [{ name: 'Customer', dataClass: 'shared-confidential', meaning: 'other' }, { name: 'Amount', dataClass: 'private', meaning: 'other' }])).toMatchObject({ ok: true }) // prettier-ignore
    const next = findDataset(bed.vault, record.id)
    expect(next.ok && next.value.columns.map(({ meaning }) => meaning)).toEqual([
      'date',
      'sku',
      'other',
      'quantity',
      'amount',
      'status',
    ])
    expect(next.ok && next.value.name).toBe('Sales')
    expect(bed.audit.slice(1)).toMatchObject([{ code: 'data-class-changed', detail: { column: 'Customer', from: 'private', to: 'shared-confidential' } }]) // prettier-ignore
    expect(describeDataset(bed.deps, record.id, 'x', [{ name: 'Nowhere', dataClass: 'private', meaning: 'other' }])).toMatchObject({ refusal: { code: 'no-such-column' } }) // prettier-ignore
    removeDataset(bed.deps, record)
    expect(findDataset(bed.vault, record.id)).toMatchObject({ ok: false })
    expect(bed.audit.at(-1)).toMatchObject({ code: 'dataset-removed' })
  })
})
