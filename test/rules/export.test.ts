import { describe, expect, it } from 'vitest'
import { datasetTable, exportTable } from '#engine/datasets/export.ts'
import { csv, importBed, GOOD, HEADER } from '#test/support/import-bed.ts'

const bed = importBed()

describe('an export', () => {
  it.each(['en', 'ar'] as const)('reads back as what was imported, with its provenance (%s)', async (locale) => {
    const record = await bed.imported(csv([HEADER, ...GOOD, '1/1/2026,=1+1,@x,5,2.50,paid'].join('\n')))
    const bytes = await exportTable(
      bed.deps.tables,
      bed.deps.scheduler,
      datasetTable(bed.vault, record, bed.deps.clock.now(), locale),
      locale,
    )
    const file = { name: 'export.xlsx', bytes }
    const again = await bed.imported(file)
    expect([...bed.vault.datasets.scan(again.table, ['Date', 'SKU', 'Customer', 'Quantity', 'Amount'])]).toEqual([...bed.vault.datasets.scan(record.table, ['Date', 'SKU', 'Customer', 'Quantity', 'Amount'])]) // prettier-ignore
    const probe = await bed.deps.tables.probe(file, {})
    const provenance = locale === 'en' ? 'Provenance' : 'المصدر'
    expect(probe).toMatchObject({ ok: true, value: { sheets: ['Ledger', provenance] } })
    const second = await bed.deps.tables.probe(file, { sheet: provenance })
    expect(JSON.stringify(second)).toContain(record.source.sha256)
  })
})
