import type { Of, Plan } from './plan.ts'

export type GateProblem = 'must-not-met' | 'undecided-past' | 'no-criteria' | 'result-without-date' | 'no-evidence'

export interface Gate {
  readonly milestone: Of<'milestones'>
  readonly criteria: readonly Of<'criteria'>[]
  /** Criteria that are not met yet, or that nobody has judged. */
  readonly open: readonly Of<'criteria'>[]
  readonly problems: readonly GateProblem[]
}

/** Milestones that are gates, by date, with their criteria. A "go" while a must is not met is a problem, not an error: people decide. */
export function gatesOf(
  { milestones, criteria }: Pick<Plan, 'milestones' | 'criteria'>,
  today: string,
): readonly Gate[] {
  return milestones
    .filter(({ gate }) => gate === 'yes')
    .map((milestone) => {
      const own = criteria.filter((one) => one.milestone === milestone.id)
      const open = own.filter(({ met }) => met !== 'met')
      const { gateResult, gateDecidedOn, due, doneOn, evidence } = milestone
      const problems: GateProblem[] = []
      if (own.length === 0) problems.push('no-criteria')
      if (gateResult === 'go' && open.some(({ level }) => level === 'must')) problems.push('must-not-met')
      if (gateResult === null && due !== null && due < today) problems.push('undecided-past')
      if (gateResult !== null && gateDecidedOn === null) problems.push('result-without-date')
      if (doneOn !== null && (evidence ?? '').trim() === '') problems.push('no-evidence')
      return { milestone, criteria: own, open, problems }
    })
    .toSorted((left, right) => order(left.milestone.due, right.milestone.due))
}

/** The first gate that nobody has decided yet. */
export const nextGate = (gates: readonly Gate[]): Gate | undefined =>
  gates.find(({ milestone }) => milestone.gateResult === null)

const order = (left: string | null, right: string | null): number =>
  left === right ? 0 : left === null ? 1 : right === null ? -1 : left < right ? -1 : 1
