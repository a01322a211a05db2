import type { Cell, Column } from '#shared/artifacts/table.ts'
import { readDate } from './calendar.ts'
import { type CancellationRule, fateOf } from './cancellation.ts'
import { type ColumnChoice, columnOf } from './columns.ts'
import { readDecimal, toMinorUnits, toNumber } from './decimal.ts'
import type { Defect, DefectCode } from './defect.ts'
import { excerpt } from './defect.ts'
import { isMoney } from './meaning.ts'
import { isMissing, isSpreadsheetError } from './text.ts'
import { readBoolean } from './truth.ts'

/** A cell as the file's reader hands it over: text from CSV, typed from a workbook. */
export type RawCell = string | number | boolean | null

export interface ImportChoices {
  readonly columns: readonly ColumnChoice[]
  readonly cancellation: CancellationRule
  /** Decimals of the currency of price and amount columns: 2 for riyals, 3 for dinars. */
  readonly moneyDecimals: number
}

/** What became of one row. A defective row is never half-imported: all its defects are told at once. */
export type RowOutcome =
  | { readonly kind: 'row'; readonly row: readonly Cell[] }
  | { readonly kind: 'excluded' }
  | { readonly kind: 'defective'; readonly defects: readonly Defect[] }

export interface CompiledImport {
  readonly columns: readonly Column[]
  /** One raw row, with the line it starts on in its file. */
  read(cells: readonly RawCell[], line: number): RowOutcome
}

type Reader = (cell: RawCell) => Cell | { readonly code: DefectCode }

/** Turns the choices into one function per column, so that the loop over 100,000 rows decides nothing twice. */
export function compileImport(choices: ImportChoices): CompiledImport {
  const readers = choices.columns.map((choice) => readerOf(choice, choices.moneyDecimals))
  const sources = choices.columns.map(({ source }) => source)
  const status = choices.columns.findIndex(({ meaning }) => meaning === 'status')
  const signed = choices.columns.flatMap(({ meaning }, at) =>
    meaning === 'quantity' || meaning === 'amount' ? [at] : [],
  )
  const quantity = choices.columns.findIndex(({ meaning }) => meaning === 'quantity')

  /** 'keep', 'drop' or 'negate', by status and sign. */
  const fate = (row: readonly Cell[]): 'keep' | 'drop' | 'negate' => {
    if (choices.cancellation === 'keep') return 'keep'
    const said = status < 0 ? undefined : fateOf(String(row[status] ?? ''))
    const count = quantity < 0 ? null : row[quantity]
    const negative = typeof count === 'number' && count < 0
    if (said === 'cancelled') return 'drop'
    if (choices.cancellation === 'exclude') return said === 'credit' || negative ? 'drop' : 'keep'
    return said === 'credit' ? 'negate' : 'keep'
  }

  return {
    columns: choices.columns.map(columnOf),
    read(cells, line) {
      const row: Cell[] = []
      let defects: Defect[] | undefined
      for (let at = 0; at < readers.length; at++) {
        const raw = cells[sources[at] ?? 0] ?? null
        const value = readers[at]?.(raw) ?? null
        if (typeof value === 'object' && value !== null) {
          defects ??= []
          defects.push({ line, column: choices.columns[at]?.name ?? '', code: value.code, value: excerpt(raw) })
          row.push(null)
        } else row.push(value)
      }
      if (defects !== undefined) return { kind: 'defective', defects }
      const what = fate(row)
      if (what === 'drop') return { kind: 'excluded' }
      if (what === 'negate') {
        for (const at of signed) {
          const value = row[at]
          if (typeof value === 'number' && value > 0) row[at] = -value
        }
      }
      return { kind: 'row', row }
    },
  }
}

function readerOf(choice: ColumnChoice, moneyDecimals: number): Reader {
  const read = typedReader(choice, moneyDecimals)
  return (cell) => {
    if (cell === null) return null
    if (typeof cell !== 'string') return read(cell)
    if (isMissing(cell)) return null
    return isSpreadsheetError(cell) ? { code: 'spreadsheet-error' } : read(cell)
  }
}

const asText = (cell: RawCell): string => (cell === true ? 'true' : cell === false ? 'false' : String(cell))

function typedReader(choice: ColumnChoice, moneyDecimals: number): Reader {
  switch (choice.type) {
    case 'text':
      // The spelling is the person's own; only marks and spaces at the ends that nobody sees are taken off.
      return (cell) =>
        typeof cell === 'string' && cell.isWellFormed() && !/[\u061c\u200e\u200f\u2066-\u2069\ufeff]|^\s|\s$/.test(cell)
          ? cell
          : trimEnds(asText(cell))
    case 'date':
      return (cell) => {
        const date = readDate(asText(cell), choice.dateOrder)
        if (date === 'not-a-date') return { code: 'not-a-date' }
        return date === 'hijri-out-of-range' ? { code: 'hijri-out-of-range' } : date
      }
    case 'boolean':
      return (cell) =>
        typeof cell === 'boolean' ? Number(cell) : (readBoolean(asText(cell)) ?? { code: 'not-a-boolean' })
    case 'integer':
    case 'decimal':
      return isMoney(choice.meaning) ? moneyReader(choice, moneyDecimals) : numberReader(choice)
  }
}

const trimEnds = (text: string): string =>
  text
    .toWellFormed()
    .replace(/^[\s\u061c\u200e\u200f\u2066-\u2069\ufeff]+|[\s\u061c\u200e\u200f\u2066-\u2069\ufeff]+$/g, '')

function numberReader({ type, decimalMark }: ColumnChoice): Reader {
  return (cell) => {
    let value: number | undefined
    if (typeof cell === 'number') value = cell
    else {
      const reading = readDecimal(asText(cell), decimalMark)
      if (reading === undefined) return { code: 'not-a-number' }
      value = toNumber(reading)
    }
    if (value === undefined || !Number.isFinite(value)) return { code: 'number-too-large' }
    if (type === 'decimal') return value
    if (!Number.isInteger(value)) return { code: 'not-an-integer' }
    return Number.isSafeInteger(value) ? value : { code: 'number-too-large' }
  }
}

function moneyReader({ decimalMark }: ColumnChoice, moneyDecimals: number): Reader {
  return (cell) => {
    // A workbook's number is a double: its shortest text is what the person typed, save the dust of a formula.
    const text = typeof cell === 'number' ? cleaned(cell, moneyDecimals) : asText(cell)
    const reading = readDecimal(text, typeof cell === 'number' ? '.' : decimalMark)
    if (reading === undefined) return { code: typeof cell === 'number' ? 'number-too-large' : 'not-a-number' }
    const minor = toMinorUnits(reading, moneyDecimals)
    if (minor === 'too-fine') return { code: 'money-too-fine' }
    return minor === 'too-large' ? { code: 'number-too-large' } : minor
  }
}

/** 0.1 + 0.2 arrives as 0.30000000000000004: within a millionth of a minor unit it is the rounded value. */
function cleaned(value: number, moneyDecimals: number): string {
  const scaled = value * 10 ** moneyDecimals
  const near = Math.abs(scaled - Math.round(scaled)) < 1e-6 * Math.max(1, Math.abs(scaled) * 1e-9)
  return near ? value.toFixed(moneyDecimals) : String(value)
}

/** Money cells back in major units, for tables that leave. Exact: halves of a minor unit do not exist here. */
export const fromMinorUnits = (value: number, moneyDecimals: number): number => value / 10 ** moneyDecimals
