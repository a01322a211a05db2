import type { Column, ColumnMeaning, ColumnType, DataClass } from '#shared/artifacts/table.ts'
import { type DateOrder, dateEvidence, isHijri, isMonthOnly, readDate } from './calendar.ts'
import { type CancellationFinding, proposeCancellation } from './cancellation.ts'
import { type DecimalMark, decimalEvidence, readDecimal } from './decimal.ts'
import { type HeaderNote, nameColumns } from './headers.ts'
import { isLabel, isMoney, proposeClass, proposeMeaning } from './meaning.ts'
import { isMissing } from './text.ts'
import { readBoolean } from './truth.ts'

/** How one column of a file is read. The person may change every part of a proposal before the import. */
export interface ColumnChoice {
  /** 0-based position in the file's rows. */
  readonly source: number
  readonly name: string
  readonly type: ColumnType
  readonly meaning: ColumnMeaning
  readonly dataClass: DataClass
  readonly decimalMark: DecimalMark
  readonly dateOrder: DateOrder
}

/** How many sample values read as each kind; a value may count under several. */
export interface ColumnEvidence {
  readonly values: number
  readonly missing: number
  readonly integers: number
  readonly decimals: number
  readonly dates: number
  readonly booleans: number
  readonly percentages: number
  readonly months: number
  readonly currencies: readonly string[]
}

/** What the sample cannot settle, so the person is asked. */
export type ColumnQuestion = 'date-order' | 'decimal-mark'

export interface ColumnProposal extends ColumnChoice {
  readonly header: string
  readonly headerNote: HeaderNote | undefined
  readonly evidence: ColumnEvidence
  readonly questions: readonly ColumnQuestion[]
  readonly examples: readonly string[]
}

export interface TableProposal {
  readonly columns: readonly ColumnProposal[]
  readonly cancellation: CancellationFinding | undefined
}

/** Share of the values that must read as a type for the column to be proposed as one; the rest are reported as defects. */
const ENOUGH = 0.8
/** More digits than this are an identifier: no count or amount in trade needs them, and a double would round them. */
const LONGEST_NUMBER = 15

/** Looks at header row and sample and proposes how to read each column. Nothing is decided: the proposal is data. */
export function proposeColumns(headers: readonly string[], sample: readonly (readonly string[])[]): TableProposal {
  const named = nameColumns(headers)
  const columns = named.map((header, source): ColumnProposal => {
    const cells = sample.map((row) => row[source] ?? '')
    const values = cells.filter((cell) => !isMissing(cell))
    const decimalMark = decimalMarkOf(values)
    const dateOrder = dateOrderOf(values)
    const evidence = weigh(values, cells.length - values.length, decimalMark.choice, dateOrder.choice)
    const meaning = proposeMeaning(headers[source] ?? '', values)
    const type = proposeType(values, evidence, meaning)
    return {
      source, name: header.name, header: headers[source] ?? '', headerNote: header.note,
      type, meaning: agreeing(meaning, type), dataClass: proposeClass(agreeing(meaning, type)), decimalMark: decimalMark.choice, dateOrder: dateOrder.choice, evidence,
      questions: questionsOf(type, decimalMark.settled, dateOrder.settled), examples: [...new Set(values)].slice(0, 3),
    } // prettier-ignore
  })
  const cellsOf = (wanted: ColumnMeaning) => {
    const column = columns.find(({ meaning }) => meaning === wanted)
    return column === undefined ? [] : sample.map((row) => row[column.source] ?? '')
  }
  return { columns, cancellation: proposeCancellation(cellsOf('status'), cellsOf('quantity')) }
}

/** A column headed `Quantity` that holds words is no quantity: the meaning yields to what the values are. */
function agreeing(meaning: ColumnMeaning, type: ColumnType): ColumnMeaning {
  const numeric = type === 'integer' || type === 'decimal'
  if ((meaning === 'quantity' || isMoney(meaning)) && !numeric) return 'other'
  if (meaning === 'date' && type !== 'date') return 'other'
  return meaning === 'other' && type === 'date' ? 'date' : meaning
}

interface Settled<T> {
  readonly choice: T
  /** False when no value, or values of both kinds, decide it: then the person is asked. */
  readonly settled: boolean
}

function decimalMarkOf(values: readonly string[]): Settled<DecimalMark> {
  const seen = { '.': 0, ',': 0, either: 0, none: 0 }
  for (const value of values) seen[decimalEvidence(value)]++
  return { choice: seen[','] > seen['.'] ? ',' : '.', settled: settles(seen['.'], seen[','], seen.either) }
}

function dateOrderOf(values: readonly string[]): Settled<DateOrder> {
  const seen = { ymd: 0, dmy: 0, mdy: 0, either: 0, none: 0 }
  let hijri = 0
  for (const value of values) {
    seen[dateEvidence(value)]++
    if (isHijri(value)) hijri++
  }
  const settled = settles(seen.dmy, seen.mdy, seen.either)
  // Nobody writes Hijri dates month first, so an open order is no question there.
  if (hijri > values.length / 2 && seen.mdy === 0) return { choice: 'hijri', settled: true }
  if (seen.mdy > seen.dmy) return { choice: 'mdy', settled }
  return { choice: seen.ymd > 0 && seen.dmy + seen.either === 0 ? 'ymd' : 'dmy', settled }
}

const settles = (one: number, other: number, open: number): boolean =>
  (one > 0 && other === 0) || (other > 0 && one === 0) || (one === 0 && other === 0 && open === 0)

function weigh(values: readonly string[], missing: number, mark: DecimalMark, order: DateOrder): ColumnEvidence {
  let integers = 0, decimals = 0, dates = 0, booleans = 0, percentages = 0, months = 0 // prettier-ignore
  const currencies = new Set<string>()
  for (const value of values) {
    // A value that only the other mark can read still says that the column is one of numbers: it will be the defect.
    const reading = readDecimal(value, mark) ?? readDecimal(value, mark === '.' ? ',' : '.')
    if (reading !== undefined) {
      decimals++
      if (reading.fraction === '' && !reading.percent) integers++
      if (reading.percent) percentages++
      if (reading.currency !== undefined) currencies.add(reading.currency)
    }
    if (readBoolean(value) !== undefined) booleans++
    // A refused Hijri year is still a date by its shape: the column is one of dates and the row is the defect.
    if (readDate(value, order) === 'not-a-date' && readDate(value, order === 'mdy' ? 'dmy' : 'mdy') === 'not-a-date')
      continue
    dates++
    if (isMonthOnly(value)) months++
  }
  return { values: values.length, missing, integers, decimals, dates, booleans, percentages, months, currencies: [...currencies] } // prettier-ignore
}

const digitsOnly = (text: string): string => text.replace(/\D/g, '')

function proposeType(values: readonly string[], evidence: ColumnEvidence, meaning: ColumnMeaning): ColumnType {
  if (values.length === 0 || isLabel(meaning)) return 'text'
  const enough = values.length * ENOUGH
  if (evidence.dates >= enough && (meaning === 'date' || evidence.decimals < enough)) return 'date'
  if (evidence.booleans >= enough && evidence.decimals < enough) return 'boolean'
  if (evidence.decimals < enough) return 'text'
  if (isMoney(meaning)) return 'decimal'
  const identifiers = values.filter((value) => /^0\d/.test(value) || digitsOnly(value).length > LONGEST_NUMBER).length
  if (identifiers > 0 && evidence.integers === evidence.decimals) return 'text'
  return evidence.integers === evidence.decimals ? 'integer' : 'decimal'
}

function questionsOf(type: ColumnType, mark: boolean, order: boolean): readonly ColumnQuestion[] {
  if (type === 'date') return order ? [] : ['date-order']
  return (type === 'integer' || type === 'decimal') && !mark ? ['decimal-mark'] : []
}

/** The dataset's column that a choice makes. */
export const columnOf = ({ name, type, meaning, dataClass }: ColumnChoice): Column => ({
  name,
  type,
  meaning,
  dataClass,
})
