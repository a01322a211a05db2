import { utf8 } from '../kernel/bytes.ts'
import type { Instant } from '../kernel/time.ts'
import type { AuditEvent } from './chain.ts'

/**
 * The bytes of an entry that are hashed: UTF-8 of the JSON array
 * `[seq, at, kind, code, actor, subject id, subject name, [name, value, name, value...]]` without white space, the detail
 * in the order of its names' UTF-16 code units, numbers and strings as ECMAScript's JSON.stringify writes them (RFC 8785).
 */
export function canonicalEntry(seq: number, at: Instant, event: AuditEvent): Uint8Array {
  const { kind, code, actor, subject, detail } = event
  const names = Object.keys(detail)
  if (names.length > 1) names.sort()
  const pairs: (string | number | boolean | undefined)[] = []
  for (const name of names) pairs.push(name, detail[name])
  return utf8(JSON.stringify([seq, at, kind, code, actor, subject.id, subject.name, pairs]))
}
