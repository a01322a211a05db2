import { exact, isLess, least, minus, most, plus, rounded, times, WHOLE, type Exact } from './exact-share.ts'

/** What the signed text says about credits. Shares are basis points, `below` and `credit` of a step alike. */
export interface CreditTerms {
  readonly steps: readonly { readonly metric: string; readonly below: number; readonly credit: number }[]
  readonly targets: readonly { readonly metric: string; readonly target: number }[]
  readonly monthCap: number
  readonly yearCap: number
}

/** What one level came to: counted occurrences, or no report in time, which counts as missed. */
export type LevelResult =
  | { readonly metric: string; readonly reported: true; readonly good: number; readonly total: number; readonly excluded: number }
  | { readonly metric: string; readonly reported: false } // prettier-ignore

/** A month of a service. Money is whole minor units; null is what nobody has said. */
export interface MeasuredMonth {
  readonly results: readonly LevelResult[]
  /** The charge of the month, and of the eleven months before it with the credits of those. */
  readonly charge: number | null
  readonly earlierCharges: number | null
  readonly earlierCredits: number
}

export interface LevelCredit {
  readonly metric: string
  readonly missed: boolean
  /** The step that counts: the lowest that the result falls below; null: none. */
  readonly step: { readonly below: number; readonly credit: number } | null
}
export interface ServiceCredit {
  readonly levels: readonly LevelCredit[]
  /** Of the steps, before the caps, and each cap; minor units, each rounded for show alone. */
  readonly bySteps: number
  readonly monthLimit: number
  readonly yearLimit: number
  /** What may be claimed: the least of the three, at least 0, rounded once. */
  readonly credit: number
}
export type NotComputable = 'charge-missing' | 'earlier-charges-missing' | 'result-missing' | 'nothing-counted'

/**
 * The credit of a month (Service credit, capabilities section 3): min(steps % x charge, month cap % x charge, year cap % x (charge
 * of eleven months + charge) - credits of those months), floor 0. A level below its target without a report takes the mildest step:
 * nothing says by how much it was missed. What a cap is taken of must be known: without it there is no figure, never 0.
 */
export function serviceCredit(terms: CreditTerms, month: MeasuredMonth): ServiceCredit | NotComputable {
  if (month.results.length === 0) return 'result-missing'
  if (month.charge === null) return 'charge-missing'
  if (month.earlierCharges === null) return 'earlier-charges-missing'
  if (
    month.results.some((one) => one.reported && (one.total - one.excluded <= 0 || one.good > one.total - one.excluded))
  )
    return 'nothing-counted'
  const levels = month.results.map((result) => levelCredit(terms, result))
  const charge = exact(month.charge)
  const share = (points: number): Exact => exact(points, WHOLE)
  const bySteps = levels.reduce((sum, { step }) => plus(sum, times(share(step?.credit ?? 0), charge)), exact(0))
  const monthLimit = times(share(terms.monthCap), charge)
  const ofYear = times(share(terms.yearCap), plus(exact(month.earlierCharges), charge))
  const yearLimit = most(minus(ofYear, exact(month.earlierCredits)), exact(0))
  return {
    levels,
    bySteps: rounded(bySteps),
    monthLimit: rounded(monthLimit),
    yearLimit: rounded(yearLimit),
    credit: rounded(most(least(bySteps, monthLimit, yearLimit), exact(0))),
  }
}

function levelCredit({ steps, targets }: CreditTerms, result: LevelResult): LevelCredit {
  const { metric } = result
  const own = steps.filter((step) => step.metric === metric).toSorted((left, right) => left.below - right.below)
  if (!result.reported) return { metric, missed: true, step: own.at(-1) ?? null }
  const reached = exact(result.good, result.total - result.excluded)
  const isBelow = (points: number): boolean => isLess(reached, exact(points, WHOLE))
  const target = targets.find((one) => one.metric === metric)?.target
  return { metric, missed: target !== undefined && isBelow(target), step: own.find(({ below }) => isBelow(below)) ?? null }
} // prettier-ignore

/** How many months in a row up to this one a level was missed; `earlier`: the months before it in which it was, `YYYY-MM` counted as whole numbers. */
export function missedInRow(month: number, earlier: readonly number[]): number {
  let row = 1
  while (earlier.includes(month - row)) row++
  return row
}
