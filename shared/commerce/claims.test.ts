import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lateDelivery, latePayment, type LateTerms } from './late-delivery.ts'
import { priceAdjustment } from './price-adjustment.ts'
import { missedInRow, serviceCredit, type CreditTerms, type LevelResult } from './level-credit.ts'

const at = (text: string): number => Date.parse(text)
// The clause of Accord's template: 10.5 % for every 2 days, at most 55 %, cancellation after 15 days, goods of 200.00.
const LATE: LateTerms = { tolerance: 0, rate: 1_050, period: 2, cap: 5_500, termination: 15 }
const DUE = at('2019-01-11T03:24:00Z')
const late = (delivered: string, cause: 'seller' | 'force-majeure' | 'buyer' = 'seller', terms = LATE) =>
  lateDelivery(terms, { due: DUE, delivered: at(delivered), value: 20_000, cause })

describe('late delivery', () => {
  it('[COM-23, TR-2] V1: 5.757 days late count as 6, three periods of 10.5 % of 200.00 are 63.00', () => {
    expect(late('2019-01-16T21:34:00Z')).toEqual({ days: 6, byDays: 6_300, limit: 11_000, penalty: 6_300, mayCancel: false }) // prettier-ignore
    // Periods are prorated: five days are two and a half.
    expect(late('2019-01-15T21:34:00Z')).toMatchObject({ days: 5, penalty: 5_250 })
  })
  it('[COM-23, TR-2] V2: 345 days late come to the cap of 55 %, exactly 110.00, and the order may be cancelled', () => {
    expect(late('2019-12-22T10:00:00Z')).toMatchObject({ days: 346, penalty: 11_000, mayCancel: true })
    expect(late('2019-01-26T03:24:00Z')).toMatchObject({ days: 15, mayCancel: false })
    expect(late('2019-01-26T03:24:01Z')).toMatchObject({ days: 16, mayCancel: true })
  })
  it('[COM-23, TR-2] V3: under force majeure nothing is owed, and the cancellation stays; who caused the delay gets neither', () => {
    expect(late('2019-12-22T10:00:00Z', 'force-majeure')).toMatchObject({ penalty: 0, mayCancel: true })
    expect(late('2019-01-16T21:34:00Z', 'force-majeure')).toMatchObject({ penalty: 0, mayCancel: false })
    expect(late('2019-12-22T10:00:00Z', 'buyer')).toMatchObject({ penalty: 0, mayCancel: false })
  })
  it('[COM-23, TR-2] V4: in time, or within the tolerance, there is no claim', () => {
    expect(late('2019-01-11T03:24:00Z')).toBe('on-time')
    expect(late('2019-01-13T03:24:00Z', 'seller', { ...LATE, tolerance: 2 })).toBe('within-tolerance')
    // Beyond the tolerance every day of the delay counts.
    expect(late('2019-01-13T03:25:00Z', 'seller', { ...LATE, tolerance: 2 })).toMatchObject({ days: 3, penalty: 3_150 })
  })
  it('[COM-23, TR-28] a debt in money earns nothing for being late under Saudi law', () => {
    expect(latePayment('ksa')).toBe('cash-late-payment')
    expect(latePayment('uae')).toBe('no-such-clause')
  })
})

const CREDIT: CreditTerms = {
  targets: [{ metric: 'UP', target: 9_980 }],
  steps: [
    { metric: 'UP', below: 9_980, credit: 200 },
    { metric: 'UP', below: 9_800, credit: 300 },
  ],
  monthCap: 1_000,
  yearCap: 1_000,
}
const reached = (good: number, metric = 'UP', excluded = 0): LevelResult => ({ metric, reported: true, good, total: 1_000 + excluded, excluded }) // prettier-ignore
const credit = (results: readonly LevelResult[], more: Partial<Parameters<typeof serviceCredit>[1]> = {}, terms = CREDIT) => serviceCredit(terms, { results, charge: 1_000, earlierCharges: 0, earlierCredits: 0, ...more }) // prettier-ignore

describe('service credits', () => {
  it('[COM-24, TR-1] the golden vector: of a charge of 10.00, 100 % is 0, 99.7 % is 0.20, 97 % is 0.30', () => {
    expect(credit([reached(1_000)])).toMatchObject({ credit: 0, levels: [{ missed: false, step: null }] })
    expect(credit([reached(997)])).toMatchObject({ credit: 20, levels: [{ missed: true }] })
    expect(credit([reached(970)])).toMatchObject({ credit: 30 })
    // Exactly on a step is not below it; no float decides it.
    expect(credit([reached(998)])).toMatchObject({ credit: 0 })
    expect(credit([reached(980)])).toMatchObject({ credit: 20 })
  })
  it('[COM-24, TR-1] the caps of the month and of twelve months, and never below 0', () => {
    const steep = { ...CREDIT, steps: [{ metric: 'UP', below: 9_980, credit: 3_000 }] }
    expect(credit([reached(900)], {}, steep)).toMatchObject({ bySteps: 300, monthLimit: 100, credit: 100 })
    const year = { ...steep, monthCap: 5_000, yearCap: 500 }
    expect(credit([reached(900)], { earlierCharges: 11_000, earlierCredits: 450 }, year)).toMatchObject({ yearLimit: 150, credit: 150 }) // prettier-ignore
    expect(credit([reached(900)], { earlierCharges: 11_000, earlierCredits: 700 }, year)).toMatchObject({ yearLimit: 0, credit: 0 }) // prettier-ignore
    const two = { ...CREDIT, steps: [...CREDIT.steps, { metric: 'FILL', below: 9_900, credit: 900 }] }
    expect(credit([reached(997), reached(980, 'FILL')], {}, two)).toMatchObject({ bySteps: 110, credit: 100 })
  })
  it('[COM-24, TR-1] excluded occurrences do not count; what was not reported counts as missed by the mildest step', () => {
    expect(credit([reached(997, 'UP', 500)])).toMatchObject({ credit: 20 })
    expect(credit([{ metric: 'UP', reported: false }])).toMatchObject({ credit: 20, levels: [{ missed: true }] })
  })
  it('[COM-25, TR-1] without a charge, without that of eleven months, or with nothing counted there is no figure, not 0', () => {
    expect(credit([reached(970)], { charge: null })).toBe('charge-missing')
    expect(credit([reached(970)], { earlierCharges: null })).toBe('earlier-charges-missing')
    expect(credit([{ metric: 'UP', reported: true, good: 0, total: 5, excluded: 5 }])).toBe('nothing-counted')
    expect(credit([])).toBe('result-missing')
  })
  it('[COM-24] months in a row', () => {
    expect(missedInRow(24_000, [])).toBe(1)
    expect(missedInRow(24_000, [23_999, 23_998, 23_996])).toBe(3)
  })
  it('[COM-24] a credit never exceeds a cap, and large sums lose no halala', () => {
    const sum = fc.integer({ min: 0, max: 1e15 })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000 }), sum, sum, (good, charge, earlierCharges) => {
        const found = credit([reached(good)], { charge, earlierCharges })
        if (typeof found === 'string') throw new Error(found)
        expect(found.credit).toBeLessThanOrEqual(Math.min(found.monthLimit, found.yearLimit))
        const points = good < 980 ? 300n : good < 998 ? 200n : 0n
        expect(BigInt(found.bySteps)).toBe((BigInt(charge) * points * 2n + 10_000n) / 20_000n)
      }),
    )
  })
})

describe('price adjustment', () => {
  const terms = { cap: 500, floor: 500 }
  it('[COM-26, TR-3] in proportion to the index, within the cap and the floor, each price rounded once', () => {
    expect(priceAdjustment(terms, 11_240, 11_520, [10_000, 9_500, 3])).toEqual({ change: 249, counted: 249, limited: null, prices: [10_249, 9_737, 3] }) // prettier-ignore
    expect(priceAdjustment(terms, 10_000, 11_000, [10_001])).toMatchObject({ limited: 'cap', counted: 500, prices: [10_501] }) // prettier-ignore
    expect(priceAdjustment(terms, 10_000, 8_000, [10_001])).toMatchObject({ limited: 'floor', prices: [9_501] })
    expect(priceAdjustment(terms, 10_000, 10_500, [1])).toMatchObject({ limited: null })
  })
  it('[COM-25, TR-3] without a base there is no figure', () => {
    expect(priceAdjustment(terms, 0, 10_000, [100])).toBeNull()
  })
})
