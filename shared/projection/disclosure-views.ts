import type { ForecastView } from '#shared/commerce/project-forecast.ts'
import type { HeldCell } from '#shared/disclosure/differencing.ts'
import type { DisclosureReport } from '#shared/disclosure/report.ts'
import type { NewlyVisible, SliceDifference } from '#shared/disclosure/revision.ts'
import type { SliceContent } from '#shared/disclosure/slice.ts'
import type { ArtifactId, ChannelId, PolicyId, Role, SliceId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Instant, IsoDate } from '#shared/kernel/time.ts'
import type { PrivacyGround } from '#shared/policy/privacy/ground.ts'
import type { PiiFinding } from '#shared/policy/pii/finding.ts'
import type { RefusalView } from './app-views.ts'
import type { Bilingual } from './bilingual.ts'
import type { PrivacyView } from './consent-views.ts'
import type { ReciprocityView } from './reciprocity-views.ts'

export interface PreviewView {
  /** Hash of the very bytes that would be sealed: the partner's screen shows the same. */
  readonly sliceId: SliceId
  readonly slice: SliceContent
  readonly report: DisclosureReport
  /** Columns that do not leave, by rule or by default. */
  readonly dropped: readonly string[]
  readonly newlyVisible: NewlyVisible
  /** What the differencing check holds until somebody confirms it; empty when nothing is held. */
  readonly held: readonly HeldCell[]
  readonly forecast: ForecastView | null
  /** How the condition will stand when this is sealed: whether the key goes over at once, per company that owes something. */
  readonly reciprocity: readonly ReciprocityView[]
  /** Whether personal data would leave, by tag and by scan, and on what ground. */
  readonly privacy: PrivacyView
}

/** A preview, or every objection that a policy or the data raised: a person sees the whole distance at once. */
export type PreviewOutcome =
  | { readonly outcome: 'preview'; readonly view: PreviewView }
  | { readonly outcome: 'refused'; readonly refusals: readonly RefusalView[]; readonly findings: readonly PiiFinding[] }

export interface DisclosureSummary {
  readonly artifact: ArtifactId
  readonly workspace: WorkspaceId
  readonly workspaceName: Bilingual
  readonly channel: ChannelId
  readonly policy: PolicyId
  readonly title: Bilingual
  readonly roles: readonly Role[]
  readonly revision: number
  readonly sliceId: SliceId
  readonly disclosedAt: Instant
  readonly state: 'current' | 'stale' | 'expired' | 'withdrawn'
  readonly expiresOn: IsoDate
  readonly receipts: readonly ReceiptView[]
  /** What of it is over, when a receipt was asked, and who gave one. A missing receipt proves nothing. */
  readonly ends: readonly {
    readonly cause: 'expired' | 'scope-changed' | 'withdrawn'
    readonly roles: readonly Role[]
    readonly askedAt: Instant | null
    readonly receipts: readonly { readonly company: Bilingual; readonly person: Bilingual; readonly at: Instant }[]
  }[]
  /** Empty when nothing is asked in return. */
  readonly reciprocity: readonly ReciprocityView[]
}

/** Proof that a slice was opened. A missing receipt proves nothing. */
export interface ReceiptView {
  readonly company: Bilingual
  readonly person: Bilingual
  readonly revision: number
  readonly openedAt: Instant
}

export interface RevisionDiff extends SliceDifference {
  readonly from: number
  readonly to: number
}

export interface DisclosureDetail extends DisclosureSummary {
  /** Null once the keys are destroyed: what happened to it is still told, what it said is not. */
  readonly slice: SliceContent | null
  readonly revisions: readonly {
    readonly revision: number
    readonly sliceId: SliceId
    readonly disclosedAt: Instant
    readonly by: string
  }[]
  readonly diff: RevisionDiff | null
  /** As recorded when it was disclosed; null: before this was recorded. */
  readonly privacy: {
    readonly personal: boolean
    readonly tagged: readonly string[]
    readonly scanned: number
    readonly basis: PrivacyGround['basis'] | null
    readonly consents: number
  } | null
}

/** What a partner role could open: the owner's own look through their eyes. */
export interface RoleSight {
  readonly role: Role
  readonly slices: readonly {
    readonly artifact: ArtifactId
    readonly title: Bilingual
    readonly revision: number
    readonly sliceId: SliceId
    readonly slice: SliceContent
  }[]
  readonly hidden: number
}
