import type { Cell, ColumnType } from '#shared/artifacts/table.ts'
import { isoDate } from '#shared/kernel/time.ts'

/** Longest text of a cell in a slice, in UTF-16 units. */
export const MOST_CELL_TEXT = 1000

/**
 * One line without control characters, which can forge lines in a log, at most `most` long, and well-formed: half a surrogate
 * pair has no UTF-8, so the partner would read another text than the one previewed.
 */
export const plainText = (text: string, most: number): string =>
  text
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, most)
    .toWellFormed()

/** A value fit to leave under a column's type; what does not fit is withheld rather than sent as something else. */
export function plainCell(cell: Cell, type: ColumnType): Cell {
  const plain = typeof cell === 'string' ? plainText(cell, MOST_CELL_TEXT) : cell
  return isCell(plain, type) ? plain : null
}

/** Whether a value, perhaps hostile, is a cell of that type. */
export function isCell(cell: unknown, type: ColumnType): cell is Cell {
  if (cell === null) return true
  switch (type) {
    case 'integer':
      return Number.isSafeInteger(cell)
    case 'decimal':
      return typeof cell === 'number' && Number.isFinite(cell) && Math.abs(cell) <= Number.MAX_SAFE_INTEGER
    case 'boolean':
      return cell === 0 || cell === 1
    case 'date':
      return typeof cell === 'string' && isoDate(cell) !== undefined
    case 'text':
      return typeof cell === 'string' && cell.length <= MOST_CELL_TEXT && !/\p{Cc}/u.test(cell)
  }
}
