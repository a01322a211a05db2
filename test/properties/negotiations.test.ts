import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { negotiations } from './negotiations.ts'

describe('lives of a negotiation', () => {
  it('[DEC-40, DEC-45, DEC-46] 200 of them come to the same in any order, and nobody undoes what both have signed', () => {
    const stages: Record<string, number> = {}
    let refusals = 0
    fc.assert(
      negotiations((negotiated) => {
        refusals += negotiated.refusals
        stages[negotiated.stage] = (stages[negotiated.stage] ?? 0) + 1
      }),
      { numRuns: 200, seed: 20_261_126 },
    )
    // Scripts in which nothing happens would hold, too.
    expect(refusals).toBeGreaterThan(500)
    for (const name of ['offered', 'accepted', 'agreed', 'verified', 'finalized', 'terminated'])
      expect(stages[name] ?? 0, `${name} of ${JSON.stringify(stages)}`).toBeGreaterThan(0)
  }, 120_000)
})
