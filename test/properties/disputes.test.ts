import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { disputeLives } from './dispute-lives.ts'

describe('lives of a dispute', () => {
  it('[ESC-1, ESC-7, ESC-11, TR-10] 300 of them come to the same in any order, and end by the word of every party or not at all', () => {
    const stages: Record<string, number> = {}
    const refused: Record<string, number> = {}
    fc.assert(
      disputeLives(({ stage, refusals }) => {
        stages[stage] = (stages[stage] ?? 0) + 1
        for (const code of refusals.values()) refused[code] = (refused[code] ?? 0) + 1
      }),
      { numRuns: 300, seed: 20_261_126 },
    )
    // Scripts in which nothing happens would hold, too.
    for (const name of ['fallback', 'referred', 'exhausted', 'settled', 'ruled', 'awarded', 'withdrawn'])
      expect(stages[name] ?? 0, `${name} of ${JSON.stringify(stages)}`).toBeGreaterThan(0)
    for (const code of ['already-ruled', 'late', 'not-yet', 'unproven', 'over', 'recused', 'set-aside'])
      expect(refused[code] ?? 0, `${code} of ${JSON.stringify(refused)}`).toBeGreaterThan(0)
  }, 120_000)
})
