import type { DisputeContent, DisputeLevel, DisputePath, DisputeSubject } from '#shared/artifacts/dispute-content.ts'
import type { DisputeEvent, Finding } from '#shared/artifacts/dispute-event.ts'
import type { DisputeRefusal } from '#shared/disputes/facts.ts'
import type { DisputeStage } from '#shared/disputes/standing.ts'
import type { ArtifactId, ChannelId, CompanyId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { Bilingual } from './bilingual.ts'
import type { AuthorView } from './document-views.ts'

/** What a person can do in a dispute. The first seven bind their company and pass its approval; the others are free. */
export const DISPUTE_ACTS = ['answer', 'accept-path', 'propose', 'sign', 'rule', 'refer', 'award', 'recuse', 'withdraw'] as const // prettier-ignore
export type DisputeAct = (typeof DISPUTE_ACTS)[number]
/** What waits for this person: `ending`: a level of mediation ends soon and nothing is settled. */
export type DisputeAsk = 'answer' | 'sign' | 'rule' | 'ending' | 'refer' | 'award'

/** Why a draft cannot be opened yet. */
export type DisputeGate =
  | 'subject-missing' | 'subject-gone' | 'issue-missing' | 'position-missing' | 'parties-wrong' | 'party-not-here' | 'not-a-party'
  | 'path-incomplete' | 'path-not-agreed' | 'text-too-long' // prettier-ignore
/** Every code that disputes refuse with: `refusals.disputes` has a sentence for each. */
export type DisputeRefused =
  DisputeRefusal | DisputeGate | 'no-such-draft' | 'changed-meanwhile' | 'already-opened' | 'no-such-channel'

interface SignedView {
  readonly by: AuthorView
  /** As its author claims. */
  readonly at: Instant
}
interface PartyView {
  readonly company: CompanyId
  readonly name: Bilingual
  readonly own: boolean
}

/** What one party holds; `position` null: it has not answered. `path`: null for the opener, and for whoever has not answered. */
export interface DisputePositionView extends PartyView {
  readonly opener: boolean
  readonly position: string | null
  readonly path: 'accepted' | 'declined' | null
  readonly signed: SignedView | null
}
/** When a party had the dispute, by a fact of its own; null: no such fact has arrived here. The opener has it from the start. */
export interface DisputeDeliveryView extends PartyView {
  readonly since: Instant | null
}
export interface RulingView extends SignedView {
  readonly finding: Finding
  readonly terms: string
  readonly rationale: string
  /** Another party has shown within the window that it had it. Until then it does not count. */
  readonly proven: boolean
}
/** Who may rule for a company at a level, as their certificates say today. */
export interface ArbitratorsView extends PartyView {
  readonly people: readonly { readonly name: Bilingual; readonly own: boolean; readonly recused: boolean }[]
  readonly ruling: RulingView | null
}
export interface DisputeLevelView extends DisputeLevel {
  /** From 0. */
  readonly index: number
  /** null: not reached, or the clock does not run. */
  readonly from: Instant | null
  /** When its window ends, or ended early because the arbitrators did not rule alike. */
  readonly until: Instant | null
  /** `unbound`: it is reached only if the others accept the path in time. */
  readonly state: 'past' | 'running' | 'coming' | 'unbound'
  /** Arbitrators differed before its end. */
  readonly differed: boolean
  /** Of an arbitration; else empty. */
  readonly arbitrators: readonly ArbitratorsView[]
}
export interface SettlementView {
  /** What is signed: of dispute, finding and terms. */
  readonly hash: string
  readonly finding: Finding
  readonly terms: string
  readonly proposed: readonly SignedView[]
  readonly signatures: readonly (PartyView & { readonly signed: SignedView | null })[]
  readonly complete: boolean
  /** Its proposers have proposed something else since. */
  readonly superseded: boolean
  /** It is the one that ended the dispute. */
  readonly stands: boolean
  /** null: this person may sign it now. */
  readonly closed: DisputeRefused | null
}
export interface DisputeOutcomeView {
  readonly kind: 'settlement' | 'ruling' | 'award'
  /** Of a settlement or ruling the hash of its words; of an award that of its file. */
  readonly hash: string
  readonly finding: Finding
  readonly terms: string
  /** Of a ruling: the number of its level, from 0. */
  readonly level: number | null
  readonly at: Instant
  readonly words: readonly SignedView[]
}
export interface DisputeClockView {
  readonly stage: DisputeStage
  readonly level: number | null
  readonly since: Instant | null
  readonly until: Instant | null
  readonly unit: DisputeLevel['unit'] | null
  /** Days of that unit that begin before the end; 0: it ends today; null: no clock runs. */
  readonly daysLeft: number | null
  /** What comes by itself when the level ends; null: nothing. */
  readonly next: 'mediation' | 'arbitration' | 'fallback' | 'exhausted' | null
  /** Minutes ahead of UTC in which our company works. That of the path stands in its calendar. */
  readonly ownOffset: number
}
export interface DisputeFactView extends SignedView {
  readonly id: string
  readonly type: DisputeEvent['type']
  /** What was said: a position, terms, a rationale or a reason. */
  readonly text: string
  readonly finding: Finding | null
  readonly level: number | null
  /** Why it is without effect; null: it counts. */
  readonly refusal: DisputeRefusal | null
}

/** A dispute as a list shows it. */
export interface DisputeSummary {
  readonly id: ArtifactId
  /** Names the dispute. */
  readonly dispute: string
  readonly workspace: WorkspaceId
  readonly channel: ChannelId
  readonly subject: DisputeSubject
  readonly issue: string
  readonly parties: readonly PartyView[]
  readonly opened: SignedView
  readonly clock: DisputeClockView
  readonly open: boolean
  readonly finding: Finding | null
  readonly asks: readonly DisputeAsk[]
}
export interface DisputeView extends DisputeSummary {
  readonly content: DisputeContent
  /** Arbitration and what follows it bind the parties. */
  readonly bound: boolean
  /** The document in which the path was agreed; null: it was proposed with the dispute. */
  readonly agreedIn: { readonly id: ArtifactId; readonly title: Bilingual } | null
  readonly delivery: readonly DisputeDeliveryView[]
  readonly positions: readonly DisputePositionView[]
  readonly levels: readonly DisputeLevelView[]
  readonly recusals: readonly (SignedView & { readonly reason: string })[]
  readonly settlements: readonly SettlementView[]
  /** Several were signed apart from each other: none stands until one is signed that was proposed knowing both. */
  readonly crossed: boolean
  readonly referral: (SignedView & { readonly reference: string; readonly reason: string }) | null
  readonly awards: readonly (SignedView & { readonly award: string; readonly reference: string; readonly finding: Finding; readonly terms: string })[]
  readonly withdrawn: (SignedView & { readonly reason: string }) | null
  readonly outcome: DisputeOutcomeView | null
  /** Why this person cannot do something now; null: they may. A settlement says it for itself (`sign`: whether there is any). */
  readonly closed: Readonly<Record<DisputeAct, DisputeRefused | null>>
  /** Another opening in the same document, made apart from this one. */
  readonly others: readonly string[]
  /** Every fact, oldest first. */
  readonly facts: readonly DisputeFactView[]
} // prettier-ignore

/** What a dispute can be about here, with the text that stands now. */
export interface DisputeSubjectView {
  readonly kind: DisputeSubject['kind']
  readonly id: ArtifactId
  /** null: nothing was closed, logged or opened yet; the thing as such. */
  readonly hash: string | null
  readonly title: Bilingual
}
/** A path that companies have agreed on. */
export interface AgreedPathView {
  readonly title: Bilingual
  readonly companies: readonly CompanyId[]
  readonly path: DisputePath
}
export interface DisputeChoices {
  readonly channel: ChannelId
  readonly companies: readonly PartyView[]
  readonly subjects: readonly DisputeSubjectView[]
  readonly paths: readonly AgreedPathView[]
  /** What is proposed where nothing was agreed. */
  readonly usual: DisputePath
}
/** What a person has written so far. `path.source` not null: the agreed one of that text, and the rest of it is read from there. */
export interface DisputeDraft {
  readonly subject: { readonly kind: DisputeSubject['kind']; readonly id: ArtifactId; readonly clause: string } | null
  readonly issue: string
  readonly position: string
  readonly parties: readonly CompanyId[]
  readonly path: DisputePath
}
/** A dispute that nobody else has seen yet: it lies in this vault. */
export interface DisputeDraftView {
  /** The id that the dispute will have. */
  readonly id: ArtifactId
  readonly workspace: WorkspaceId
  readonly values: DisputeDraft
  readonly changedAt: Instant
  readonly choices: DisputeChoices
  readonly gates: readonly DisputeGate[]
  /** The hash of what would be opened now; null while a gate is shut. */
  readonly hash: string | null
  /** A request for approval of its opening waits or was granted. */
  readonly asked: boolean
}
export interface DisputeListView {
  readonly disputes: readonly DisputeSummary[]
  readonly drafts: readonly { readonly id: ArtifactId; readonly workspace: WorkspaceId; readonly title: Bilingual | null; readonly issue: string; readonly changedAt: Instant; readonly asked: boolean }[]
} // prettier-ignore
