import type { RunJudgements } from './answer.ts'
import { pointsOf, type LensName } from './rubric.ts'

/** What several runs came to for one lens of one option. */
export interface LensFigure {
  /** Mean of the runs in whole points of 100, rounded once, half up. */
  readonly points: number
  /** Points of each run. */
  readonly runs: readonly number[]
  /** Standard deviation of the runs (over all of them, as in DEC-2), in hundredths of a point. */
  readonly spread: number
}
export type OptionFigures = Readonly<Partial<Record<LensName, LensFigure>>>

/** Mean and spread of an option's lenses over the runs. @throws when a run lacks the option or a lens of it */
export function figuresOf(runs: readonly RunJudgements[], option: string, lenses: readonly LensName[]): OptionFigures {
  return Object.fromEntries(
    lenses.map((name) => {
      const points = runs.map((run) => {
        const judged = run[option]?.[name]
        if (!judged) throw new Error('a run lacks an option')
        return pointsOf(judged.level)
      })
      return [name, figure(points)]
    }),
  )
}

function figure(runs: readonly number[]): LensFigure {
  const sum = runs.reduce((all, one) => all + one, 0)
  const mean = sum / runs.length
  const variance = runs.reduce((all, one) => all + (one - mean) ** 2, 0) / runs.length
  return {
    runs,
    points: Math.floor((2 * sum + runs.length) / (2 * runs.length)),
    spread: Math.round(Math.sqrt(variance) * 100),
  }
}

/** Whether the runs disagree more than `limit` points about any lens of any option: then nothing is proposed. */
export const tooWide = (options: readonly OptionFigures[], limit: number): boolean =>
  options.some((lenses) => Object.values(lenses).some(({ spread }) => spread > limit * 100))

/** What tokens cost at a price per million of each, in whole thousandths of the currency; undefined while anything of it is unknown. */
export function costOf(
  tokens: { readonly in: number | null; readonly out: number | null },
  price: { readonly in: number; readonly out: number } | null,
): number | undefined {
  if (!price || tokens.in === null || tokens.out === null) return undefined
  return Math.ceil((tokens.in * price.in + tokens.out * price.out) / 1000)
}

/** Order of the options per run: `shuffled` turned by one place each time, so that with two options or more no two runs in a row begin alike. */
export const ordersOf = (shuffled: readonly string[], runs: number): readonly (readonly string[])[] =>
  Array.from({ length: runs }, (_, run) => {
    const turn = run % shuffled.length
    return [...shuffled.slice(turn), ...shuffled.slice(0, turn)]
  })
