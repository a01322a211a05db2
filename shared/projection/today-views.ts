import type { PlanEffect } from '#shared/initiatives/effect.ts'
import type { ArtifactId, DatasetId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Instant, IsoDate } from '#shared/kernel/time.ts'
import type { Bilingual } from './bilingual.ts'
import type { ChangeAsk } from './change-views.ts'
import type { NegotiationAsk } from './convergence-views.ts'
import type { DecisionAsk } from './decision-views.ts'
import type { DisputeAsk } from './dispute-views.ts'

export interface TodayView {
  readonly since: Instant | null
  readonly changes: readonly TodayChange[]
  readonly needs: readonly TodayNeed[]
}

export interface TodayChange {
  readonly id: string
  readonly at: Instant
  readonly by: Bilingual
  readonly company: Bilingual
  readonly code: string
  readonly subject: Bilingual
  /** Sum of the quantities that changed, in the artifact's unit. */
  readonly quantityEffect: number | null
  readonly unit: string
  readonly bucketEffect: readonly string[]
  /** What it did to the dates of a joint plan; null where dates are not what it is about. */
  readonly dates: PlanEffect | null
  readonly target: TodayTarget
}

export interface TodayNeed {
  readonly id: string
  readonly code:
    | 'open-slice'
    | 'commit-capacity'
    | 'resolve-shortfall'
    | 'settle-conflict'
    | 'milestone-due'
    | 'confirm-safety'
    | 'look-at-share'
    | 'give-approval'
    | 'approval-overdue'
    | 'carry-out'
    | 'consent-removal'
    | 'dry-run-pass'
    | 'dry-run-found'
    | 'dry-run-join'
    | 'refresh-stale'
    | 'finish-profile'
    | 'import-data'
    | 'disclose-first'
    | 'send-file'
    | 'standard-rerun'
    | 'standard-failed'
    | 'standard-ending'
    | 'sign-agreement'
    | 'sign-soon'
    | 'sign-reminded'
    | 'obligation-due'
    | 'agreement-ending'
    | 'signatures-missing'
    | 'answer-proposal'
    | 'answer-claim'
    | 'settle-contradiction'
    | `decision-${DecisionAsk}`
    | `negotiation-${NegotiationAsk}`
    | `change-${ChangeAsk}`
    | `dispute-${DisputeAsk}`
  readonly subject: Bilingual
  readonly count: number
  readonly dueOn?: IsoDate
  readonly target: TodayTarget
}

export type TodayTarget =
  | { readonly area: 'workspace'; readonly id: WorkspaceId }
  | { readonly area: 'artifact'; readonly id: ArtifactId }
  | { readonly area: 'document'; readonly id: ArtifactId }
  | { readonly area: 'dispute'; readonly id: ArtifactId }
  | { readonly area: 'dataset'; readonly id: DatasetId }
  | { readonly area: 'private' | 'disclosures' | 'approvals' | 'contradictions' | 'settings' | 'workspaces' }

export interface AuditRow {
  readonly seq: number
  readonly at: Instant
  readonly kind: string
  readonly code: string
  readonly actor: string
  readonly subject: string
  readonly detail: Readonly<Record<string, string | number | boolean>>
  readonly hash: string
}

export interface AuditVerdict {
  readonly entries: number
  readonly intact: boolean
  readonly firstBroken: number | null
  readonly head: string
}
