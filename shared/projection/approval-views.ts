import type { Commitment } from '../approvals/commitment.ts'
import type { ApprovalPolicy, Level, Off, PolicyWarning, Scope } from '../approvals/policy.ts'
import type { ApprovalState } from '../approvals/request.ts'
import type { Canonical } from '../kernel/canonical.ts'
import type { ArtifactId, Role, WorkspaceId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/time.ts'
import type { Bilingual } from './bilingual.ts'

export interface ApprovalView {
  readonly id: string
  readonly commitment: Commitment
  readonly scope: Scope
  readonly amount: number | null | 'not-said'
  readonly hash: string
  readonly title: Bilingual
  readonly workspace: WorkspaceId
  readonly workspaceName: Bilingual
  readonly artifact: ArtifactId | null
  /** Whether this device has the artifact, so that it can be opened. */
  readonly artifactHere: boolean
  readonly content: Canonical
  readonly note: string
  readonly maker: Bilingual
  readonly makerRoles: readonly Role[]
  readonly at: Instant
  readonly state: ApprovalState
  readonly sentAt: Instant | null
  readonly levels: readonly Level[]
  readonly fourEyes: boolean
  readonly missing: readonly Level[]
  readonly needsOther: boolean
  readonly approvals: readonly ApprovalWord[]
  readonly refusal: ApprovalWord | null
  readonly dueAt: Instant
  readonly escalatesAt: Instant
  readonly expiresAt: Instant
  readonly overdue: boolean
  readonly escalated: boolean
  /** Colleagues whose word would count now. */
  readonly next: readonly Bilingual[]
  readonly mine: boolean
  /** This person can approve or refuse. */
  readonly mayAnswer: boolean
  /** This person can carry it out, here. */
  readonly maySend: boolean
}
export interface ApprovalWord {
  readonly by: Bilingual
  readonly roles: readonly Role[]
  readonly at: Instant
  readonly reason: string
}

export interface ApprovalsView {
  /** The most pressing first. */
  readonly waiting: readonly ApprovalView[]
  readonly mine: readonly ApprovalView[]
  readonly decided: readonly ApprovalView[]
  /** Whether colleagues' devices can be reached at all: alone, nobody else can approve. */
  readonly colleagues: boolean
}

export interface ApprovalPolicyView {
  readonly policy: ApprovalPolicy
  readonly mayChange: boolean
  readonly people: readonly (readonly Role[])[]
  readonly warnings: readonly PolicyWarning[]
  /** Public holidays of this year and the next, for the company to take over. */
  readonly holidays: readonly Off[]
  readonly history: readonly { readonly version: number; readonly by: Bilingual; readonly at: Instant }[]
  readonly workspaces: readonly { readonly id: WorkspaceId; readonly name: Bilingual; readonly kind: Scope }[]
}

/** What a window shows before it asks: what exactly, and who would have to approve. */
export interface NeededApproval {
  readonly commitment: Commitment
  readonly title: Bilingual
  readonly scope: Scope
  readonly levels: readonly Level[]
  readonly fourEyes: boolean
  readonly content: Canonical
  readonly next: readonly Bilingual[]
  /** Asked for already, and not answered yet. */
  readonly waits: boolean
}
