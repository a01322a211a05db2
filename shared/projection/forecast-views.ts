import type { CapacityContent } from '#shared/artifacts/capacity-plan.v1.ts'
import type { ForecastConsensus, ForecastContent } from '#shared/artifacts/shared-forecast.v1.ts'
import type { ForecastView } from '#shared/commerce/project-forecast.ts'
import type { ShortfallView } from '#shared/commerce/shortfall-view.ts'
import type { SliceContent } from '#shared/disclosure/slice.ts'
import type { ArtifactId, SliceId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { Bilingual } from './bilingual.ts'
import type { ReceiptView, RevisionDiff } from './disclosure-views.ts'

export interface ArtifactSummary {
  readonly id: ArtifactId
  readonly type: 'SharedForecast.v1' | 'ContextSlice.v1'
  readonly workspace: WorkspaceId
  readonly title: Bilingual
  readonly owner: Bilingual
  readonly mine: boolean
  readonly revision: number
  readonly state: 'current' | 'stale' | 'expired' | 'invalidated' | 'withdrawn' | 'sealed' | 'suspended' | 'ended'
  readonly updatedAt: Instant
  readonly shortfalls: number
  readonly unopened: boolean
}

export interface ForecastScreen {
  readonly artifact: ArtifactSummary
  readonly sliceId: SliceId
  /** The document as it was sealed: slice, method, rows, zones, assumptions, rules. */
  readonly content: ForecastContent
  /** History, bands, commitments, exceptions, metrics: computed the same on both sides. */
  readonly forecast: ForecastView
  readonly shortfalls: ShortfallView
  readonly consensus: ForecastConsensus['consensus']
  readonly owner: Bilingual
  readonly supplier: Bilingual
  /** This person may commit capacity (a partner), or answer shortfalls (the owner). */
  readonly mayCommit: boolean
  readonly mayAnswer: boolean
  readonly plan: { readonly artifact: ArtifactId; readonly content: Partial<CapacityContent> } | null
  readonly revisions: readonly {
    readonly revision: number
    readonly sliceId: SliceId
    readonly disclosedAt: Instant
    readonly by: string
  }[]
  readonly diff: RevisionDiff | null
  readonly receipts: readonly ReceiptView[]
}

/** A slice without a forecast: a table, read as it was disclosed. */
export interface SliceScreen {
  readonly artifact: ArtifactSummary
  readonly sliceId: SliceId
  readonly slice: SliceContent
  readonly owner: Bilingual
  readonly revisions: ForecastScreen['revisions']
  readonly diff: RevisionDiff | null
  readonly receipts: readonly ReceiptView[]
}
