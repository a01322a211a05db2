import type { AgreementSource } from './agreement-source.ts'
import { finding, type Finding } from './finding.ts'
import type { OutcomeSource } from './outcome-source.ts'
import type { Place } from './place.ts'
import type { PlanSource } from './plan-source.ts'
import { folded, written } from './same.ts'
import type { RuleId } from './rules.ts'

/** Days are ISO dates: text order is their order. */
const day = ({ value }: Place): string => written(value)

/** CON-10: milestones outside the plan's own period, once before and once after it. */
export const planItself = (plans: readonly PlanSource[]): readonly Finding[] =>
  plans.flatMap(({ start, end, due }) => outside('CON-10', start, end, due))

/** CON-8: milestones outside the term of an agreement that the plan rests on. */
export const plansInTerm = (
  plans: readonly PlanSource[],
  agreements: readonly AgreementSource[],
  outcomes: readonly OutcomeSource[],
): readonly Finding[] =>
  plans.flatMap((plan) =>
    restsOn(plan, agreements, outcomes).flatMap(({ from, until }) => outside('CON-8', from, until, plan.due)),
  )

/** The milestone that is furthest out on either side, with how many more there are. */
function outside(rule: RuleId, from: Place | null, until: Place | null, due: readonly Place[]): readonly Finding[] {
  const order = due.toSorted((left, right) => (`${day(left)} ${left.anchor}` < `${day(right)} ${right.anchor}` ? -1 : 1))
  const early = from ? order.filter((one) => day(one) < day(from)) : []
  const late = until ? order.filter((one) => day(one) > day(until)) : []
  const [first, last] = [early[0], late.at(-1)]
  return [
    ...(from && first ? [finding(rule, from, first, first.label, early.length - 1)] : []),
    ...(until && last ? [finding(rule, until, last, last.label, late.length - 1)] : []),
  ]
} // prettier-ignore

/**
 * The agreements that a plan rests on: what became of one outcome together with it, what its links name, and the one peer agreement
 * of its workspace, whose scope is the workspace itself.
 */
export function restsOn(
  plan: PlanSource,
  agreements: readonly AgreementSource[],
  outcomes: readonly OutcomeSource[],
): readonly AgreementSource[] {
  const { artifact, workspace } = plan.doc
  const beside = new Set(outcomes.filter((one) => one.plans.includes(artifact)).flatMap((one) => one.agreements))
  const named = new Set(plan.references.map(folded))
  const frames = agreements.filter(
    ({ doc, standing }) => doc.type === 'PeerAgreement.v1' && doc.workspace === workspace && standing === 'signed',
  )
  return agreements.filter(
    (one) =>
      beside.has(one.doc.artifact) ||
      (one.doc.workspace === workspace && (named.has(folded(one.reference)) || named.has(one.doc.artifact))) ||
      (frames.length === 1 && frames[0] === one),
  )
}
