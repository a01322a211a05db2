import type { DryRunItem } from '#shared/artifacts/dry-run.v1.ts'
import type { CompanyId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { Bilingual } from './bilingual.ts'

/** The checklist of a workspace on synthetic data, as both companies see it. */
export interface DryRunView {
  readonly workspace: WorkspaceId
  readonly companies: readonly {
    readonly company: CompanyId
    readonly name: Bilingual
    readonly own: boolean
    /** Nothing is left to do for it. */
    readonly ready: boolean
    readonly passed: boolean
  }[]
  readonly items: readonly {
    readonly item: DryRunItem
    readonly how: 'proven' | 'witnessed' | 'stated'
    readonly done: boolean
    /** This company has given its word on it. */
    readonly mine: boolean
    readonly words: readonly {
      readonly company: CompanyId
      readonly name: Bilingual
      readonly own: boolean
      readonly evidence: string
      readonly by: Bilingual
      readonly at: Instant
    }[]
  }[]
  /** Every member has passed: the workspace for real data may be founded, by either. */
  readonly unlocked: boolean
  readonly production: { readonly workspace: WorkspaceId; readonly link: string; readonly joined: boolean } | null
}
