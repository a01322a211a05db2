import type { Figure, Verdict } from '#shared/artifacts/decision-after-event.ts'
import type { AftermathRefusal } from '#shared/decisions/aftermath.ts'
import type { CompanyPosition, DecisionContent, Dimension } from '#shared/artifacts/decision-content.ts'
import type { Finding } from '#shared/artifacts/dispute-event.ts'
import type { DimensionScores, OptionPosition } from '#shared/decisions/position.ts'
import type { Bearing } from '#shared/decisions/round-ruled.ts'
import type { FactRefusal, RoundStanding } from '#shared/decisions/state.ts'
import type { Tally } from '#shared/decisions/tally.ts'
import type { ArtifactId, ChannelId, CompanyId, Role, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Instant, IsoDate } from '#shared/kernel/time.ts'
import type { Bilingual } from './bilingual.ts'
import type { AuthorView } from './document-views.ts'

/** What one role of the own company thinks of one option. Private: it never leaves the vault. */
export interface OptionScoreView<D extends string = Dimension> {
  readonly scores: DimensionScores<D>
  readonly rationale: string
  /** What it rests on: file names, numbers of documents, addresses. */
  readonly evidence: readonly string[]
  /** Runs of a model behind what was taken over from its proposal; absent by hand. */
  readonly runs?: readonly DimensionScores<D>[]
  readonly taken?: { readonly proposal: string; readonly model: string; readonly lenses: readonly D[] }
}
export interface RoleScoresView<D extends string = Dimension> {
  readonly role: Role
  readonly weight: number
  readonly options: Readonly<Record<string, OptionScoreView<D>>>
  readonly by: Bilingual
  readonly at: Instant
}

/** What a person can do about a round now. */
export type DecisionAsk = 'score' | 'approve' | 'reveal' | 'close' | 'sign' | 'mediate' | 'revise' | 'review'

export interface CompanyStandView {
  readonly company: CompanyId
  readonly name: Bilingual
  readonly own: boolean
  readonly weight: number
  /** `unproven`: it is here, and no other company has yet shown that it was there in time. */
  readonly state: 'waiting' | 'unproven' | 'sealed' | 'shown' | 'not-shown'
  /** null while it is sealed; the own company's is known to itself. */
  readonly position: CompanyPosition | null
  readonly by: AuthorView | null
  readonly at: Instant | null
}
export interface DecisionFactView {
  readonly id: string
  readonly type: string
  readonly by: AuthorView
  readonly at: Instant
  readonly reason: string
  readonly refusal: FactRefusal | AftermathRefusal | null
}
/** A joint plan that carries a decision out, as it stands. */
export interface DecisionPlanView {
  readonly id: ArtifactId
  readonly title: Bilingual
  readonly milestones: { readonly done: number; readonly late: number; readonly all: number }
  /** The earliest date of what is not done. */
  readonly next: IsoDate | null
}
/** What a company says came of a decision. */
export interface ReviewView {
  readonly id: string
  readonly by: AuthorView
  readonly at: Instant
  readonly on: IsoDate
  readonly verdict: Verdict
  readonly note: string
  readonly figures: readonly Figure[]
  /** It is what the company says now. */
  readonly stands: boolean
}
export interface AftermathView {
  readonly plans: readonly DecisionPlanView[]
  /** Expected against actual, as the plans stand. */
  readonly figures: readonly Figure[]
  readonly minority: readonly { readonly id: string; readonly by: AuthorView; readonly at: Instant; readonly report: string }[]
  /** Latest first. */
  readonly reviews: readonly ReviewView[]
  readonly reopened: readonly { readonly id: string; readonly by: AuthorView; readonly at: Instant; readonly reason: string; readonly successor: ArtifactId }[]
  /** Whether this person may speak for its company here, and whether that company did not say yes. */
  readonly mayAct: boolean
  readonly mayReport: boolean
  /** The own company still has to say what came of it; its day. */
  readonly due: IsoDate | null
} // prettier-ignore
/** Disputes about a round among those who decide in it. */
export type RoundDisputeView =
  /** Two came to different ends apart, so neither says anything. */
  | { readonly state: 'contested' }
  /** `until`: when its level ends; null: no clock runs. */
  | { readonly state: 'going-on'; readonly id: ArtifactId; readonly dispute: string; readonly until: Instant | null }
  | {
      readonly state: 'ended'
      readonly id: ArtifactId
      readonly dispute: string
      readonly kind: 'settlement' | 'ruling' | 'award'
      readonly finding: Finding
      readonly terms: string
      readonly at: Instant
      /** The hash of what was signed or ruled. */
      readonly outcome: string
      readonly bearing: Bearing
      /** Who raised it. */
      readonly opener: Bilingual
      /** Companies that decide in the round and were no party. */
      readonly outside: readonly Bilingual[]
    }
export interface RoundView {
  readonly hash: string
  readonly content: DecisionContent
  readonly standing: RoundStanding
  /** What of it the clock decides: positions come in, sealed ones are shown, or neither any more. */
  readonly phase: 'positions' | 'showing' | 'over'
  readonly openedBy: AuthorView
  readonly openedAt: Instant
  readonly reason: string
  readonly companies: readonly CompanyStandView[]
  readonly vetoes: readonly { readonly by: AuthorView; readonly at: Instant; readonly option: string | null; readonly reason: string }[]
  /** What comes of what counts now. */
  readonly tally: Tally
  readonly closing: {
    readonly hash: string
    readonly by: AuthorView
    readonly at: Instant
    readonly counted: number
    readonly tally: Tally
    /** Words that count now and that the list does not name. */
    readonly outside: number
  } | null
  readonly signatures: readonly {
    readonly company: CompanyId
    readonly name: Bilingual
    readonly own: boolean
    readonly state: 'waiting' | 'signed' | 'twice'
    readonly by: AuthorView | null
    readonly at: Instant | null
  }[]
  readonly mediations: readonly { readonly by: AuthorView; readonly at: Instant; readonly reason: string; readonly until: Instant }[]
  readonly withdrawn: { readonly by: AuthorView; readonly at: Instant; readonly reason: string } | null
  readonly dispute: RoundDisputeView | null
  readonly facts: readonly DecisionFactView[]
  /** What followed; null unless all have signed. */
  readonly after: AftermathView | null
  /** The own company's side; null when it does not decide here. */
  readonly own: {
    readonly scores: readonly RoleScoresView[]
    /** The company's score of each option that was scored, as it follows from the roles'. */
    readonly computed: Readonly<Record<string, OptionPosition>>
    /** Whether sheets may be written and the position sent: it is not out, and its time is not over. */
    readonly mayScore: boolean
    readonly mayApprove: boolean
    readonly mayVeto: boolean
    readonly asks: readonly DecisionAsk[]
  } | null
} // prettier-ignore

export interface DecisionView {
  readonly id: ArtifactId
  readonly workspace: WorkspaceId
  readonly channel: ChannelId
  readonly title: Bilingual
  /** Companies of the channel that may be named as voters. */
  readonly companies: readonly { readonly company: CompanyId; readonly name: Bilingual; readonly own: boolean }[]
  /** Documents of the channel that the topic may name. */
  readonly documents: readonly { readonly id: ArtifactId; readonly type: string; readonly title: Bilingual }[]
  /** The decision that this one puts again, with the reason. */
  readonly reopens: { readonly artifact: ArtifactId; readonly title: Bilingual; readonly reason: string } | null
  /** Latest first. */
  readonly rounds: readonly RoundView[]
  /** The round that counts; null before the first and while it is contested. */
  readonly current: string | null
  /** Whether the draft may be put to the vote, as far as the rounds go. */
  readonly mayOpen: boolean
}
