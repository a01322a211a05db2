import type { PersonId, Role } from '../kernel/ids.ts'
import type { CertifiedDevice } from '../membership/types.ts'
import type { Instant } from '../kernel/time.ts'
import type { SignedApproval } from './approval-word.ts'
import type { Commitment } from './commitment.ts'
import { covers, LEVELS, ruleFor, type Amount, type ApprovalPolicy, type Level, type Rule, type Scope } from './policy.ts' // prettier-ignore
import { afterWorking } from './working-time.ts'

/** Somebody of the company, as their certificate said at the time. */
export interface Colleague {
  readonly person: PersonId
  readonly name: { readonly en: string; readonly ar: string }
  readonly roles: readonly Role[]
}
/** AR-32. What somebody would have leave: bound to the hash of its exact content. */
export interface AskedApproval {
  readonly id: string
  readonly commitment: Commitment
  readonly scope: Scope
  readonly amount: Amount
  readonly hash: string
  readonly maker: Colleague
  readonly at: Instant
  readonly withdrawnAt: Instant | null
  readonly sentAt: Instant | null
}
export interface ApprovalAnswer {
  readonly request: string
  readonly hash: string
  readonly verdict: 'approve' | 'refuse'
  readonly reason: string
  readonly by: Colleague
  readonly at: Instant
  /** An approval of a text that is closed or signed, as others can check it, with the papers of the device that signed it. */
  readonly word?: SignedApproval & { readonly certified: CertifiedDevice }
}

export type ApprovalState = 'waiting' | 'approved' | 'refused' | 'withdrawn' | 'sent' | 'expired'
export interface ApprovalStanding {
  readonly state: ApprovalState
  readonly rule: Rule
  /** Levels that nobody has approved for yet. */
  readonly missing: readonly Level[]
  /** All levels have approved, and somebody other than the maker still has to. */
  readonly needsOther: boolean
  readonly approvals: readonly ApprovalAnswer[]
  readonly refusal: ApprovalAnswer | null
  readonly dueAt: Instant
  readonly escalatesAt: Instant
  readonly expiresAt: Instant
  readonly overdue: boolean
  readonly escalated: boolean
}

/**
 * Where a request stands: a fold over what was said about it and the clock, the same in any order and after any restart. A refusal
 * goes before approvals; what was said about another content, by somebody of no level asked, or after the end counts nothing.
 */
export function standingOf(
  policy: ApprovalPolicy,
  request: AskedApproval,
  answers: readonly ApprovalAnswer[],
  now: Instant,
): ApprovalStanding {
  const { commitment, scope, amount, maker, at } = request
  const rule = ruleFor(policy, scope, commitment, amount)
  const after = (hours: number): Instant => afterWorking(at, hours, policy.week, policy.off)
  const [dueAt, escalatesAt, expiresAt] = [
    after(policy.dueAfter),
    after(policy.escalateAfter),
    after(policy.expireAfter),
  ]
  const counted = answers.filter(
    (one) =>
      one.request === request.id &&
      one.hash === request.hash &&
      one.at <= expiresAt &&
      mayAnswer(policy, rule, maker, one),
  )
  const approvals = counted.filter(({ verdict }) => verdict === 'approve').toSorted(inOrder)
  const refusal = counted.filter(({ verdict }) => verdict === 'refuse').toSorted(inOrder)[0] ?? null
  const { missing, needsOther } = lacking(policy, rule, maker, approvals.map(({ by }) => by)) // prettier-ignore
  const whole = missing.length === 0 && !needsOther
  const state =
    request.sentAt !== null ? 'sent' : request.withdrawnAt !== null ? 'withdrawn' : refusal ? 'refused'
      : now > expiresAt ? 'expired' : whole ? 'approved' : 'waiting' // prettier-ignore
  const waiting = state === 'waiting'
  return {
    state, rule, missing, needsOther, approvals, refusal, dueAt, escalatesAt, expiresAt,
    overdue: waiting && now > dueAt, escalated: waiting && now > escalatesAt,
  } // prettier-ignore
}

/** What is missing when `maker` does it with the word of `others`. The maker's own role counts for its levels. */
export function lacking(
  policy: ApprovalPolicy,
  rule: Rule,
  maker: Colleague,
  others: readonly Colleague[],
): Pick<ApprovalStanding, 'missing' | 'needsOther'> {
  const missing = rule.levels.filter((level) => ![maker, ...others].some(({ roles }) => covers(policy, roles, level)))
  return { missing, needsOther: rule.fourEyes && !others.some(({ person }) => person !== maker.person) }
}

/** Whether somebody's word counts: of a level that the rule asks for, and not the maker's own. */
export function mayAnswer(
  policy: ApprovalPolicy,
  rule: Rule,
  maker: Colleague,
  { by }: Pick<ApprovalAnswer, 'by'>,
): boolean {
  if (by.person === maker.person) return false
  return approvingLevels(rule).some((level) => covers(policy, by.roles, level))
}

/** Four eyes without a level: anybody of a level at all. */
export const approvingLevels = ({ levels }: Rule): readonly Level[] => (levels.length > 0 ? levels : LEVELS)

const inOrder = (one: ApprovalAnswer, other: ApprovalAnswer): number =>
  one.at - other.at || (one.by.person < other.by.person ? -1 : 1)
