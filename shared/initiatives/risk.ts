import type { Of, Plan } from './plan.ts'

export type RiskBand = 'low' | 'medium' | 'high'

/** Likelihood × impact on the 5 × 5 matrix (ISO 31010 B.10.3): from 15 high, from 6 medium. null: one of both is missing. */
export const scoreOf = ({ likelihood, impact }: Of<'risks'>): number | null =>
  likelihood === null || impact === null ? null : likelihood * impact
export const bandOf = (score: number): RiskBand => (score >= 15 ? 'high' : score >= 6 ? 'medium' : 'low')

export interface RiskMatrix {
  /** `likelihood|impact` → risks that are not closed. */
  readonly cells: ReadonlyMap<string, readonly Of<'risks'>[]>
  readonly unrated: readonly Of<'risks'>[]
  /** Not closed and with a score, the greatest first. */
  readonly ranked: readonly { readonly risk: Of<'risks'>; readonly score: number; readonly band: RiskBand }[]
}

export const cellOf = (likelihood: number, impact: number): string => `${String(likelihood)}|${String(impact)}`

/** Closed risks are in the list of risks, not in the matrix. */
export function riskMatrix({ risks }: Pick<Plan, 'risks'>): RiskMatrix {
  const live = risks.filter(({ status }) => status !== 'closed')
  const ranked = live
    .flatMap((risk) => {
      const score = scoreOf(risk)
      return score === null ? [] : [{ risk, score, band: bandOf(score) }]
    })
    .toSorted((left, right) => right.score - left.score)
  const cells = Map.groupBy(
    ranked.map(({ risk }) => risk),
    ({ likelihood, impact }) => cellOf(likelihood ?? 0, impact ?? 0),
  )
  return { cells, ranked, unrated: live.filter((risk) => scoreOf(risk) === null) }
}
