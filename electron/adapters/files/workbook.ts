import writeXlsxFile, { type CellObject, type Row } from 'write-excel-file/node'
import type { RawCell, WorkbookSheet } from '#engine/ports.ts'

/**
 * Text is written as text and nothing else: with the type given, a cell that begins with = + - or @ is a shared string and never
 * a formula, whatever a partner put into it.
 */
function cellOf(value: RawCell): CellObject | null {
  if (value === null) return null
  if (typeof value === 'number') return { type: Number, value }
  if (typeof value === 'boolean') return { type: Boolean, value }
  return { type: String, value: fitting(value) }
}

/** The longest text that a cell of the format holds. Characters that XML cannot hold are taken out by the writer. */
const LONGEST = 32_767
const fitting = (text: string): string => text.slice(0, LONGEST)

/** Sheet names: at most 31 characters, none of `[]:*?/\`, unique. */
function sheetNames(sheets: readonly WorkbookSheet[]): readonly string[] {
  const taken = new Set<string>()
  return sheets.map(({ name }, at) => {
    const clean =
      name
        .replace(/[[\]:*?/\\]/g, ' ')
        .replace(/^'|'$/g, '')
        .trim()
        .slice(0, 31) || `Sheet ${at + 1}`
    let unique = clean
    for (let copy = 2; taken.has(unique.toLowerCase()); copy++) unique = `${clean.slice(0, 27)} ${copy}`
    taken.add(unique.toLowerCase())
    return unique
  })
}

/** The bytes of an .xlsx file, first row of every sheet bold and sticky, Arabic sheets from right to left. */
export async function writeWorkbook(sheets: readonly WorkbookSheet[]): Promise<Uint8Array> {
  const names = sheetNames(sheets)
  const written = await writeXlsxFile(
    sheets.map((sheet, at) => ({
      sheet: names[at] ?? '',
      rightToLeft: sheet.rightToLeft,
      stickyRowsCount: 1,
      columns: sheet.columns.map(({ width }) => ({ width: width ?? 16 })),
      data: [
        sheet.columns.map(({ header }): CellObject => ({ type: String, value: fitting(header), fontWeight: 'bold' })),
        ...sheet.rows.map((row): Row => row.map(cellOf)),
      ],
    })),
  ).toBuffer()
  return new Uint8Array(written)
}
