import type { DecisionContent } from '#shared/artifacts/decision-content.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import { tally, type CountedPosition, type CountedVeto, type Tally } from './tally.ts'

type Terms = Pick<DecisionContent, 'options' | 'policy' | 'voters'>

/** How much a result hangs on the rule and on each company. */
export interface Sensitivity {
  /** Thresholds, in points, under which the same comes out, around the one that holds. */
  readonly threshold: { readonly from: number; readonly to: number }
  /** Companies without whose position another result would come out. */
  readonly pivotal: readonly CompanyId[]
}

/** Applies the policy with another threshold or other weights, to see what would come of the same positions. */
export function whatIf(
  terms: Terms,
  positions: readonly CountedPosition[],
  vetoes: readonly CountedVeto[],
  change: { readonly threshold?: number; readonly weights?: ReadonlyMap<CompanyId, number> },
): Tally {
  const { threshold = terms.policy.threshold, weights } = change
  const voters = terms.voters.map((voter) => ({ ...voter, weight: weights?.get(voter.company) ?? voter.weight }))
  return tally({ ...terms, voters, policy: { ...terms.policy, threshold } }, positions, vetoes)
}

/** Tries every whole threshold, and every company's silence. */
export function sensitivity(
  terms: Terms,
  positions: readonly CountedPosition[],
  vetoes: readonly CountedVeto[],
): Sensitivity {
  const held = tally(terms, positions, vetoes)
  const same = (other: Tally): boolean => other.outcome === held.outcome && other.option === held.option
  const at = (threshold: number): boolean => same(whatIf(terms, positions, vetoes, { threshold }))
  let from = terms.policy.threshold
  let to = from
  while (from > 0 && at(from - 1)) from--
  while (to < 100 && at(to + 1)) to++
  const pivotal = positions
    .filter(({ company }) => !same(tally(terms, positions.filter((one) => one.company !== company), vetoes)))
    .map(({ company }) => company) // prettier-ignore
  return { threshold: { from, to }, pivotal }
}
