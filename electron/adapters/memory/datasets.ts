import type { DatasetStore, PageQuery, Row } from '#engine/ports.ts'
import type { Cell, Column } from '#shared/artifacts/table.ts'
import { compare, utf8 } from '#shared/kernel/bytes.ts'
import type { DatasetId } from '#shared/kernel/ids.ts'
import type { Journal, MemoryDataset, MemoryState } from './state.ts'

export function memoryDatasets({ datasets }: MemoryState, journal: Journal): DatasetStore {
  function find(id: DatasetId): MemoryDataset {
    journal.assertOpen()
    const found = datasets.get(id)
    if (!found) throw new Error(`no dataset ${id}`)
    return found
  }
  function drop(id: DatasetId): void {
    const gone = find(id)
    datasets.delete(id)
    journal.changed(() => datasets.set(id, gone))
  }
  return {
    stage: (id, columns) => {
      journal.assertOpen()
      if (datasets.has(id)) throw new Error(`dataset ${id} exists`)
      datasets.set(id, { columns, rows: [], published: false })
      journal.changed(() => datasets.delete(id))
    },
    append: (id, rows) => {
      const target = find(id)
      const before = target.rows.length
      for (const row of rows) if (row.length !== target.columns.length) throw new Error('row of another width')
      for (const row of rows) target.rows.push([...row])
      journal.changed(() => {
        target.rows.length = before
      })
    },
    publish: (id, replaces) =>
      journal.transaction(() => {
        const target = find(id)
        const before = target.published
        target.published = true
        journal.changed(() => {
          target.published = before
        })
        if (replaces !== undefined) drop(replaces)
      }),
    drop,
    count: (id) => find(id).rows.length,
    page: (id, query) => page(find(id), query),
    *scan(id, columns) {
      const { columns: all, rows } = find(id)
      const indexes = columns.map((name) => indexOf(all, name))
      for (const row of rows) yield indexes.map((index) => row[index] ?? null)
    },
    sweepStaging: () => {
      const staged = [...datasets].filter(([, { published }]) => !published)
      for (const [id] of staged) drop(id as DatasetId)
      return staged.length
    },
  }
}

function page(
  { columns, rows }: MemoryDataset,
  query: PageQuery,
): { readonly rows: readonly Row[]; readonly total: number } {
  const { filter, sort } = query
  const found = filter ? rows.filter((row) => mentions(columns, row, lowerLatin(filter))) : [...rows]
  if (sort) {
    const index = indexOf(columns, sort.column)
    const sign = sort.descending ? -1 : 1
    found.sort((left, right) => sign * compareCells(left[index] ?? null, right[index] ?? null))
  }
  return { rows: found.slice(query.offset, query.offset + query.limit), total: found.length }
}

/** Upper and lower case are alike for A to Z only, as in SQLite's LIKE. */
const lowerLatin = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

const mentions = (columns: readonly Column[], row: Row, filter: string): boolean =>
  row.some(
    (cell, index) => columns[index]?.type === 'text' && typeof cell === 'string' && lowerLatin(cell).includes(filter),
  )

/** Missing first, numbers by value, text by its UTF-8 bytes. */
function compareCells(left: Cell, right: Cell): number {
  if (left === null || right === null) return Number(left !== null) - Number(right !== null)
  if (typeof left === 'number' && typeof right === 'number') return left - right
  return compare(utf8(String(left)), utf8(String(right)))
}

function indexOf(columns: readonly Column[], name: string): number {
  const index = columns.findIndex((column) => column.name === name)
  if (index < 0) throw new Error(`no column ${name}`)
  return index
}
