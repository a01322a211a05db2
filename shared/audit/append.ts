import type { Crypto, Hash } from '../kernel/crypto.ts'
import type { Instant } from '../kernel/time.ts'
import { canonicalEntry } from './canonical.ts'
import type { AuditEntry, AuditEvent, ChainHead } from './chain.ts'

export const AUDIT_LABEL = 'mithaq.audit.v1'

/**
 * The entry that follows `head`. Text is made well-formed UTF-16 first, because what storage cannot give back unchanged
 * would break the chain.
 * @throws RangeError when a number of the detail is not finite: it has no canonical form.
 */
export function appendAudit(crypto: Crypto, head: ChainHead, at: Instant, event: AuditEvent): AuditEntry {
  const kept = wellFormed(event)
  const seq = head.seq + 1
  return { seq, at, event: kept, previous: head.hash, hash: hashEntry(crypto, head.hash, seq, at, kept) }
}

/** BLAKE2b-256 under `mithaq.audit.v1` over the previous hash and the canonical entry. */
export const hashEntry = (crypto: Crypto, previous: Hash, seq: number, at: Instant, event: AuditEvent): Hash =>
  crypto.hash(AUDIT_LABEL, previous, canonicalEntry(seq, at, event))

function wellFormed(event: AuditEvent): AuditEvent {
  const detail: Record<string, string | number | boolean> = {}
  for (const [name, value] of Object.entries(event.detail)) {
    if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError(`audit detail ${name} is not finite`)
    detail[name.toWellFormed()] = typeof value === 'string' ? value.toWellFormed() : value
  }
  return {
    kind: event.kind,
    code: event.code.toWellFormed(),
    actor: event.actor.toWellFormed(),
    subject: { id: event.subject.id.toWellFormed(), name: event.subject.name.toWellFormed() },
    detail,
  }
}
