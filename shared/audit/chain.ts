import type { Hash } from '../kernel/crypto.ts'
import type { Instant } from '../kernel/time.ts'

export const AUDIT_KINDS = [
  'vault', 'company', 'certificate', 'key', 'invitation', 'workspace', 'import', 'policy', 'disclosure', 'opening',
  'receipt', 'update', 'commitment', 'approval', 'refusal', 'export', 'sync', 'restore',
] as const // prettier-ignore

/** A fact worth keeping. `code` is a stable kebab-case name; the UI translates it. `detail` holds plain values only, never private cells. */
export interface AuditEvent {
  readonly kind: (typeof AUDIT_KINDS)[number]
  readonly code: string
  /** Person or company that did it, by display name at the time; empty for the engine itself. */
  readonly actor: string
  /** What it concerns: a workspace, artifact, dataset, certificate... id and display name. */
  readonly subject: { readonly id: string; readonly name: string }
  readonly detail: Readonly<Record<string, string | number | boolean>>
}

export interface AuditEntry {
  readonly seq: number
  readonly at: Instant
  readonly event: AuditEvent
  readonly previous: Hash
  readonly hash: Hash
}

/** The last entry of a chain, or where it starts. */
export interface ChainHead {
  readonly seq: number
  readonly hash: Hash
}
/** Before the first entry. */
export const GENESIS: ChainHead = { seq: 0, hash: new Uint8Array(32) as Hash }
