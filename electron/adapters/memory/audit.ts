import type { AuditStore } from '#engine/ports.ts'
import { GENESIS, type ChainHead } from '#shared/audit/chain.ts'
import { searchWords } from '#shared/audit/words.ts'
import { equal } from '#shared/kernel/bytes.ts'
import type { Journal, MemoryState } from './state.ts'

export function memoryAudit({ audit }: MemoryState, journal: Journal): AuditStore {
  const head = (): ChainHead => {
    journal.assertOpen()
    const last = audit.at(-1)
    return last ? { seq: last.seq, hash: last.hash } : GENESIS
  }
  return {
    head,
    append: (entry) => {
      const before = head()
      if (entry.seq !== before.seq + 1 || !equal(entry.previous, before.hash))
        throw new Error(`audit entry ${entry.seq} does not follow ${before.seq}`)
      audit.push(structuredClone(entry))
      journal.changed(() => audit.pop())
    },
    range: (fromSeq, limit) => audit.filter(({ seq }) => seq >= fromSeq).slice(0, limit),
    search: ({ kinds, from, to, text, offset, limit }) => {
      journal.assertOpen()
      const entries = audit
        .filter(({ event }) => kinds?.includes(event.kind) ?? true)
        .filter(({ at }) => (from === undefined || at >= from) && (to === undefined || at <= to))
        .filter(({ event }) => !text || searchWords(event).includes(text.toLowerCase()))
        .reverse()
      return { entries: entries.slice(offset, offset + limit), total: entries.length }
    },
  }
}
