import type { DatasetStore, PageQuery, Row } from '#engine/ports.ts'
import type { Column, ColumnType } from '#shared/artifacts/table.ts'
import type { DatasetId } from '#shared/kernel/ids.ts'
import { fromStored, toStored } from '#shared/kernel/storable.ts'
import type { Connection } from './connection.ts'

const SQL_TYPE: Readonly<Record<ColumnType, 'TEXT' | 'INTEGER' | 'REAL'>> = {
  text: 'TEXT',
  integer: 'INTEGER',
  decimal: 'REAL',
  date: 'TEXT',
  boolean: 'INTEGER',
}
const SCAN_CHUNK = 2_048
const ROWS_PER_INSERT = 32
const MOST_VALUES = 4_000

interface Shape {
  readonly table: string
  readonly columns: readonly Column[]
  rows: number
}

/** A table per dataset: an ordinal and the typed columns c0..cn. Ordinals run 0, 1, 2... without gaps. */
export function sqliteDatasets(connection: Connection): DatasetStore {
  const shapes = new Map<DatasetId, Shape>()
  connection.onRollback(() => {
    // The rolled-back transaction may have made tables whose numbers, and so names, are given out again.
    for (const { table } of shapes.values()) connection.forget(table)
    shapes.clear()
  })
  const find = connection.statement('SELECT number, columns, rows FROM datasets WHERE id = ?', true)
  const add = connection.statement('INSERT INTO datasets (id, columns) VALUES (?, ?)')
  const setRows = connection.statement('UPDATE datasets SET rows = ? WHERE id = ?')
  const setPublished = connection.statement('UPDATE datasets SET published = 1 WHERE id = ?')
  const remove = connection.statement('DELETE FROM datasets WHERE id = ?')
  const staged = connection.statement('SELECT id FROM datasets WHERE published = 0', true)

  function shape(id: DatasetId): Shape {
    const known = shapes.get(id)
    if (known) return known
    const row = find.get(id) as [number, Uint8Array, number] | undefined
    if (!row) throw new Error(`no dataset ${id}`)
    const found = { table: `dataset_${row[0]}`, columns: fromStored<readonly Column[]>(row[1]), rows: row[2] }
    shapes.set(id, found)
    return found
  }

  function insert(target: Shape, rows: readonly Row[]): void {
    const width = target.columns.length
    const group = Math.max(1, Math.min(ROWS_PER_INSERT, Math.floor(MOST_VALUES / (width + 1))))
    const values: unknown[] = []
    for (let at = 0; at < rows.length; at += group) {
      const count = Math.min(group, rows.length - at)
      values.length = 0
      for (let index = at; index < at + count; index++) {
        const row = rows[index] as Row
        if (row.length !== width) throw new Error(`row of ${row.length} cells in a dataset of ${width} columns`)
        values.push(target.rows + index)
        for (const cell of row) values.push(cell)
      }
      connection.statement(insertSql(target.table, width, count)).run(values)
    }
    target.rows += rows.length
  }

  function drop(id: DatasetId): void {
    const { table } = shape(id)
    connection.forget(table)
    connection.database.exec(`DROP TABLE ${table}`)
    remove.run(id)
    shapes.delete(id)
  }

  return {
    stage: (id, columns) =>
      connection.transaction(() => {
        const number = Number(add.run(id, toStored(columns)).lastInsertRowid)
        const cells = columns.map((column, index) => `, c${index} ${SQL_TYPE[column.type]}`).join('')
        connection.database.exec(`CREATE TABLE dataset_${number} (ordinal INTEGER PRIMARY KEY${cells}) STRICT`)
        shapes.set(id, { table: `dataset_${number}`, columns, rows: 0 })
      }),
    append: (id, rows) =>
      connection.transaction(() => {
        const target = shape(id)
        insert(target, rows)
        setRows.run(target.rows, id)
      }),
    publish: (id, replaces) =>
      connection.transaction(() => {
        shape(id)
        setPublished.run(id)
        if (replaces !== undefined) drop(replaces)
      }),
    drop: (id) => connection.transaction(() => drop(id)),
    count: (id) => shape(id).rows,
    page: (id, query) => page(connection, shape(id), query),
    scan: (id, columns) => scan(connection, shape(id), columns),
    sweepStaging: () =>
      connection.transaction(() => {
        const left = (staged.all() as [DatasetId][]).flat()
        for (const id of left) drop(id)
        return left.length
      }),
  }
}

function insertSql(table: string, width: number, rows: number): string {
  const one = `(${new Array(width + 1).fill('?').join(', ')})`
  return `INSERT INTO ${table} VALUES ${new Array(rows).fill(one).join(', ')}`
}

function page(connection: Connection, { table, columns, rows }: Shape, query: PageQuery) {
  const fields = columns.map((_, index) => `c${index}`).join(', ') || 'NULL'
  const text = columns.flatMap((column, index) => (column.type === 'text' ? [`c${index} LIKE ? ESCAPE '!'`] : []))
  if (!query.filter && !query.sort) {
    const sql = `SELECT ${fields} FROM ${table} WHERE ordinal >= ? AND ordinal < ? ORDER BY ordinal`
    const found = connection.statement(sql, true).all(query.offset, query.offset + query.limit) as Row[]
    return { rows: found, total: rows }
  }
  const where = query.filter ? `WHERE ${text.join(' OR ') || '0'}` : ''
  const pattern = query.filter ? text.map(() => `%${escapeLike(query.filter ?? '')}%`) : []
  const total = query.filter
    ? (connection.statement(`SELECT count(*) FROM ${table} ${where}`, true).get(...pattern) as [number])[0]
    : rows
  const order = query.sort
    ? `c${indexOf(columns, query.sort.column)} ${query.sort.descending ? 'DESC' : 'ASC'}, ordinal`
    : 'ordinal'
  // The sorter carries the ordinals alone, not whole rows: a deep page of a large table costs a fraction.
  const sql = `SELECT ${fields} FROM ${table} WHERE ordinal IN
    (SELECT ordinal FROM ${table} ${where} ORDER BY ${order} LIMIT ? OFFSET ?) ORDER BY ${order}`
  return { rows: connection.statement(sql, true).all(...pattern, query.limit, query.offset) as Row[], total }
}

/** Reads in chunks: an open cursor would bar every write until its reader is done. */
function* scan(connection: Connection, { table, columns, rows }: Shape, names: readonly string[]): Iterable<Row> {
  const fields = names.map((name) => `c${indexOf(columns, name)}`).join(', ') || 'NULL'
  const read = connection.statement(
    `SELECT ${fields} FROM ${table} WHERE ordinal >= ? AND ordinal < ? ORDER BY ordinal`,
    true,
  )
  for (let from = 0; from < rows; from += SCAN_CHUNK) yield* read.all(from, from + SCAN_CHUNK) as Row[]
}

function indexOf(columns: readonly Column[], name: string): number {
  const index = columns.findIndex((column) => column.name === name)
  if (index < 0) throw new Error(`no column ${name}`)
  return index
}

const escapeLike = (text: string): string => text.replace(/[!%_]/g, '!$&')
