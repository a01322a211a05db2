import type { Permit } from '#shared/policy/permit.ts'
import type { PiiFinding } from '#shared/policy/pii/finding.ts'
import { scanColumn, scanText } from '#shared/policy/pii/scan.ts'
import type { SliceContent } from './slice.ts'

/**
 * Scans the content that would leave, not the source: what a transform was meant to remove and did not is found here.
 * Sums and counts are not scanned (a ten-digit amount is no identity number), nor are pseudonyms and hashes, which are made
 * here and hold nothing of the value.
 */
export function scanOutgoing(
  permit: Permit,
  content: SliceContent,
): { readonly allowed: readonly PiiFinding[]; readonly blocked: readonly PiiFinding[] } {
  const findings: PiiFinding[] = []
  permit.fields.forEach((field, at) => {
    if (field.transform.kind === 'replace' || field.transform.kind === 'hash') return
    const values = new Set(content.rows.map((row) => row[at] ?? null))
    findings.push(...scanColumn(field.column, field.meaning, values).map((finding) => ({ ...finding, clause: field.clause }))) // prettier-ignore
  })
  const { sourceSystem, sourceVersion } = content.provenance
  const texts = {
    title: [content.title.en, content.title.ar],
    purpose: [content.purpose],
    necessity: [content.necessity ?? ''],
    provenance: [sourceSystem, sourceVersion],
  }
  for (const [name, values] of Object.entries(texts)) {
    // A person's name in a purpose is written there on purpose; an address or a number is a slip.
    findings.push(...scanText(name, values).filter((finding) => finding.kind !== 'person-name'))
  }
  return {
    allowed: findings.filter((finding) => finding.clause !== null),
    blocked: findings.filter((finding) => finding.clause === null),
  }
}
