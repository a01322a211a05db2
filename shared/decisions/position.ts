import type { DecisionPolicy, Dimension } from '#shared/artifacts/decision-content.ts'

/** Points of 0 to 100 for every dimension of one option. Which dimensions there are is the protocol's: of peers unless it says otherwise. */
export type DimensionScores<D extends string = Dimension> = Readonly<Record<D, number>>

/** AR-20. What one role of a company thinks of the options. It stays in the vault; only the position computed of all of them leaves. */
export interface RoleScores<D extends string = Dimension> {
  readonly role: string
  /** How much this role counts among the company's roles: an integer, at least 1. */
  readonly weight: number
  /** By option; one entry per run: scoring by hand is one run. */
  readonly options: Readonly<Record<string, readonly DimensionScores<D>[]>>
}

export interface OptionPosition {
  /** The company's score, in hundredths of a point, rounded once, half up. */
  readonly score: number
  /** Pooled spread of repeated runs plus the spread between roles, in hundredths of a point. */
  readonly uncertainty: number
  /** Roles that are more than the policy's points away from the score. */
  readonly dissent: number
  /** How many roles have scored this option. */
  readonly roles: number
}

/** The weight of each dimension in whole percents, and how far off a role dissents, in points. */
export interface ScoreRule<D extends string = Dimension> {
  readonly dimensions: Readonly<Record<D, number>>
  readonly dissent: number
}

/**
 * S(a,o) = Σ w_d s(a,d,o), in hundredths of a point: whole percents times whole points, so nothing is rounded.
 */
export const optionScore = <D extends string>(
  weights: Readonly<Record<D, number>>,
  scores: DimensionScores<D>,
): number => (Object.keys(weights) as D[]).reduce((sum, dimension) => sum + weights[dimension] * scores[dimension], 0)

/**
 * P(c,o) = Σ r_a S(a,o) / Σ r_a over the roles that scored the option; a role's S is the mean of its runs. Uncertainty is the root of
 * the weighted mean of the variances of the runs, plus the root of the weighted variance between roles. Undefined when nobody scored.
 */
export function optionPosition<D extends string>(
  policy: ScoreRule<D>,
  roles: readonly RoleScores<D>[],
  option: string,
): OptionPosition | undefined {
  const scored = roles.flatMap(({ weight, options }) => {
    const runs = (options[option] ?? []).map((scores) => optionScore(policy.dimensions, scores))
    return runs.length === 0 ? [] : [{ weight, runs, sum: runs.reduce((all, one) => all + one, 0) }]
  })
  if (scored.length === 0) return undefined
  const total = scored.reduce((sum, { weight }) => sum + weight, 0)
  // Over one denominator, so that means of runs are divided once with all the rest.
  const common = scored.reduce((product, { runs }) => lcm(product, runs.length), 1)
  const numerator = scored.reduce((sum, { weight, runs, sum: all }) => sum + weight * all * (common / runs.length), 0)
  const exact = numerator / (total * common)
  const within = scored.reduce((sum, { weight, runs, sum: all }) => sum + weight * variance(runs, all / runs.length), 0)
  const between = scored.reduce((sum, { weight, runs, sum: all }) => sum + weight * (all / runs.length - exact) ** 2, 0)
  return {
    score: Math.floor((2 * numerator + total * common) / (2 * total * common)),
    uncertainty: Math.min(10_000, Math.round(Math.sqrt(within / total) + Math.sqrt(between / total))),
    dissent: scored.filter(({ runs, sum }) => Math.abs(sum / runs.length - exact) > policy.dissent * 100).length,
    roles: scored.length,
  }
}

const variance = (runs: readonly number[], mean: number): number =>
  runs.reduce((sum, one) => sum + (one - mean) ** 2, 0) / runs.length

const gcd = (left: number, right: number): number => (right === 0 ? left : gcd(right, left % right))
const lcm = (left: number, right: number): number => (left / gcd(left, right)) * right

/** Whether who approves may send `score` where `computed` came out: at most the policy's leeway away. */
export const withinLeeway = (policy: Pick<DecisionPolicy, 'leeway'>, computed: number, score: number): boolean =>
  Math.abs(score - computed) <= policy.leeway * 100
