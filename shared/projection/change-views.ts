import type {
  ChangeContent,
  ChangeSide,
  Infeasible,
  Matter,
  ServiceDimension,
} from '#shared/artifacts/change-content.ts'
import type { ChangeVerdict } from '#shared/artifacts/change-event.ts'
import type { Finding } from '#shared/artifacts/dispute-event.ts'
import type { ChangeStage } from '#shared/decisions/changes.ts'
import type { ChangeRefusal } from '#shared/decisions/change-matters.ts'
import type { OptionPosition } from '#shared/decisions/position.ts'
import type { ArtifactId, ChannelId, CompanyId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { Bilingual } from './bilingual.ts'
import type { RoleScoresView } from './decision-views.ts'
import type { AuthorView } from './document-views.ts'

/** What a person can do about a change now that the other company waits for. */
export type ChangeAsk = 'decide' | 'meet' | 'confirm' | 'revise' | 'sign' | 'finalise'

/** What our company knows and wants, for its own eyes. */
export interface ChangeContext {
  readonly history: string
  readonly priorities: string
}
interface SignedView {
  readonly by: AuthorView
  readonly at: Instant
}
export interface ConditionView {
  readonly id: string
  readonly text: string
  readonly met: (SignedView & { readonly evidence: string }) | null
}
export interface MatterView {
  readonly matter: Matter
  readonly side: ChangeSide
  readonly company: CompanyId
  readonly name: Bilingual
  readonly own: boolean
  readonly until: Instant
  /**
   * `waiting`: no word yet; `overdue`: none, and the time-box is over; `unproven`: a word that nobody has confirmed in time; `crossed`:
   * two that cancel out; `open`: conditions that are not confirmed as met.
   */
  readonly state: 'waiting' | 'overdue' | 'unproven' | 'crossed' | 'settled' | 'refused' | 'open'
  readonly verdict: (SignedView & { readonly said: ChangeVerdict; readonly reason: string; readonly category: Infeasible | null }) | null
  readonly conditions: readonly ConditionView[]
  readonly confirmed: SignedView | null
  /** This person may give the verdict now. */
  readonly mayDecide: boolean
} // prettier-ignore
export interface ChangeFactView {
  readonly id: string
  readonly type: string
  readonly by: AuthorView
  readonly at: Instant
  readonly reason: string
  readonly matter: Matter | null
  readonly said: ChangeVerdict | null
  /** Of which revision; null: of no text that counts. */
  readonly revision: number | null
  readonly refusal: ChangeRefusal | null
}
export interface ChangeTextView {
  readonly hash: string
  readonly content: ChangeContent
  readonly stage: ChangeStage
  readonly loggedBy: AuthorView
  readonly loggedAt: Instant
  readonly matters: readonly MatterView[]
  readonly outcome: string | null
  readonly signatures: readonly { readonly company: CompanyId; readonly name: Bilingual; readonly own: boolean; readonly signed: SignedView | null }[]
  readonly became: readonly { readonly scope: ArtifactId; readonly plan: ArtifactId }[]
  readonly withdrawn: (SignedView & { readonly reason: string }) | null
  /** Why either may take it further, by the clock of this engine. */
  readonly escalation: 'overdue' | 'conflict' | null
  /** Disputes about this very text, the one that was opened last first; `finding`: of one that has ended with an outcome. */
  readonly disputes: readonly { readonly id: ArtifactId; readonly dispute: string; readonly open: boolean; readonly finding: Finding | null }[]
  /** The last day of signing is over. */
  readonly lapsed: boolean
  /** null for whoever is no party. */
  readonly own: {
    readonly company: CompanyId
    readonly side: ChangeSide
    readonly asks: readonly ChangeAsk[]
    readonly mayMeet: boolean
    readonly mayConfirm: boolean
    readonly maySign: boolean
    readonly mayRevise: boolean
    readonly mayWithdraw: boolean
    readonly context: ChangeContext
    readonly scores: readonly RoleScoresView<ServiceDimension>[]
    readonly computed: Readonly<Record<string, OptionPosition>>
  } | null
} // prettier-ignore
export interface ChangeView {
  readonly id: ArtifactId
  readonly workspace: WorkspaceId
  readonly channel: ChannelId
  readonly title: Bilingual
  readonly companies: readonly { readonly company: CompanyId; readonly name: Bilingual; readonly own: boolean }[]
  readonly documents: readonly { readonly id: ArtifactId; readonly type: string; readonly title: Bilingual }[]
  readonly current: ChangeTextView | null
  /** Two texts were logged apart from each other: log it again. */
  readonly contested: boolean
  readonly mayLog: boolean
  /** Every fact, oldest first. */
  readonly facts: readonly ChangeFactView[]
}
