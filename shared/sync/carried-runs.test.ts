import { describe, expect, it } from 'vitest'
import type { DeviceId, EntryHash } from '#shared/kernel/ids.ts'
import { CarriedRuns, carryRun } from './carried-runs.ts'

const RUN = 'run' as EntryHash
const bytes = Uint8Array.from({ length: 1_200_000 }, (_, at) => at % 251)
const parts = carryRun(RUN, bytes)
const from = (seq: number, device = 'a') => ({ seq, device: device as DeviceId })

describe('runs that are carried in parts', () => {
  it('[SYN-91] come whole in whatever order their parts can be read, once', () => {
    expect(parts).toHaveLength(3)
    for (const order of [
      [0, 1, 2],
      [2, 0, 1],
      [1, 2, 0],
      [2, 1, 0],
    ]) {
      const runs = new CarriedRuns()
      const given = order.map((at) => runs.add(parts[at] as (typeof parts)[number], from(at + 5)))
      expect(given.filter((one) => one !== undefined)).toEqual([bytes])
      expect(given.at(-1)).toEqual(bytes)
    }
  })

  it('[SYN-91] are not put together from the parts of two authors, nor from parts that leave a gap', () => {
    const runs = new CarriedRuns()
    const [first, second, third] = parts as [(typeof parts)[0], (typeof parts)[0], (typeof parts)[0]]
    expect(runs.add(first, from(1))).toBeUndefined()
    expect(runs.add(third, from(3))).toBeUndefined()
    expect(runs.add(second, from(2, 'b'))).toBeUndefined()
    expect(runs.add({ ...second, bytes: second.bytes.slice(1) }, from(4))).toBeUndefined()
    // A second try behind them holds by itself.
    expect(runs.add(first, from(5))).toBeUndefined()
    expect(runs.add(second, from(6))).toBeUndefined()
    expect(runs.add(third, from(7))).toEqual(bytes)
  })

  it('[SYN-91] of one that claims to be larger than a run may be, or comes in ever more parts, little is kept', () => {
    const runs = new CarriedRuns()
    const huge = { kind: 'fork-run' as const, run: RUN, at: 0, total: 9 * 1024 * 1024, bytes: new Uint8Array(4) }
    expect(runs.add(huge, from(1))).toBeUndefined()
    const crumb = (at: number) => ({ ...huge, at, total: 100, bytes: new Uint8Array(1) })
    const given = Array.from({ length: 100 }, (_, at) => runs.add(crumb(at), from(at + 1)))
    expect(given.every((one) => one === undefined)).toBe(true)
  })
})
