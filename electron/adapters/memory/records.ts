import type { RecordStore } from '#engine/ports.ts'
import { fromStored, toStored } from '#shared/kernel/storable.ts'
import type { Journal, MemoryState } from './state.ts'

export function memoryRecords({ records }: MemoryState, journal: Journal): RecordStore {
  function ofKind(kind: string): Map<string, Uint8Array> {
    journal.assertOpen()
    const known = records.get(kind)
    if (known) return known
    const made = new Map<string, Uint8Array>()
    records.set(kind, made)
    return made
  }
  function set(kind: string, id: string, bytes: Uint8Array | undefined): void {
    const all = ofKind(kind)
    const before = all.get(id)
    if (bytes) all.set(id, bytes)
    else all.delete(id)
    journal.changed(() => {
      if (before) all.set(id, before)
      else all.delete(id)
    })
  }
  return {
    get: <T>(kind: string, id: string) => {
      const bytes = ofKind(kind).get(id)
      return bytes && fromStored<T>(bytes)
    },
    put: (kind, id, value) => set(kind, id, toStored(value)),
    remove: (kind, id) => set(kind, id, undefined),
    list: <T>(kind: string) =>
      [...ofKind(kind)]
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([id, bytes]) => ({ id, value: fromStored<T>(bytes) })),
  }
}
