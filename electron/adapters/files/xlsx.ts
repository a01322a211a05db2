import { readSheet } from 'read-excel-file/node'
import type { RawBatch, RawCell, TableChoice, TableProbe, TableRefusal } from '#engine/ports.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import { sha256 } from './digest.ts'
import { olderContainer } from './container.ts'
import { errorCells } from './error-cells.ts'
import { repack } from './repack.ts'
import { beginningOf, partsOf } from './sheet-parts.ts'
import { openZip, type ZipEntry } from './zip.ts'

const BATCH = 2_000
const SAMPLE = 200
const DAY = 86_400_000

/** The names of the sheets in their order, and which of the two date systems the workbook counts in. */
interface WorkbookInfo {
  readonly sheets: readonly string[]
  readonly from1904: boolean
  /** The reader knows `date1904="1"` only; Excel also writes `true`. */
  readonly missed1904: boolean
}

const XML_ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const unescape = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return XML_ENTITIES[name] ?? whole
    return String.fromCodePoint(Math.min(Number.parseInt(hex ?? decimal ?? '0', hex === undefined ? 10 : 16), 0x10ffff))
  })

function infoOf(entries: ReadonlyMap<string, ZipEntry>): WorkbookInfo | undefined {
  const part = entries.get('xl/workbook.xml')
  if (part === undefined) return undefined
  const xml = new TextDecoder().decode(part.content())
  const sheets = [...xml.matchAll(/<(?:\w+:)?sheet\s[^>]*?\bname="([^"]*)"/g)].map(([, name = '']) => unescape(name))
  const flag = /<(?:\w+:)?workbookPr\b[^>]*?\bdate1904="(1|true)"/.exec(xml)?.[1]
  return { sheets, from1904: flag !== undefined, missed1904: flag === 'true' }
}

interface Sheet {
  readonly info: WorkbookInfo
  readonly name: string
  readonly rows: readonly (readonly RawCell[])[]
}

/** How much of a sheet's XML a probe reads: some thousand rows. */
const BEGINNING = 1 << 20

/** Reads one sheet, or with `most` only the rows within the first so many bytes of it. */
async function sheetOf(bytes: Uint8Array, choice: TableChoice, most = Infinity): Promise<Result<Sheet, TableRefusal>> {
  const older = olderContainer(bytes)
  if (older !== undefined) return refuse(older)
  const entries = openZip(bytes)
  if (!entries.ok) return entries
  const info = infoOf(entries.value)
  if (info === undefined) return refuse('not-a-table')
  const name = choice.sheet ?? info.sheets[0]
  if (name === undefined) return refuse('empty')
  if (!info.sheets.includes(name)) return refuse('no-such-sheet')
  const parts = partsOf(entries.value, info.sheets.indexOf(name))
  if (parts === undefined) return refuse('not-a-table')
  const xml = beginningOf(parts.sheet.content(), most)
  const archive = repack([
    ...parts.others.map((part) => ({ name: part.name, bytes: part.content() })),
    { name: parts.sheet.name, bytes: xml },
  ])
  try {
    const data: readonly (readonly unknown[])[] = await readSheet(archive, name)
    const rows = data.map((row) => row.map((cell) => toCell(cell, info)))
    restoreErrors(rows, xml)
    return ok({ info, name, rows })
  } catch {
    // Damaged XML, references to parts that are not there: whatever the reader trips over, the file is no workbook we can vouch for.
    return refuse('not-a-table')
  }
}

/** The reader takes a formula's error for an empty cell; a person must be told of it, so it is put back. */
function restoreErrors(rows: RawCell[][], xml: Uint8Array): void {
  for (const { row, column, value } of errorCells(xml)) {
    while (rows.length <= row) rows.push([])
    const cells = rows[row] as RawCell[]
    while (cells.length <= column) cells.push(null)
    cells[column] = value
  }
}

function toCell(cell: unknown, info: WorkbookInfo): RawCell {
  if (cell instanceof Date) return dateText(cell.getTime(), info)
  return typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean' ? cell : null
}

const YEARS_OF_1904 = 1462 * DAY
const FIRST_TRUE_DAY = Date.UTC(1900, 1, 28)
const ZERO = Date.UTC(1899, 11, 30)

/**
 * A date serial as ISO text, with the time when there is one. Excel counts a 29 February 1900 that never was: the reader
 * takes it away everywhere, which is right from 1 March 1900 on and one day short before.
 */
function dateText(read: number, { from1904, missed1904 }: WorkbookInfo): string {
  let at = Math.round((missed1904 ? read + YEARS_OF_1904 : read) / 1000) * 1000
  if (!from1904 && at >= ZERO && at < ZERO + DAY) return new Date(at).toISOString().slice(11, 19)
  if (!from1904 && at < FIRST_TRUE_DAY) at += DAY
  const iso = new Date(at).toISOString()
  return iso.slice(11, 19) === '00:00:00' ? iso.slice(0, 10) : `${iso.slice(0, 10)}T${iso.slice(11, 19)}`
}

const filled = (row: readonly RawCell[]): number => row.filter((cell) => cell !== null && cell !== '').length

/** The first row that is at least as full as most rows: titles and blank lines above the table are passed over. */
function headerGuess(rows: readonly (readonly RawCell[])[]): number {
  const widest = Math.max(...rows.map(filled), 0)
  return Math.max(
    rows.findIndex((row) => filled(row) > widest / 2 && row.every((cell) => cell === null || typeof cell === 'string')),
    0,
  )
}

const shown = (cell: RawCell): string => (cell === null ? '' : String(cell))

function headerOf(sheet: Sheet, choice: TableChoice): { at: number; headers: readonly string[] } | undefined {
  const at = choice.headerRow ?? headerGuess(sheet.rows.slice(0, 30))
  const row = sheet.rows[at]
  if (row === undefined || filled(row) === 0) return undefined
  // Columns that have neither a header nor any value in the sample are the sheet's margin, not the table's.
  const below = sheet.rows.slice(at + 1, at + 1 + SAMPLE)
  let width = row.length
  while (
    width > 0 &&
    shown(row[width - 1] ?? null) === '' &&
    below.every((cells) => shown(cells[width - 1] ?? null) === '')
  )
    width--
  return { at, headers: row.slice(0, width).map(shown) }
}

export async function probeXlsx(bytes: Uint8Array, choice: TableChoice): Promise<Result<TableProbe, TableRefusal>> {
  const sheet = await sheetOf(bytes, choice, BEGINNING)
  if (!sheet.ok) return sheet
  const header = headerOf(sheet.value, choice)
  if (header === undefined) return refuse('empty')
  const sample = sheet.value.rows
    .slice(header.at + 1, header.at + 1 + SAMPLE)
    .map((row) => header.headers.map((_, at) => shown(row[at] ?? null)))
  return ok({
    format: 'xlsx',
    sha256: sha256(bytes),
    sheets: sheet.value.info.sheets,
    sheet: sheet.value.name,
    headerRow: header.at,
    headers: header.headers,
    sample,
  })
}

export async function* readXlsx(
  bytes: Uint8Array,
  choice: TableChoice,
): AsyncGenerator<Result<RawBatch, TableRefusal>> {
  const sheet = await sheetOf(bytes, choice)
  if (!sheet.ok) {
    yield sheet
    return
  }
  const header = headerOf(sheet.value, choice)
  if (header === undefined) {
    yield refuse('empty')
    return
  }
  const { rows } = sheet.value
  const width = header.headers.length
  for (let from = header.at + 1; from < rows.length; from += BATCH) {
    const batch: { line: number; cells: readonly RawCell[] }[] = []
    const malformed: { line: number; problem: 'column-count' }[] = []
    const to = Math.min(from + BATCH, rows.length)
    for (let at = from; at < to; at++) {
      const cells = rows[at] ?? []
      if (filled(cells) === 0) continue
      if (filled(cells.slice(width)) > 0) malformed.push({ line: at + 1, problem: 'column-count' })
      else batch.push({ line: at + 1, cells: cells.slice(0, width) })
    }
    yield ok({ rows: batch, malformed, progress: to / rows.length })
  }
}
