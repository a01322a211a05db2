import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { monthly } from '#shared/artifacts/sample.ts'
import { commitCoverage, commitCovered, commitTimeliness } from './commit-metrics.ts'
import { metric } from './metric.ts'
import { bandCoverage, bias, leans, mape, smape, trackingSignal, wape, type ErrorPoint } from './metrics.ts'
import { pool } from './pool.ts'
import { lagPoints } from './revisions.ts'
import { bucket, day, sampleForecast, sampleHistory } from './sample.ts'

const at = (month: string, actual: number | null, forecast: number | null): ErrorPoint => ({
  bucket: bucket(month),
  actual,
  forecast,
})
/** Total error 65 on 1010 units: 5 % of a big month, 150 % of a small one. */
const GOLDEN = [at('2025-01', 1000, 1050), at('2025-02', 10, 25)]
const EVERY = [wape, bias, mape, smape, trackingSignal, bandCoverage]

describe('forecast error', () => {
  it('[COM-10] WAPE is 6.44 % where MAPE is 77.5 %', () => {
    expect(wape(GOLDEN, 1)).toMatchObject({
      numerator: 65,
      denominator: 1010,
      unit: 'percent',
      counted: 2,
      excluded: 0,
      lag: 1,
      window: { from: '2025-01', to: '2025-02' },
      definitionVersion: 'wape.v1',
    })
    expect(wape(GOLDEN, 1).value).toBeCloseTo(6.4356, 4)
    expect(mape(GOLDEN, 1).value).toBeCloseTo(77.5, 10)
  })

  it('[COM-10] bias is positive when the forecast is too high', () => {
    expect(bias(GOLDEN, 1).value).toBeCloseTo(6.4356, 4)
    expect(bias([at('2025-01', 100, 80)], 1).value).toBe(-20)
    expect(bias([at('2025-01', 100, 80), at('2025-02', 100, 120)], 1).value).toBe(0)
  })

  it('[COM-10] SMAPE has no factor 2 and lets older months weigh less', () => {
    expect(smape([at('2025-01', 0, 50)], 1).value).toBe(100)
    expect(smape([at('2025-01', 100, 50)], 1).value).toBeCloseTo(100 / 3, 10)
    const two = smape([at('2024-12', 100, 100), at('2025-02', 0, 10)], 1)
    expect(two.value).toBeCloseTo(100 / (1 + 0.95 ** 2), 10)
  })

  it('[COM-10] the tracking signal is the sum of the errors in mean absolute errors, and warns beyond 4', () => {
    const always = ['01', '02', '03', '04', '05'].map((month) => at(`2025-${month}`, 100, 110))
    expect(trackingSignal(always, 1)).toMatchObject({ value: 5, numerator: 50, denominator: 10, unit: 'ratio' })
    expect(leans(trackingSignal(always, 1))).toBe(true)
    expect(leans(trackingSignal(always.slice(1), 1))).toBe(false)
    expect(leans(trackingSignal([], 1))).toBe(false)
  })

  it('[COM-10] band coverage counts the borders as inside', () => {
    const banded = [5, 10, 15, 20, 21].map((actual, index) => ({
      ...at(`2025-0${String(index + 1)}`, actual, 15),
      p10: 10,
      p90: 20,
    }))
    expect(bandCoverage(banded, 1)).toMatchObject({ value: 60, numerator: 3, denominator: 5 })
    expect(bandCoverage([...banded, at('2025-06', 12, 15)], 1)).toMatchObject({ value: 60, excluded: 1 })
  })

  it('[COM-11] nothing to measure is n/c, never 0', () => {
    for (const measure of EVERY) {
      const unknown = measure([at('2025-01', null, 5), at('2025-02', 5, null)], 1)
      expect(unknown).toMatchObject({ value: null, numerator: null, denominator: null, excluded: 2, window: null })
      expect(measure([], 1).value).toBeNull()
    }
    const noDemand = [at('2025-01', 0, 0), at('2025-02', 0, 0)]
    for (const measure of [wape, bias, mape, smape, trackingSignal]) expect(measure(noDemand, 1).value).toBeNull()
    expect(wape([at('2025-01', 0, 9)], 1).value).toBeNull()
    expect(mape([at('2025-01', 0, 9), at('2025-02', 10, 9)], 1)).toMatchObject({ value: 10, counted: 1, excluded: 1 })
    expect(wape([at('2025-01', 10, 10)], 1).value).toBe(0)
  })

  it('[COM-12] the unit does not matter, and shares stay shares', () => {
    const quantity = fc.integer({ min: 0, max: 1e6 })
    const points = fc.array(fc.tuple(quantity, quantity, quantity, quantity), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(points, fc.integer({ min: 2, max: 1000 }), (numbers, factor) => {
        const scaled = (by: number): ErrorPoint[] =>
          numbers.map(([actual, forecast, one, other], month) => ({
            ...at(`20${String(10 + (month % 80))}-01`, actual * by, forecast * by),
            p10: Math.min(one, other) * by,
            p90: Math.max(one, other) * by,
          }))
        for (const measure of EVERY) {
          const [value, same] = [measure(scaled(1), 1).value, measure(scaled(factor), 1).value]
          if (value === null) expect(same).toBeNull()
          else expect(same).toBeCloseTo(value, 6)
        }
        for (const share of [smape(scaled(1), 1).value, bandCoverage(scaled(1), 1).value]) {
          expect(share ?? 0).toBeGreaterThanOrEqual(0)
          expect(share ?? 0).toBeLessThanOrEqual(100 + 1e-9)
        }
        const [error, lean] = [wape(scaled(1), 1).value, bias(scaled(1), 1).value]
        if (error !== null && lean !== null) expect(Math.abs(lean)).toBeLessThanOrEqual(error + 1e-9)
      }),
    )
  })
})

describe('commitment metrics', () => {
  const cell = (forecast: number | null, committed: number | null, on: string | null = null) => ({
    bucket: bucket('2025-01'),
    forecast,
    committed,
    committedOn: on === null ? null : day(on),
  })

  it('[COM-10] commit coverage is committed over forecast; unanswered cells are left out and counted', () => {
    const cells = [cell(100, 80), cell(100, 150), cell(50, null), cell(null, 10)]
    expect(commitCoverage(cells)).toMatchObject({ value: 115, numerator: 230, denominator: 200, excluded: 2 })
    expect(commitCoverage([cell(50, null)])).toMatchObject({ value: null, excluded: 1 })
    expect(commitCoverage([cell(0, 10)]).value).toBeNull()
  })

  it('[COM-15] a surplus does not cover another cell', () => {
    expect(commitCovered([cell(100, 80), cell(100, 150)])).toMatchObject({ value: 90, numerator: 180 })
    const quantity = fc.option(fc.integer({ min: 0, max: 1e6 }), { nil: null })
    fc.assert(
      fc.property(fc.array(fc.tuple(quantity, quantity)), (pairs) => {
        const { value } = commitCovered(pairs.map(([forecast, committed]) => cell(forecast, committed)))
        if (value === null) return
        expect(value).toBeGreaterThanOrEqual(0)
        expect(value).toBeLessThanOrEqual(100)
      }),
    )
  })

  it('[COM-10] timeliness: unanswered cells are misses once the day has passed, and unknown before', () => {
    const cells = [cell(1, 1, '2025-01-08'), cell(1, 1, '2025-01-09'), cell(1, null), cell(null, null)]
    const due = day('2025-01-08')
    expect(commitTimeliness(cells, due, day('2025-01-08'))).toMatchObject({ value: 50, denominator: 2, excluded: 2 })
    expect(commitTimeliness(cells, due, day('2025-01-09'))).toMatchObject({ denominator: 3, excluded: 1 })
    expect(commitTimeliness(cells, due, day('2025-01-09')).value).toBeCloseTo(100 / 3)
    expect(commitTimeliness(cells.slice(2), due, day('2025-01-01')).value).toBeNull()
  })
})

describe('frozen snapshots', () => {
  const months = (...values: number[]) => monthly('A', 'N', '2025-01', values)
  const first = sampleForecast(months(90, 100, 110), '2025-03-31')
  const second = sampleForecast(months(90, 100, 110, 300), '2025-04-30', {}, 2)
  const later = sampleHistory(months(90, 100, 110, 300, 310), '2025-06-01')

  it('[COM-13] each month meets the forecast made `lag` months before, not the last one', () => {
    const one = lagPoints(later, [second, first], 1)
    expect(one.map(({ bucket: month, actual, forecast }) => [month, actual, forecast])).toEqual([
      ['2025-04', 300, 100],
      ['2025-05', 310, 170],
    ])
    const two = lagPoints(later, [first, second], 2)
    expect(two.map(({ bucket: month, forecast }) => [month, forecast])).toEqual([['2025-05', 100]])
  })

  it('[TR-4] a forecast that was stale when its month began gives no forecast', () => {
    const [, may] = lagPoints(later, [first], 1) // as of 31 March, current for 40 days: 10 May
    expect(may).toMatchObject({ bucket: '2025-05', forecast: 100 })
    const short = { ...first, envelope: { ...first.envelope, currencyDays: 20 } }
    const points = lagPoints(later, [short], 1)
    expect(points.map(({ forecast }) => forecast)).toEqual([100, null])
    expect(wape(points, 1)).toMatchObject({ counted: 1, excluded: 1, numerator: 200, denominator: 300 })
  })

  it('[COM-13] an invalidated or withdrawn revision is no forecast', () => {
    const gone = { ...second, envelope: { ...second.envelope, status: 'invalidated' as const } }
    expect(lagPoints(later, [first, gone], 1).map(({ forecast }) => forecast)).toEqual([100, null])
  })

  it('[COM-13] a revision from inside the month knows part of the answer and does not count for it', () => {
    const peeking = { ...second, envelope: { ...second.envelope, asOf: day('2025-05-01') } }
    expect(lagPoints(later, [first, peeking], 1).map(({ forecast }) => forecast)).toEqual([100, 100])
  })

  it('[COM-13] a series has no points before its first month', () => {
    const rows = [...months(90, 100, 110, 300, 310), ...monthly('B', 'N', '2025-05', [4])]
    const points = lagPoints(sampleHistory(rows, '2025-06-01'), [first], 1)
    expect(points.map(({ bucket: month, actual }) => [month, actual])).toEqual([
      ['2025-04', 300],
      ['2025-05', 310],
      ['2025-05', 4],
    ])
  })

  it('[COM-13] a suppressed actual is no error of the forecast', () => {
    const hidden = sampleHistory(monthly('A', 'N', '2025-01', [90, 100, 110, null]), '2025-05-01')
    expect(lagPoints(hidden, [first], 1)).toMatchObject([{ actual: null, forecast: 100 }])
  })
})

describe('pooled figures', () => {
  const of = (unit: string, numerator: number, denominator: number) => ({
    unit,
    metrics: [metric('wape', 'percent', numerator, denominator, { buckets: [], lag: 1, counted: 1, excluded: 0 })],
  })
  it('[COM-10] [WS-6] are the sums over each other, not the mean of the ratios', () => {
    expect(pool([of('carton', 1, 10), of('carton', 30, 100)], 'wape').value).toBeCloseTo((31 / 110) * 100, 12)
  })
  it('[COM-11] [WS-6] are not computable without a forecast, without a denominator, and over two units', () => {
    expect(pool([], 'wape').value).toBeNull()
    expect(pool([of('carton', 1, 0)], 'wape').value).toBeNull()
    expect(pool([of('carton', 1, 10), of('kg', 1, 10)], 'wape').value).toBeNull()
    expect(pool([of('carton', 1, 10)], 'bias').value).toBeNull()
  })
})
