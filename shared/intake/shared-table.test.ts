import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Column, ColumnType } from '#shared/artifacts/table.ts'
import { concat } from '#shared/kernel/bytes.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { page, pages, readHead, readRows, writeHead, type TableHead } from './shared-table.ts'

const column = (name: string, type: ColumnType): Column => ({ name, type, meaning: 'other', dataClass: 'private' })
const columns = [column('t', 'text'), column('i', 'integer'), column('d', 'decimal'), column('on', 'date'), column('b', 'boolean')] // prettier-ignore
const head: TableHead = {
  name: 'Orders', version: 3, columns, withheld: 2, rows: 2, moneyDecimals: 2, cancellation: 'net', excluded: 0, defectiveRows: 1, synthetic: false,
  source: { file: 'orders.csv', sha256: 'ab'.repeat(32), system: 'ERP', importedAt: 5 as Instant },
} // prettier-ignore
const rows: Canonical = [['x', 1, 1.5, '2026-01-31', 1], [null, null, null, null, null]] // prettier-ignore
const without = (change: object): Canonical => ({ ...head, ...change }) as unknown as Canonical

describe('a table on its way to a colleague', () => {
  it('[INT-17] comes back as it was written, page by page', () => {
    const read = [...pages(concat(page(writeHead(head)), page(rows)))]
    expect(readHead(read[0] ?? null)).toEqual(head)
    expect(readRows(read[1] ?? null, columns)).toEqual(rows)
    expect(read).toHaveLength(2)
  })
  it.each([
    ['not a head', []],
    ['no name', without({ name: '' })],
    ['a text too long', without({ name: 'x'.repeat(201) })],
    ['a count below nothing', without({ rows: -1 })],
    ['no count', without({ version: 1.5 })],
    ['an unknown rule', without({ cancellation: 'maybe' })],
    ['no column', without({ columns: [] })],
    ['two columns of one name', without({ columns: [columns[0], { ...columns[0], name: 'T' }] })],
    ['an unknown class', without({ columns: [{ ...columns[0], dataClass: 'open' }] })],
    ['an unknown type', without({ columns: [{ ...columns[0], type: 'blob' }] })],
    ['no source', without({ source: null })],
    ['a source that is a list', without({ source: [] })],
  ] as const)('[INT-17] a head is read strictly: %s', (_, value) => {
    expect(readHead(value as Canonical)).toBeUndefined()
  })
  it.each([
    ['a cell of another type', ['x', 'one', 1, '2026-01-31', 1]],
    ['a fraction for a whole number', ['x', 1.5, 1, '2026-01-31', 1]],
    ['a day that does not exist', ['x', 1, 1, '2026-02-30', 1]],
    ['a truth that is none', ['x', 1, 1, '2026-01-31', 2]],
    ['a cell too few', ['x', 1, 1, '2026-01-31']],
    ['no row', null],
  ] as const)('[INT-17] rows fit their columns or do not count: %s', (_, row) => {
    expect(readRows([row] as unknown as Canonical, columns)).toBeUndefined()
  })
  it('[INT-17] whatever the bytes are, reading ends, and nothing follows what does not read', () => {
    const sound = concat(page(writeHead(head)), page(rows))
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(sound.length), (noise, at) => {
        const bent = concat(sound.subarray(0, at), noise, sound.subarray(at))
        const read = [...pages(bent)]
        const bad = read.indexOf(undefined)
        expect(bad === -1 || bad === read.length - 1).toBe(true)
        for (const value of read) if (value !== undefined) readHead(value)
      }),
    )
  })
})
