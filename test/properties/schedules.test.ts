import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { schedules, type Schedule } from './schedule.ts'

/** Seeds that once failed; `npm run schedules` prints what to add. */
const KEPT = JSON.parse(readFileSync(new URL('./schedule-seeds.json', import.meta.url), 'utf8')) as readonly {
  readonly seed: number
  readonly path?: string
  /** It never failed without what was added later. */
  readonly more?: true
}[]

describe('schedules of three companies', () => {
  it('[story 5] [SYN-1] [SYN-13] [SYN-15] [SYN-16] [SYN-110] forty of them, with loss, partitions, crashes, wrong clocks, revocations, goings, changes of roles, forks and checkpoints, end in byte-identical sections', () => {
    const sum = {
      written: 0,
      crashes: 0,
      resumed: 0,
      revoked: 0,
      gone: 0,
      lateByClock: 0,
      forked: 0,
      attested: 0,
      narrowed: 0,
      heldBack: 0,
      vouched: 0,
    }
    const add = ({ happened }: Schedule): void => {
      for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += happened[key]
    }
    // Making a failing one small takes longer than a test may: `npm run schedules` does that.
    fc.assert(schedules(add), { numRuns: 40, seed: 20_261_125, endOnFailure: true })
    // Schedules in which nothing happens would converge, too.
    expect(sum.written).toBeGreaterThan(300)
    for (const count of [
      sum.crashes,
      sum.resumed,
      sum.revoked,
      sum.gone,
      sum.lateByClock,
      sum.forked,
      sum.attested,
      sum.narrowed,
      sum.heldBack,
      sum.vouched,
    ])
      expect(count).toBeGreaterThan(10)
  }, 120_000)

  it.each(KEPT.flatMap((kept) => (kept.more ? [true] : [false, true]).map((more) => ({ ...kept, more }))))(
    '[story 5] [SYN-1] the schedule of seed $seed that once failed, with checkpoints, goings and changes of roles: $more',
    ({ seed, path, more }) => {
      fc.assert(schedules(undefined, more), {
        numRuns: path === undefined ? 40 : 1,
        seed,
        endOnFailure: true,
        ...(path !== undefined && { path }),
      })
    },
  )
})
