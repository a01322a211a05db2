import type { ApprovalPolicy } from '#shared/approvals/policy.ts'

/** A part of the policy's form: what it says now, and how to change that. */
export interface PolicyPart {
  readonly policy: ApprovalPolicy
  readonly set: (part: Partial<ApprovalPolicy>) => void
}
