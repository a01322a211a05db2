import { describe, expect, it } from 'vitest'
import { roundText, scored } from '#test/support/decision-world.ts'
import { companyOf } from '#test/support/fact-world.ts'
import { tally, type CountedPosition } from './tally.ts'
import { topsis } from './topsis.ts'

const says = (who: 'a' | 'b' | 'c', o1: number, o2: number): CountedPosition => ({
  company: companyOf(who),
  position: scored(o1, o2),
})
const weighted = (...weights: readonly number[]) =>
  roundText({ voters: roundText().voters.map((voter, at) => ({ ...voter, weight: weights[at] ?? 1 })) })

describe('a second look by TOPSIS', () => {
  it('[DP-11, DEC-35] worked by hand: two companies, weights 3 and 1', () => {
    // Columns (3000, 4000) and (8000, 6000): lengths 5000 and 10000. Weighted: (.45, .60) and (.20, .15).
    // o1: d⁺ = .15, d⁻ = .05, so .25. o2: d⁺ = .05, d⁻ = .15, so .75.
    const found = topsis(weighted(3, 1), [says('a', 3000, 4000), says('b', 8000, 6000)])
    expect(found?.map(({ option }) => option)).toEqual(['o2', 'o1'])
    expect(found?.[0]?.closeness).toBeCloseTo(0.75, 12)
    expect(found?.[1]?.closeness).toBeCloseTo(0.25, 12)
  })

  it('[DP-11, DEC-35] can see another order than the mean does: a column of small differences counts for less than in points', () => {
    const text = weighted(1, 1)
    const positions = [says('a', 9000, 7000), says('b', 1000, 2900)]
    const means = tally(text, positions, []).options.map(({ score }) => score)
    expect((means[0] ?? 0) > (means[1] ?? 0)).toBe(true)
    expect(topsis(text, positions)?.[0]?.option).toBe('o2')
  })

  it('[DP-11, DEC-35] the best for all is 1 and the worst for all 0; abstentions are no criterion', () => {
    const abstained: CountedPosition = { company: companyOf('c'), position: { stance: 'abstain', options: [] } }
    expect(topsis(roundText(), [says('a', 8000, 1), says('b', 7000, 2), abstained])).toEqual([
      { option: 'o1', closeness: 1 },
      { option: 'o2', closeness: 0 },
    ])
  })

  it('[DP-11, DEC-35] says nothing where there is nothing to tell apart', () => {
    expect(topsis(roundText(), [says('a', 5000, 5000)])).toBeNull()
    expect(topsis(roundText(), [says('a', 0, 0)])).toBeNull()
    expect(topsis(roundText(), [])).toBeNull()
  })
})
