import type { Cell } from '#shared/artifacts/table.ts'

/**
 * Order of rows in a slice: by value, column after column, numbers before texts, missing last. Import order would tell the
 * partner in what sequence records were entered, and would change the hash of equal content.
 */
export function byValue(left: readonly Cell[], right: readonly Cell[]): number {
  for (let at = 0; at < left.length; at++) {
    const difference = compareCells(left[at] ?? null, right[at] ?? null)
    if (difference !== 0) return difference
  }
  return 0
}

const rank = (cell: Cell): number => (cell === null ? 2 : typeof cell === 'number' ? 0 : 1)

function compareCells(left: Cell, right: Cell): number {
  if (left === right) return 0
  const difference = rank(left) - rank(right)
  if (difference !== 0 || left === null || right === null) return difference
  return left < right ? -1 : 1
}
