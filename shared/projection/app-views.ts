import type { CompanyId, PersonId, Role } from '#shared/kernel/ids.ts'
import type { Bilingual } from './bilingual.ts'

export interface AppState {
  /** `new`: no vault here; `locked`: a vault that wants its passphrase; `joining`: it waits for its company; `open`: ready. */
  readonly stage: 'new' | 'locked' | 'joining' | 'open'
  readonly version: string
  readonly shell: 'electron' | 'headless'
  /** The sample companies: no passphrase, a partner that lives in the same app. */
  readonly sample: boolean
  readonly keychain: 'unavailable' | 'available' | 'in-use'
  readonly company?: { readonly id: CompanyId; readonly name: Bilingual }
  readonly person?: { readonly id: PersonId; readonly name: Bilingual; readonly roles: readonly Role[] }
  /** While joining: what the person reads to whoever certifies this device. */
  readonly requestCode?: readonly string[]
  readonly autoLockMinutes: number
}

export const TOPICS = [
  'app', 'company', 'workspaces', 'datasets', 'jobs', 'disclosures', 'artifacts', 'documents', 'colleagues', 'audit', 'connection', 'today', 'approvals',
] as const // prettier-ignore

/** What a screen refetches when the engine says that it changed. */
export type Topic = (typeof TOPICS)[number]

export interface JobView {
  readonly id: string
  readonly kind: 'import' | 'reimport' | 'disclose' | 'export' | 'share' | 'verify' | 'backup' | 'evidence' | 'propose'
  readonly state: 'running' | 'done' | 'cancelled' | 'failed'
  /** 0..1 */
  readonly progress: number
  readonly rows: number
  /** Set when done: the dataset, download or slice made. */
  readonly result?: string
  readonly refusal?: RefusalView
}

/** A refusal as the person meets it: `module` and `code` name the sentence in `refusals.<module>.json`. */
export interface RefusalView {
  readonly module: string
  readonly code: string
  readonly params?: Readonly<Record<string, string | number>>
}

/** Something to save: fetched in chunks by `files.read`. */
export interface DownloadView {
  readonly id: string
  readonly name: string
  readonly size: number
}
