import { equal } from '../kernel/bytes.ts'
import type { Crypto } from '../kernel/crypto.ts'
import { ok, refuse, type Result } from '../kernel/result.ts'
import { hashEntry } from './append.ts'
import { GENESIS, type AuditEntry, type ChainHead } from './chain.ts'

/** Where a chain stops holding. `seq` is the first entry that cannot be relied on. */
export interface ChainBreak {
  readonly code: 'audit-entry-missing' | 'audit-link-broken' | 'audit-entry-altered'
  readonly seq: number
}

/**
 * Recomputes every hash from `after` on, one entry at a time. An empty remainder holds trivially: that entries were cut off
 * at the end only a checkpoint can show.
 */
export function verifyChain(
  crypto: Crypto,
  entries: Iterable<AuditEntry>,
  after: ChainHead = GENESIS,
): Result<ChainHead, ChainBreak> {
  let head = after
  for (const entry of entries) {
    const checked = follows(crypto, head, entry)
    if (!checked.ok) return checked
    head = entry
  }
  return ok({ seq: head.seq, hash: head.hash })
}

function follows(crypto: Crypto, head: ChainHead, entry: AuditEntry): Result<null, ChainBreak> {
  const seq = head.seq + 1
  if (entry.seq !== seq) return refuse({ code: 'audit-entry-missing', seq })
  if (!equal(entry.previous, head.hash)) return refuse({ code: 'audit-link-broken', seq })
  const hash = hashEntry(crypto, head.hash, seq, entry.at, entry.event)
  return equal(entry.hash, hash) ? ok(null) : refuse({ code: 'audit-entry-altered', seq })
}
