import type { Cell } from '#shared/artifacts/table.ts'
import type { RowFilter } from '#shared/policy/disclosure-policy.ts'
import type { Permit } from '#shared/policy/permit.ts'

/** Whether a row passes every filter of the permit. */
export function compileFilters(permit: Permit): (row: readonly Cell[]) => boolean {
  const tests = permit.filters.map(({ scan, filter }) => ({ scan, passes: compileFilter(filter) }))
  return (row) => {
    for (const { scan, passes } of tests) if (!passes(row[scan] ?? null)) return false
    return true
  }
}

function compileFilter(filter: RowFilter): (cell: Cell) => boolean {
  switch (filter.kind) {
    case 'in': {
      const values = new Set<Cell>(filter.values)
      return (cell) => values.has(cell)
    }
    case 'not-in': {
      const values = new Set<Cell>(filter.values)
      return (cell) => !values.has(cell)
    }
    case 'range': {
      const { from, to } = filter
      return (cell) => cell !== null && (from === null || atLeast(cell, from)) && (to === null || atLeast(to, cell))
    }
    case 'compare': {
      const { is, value } = filter
      return (cell) => cell !== null && typeof cell === typeof value && compares(cell, is, value)
    }
  }
}

/** Values of different types never compare: JavaScript would call `"9" < 10` true. */
const atLeast = (left: string | number, right: string | number): boolean =>
  typeof left === typeof right && left >= right

function compares(cell: string | number, is: '<' | '<=' | '=' | '!=' | '>=' | '>', value: string | number): boolean {
  switch (is) {
    case '<':
      return cell < value
    case '<=':
      return cell <= value
    case '=':
      return cell === value
    case '!=':
      return cell !== value
    case '>=':
      return cell >= value
    case '>':
      return cell > value
  }
}
