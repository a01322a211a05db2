import { type } from '@orpc/contract'
import * as z from 'zod'
import { approvalPolicySchema } from '#shared/approvals/policy.ts'
import type { ApprovalPolicyView, ApprovalsView, NeededApproval } from '#shared/projection/approval-views.ts'
import { hexId, none, procedure } from './refusal.ts'

const request = z.object({ request: hexId })
const view = type<ApprovalsView>()

/** The approval centre. Whatever binds the company and lacks an approval is refused with `approval-needed` and a token to ask with. */
export const approvals = {
  get: procedure.input(none).output(view),
  /** What was refused, and who would have to approve it. */
  look: procedure.input(z.object({ token: hexId })).output(type<NeededApproval>()),
  ask: procedure.input(z.object({ token: hexId, note: z.string().max(4000) })).output(view),
  /** `hash`: of the content that the person has seen. A refusal needs a reason. */
  answer: procedure
    .input(request.extend({ hash: hexId, verdict: z.enum(['approve', 'refuse']), reason: z.string().max(4000) }))
    .output(view),
  withdraw: procedure.input(request).output(view),
  /** Does what was approved, if it is still the same. */
  send: procedure.input(request).output(view),
  policy: procedure.input(none).output(type<ApprovalPolicyView>()),
  /** What a changed policy would come to, without keeping it. */
  tryPolicy: procedure.input(approvalPolicySchema).output(type<Pick<ApprovalPolicyView, 'warnings'>>()),
  /** `based`: the version that the person changed. */
  savePolicy: procedure.input(z.object({ policy: approvalPolicySchema, based: z.int().min(0) })).output(type<ApprovalPolicyView>()),
} // prettier-ignore
