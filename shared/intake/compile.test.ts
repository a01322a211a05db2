import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ColumnMeaning, ColumnType } from '#shared/artifacts/table.ts'
import type { CancellationRule } from './cancellation.ts'
import { type CompiledImport, compileImport, fromMinorUnits } from './compile.ts'
import type { ColumnChoice } from './columns.ts'
import { DEFECT_CODES } from './defect.ts'

const column = (source: number, name: string, type: ColumnType, meaning: ColumnMeaning, rest: Partial<ColumnChoice> = {}): ColumnChoice => ({
  source, name, type, meaning, dataClass: 'private', decimalMark: '.', dateOrder: 'dmy', ...rest,
}) // prettier-ignore
const COLUMNS = [
  column(0, 'Day', 'date', 'date'), column(1, 'Qty', 'integer', 'quantity'), column(2, 'Amount', 'decimal', 'amount'),
  column(3, 'Status', 'text', 'status'), column(4, 'Paid', 'boolean', 'other'), column(5, 'Rate', 'decimal', 'other'),
] // prettier-ignore
const compiled = (cancellation: CancellationRule = 'keep'): CompiledImport =>
  compileImport({ columns: COLUMNS, cancellation, moneyDecimals: 2 })

describe('a compiled import', () => {
  it('[INT-8] reads every way of saying "missing" as null', () => {
    for (const word of ['', ' ', '-', 'N/A', 'null', 'NULL', '#N/A', 'غير متوفر', 'لا يوجد', '—', '\u200f']) {
      expect(compiled().read(Array(6).fill(word), 2), word).toEqual({ kind: 'row', row: Array(6).fill(null) })
    }
    expect(compiled().read([], 2)).toEqual({ kind: 'row', row: Array(6).fill(null) })
  })

  it('[INT-4] keeps money in minor units and other decimals as they are, from text and from workbook cells', () => {
    expect(compiled().read(['1/2/2026', '٥', '1,234.50', ' ok\u200f', 'نعم', '15%'], 2)).toEqual({
      kind: 'row',
      row: ['2026-02-01', 5, 123450, 'ok', 1, 0.15],
    })
    expect(compiled().read(['2026-02-01', 5, 0.1 + 0.2, 'ok', true, 0.15], 2)).toEqual({
      kind: 'row',
      row: ['2026-02-01', 5, 30, 'ok', 1, 0.15],
    })
    expect(fromMinorUnits(123450, 2)).toBe(1234.5)
  })

  it('[INT-14] leaves a defective row out whole and tells every defect of it', () => {
    const long = 'x'.repeat(200)
    expect(compiled().read(['31/2/2026', '1.5', '1.005', 'ok', 'perhaps', long], 17)).toEqual({
      kind: 'defective',
      defects: [
        { line: 17, column: 'Day', code: 'not-a-date', value: '31/2/2026' },
        { line: 17, column: 'Qty', code: 'not-an-integer', value: '1.5' },
        { line: 17, column: 'Amount', code: 'money-too-fine', value: '1.005' },
        { line: 17, column: 'Paid', code: 'not-a-boolean', value: 'perhaps' },
        { line: 17, column: 'Rate', code: 'not-a-number', value: `${'x'.repeat(39)}…` },
      ],
    })
    expect(compiled().read(['1/1/1600', '1e99', '99999999999999999', '', '', ''], 3)).toMatchObject({
      defects: [{ code: 'hijri-out-of-range' }, { code: 'not-a-number' }, { code: 'number-too-large' }],
    })
  })

  it('[INT-15] tells a failed formula apart from a missing value', () => {
    expect(compiled().read(['#N/A', '#REF!', '#DIV/0!', '', '', ''], 4)).toMatchObject({
      defects: [
        { column: 'Qty', code: 'spreadsheet-error' },
        { column: 'Amount', code: 'spreadsheet-error' },
      ],
    })
  })

  it('[INT-13] excludes, nets or keeps what was cancelled', () => {
    const fates = (rule: CancellationRule) =>
      [['ملغي', '5', '10'], ['Credit note', '5', '10'], ['Returned', '-5', '-10'], ['ok', '-1', '-2'], ['ok', '1', '2']].map(([status = '', quantity = '', amount = '']) => {
        const outcome = compiled(rule).read(['1/1/2026', quantity, amount, status, '', ''], 2)
        return outcome.kind === 'row' ? [outcome.row[1], outcome.row[2]] : outcome.kind
      }) // prettier-ignore
    expect(fates('keep')).toEqual([[5, 1000], [5, 1000], [-5, -1000], [-1, -200], [1, 200]]) // prettier-ignore
    expect(fates('net')).toEqual(['excluded', [-5, -1000], [-5, -1000], [-1, -200], [1, 200]]) // prettier-ignore
    expect(fates('exclude')).toEqual(['excluded', 'excluded', 'excluded', 'excluded', [1, 200]])
  })

  it('[INT-16] ends in a cell of the type, null or a defect, whatever the cell holds', () => {
    const piece = fc.constantFrom(
      '1',
      '٣',
      '٫',
      '٬',
      '.',
      ',',
      '-',
      '/',
      ' ',
      '(',
      ')',
      '%',
      'e',
      '+',
      'SAR',
      'ر.س',
      'هـ',
      'Jan',
      'مارس',
      '\u200f',
      '#',
      '"',
      '2026',
      '1447',
      ':',
      'T',
      '\ud800',
    )
    const messy = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 8 }).map((parts) => parts.join('')),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
    )
    const fits: Record<ColumnType, (cell: unknown) => boolean> = {
      text: (cell) => typeof cell === 'string',
      integer: (cell) => Number.isSafeInteger(cell),
      decimal: (cell) => Number.isFinite(cell),
      date: (cell) => typeof cell === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(cell) && !Number.isNaN(Date.parse(cell)),
      boolean: (cell) => cell === 0 || cell === 1,
    } // prettier-ignore
    fc.assert(
      fc.property(fc.array(messy, { minLength: 6, maxLength: 6 }), (cells) => {
        const outcome = compiled().read(cells, 1)
        if (outcome.kind === 'excluded') return false
        if (outcome.kind === 'defective') return outcome.defects.length > 0 && outcome.defects.every(({ code, value }) => DEFECT_CODES.includes(code) && value.length <= 40)
        return outcome.row.every((cell, at) => cell === null || fits[COLUMNS[at]?.type ?? 'text'](cell))
      }),
      { seed: 20261121, numRuns: 5_000 },
    ) // prettier-ignore
  })
})
