import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changes } from './changes.ts'

describe('lives of a change', () => {
  it('[DEC-60, DEC-65, DEC-69, DEC-75] 200 of them come to the same in any order, and nobody undoes what both have signed', () => {
    const stages: Record<string, number> = {}
    let refusals = 0
    fc.assert(
      changes((changed) => {
        refusals += changed.refusals
        stages[changed.stage] = (stages[changed.stage] ?? 0) + 1
      }),
      { numRuns: 200, seed: 20_261_126 },
    )
    // Scripts in which nothing happens would hold, too.
    expect(refusals).toBeGreaterThan(500)
    for (const name of [
      'deciding',
      'blocked',
      'approvable',
      'signing',
      'approved',
      'final',
      'withdrawn',
      'contested',
      'remitted',
      'ended',
    ])
      expect(stages[name] ?? 0, `${name} of ${JSON.stringify(stages)}`).toBeGreaterThan(0)
  }, 120_000)
})
