import type { AuditEvent } from './chain.ts'

/** What a text search in the audit looks at: everything a person could read in the entry, in lower case. */
export function searchWords(event: AuditEvent): string {
  const parts = [event.kind, event.code, event.actor, event.subject.name, event.subject.id]
  for (const value of Object.values(event.detail)) parts.push(String(value))
  return parts.join('\n').toLowerCase()
}
