import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { records } from './001-records.ts'
import { datasets } from './002-datasets.ts'
import { log } from './003-log.ts'
import { audit } from './004-audit.ts'
import { MIGRATIONS } from './list.ts'

/** A plain database brought to `version`: what a migration meets. */
function at(version: number): Database.Database {
  const database = new Database(':memory:')
  database.pragma('foreign_keys = ON')
  for (const step of MIGRATIONS) if (step.version <= version) database.exec(step.sql)
  return database
}
const names = (database: Database.Database): unknown[] =>
  database.prepare("SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name").pluck().all()

describe('migrations', () => {
  it('are numbered 1, 2, 3... without a gap', () => {
    expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, index) => index + 1))
  })

  it('1 keeps one value per kind and id', () => {
    const database = at(records.version)
    expect(names(database)).toEqual(['records'])
    const put = database.prepare('INSERT INTO records VALUES (?, ?, ?)')
    put.run('a', '1', Buffer.from([1]))
    put.run('b', '1', Buffer.from([1]))
    expect(() => put.run('a', '1', Buffer.from([2]))).toThrow(/UNIQUE/)
    expect(() => put.run('a', '2', null)).toThrow(/NOT NULL/)
  })

  it('2 catalogues datasets, staged until told otherwise, and never gives a number out twice', () => {
    const database = at(datasets.version - 1)
    database.prepare('INSERT INTO records VALUES (?, ?, ?)').run('a', '1', Buffer.from([1]))
    database.exec(datasets.sql)
    expect(database.prepare('SELECT count(*) FROM records').pluck().get()).toBe(1)
    const add = database.prepare('INSERT INTO datasets (id, columns) VALUES (?, ?)')
    const first = add.run('x', Buffer.from([1])).lastInsertRowid
    expect(database.prepare('SELECT rows, published FROM datasets').raw().get()).toEqual([0, 0])
    expect(() => add.run('x', Buffer.from([1]))).toThrow(/UNIQUE/)
    database.exec('DELETE FROM datasets')
    expect(add.run('x', Buffer.from([1])).lastInsertRowid).toBeGreaterThan(Number(first))
  })

  it('3 keeps one run per feed and first number, and no run without its feed', () => {
    const database = at(log.version)
    database.exec("INSERT INTO channels (channel) VALUES ('c'); INSERT INTO feeds (channel, feed) VALUES (1, 'f')")
    const add = database.prepare('INSERT INTO runs VALUES (?, ?, ?, ?, ?)')
    add.run(1, 1, 0, 3, Buffer.from([1]))
    expect(() => add.run(2, 1, 0, 5, Buffer.from([1]))).toThrow(/UNIQUE/)
    expect(() => add.run(2, 1, 4, 3, Buffer.from([1]))).toThrow(/CHECK/)
    expect(() => add.run(2, 9, 4, 4, Buffer.from([1]))).toThrow(/FOREIGN KEY/)
    expect(() => database.exec("INSERT INTO feeds (channel, feed) VALUES (1, 'f')")).toThrow(/UNIQUE/)
  })

  it('4 keeps one entry per number', () => {
    const database = at(audit.version)
    expect(names(database)).toContain('audit_by_kind')
    const add = database.prepare("INSERT INTO audit VALUES (?, 0, 'vault', x'00', x'00', x'00', 'words')")
    add.run(1)
    expect(() => add.run(1)).toThrow(/UNIQUE/)
  })
})
