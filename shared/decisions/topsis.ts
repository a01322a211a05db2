import type { DecisionContent } from '#shared/artifacts/decision-content.ts'
import type { CountedPosition } from './tally.ts'

/** How close an option comes to the best that any option is for each company: 1 is the best for all, 0 the worst for all. */
export interface Closeness {
  readonly option: string
  readonly closeness: number
}

/**
 * TOPSIS (Hwang and Yoon, 1981) over the companies' scores, as a second look at the mean: each company that votes is a criterion with
 * its weight. Scores are divided by the length of the company's column and weighted; closeness is d⁻ ÷ (d⁺ + d⁻), with d⁺ and d⁻ the
 * Euclidean distances to the best and to the worst value of each column. It decides nothing. In the order of closeness, greatest first;
 * null when there are fewer than two options, or nobody's scores tell them apart.
 */
export function topsis(
  { options, voters }: Pick<DecisionContent, 'options' | 'voters'>,
  positions: readonly CountedPosition[],
): readonly Closeness[] | null {
  const voting = positions.flatMap(({ company, position }) =>
    position.stance === 'vote'
      ? [{ weight: voters.find((one) => one.company === company)?.weight ?? 0, said: position.options }]
      : [],
  )
  const total = voting.reduce((sum, { weight }) => sum + weight, 0)
  if (options.length < 2 || total === 0) return null
  const columns = voting.map(({ weight, said }) => {
    const scores = options.map(({ id }) => said.find(({ option }) => option === id)?.score ?? 0)
    const length = Math.hypot(...scores)
    return scores.map((score) => (length === 0 ? 0 : (weight / total) * (score / length)))
  })
  const distance = (row: number, extreme: 'max' | 'min'): number =>
    Math.hypot(...columns.map((column) => (column[row] ?? 0) - Math[extreme](...column)))
  const found = options.map(({ id }, row): Closeness | null => {
    const [toBest, toWorst] = [distance(row, 'max'), distance(row, 'min')]
    return toBest + toWorst === 0 ? null : { option: id, closeness: toWorst / (toBest + toWorst) }
  })
  if (!found.every((one) => one !== null)) return null
  return found.toSorted((left, right) => right.closeness - left.closeness || (left.option < right.option ? -1 : 1))
}
