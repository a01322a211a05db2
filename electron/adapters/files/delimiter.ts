import type { TableChoice } from '#engine/ports.ts'

export type Delimiter = NonNullable<TableChoice['delimiter']>
const CANDIDATES: readonly Delimiter[] = [',', ';', '\t']

/** The candidate that splits most of the first lines into the same number of cells, more than one. Commas when nothing splits. */
export function detectDelimiter(text: string): Delimiter {
  const lines = linesOutsideQuotes(text.slice(0, 1 << 16)).slice(0, 100)
  let best: { delimiter: Delimiter; score: number } = { delimiter: ',', score: 0 }
  for (const delimiter of CANDIDATES) {
    const widths = new Map<number, number>()
    for (const line of lines) {
      const width = line.split(delimiter).length
      if (width > 1) widths.set(width, (widths.get(width) ?? 0) + 1)
    }
    // A decimal comma splits lines too, but not all of them alike: agreement counts first, then the number of cells.
    for (const [width, count] of widths) {
      const score = (count / lines.length) * 1000 + Math.min(width, 100)
      if (score > best.score) best = { delimiter, score }
    }
  }
  return best.delimiter
}

/** Lines with the content of quoted cells left out, so that separators inside them do not count. */
function linesOutsideQuotes(text: string): string[] {
  return text
    .replace(/"(?:[^"]|"")*"/g, '')
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
}
