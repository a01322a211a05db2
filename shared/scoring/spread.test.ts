import { describe, expect, it } from 'vitest'
import { DIMENSIONS } from '#shared/artifacts/decision-content.ts'
import type { RunJudgements } from './answer.ts'
import type { Level } from './rubric.ts'
import { costOf, figuresOf, ordersOf, tooWide } from './spread.ts'

const run = (level: Level): RunJudgements => ({
  o1: Object.fromEntries(DIMENSIONS.map((name) => [name, { level, rationale: 'x', evidence: ['option'] }])) as unknown as NonNullable<RunJudgements['o1']>,
}) // prettier-ignore

describe('several runs', () => {
  it('[SCO-6] come to their mean, rounded once and half up, with their spread in hundredths of a point', () => {
    // 50, 75, 75: mean 66.67, deviations 16.67, 8.33, 8.33; variance 138.89, so 11.785.
    expect(figuresOf([run(2), run(3), run(3)], 'o1', DIMENSIONS).vision).toEqual({
      runs: [50, 75, 75],
      points: 67,
      spread: 1179,
    })
    // 50, 75: mean 62.5.
    expect(figuresOf([run(2), run(3)], 'o1', DIMENSIONS).legend).toMatchObject({ points: 63, spread: 1250 })
    expect(() => figuresOf([run(2)], 'o2', DIMENSIONS)).toThrow('a run lacks an option')
  })

  it('[SCO-6] that disagree beyond the limit propose nothing; at the limit they do', () => {
    const figures = [figuresOf([run(2), run(3)], 'o1', DIMENSIONS)]
    expect([tooWide(figures, 12), tooWide(figures, 12.5), tooWide(figures, 13)]).toEqual([true, false, false])
  })

  it('[SCO-7] cost what their tokens cost, or nobody knows', () => {
    const price = { in: 2, out: 8 }
    expect(costOf({ in: 1000, out: 500 }, price)).toBe(6)
    expect(costOf({ in: 1, out: 0 }, price)).toBe(1)
    expect([costOf({ in: null, out: 500 }, price), costOf({ in: 1000, out: 500 }, null)]).toEqual([
      undefined,
      undefined,
    ])
  })

  it('[SCO-4] begin each with another option', () => {
    expect(ordersOf(['a', 'b', 'c'], 4)).toEqual([['a', 'b', 'c'], ['b', 'c', 'a'], ['c', 'a', 'b'], ['a', 'b', 'c']]) // prettier-ignore
  })
})
