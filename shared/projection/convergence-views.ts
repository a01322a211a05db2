import type { ClauseStanding } from '#shared/agreement/clause-standing.ts'
import type { ClauseValues, ConvergenceContent, PartnershipDimension } from '#shared/artifacts/convergence-content.ts'
import type { Exchange } from '#shared/artifacts/convergence-event.ts'
import type { NegotiationRanges } from '#shared/artifacts/private-position.ts'
import type { OptionPosition } from '#shared/decisions/position.ts'
import type { Stage } from '#shared/decisions/convergence.ts'
import type { ConvergenceRefusal } from '#shared/decisions/convergence-offers.ts'
import type { ArtifactId, ChannelId, CompanyId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { Bilingual } from './bilingual.ts'
import type { RoleScoresView } from './decision-views.ts'
import type { AuthorView } from './document-views.ts'

/** What a person can do about a negotiation now. `wait`: the other company is next. */
export type NegotiationAsk = 'offer' | 'answer' | 'confirm' | 'verify' | 'finalise'

export interface OfferView {
  readonly id: string
  readonly by: AuthorView
  readonly at: Instant
  readonly round: number
  readonly answers: string | null
  readonly values: ClauseValues
  readonly rationale: string
  readonly tradeOffs: readonly Exchange[]
  /** Nobody has replaced it. */
  readonly stands: boolean
  readonly accepted: boolean
  /** Where its clauses stand for us; empty for a company that is no party. */
  readonly standing: Readonly<Record<string, ClauseStanding>>
}
/** What our roles think of the offers that stand and of having no agreement. Private. */
export interface OfferScoresView {
  /** The last offer, by which they are named. */
  readonly text: string
  readonly subjects: readonly { readonly id: string; readonly title: Bilingual }[]
  readonly scores: readonly RoleScoresView<PartnershipDimension>[]
  /** By subject, where some role has scored it. */
  readonly computed: Readonly<Record<string, OptionPosition>>
  /** This person may score now. */
  readonly open: boolean
}
export interface SignedView {
  readonly by: AuthorView
  readonly at: Instant
}
export interface NegotiationFactView {
  readonly id: string
  readonly type: string
  readonly by: AuthorView
  readonly at: Instant
  readonly reason: string
  readonly round: number | null
  readonly refusal: ConvergenceRefusal | null
}
export interface RequestView {
  readonly hash: string
  readonly content: ConvergenceContent
  readonly stage: Stage
  readonly cause: 'ended' | 'two-outcomes' | null
  readonly requestedBy: AuthorView
  readonly requestedAt: Instant
  /** By the clock of this engine: offers come in, only what stands can be settled, or neither. */
  readonly phase: 'offers' | 'mediation' | 'over'
  /** The company that is next; null: either, or nobody. */
  readonly next: CompanyId | null
  readonly offers: readonly OfferView[]
  /** Several offers stand that were made apart, or acceptances crossed. */
  readonly apart: boolean
  readonly crossed: boolean
  readonly outcome: { readonly hash: string; readonly offer: string } | null
  readonly accepted: SignedView | null
  readonly confirmed: SignedView | null
  readonly verified: SignedView | null
  readonly ended: (SignedView & { readonly reason: string }) | null
  readonly became: readonly { readonly agreement: ArtifactId; readonly plan: ArtifactId }[]
  readonly facts: readonly NegotiationFactView[]
  /** null for whoever is no party. */
  readonly own: {
    readonly company: CompanyId
    readonly asks: readonly NegotiationAsk[]
    /** The round that this person's next offer would be; null: none can be made now, or not by this role. */
    readonly nextRound: number | null
    /** This person may accept the other company's standing offer now. */
    readonly mayAccept: boolean
    readonly mayEnd: boolean
    readonly ranges: NegotiationRanges
    /** null: no offer stands. */
    readonly scoring: OfferScoresView | null
  } | null
}
export interface NegotiationView {
  readonly id: ArtifactId
  readonly workspace: WorkspaceId
  readonly channel: ChannelId
  readonly title: Bilingual
  readonly companies: readonly { readonly company: CompanyId; readonly name: Bilingual; readonly own: boolean }[]
  readonly documents: readonly { readonly id: ArtifactId; readonly type: string; readonly title: Bilingual }[]
  readonly request: RequestView | null
  /** Two texts were requested apart from each other: request again. */
  readonly contested: boolean
  readonly mayRequest: boolean
}
