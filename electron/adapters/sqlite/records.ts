import type { RecordStore } from '#engine/ports.ts'
import { fromStored, toStored } from '#shared/kernel/storable.ts'
import type { Connection } from './connection.ts'

export function sqliteRecords(connection: Connection): RecordStore {
  const get = connection.statement('SELECT value FROM records WHERE kind = ? AND id = ?', true)
  const put = connection.statement('INSERT OR REPLACE INTO records (kind, id, value) VALUES (?, ?, ?)')
  const remove = connection.statement('DELETE FROM records WHERE kind = ? AND id = ?')
  const list = connection.statement('SELECT id, value FROM records WHERE kind = ? ORDER BY id', true)
  return {
    get: <T>(kind: string, id: string) => {
      const row = get.get(kind, id) as [Uint8Array] | undefined
      return row && fromStored<T>(row[0])
    },
    put: (kind, id, value) => {
      put.run(kind, id, toStored(value))
    },
    remove: (kind, id) => {
      remove.run(kind, id)
    },
    list: <T>(kind: string) =>
      (list.all(kind) as [string, Uint8Array][]).map(([id, value]) => ({ id, value: fromStored<T>(value) })),
  }
}
