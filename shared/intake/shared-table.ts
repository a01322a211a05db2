import type { Cell, Column, ColumnMeaning, ColumnType, DataClass } from '#shared/artifacts/table.ts'
import { concat } from '#shared/kernel/bytes.ts'
import { decode, encode, type Canonical } from '#shared/kernel/canonical.ts'
import { isoDate, type Instant } from '#shared/kernel/time.ts'
import type { CancellationRule } from './cancellation.ts'

/*
 * A table on its way to a colleague: pages, each a length of 4 bytes (big-endian) and one value of deterministic CBOR. The first
 * page is the head, every further one rows. Pages let both ends work in steps; a table of a year is too much for one.
 */

/** What is told of a table beside its rows. Columns that stayed at home are counted, not named. */
export interface TableHead {
  readonly name: string
  /** The version that the sharer's vault gives it. */
  readonly version: number
  readonly columns: readonly Column[]
  readonly withheld: number
  readonly rows: number
  /** Decimals of the minor units in which price and amount cells are. */
  readonly moneyDecimals: number
  readonly cancellation: CancellationRule
  readonly excluded: number
  readonly defectiveRows: number
  readonly synthetic: boolean
  readonly source: {
    readonly file: string
    readonly sha256: string
    readonly system: string
    readonly importedAt: Instant
  }
}
export type TableRow = readonly Cell[]

/** More pages in one table than anybody sends. */
const MOST_PAGES = 20_000
const MOST_COLUMNS = 500
const MOST_TEXT = 1_000_000
const TYPES: readonly ColumnType[] = ['text', 'integer', 'decimal', 'date', 'boolean']
const CLASSES: readonly DataClass[] = ['public', 'shared-confidential', 'private']
const RULES: readonly CancellationRule[] = ['exclude', 'net', 'keep']
const MEANINGS: readonly ColumnMeaning[] = [
  'date', 'sku', 'product', 'region', 'customer', 'quantity', 'price', 'amount', 'status', 'order',
  'person-name', 'email', 'phone', 'iban', 'national-id', 'tax-id', 'note', 'other',
] // prettier-ignore

/** One page as bytes: a head, some rows, or another single value that is sent the same way. */
export function page(value: Canonical): Uint8Array {
  const body = encode(value)
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, body.length)
  return concat(length, body)
}

/** The pages of a content, one at a time; undefined in place of the first that does not read, and nothing after it. */
export function* pages(content: Uint8Array): Generator<Canonical | undefined> {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength)
  let count = 0
  for (let at = 0; at < content.length; count++) {
    const end = at + 4 <= content.length && count < MOST_PAGES ? at + 4 + view.getUint32(at) : Infinity
    const read = end <= content.length ? decode(content.subarray(at + 4, end)) : undefined
    yield read?.ok ? read.value : undefined
    if (!read?.ok) return
    at = end
  }
}

export const writeHead = (head: TableHead): Canonical => head as unknown as Canonical

/** A head as it has to be; undefined for anything else. A colleague's device is trusted with nothing here. */
export function readHead(value: Canonical): TableHead | undefined {
  if (!isMap(value) || !isMap(value['source'] ?? null)) return undefined
  const { name, version, columns, withheld, rows, moneyDecimals, cancellation, excluded, defectiveRows, synthetic } = value
  const { file, sha256, system, importedAt } = value['source'] as Fields
  if (!isText(name, 200) || name === '' || !isText(file, 1000) || !isText(sha256, 64) || !isText(system, 200)) return undefined
  if (![version, withheld, rows, excluded, defectiveRows, moneyDecimals, importedAt].every(isCount)) return undefined
  if ((moneyDecimals as number) > 6 || typeof synthetic !== 'boolean') return undefined
  if (!RULES.includes(cancellation as CancellationRule) || !Array.isArray(columns)) return undefined
  const read = (columns as readonly Canonical[]).map(readColumn)
  const names = new Set(read.map((column) => column?.name.toLowerCase()))
  if (read.length === 0 || read.length > MOST_COLUMNS || names.size !== read.length || read.includes(undefined)) return undefined
  return { ...(value as unknown as TableHead), columns: read as readonly Column[] }
} // prettier-ignore

/** Rows that fit the head's columns, cell by cell; undefined when one does not. */
export function readRows(value: Canonical, columns: readonly Column[]): readonly TableRow[] | undefined {
  if (!Array.isArray(value)) return undefined
  const rows = value as readonly Canonical[]
  const fit = rows.every(
    (row) =>
      Array.isArray(row) && row.length === columns.length && columns.every(({ type }, at) => fits(type, row[at])),
  )
  return fit ? (rows as unknown as readonly TableRow[]) : undefined
}

function fits(type: ColumnType, cell: unknown): boolean {
  if (cell === null) return true
  switch (type) {
    case 'text':
      return isText(cell, MOST_TEXT)
    case 'integer':
      return Number.isSafeInteger(cell)
    case 'decimal':
      return typeof cell === 'number' && Number.isFinite(cell)
    case 'date':
      return typeof cell === 'string' && isoDate(cell) !== undefined
    case 'boolean':
      return cell === 0 || cell === 1
  }
}

function readColumn(value: Canonical): Column | undefined {
  if (!isMap(value)) return undefined
  const { name, type, meaning, dataClass } = value
  if (!isText(name, 200) || name === '' || !TYPES.includes(type as ColumnType)) return undefined
  if (!MEANINGS.includes(meaning as ColumnMeaning) || !CLASSES.includes(dataClass as DataClass)) return undefined
  return { name, type: type as ColumnType, meaning: meaning as ColumnMeaning, dataClass: dataClass as DataClass }
}

type Fields = Readonly<Record<string, Canonical>>
const isMap = (value: Canonical): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
const isText = (value: unknown, most: number): value is string => typeof value === 'string' && value.length <= most
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0
