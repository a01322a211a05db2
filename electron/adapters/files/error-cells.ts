/** A cell whose formula failed: 0-based place, and the code such as `#DIV/0!`. */
export interface ErrorCell {
  readonly row: number
  readonly column: number
  readonly value: string
}

const CELL = /<(?:\w+:)?c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]{1,3})(\d{1,7})"[^>]*>.*?<(?:\w+:)?v>([^<]*)</gs

const columnOf = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1

/** The error cells of a sheet's XML. Sheets without any, nearly all, cost one search of their bytes. */
export function* errorCells(xml: Uint8Array): Generator<ErrorCell> {
  const bytes = Buffer.from(xml.buffer, xml.byteOffset, xml.byteLength)
  if (!bytes.includes('t="e"')) return
  for (const [, letters = '', digits = '', value = ''] of bytes.toString('utf8').matchAll(CELL)) {
    yield { row: Number(digits) - 1, column: columnOf(letters), value }
  }
}
