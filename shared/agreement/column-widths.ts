/** Half of the page without the gap between the languages, in millimetres (`print-style.ts`: A4, its margins, `.between`). */
const HALF = 82
/** What a column needs besides its words. */
const PADDING = 3
/** The widest that one sign is drawn in a table, in millimetres: digits, Latin letters, Arabic letters. */
const DIGIT = 2.2
const LATIN = 1.95
const ARABIC = 1.8

/**
 * Widths of a table's columns in millimetres, so that no number and, where the page allows, no word is broken: each column gets what
 * its longest piece needs, and all share the rest. `columns`: for each the texts that stand in it, in both languages. Undefined: even
 * the numbers do not fit beside each other in both languages.
 */
export function columnWidths(columns: readonly (readonly string[])[]): readonly number[] | undefined {
  const all = columns.map((texts) => need(texts.flatMap(pieces)))
  const numbers = columns.map((texts) => need(texts.flatMap(pieces).filter((piece) => /\p{Nd}/u.test(piece))))
  const needed = sum(all) <= HALF ? all : numbers
  const rest = HALF - sum(needed)
  return rest < 0 ? undefined : needed.map((width) => Math.round((width + rest / columns.length) * 10) / 10)
}

const pieces = (text: string): readonly string[] => text.split(/[\s\u00AD-]+/u)
const need = (found: readonly string[]): number => PADDING + Math.max(0, ...found.map(drawn))
const drawn = (piece: string): number => sum([...piece].map((sign) => (/\p{Nd}/u.test(sign) ? DIGIT : /\p{Script=Arabic}/u.test(sign) ? ARABIC : LATIN))) // prettier-ignore
const sum = (widths: readonly number[]): number => widths.reduce((total, width) => total + width, 0)
