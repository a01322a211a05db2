import type { ClauseValue, ClauseValues, ConvergenceClause } from '#shared/artifacts/convergence-content.ts'
import type { NegotiationRange, NegotiationRanges } from '#shared/artifacts/private-position.ts'
import { boundBroken } from './red-lines.ts'

/** Where a clause's value stands for our company. Private: computed in our engine and shown in our window alone. */
export type ClauseStanding = 'inside' | 'outside' | 'beyond-walk-away' | 'no-range'

type Clause = Pick<ConvergenceClause, 'id' | 'unit'>

/** Whether our company has thought about a clause: a range without any limit says nothing, but for a choice, of which all may do. */
export const isBounded = ({ unit }: Clause, range: NegotiationRange | undefined): range is NegotiationRange =>
  range !== undefined && (unit === 'choice' || range.least !== null || range.most !== null || range.must !== null)

export function clauseStanding(
  clause: Clause,
  range: NegotiationRange | undefined,
  value: ClauseValue | undefined,
): ClauseStanding {
  if (!isBounded(clause, range) || value === undefined) return 'no-range'
  if (boundBroken(range, value) === undefined) return 'inside'
  const { walkAway, least, most } = range
  if (walkAway === null || typeof value !== typeof walkAway) return 'outside'
  // The walk-away lies beyond the bound that it goes with: below the least, or above the most.
  const below = least !== null && walkAway <= least && value < walkAway
  const above = most !== null && walkAway >= most && value > walkAway
  return below || above ? 'beyond-walk-away' : 'outside'
}

/** The same of every clause of an offer, by the clause's id. */
export const clauseStandings = (
  ranges: NegotiationRanges,
  clauses: readonly Clause[],
  values: ClauseValues,
): Readonly<Record<string, ClauseStanding>> =>
  Object.fromEntries(clauses.map((clause) => [clause.id, clauseStanding(clause, ranges[clause.id], values[clause.id])]))
