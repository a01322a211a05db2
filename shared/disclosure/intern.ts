import type { Cell } from '#shared/artifacts/table.ts'

/** One distinct value of a released column; its id is the position in order of first appearance. */
export interface Interned {
  readonly values: Cell[]
  idOf(raw: Cell): number
}

/** Runs the column's transform once per distinct source value: 100,000 rows have few months and few regions. */
export function intern(transform: (cell: Cell) => Cell): Interned {
  const bySource = new Map<Cell, number>()
  const byValue = new Map<Cell, number>()
  const values: Cell[] = []
  return {
    values,
    idOf(raw) {
      let id = bySource.get(raw)
      if (id !== undefined) return id
      const value = transform(raw)
      id = byValue.get(value)
      if (id === undefined) {
        id = values.push(value) - 1
        byValue.set(value, id)
      }
      bySource.set(raw, id)
      return id
    },
  }
}
