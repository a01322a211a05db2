import type { AuditQuery, AuditStore } from '#engine/ports.ts'
import { GENESIS, type AuditEntry, type AuditEvent } from '#shared/audit/chain.ts'
import { searchWords } from '#shared/audit/words.ts'
import { equal } from '#shared/kernel/bytes.ts'
import type { Hash } from '#shared/kernel/crypto.ts'
import { fromStored, toStored } from '#shared/kernel/storable.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { Connection } from './connection.ts'

type AuditRow = [seq: number, at: number, event: Uint8Array, previous: Uint8Array, hash: Uint8Array]
const FIELDS = 'seq, at, event, previous, hash'

export function sqliteAudit(connection: Connection): AuditStore {
  const last = connection.statement('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1', true)
  const add = connection.statement(
    'INSERT INTO audit (seq, at, kind, event, previous, hash, words) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const range = connection.statement(`SELECT ${FIELDS} FROM audit WHERE seq >= ? ORDER BY seq LIMIT ?`, true)

  const head = (): { readonly seq: number; readonly hash: Hash } => {
    const row = last.get() as [number, Uint8Array] | undefined
    return row ? { seq: row[0], hash: asHash(row[1]) } : GENESIS
  }
  return {
    head,
    append: (entry) => {
      const before = head()
      if (entry.seq !== before.seq + 1 || !equal(entry.previous, before.hash))
        throw new Error(`audit entry ${entry.seq} does not follow ${before.seq}`)
      const { event } = entry
      add.run(entry.seq, entry.at, event.kind, toStored(event), entry.previous, entry.hash, searchWords(event))
    },
    range: (fromSeq, limit) => (range.all(fromSeq, limit) as AuditRow[]).map(asEntry),
    search: (query) => {
      const { where, values } = condition(query)
      const [total] = connection.statement(`SELECT count(*) FROM audit ${where}`, true).get(...values) as [number]
      const rows = connection
        .statement(`SELECT ${FIELDS} FROM audit ${where} ORDER BY seq DESC LIMIT ? OFFSET ?`, true)
        .all(...values, query.limit, query.offset) as AuditRow[]
      return { entries: rows.map(asEntry), total }
    },
  }
}

function condition(query: AuditQuery): { readonly where: string; readonly values: readonly unknown[] } {
  const parts: string[] = []
  const values: unknown[] = []
  if (query.kinds) {
    parts.push(`kind IN (${query.kinds.map(() => '?').join(', ')})`)
    values.push(...query.kinds)
  }
  if (query.from !== undefined) {
    parts.push('at >= ?')
    values.push(query.from)
  }
  if (query.to !== undefined) {
    parts.push('at <= ?')
    values.push(query.to)
  }
  if (query.text) {
    parts.push('instr(words, ?) > 0')
    values.push(query.text.toLowerCase())
  }
  return { where: parts.length > 0 ? `WHERE ${parts.join(' AND ')}` : '', values }
}

const asEntry = ([seq, at, event, previous, hash]: AuditRow): AuditEntry => ({
  seq,
  at: at as Instant,
  event: fromStored<AuditEvent>(event),
  previous: asHash(previous),
  hash: asHash(hash),
})
const asHash = (bytes: Uint8Array): Hash => new Uint8Array(bytes) as Hash
