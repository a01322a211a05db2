import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ballots, type Happened } from './ballots.ts'

describe('lives of a decision', () => {
  it('[DEC-11, DEC-12, DEC-76] 150 of them come to the same in any order, words from outside the policy change nothing, and what a dispute came to lets a voter go on', () => {
    const standings: Record<string, number> = {}
    let refusals = 0
    let taken = 0
    const add = (happened: Happened): void => {
      refusals += happened.refusals
      taken += Number(happened.taken)
      for (const [name, count] of Object.entries(happened.standings)) standings[name] = (standings[name] ?? 0) + count
    }
    fc.assert(ballots(add), { numRuns: 150, seed: 20_261_126 })
    // Scripts in which nothing happens would hold, too.
    expect(refusals).toBeGreaterThan(1000)
    expect(taken).toBeGreaterThan(0)
    for (const name of ['voting', 'signing', 'final', 'no-decision', 'withdrawn'])
      expect(standings[name] ?? 0, name).toBeGreaterThan(0)
  }, 120_000)
})
