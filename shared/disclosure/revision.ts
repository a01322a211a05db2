import type { Cell } from '#shared/artifacts/table.ts'
import type { Role } from '#shared/kernel/ids.ts'
import { byValue } from './order.ts'
import type { SliceContent } from './slice.ts'

/** One published number, found again in another revision by its column and group values. */
export interface CellChange {
  /** Name and transform of the measure (or detail column). */
  readonly column: string
  /** Group values in the order of `groups`; empty for the grand total. */
  readonly groups: readonly string[]
  readonly group: readonly Cell[]
  readonly total: boolean
  readonly before: Cell
  readonly after: Cell
}

/** Numbers that appeared, vanished (or became suppressed), and changed. Row detail has no keys: its rows are counted. */
export interface SliceDifference {
  readonly added: readonly CellChange[]
  readonly removed: readonly CellChange[]
  readonly changed: readonly CellChange[]
  readonly rowsBefore: number
  readonly rowsAfter: number
}

/** What a revision changes in the numbers that are shown. Suppressed and absent are alike: nothing to read. */
export function diffSlices(previous: SliceContent | null, next: SliceContent): SliceDifference {
  const before = previous === null ? new Map<string, Published>() : published(previous)
  const after = published(next)
  const added: CellChange[] = []
  const removed: CellChange[] = []
  const changed: CellChange[] = []
  for (const [key, { value, ...where }] of after) {
    const old = before.get(key)
    if (old === undefined) added.push({ ...where, before: null, after: value })
    else if (old.value !== value) changed.push({ ...where, before: old.value, after: value })
  }
  for (const [key, { value, ...where }] of before) {
    if (!after.has(key)) removed.push({ ...where, before: value, after: null })
  }
  const rowsBefore = previous?.rows.length ?? 0
  return { added, removed, changed, rowsBefore, rowsAfter: next.rows.length }
}

/** What somebody can read now and could not before. */
export interface NewlyVisible {
  /** Roles that the earlier revision did not name: to them, everything below `all` is new. */
  readonly roles: readonly Role[]
  /** Columns that are new, or come through another transform, e.g. `region · keep`. */
  readonly columns: readonly string[]
  /** Values of group columns that did not occur: a new product, a new month. */
  readonly groupValues: readonly { readonly column: string; readonly values: readonly Cell[] }[]
  /** Numbers that became readable, those no longer suppressed included. */
  readonly cells: readonly CellChange[]
  /** Rows of detail beyond those of the earlier revision that are equal. */
  readonly rows: number
  /** True for a first revision. */
  readonly all: boolean
}

/** Nobody should have to guess what became visible when a policy changed: computed from the two contents themselves. */
export function newlyVisible(previous: SliceContent | null, next: SliceContent): NewlyVisible {
  const known = new Set(previous?.columns.map(labelOf))
  const roles = next.roles.filter((role) => !previous?.roles.includes(role))
  const columns = next.columns.map(labelOf).filter((label) => !known.has(label))
  const groupValues = next.columns.flatMap((column, at) => {
    if (column.part !== 'group') return []
    const there = previous?.columns.findIndex((other) => labelOf(other) === labelOf(column)) ?? -1
    const seen = new Set(previous === null || there < 0 ? [] : previous.rows.map((row) => row[there] ?? null))
    const values = [...new Set(next.rows.map((row) => row[at] ?? null))].filter((value) => !seen.has(value))
    return values.length === 0 ? [] : [{ column: column.name, values: values.sort((a, b) => byValue([a], [b])) }]
  })
  return {
    roles,
    columns,
    groupValues,
    cells: diffSlices(previous, next).added,
    rows: newRows(previous, next),
    all: previous === null,
  }
}

type Published = Omit<CellChange, 'before' | 'after'> & { readonly value: Cell }

const labelOf = (column: { readonly name: string; readonly transform: string }): string =>
  `${column.name} · ${column.transform}`

/** Every readable number by a key that means the same in any revision. */
function published(slice: SliceContent): Map<string, Published> {
  const found = new Map<string, Published>()
  const groupAt = slice.columns.flatMap(({ part }, at) => (part === 'group' ? [at] : []))
  const collect = (rows: SliceContent['rows'], over: readonly number[], total: boolean): void => {
    const groups = over.map((at) => labelOf(slice.columns[at]!))
    for (const row of rows) {
      const group = over.map((at) => row[at] ?? null)
      slice.columns.forEach((column, at) => {
        const value = row[at] ?? null
        if (column.part !== 'measure' || value === null) return
        const label = labelOf(column)
        found.set(JSON.stringify([total, label, groups, group]), { column: label, groups, group, total, value })
      })
    }
  }
  collect(slice.rows, groupAt, false)
  for (const { over, rows } of slice.totals) collect(rows, [...over].sort((a, b) => a - b), true) // prettier-ignore
  return found
}

/** Row detail: how many rows have no equal among the earlier ones, each earlier row used once. */
function newRows(previous: SliceContent | null, next: SliceContent): number {
  if (next.columns.some(({ part }) => part !== 'detail')) return 0
  const left = new Map<string, number>()
  const names = JSON.stringify(next.columns.map(labelOf))
  if (previous !== null && JSON.stringify(previous.columns.map(labelOf)) === names) {
    for (const row of previous.rows) left.set(JSON.stringify(row), (left.get(JSON.stringify(row)) ?? 0) + 1)
  }
  return next.rows.filter((row) => {
    const key = JSON.stringify(row)
    const count = left.get(key) ?? 0
    left.set(key, count - 1)
    return count <= 0
  }).length
}
