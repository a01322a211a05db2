import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { monthly, SAMPLE_COLUMNS, sampleSlice } from '#shared/artifacts/sample.ts'
import type { IsoMonth } from '#shared/kernel/time.ts'
import { bandsOf, LEAST_RESIDUALS, quantile } from './bands.ts'
import { dampedTrend } from './damped-trend.ts'
import { exponentialSmoothing } from './exponential-smoothing.ts'
import { computeForecast, METHODS } from './forecast-methods.ts'
import { historyOf } from './history.ts'
import { movingAverage } from './moving-average.ts'
import { projectForecast } from './project-forecast.ts'
import { cellsOf } from './revisions.ts'
import { day, sampleForecast, sampleHistory } from './sample.ts'
import { seasonalDrift } from './seasonal-drift.ts'
import { seasonalNaive } from './seasonal-naive.ts'

const wave = [10, 20, 40, 80, 70, 60, 50, 45, 30, 25, 15, 12]
const values = fc.array(fc.option(fc.integer({ min: 0, max: 1e6 }), { nil: null, freq: 8 }), {
  minLength: 1,
  maxLength: 40,
})

describe('history', () => {
  it('[COM-1] suppressed is unknown, absent is 0 after the first row, nothing before it', () => {
    const history = sampleHistory(
      [...monthly('A', 'N', '2025-01', [1, null]), ['A', 'N', '2025-04', 4], ...monthly('B', 'N', '2025-03', [7])],
      '2025-04-30',
    )
    expect(history.months).toEqual(['2025-01', '2025-02', '2025-03', '2025-04'])
    expect(history.series).toEqual([
      { sku: 'A', region: 'N', from: 0, values: [1, null, 0, 4] },
      { sku: 'B', region: 'N', from: 2, values: [7, 0] },
    ])
  })

  it('[COM-1] the month in which the data breaks off is no month, unless it is complete', () => {
    const rows = monthly('A', 'N', '2025-01', [1, 2, 3])
    expect(sampleHistory(rows, '2025-03-30')).toMatchObject({ partial: '2025-03', months: ['2025-01', '2025-02'] })
    expect(sampleHistory(rows, '2025-03-31').partial).toBeNull()
    expect(sampleHistory(rows, '2025-05-02').partial).toBeNull()
  })

  it('[COM-2] rows of one cell add up, and one unknown among them makes the sum unknown', () => {
    const twice = [...monthly('A', 'N', '2025-01', [1, 2]), ...monthly('A', 'N', '2025-01', [10, null])]
    expect(sampleHistory(twice, '2025-02-28').series[0]?.values).toEqual([11, null])
    expect(sampleHistory(twice.toReversed(), '2025-02-28').series[0]?.values).toEqual([11, null])
  })

  it('[COM-2] a total is unknown where any part is', () => {
    const history = sampleHistory(
      [...monthly('A', 'N', '2025-01', [1, 2, null]), ...monthly('B', 'N', '2025-02', [5, 6])],
      '2025-03-31',
    )
    expect(history.total).toEqual([1, 7, null])
  })

  it('[COM-2] a published total counts what is suppressed in the rows', () => {
    const rows = [...monthly('A', 'N', '2025-01', [1, null]), ...monthly('B', 'N', '2025-03', [5])]
    const slice = sampleSlice(rows, '2025-03-31')
    const byMonth = { over: [2], rows: [[null, null, '2025-01', 1], [null, null, '2025-02', 40], [null, null, '2025-03', null]] } // prettier-ignore
    const byArea = { over: [2, 1], rows: [[null, 'N', '2025-01', 900]] }
    const read = historyOf({ ...slice, totals: [byArea, byMonth] }, SAMPLE_COLUMNS)
    expect(read.ok && read.value.total).toEqual([1, 40, null])
  })

  it('[COM-1] a slice without the named columns or without a month is refused', () => {
    const slice = sampleSlice(monthly('A', 'N', '2025-01', [1]), '2025-01-31')
    expect(historyOf(slice, { ...SAMPLE_COLUMNS, quantity: 'Month' })).toMatchObject({ refusal: 'no-such-column' })
    expect(historyOf({ ...slice, rows: [['A', 'N', 'May', 1]] }, SAMPLE_COLUMNS)).toMatchObject({
      refusal: 'no-months',
    })
    expect(historyOf({ ...slice, asOf: day('2025-01-03') }, SAMPLE_COLUMNS)).toMatchObject({ refusal: 'no-months' })
    const span = [
      ['A', 'N', '2005-01', 1],
      ['A', 'N', '2025-01', 1],
    ]
    expect(historyOf({ ...slice, rows: span }, SAMPLE_COLUMNS)).toMatchObject({ refusal: 'too-many-months' })
    const far = { ...slice, rows: [['A', 'N', '9999-12', 1]] }
    expect(historyOf(far, SAMPLE_COLUMNS)).toMatchObject({ refusal: 'no-months' })
    const whole = historyOf(slice, { ...SAMPLE_COLUMNS, sku: null, region: null })
    expect(whole.ok && whole.value.series).toEqual([{ sku: '', region: '', from: 0, values: [1] }])
  })
})

describe('methods', () => {
  it('[COM-9] seasonal naive repeats the month of the last year in which it is known', () => {
    const fit = seasonalNaive.fit([...wave, 11, null])
    expect([1, 11, 12, 13].map((ahead) => fit?.expect(ahead))).toEqual([40, 11, 20, 40])
    expect(fit?.residuals).toEqual([1])
    expect([1, 12, 13, 25].map((ahead) => fit?.widening(ahead))).toEqual([1, 1, Math.SQRT2, Math.sqrt(3)])
  })

  it('[COM-9] seasonal naive with drift adds the mean yearly change for every year in between', () => {
    const grown = seasonalDrift.fit([...wave, ...wave.map((value) => value + 12)])
    expect([1, 12, 13].map((ahead) => grown?.expect(ahead))).toEqual([
      (wave[0] ?? 0) + 24,
      (wave[11] ?? 0) + 24,
      (wave[0] ?? 0) + 36,
    ])
    expect(grown?.residuals).toEqual(wave.map(() => 0))
    // Six changes by hand: 1, 2, 3, 4, 5 and 9 have the mean 4.
    const year = Array.from({ length: 12 }, () => 10)
    const uneven = seasonalDrift.fit([...year, 11, 12, 13, 14, 15, 19])
    expect([1, 7, 13].map((ahead) => uneven?.expect(ahead))).toEqual([10 + 4, 11 + 4, 10 + 2 * 4])
    expect(uneven?.residuals).toEqual([-3, -2, -1, 0, 1, 5])
    expect(uneven?.widening(13)).toBeCloseTo(Math.sqrt((2 * (1 + 2 / 6)) / (1 + 1 / 6)), 12)
    expect(seasonalDrift.fit([...year, 11, 12, 13, 14, 15])).toBeUndefined()
  })

  it('[COM-9] a month that is unknown a year before is compared with two years before, as two years of change', () => {
    const [first, second] = [wave, wave.map((value, at) => (at === 0 ? null : value + 5))]
    const fit = seasonalDrift.fit([...first, ...second, ...wave.map((value) => value + 10)])
    expect(fit?.parameters['drift']).toBe(5)
    expect(fit?.expect(1)).toBe((wave[0] ?? 0) + 15)
  })

  it('[COM-5] with steady growth the forecast lies inside its own band, where last year alone lies under it', () => {
    const noise = [3, -2, 1, 4, -5, 0, 2, -1, 5, -4, 1, -3]
    const values = [...wave, ...wave.map((value, at) => value + 30 + (noise[at] ?? 0))]
    const [naive, drift] = [seasonalNaive, seasonalDrift].map((method) => {
      const fit = method.fit(values)
      return fit && { net: fit.expect(1) ?? Number.NaN, ...bandsOf(fit, 1) }
    })
    expect(naive?.net).toBeLessThan(naive?.p10 ?? Number.NaN)
    expect(drift?.net).toBeGreaterThan(drift?.p10 ?? Number.NaN)
    expect(drift?.net).toBeLessThan(drift?.p90 ?? Number.NaN)
  })

  it('[COM-9] the moving average is of the last three known months', () => {
    const fit = movingAverage.fit([100, 3, null, 6, 9])
    expect(fit?.expect(5)).toBe(6)
    expect(fit?.residuals).toEqual([9 - 109 / 3])
  })

  it('[COM-9] exponential smoothing finds the level, and stays on it over a gap', () => {
    expect(exponentialSmoothing.fit([8, 8, null, 8, 8])?.expect(1)).toBe(8)
    // 0, 10, 0, 10 by hand: squares 174.56 for α = 0.2, 171.41 for 0.3 (levels 0, 3, 2.1), 173.76 for 0.4.
    const alternating = exponentialSmoothing.fit([0, 10, 0, 10])
    expect(alternating?.parameters.alpha).toBe(0.3)
    expect(alternating?.widening(3)).toBeCloseTo(Math.sqrt(1.18), 12)
    expect(alternating?.residuals.map((error) => Math.round(error * 100) / 100)).toEqual([10, -3, 7.9])
  })

  it('[COM-9] the damped trend follows a line part of the way and flattens', () => {
    const fit = dampedTrend.fit(Array.from({ length: 24 }, (_, at) => 100 + 10 * at))
    const [one = 0, two = 0, far = 0, further = 0] = [1, 2, 60, 61].map((ahead) => fit?.expect(ahead) ?? 0)
    expect(one).toBeGreaterThan(330)
    expect(two).toBeGreaterThan(one)
    expect(further - far).toBeLessThan((two - one) / 2)
  })

  it('[COM-9] the damped trend is the recursion of its source: its errors rebuild the series', () => {
    const series = [100, 130, 120, 170, 160, 220, 210, 260]
    const fit = dampedTrend.fit(series)
    const { alpha = Number.NaN, beta = Number.NaN, phi = Number.NaN } = fit?.parameters ?? {}
    let [level, trend] = [100, 0]
    const rebuilt = (fit?.residuals ?? []).map((error) => {
      const expected = level + phi * trend
      level = expected + alpha * error
      trend = phi * trend + alpha * beta * error
      return expected + error
    })
    expect(rebuilt.map((value) => Math.round(value * 1e6) / 1e6)).toEqual(series.slice(1))
    expect(fit?.expect(2)).toBeCloseTo(level + trend * (phi + phi * phi), 9)
  })

  it('[COM-9] a missing month carries the damped trend on, as if it had been forecast', () => {
    const series = [100, 130, 120, 170, 160, 220, 210, 260]
    const [whole, gap] = [dampedTrend.fit(series), dampedTrend.fit([...series, null])]
    expect(gap?.parameters).toEqual(whole?.parameters)
    for (const ahead of [1, 5]) expect(gap?.expect(ahead)).toBeCloseTo(whole?.expect(ahead + 1) ?? Number.NaN, 9)
  })

  it('[COM-5] no method’s errors narrow with the horizon, and one step ahead is their own measure', () => {
    for (const method of METHODS) {
      const fit = method.fit([...wave, ...wave.map((value) => value * 2)])
      const wide = Array.from({ length: 36 }, (_, at) => fit?.widening(at + 1) ?? Number.NaN)
      expect(wide[0]).toBe(1)
      for (let at = 1; at < wide.length; at++) expect(wide[at]).toBeGreaterThanOrEqual(wide[at - 1] ?? Number.NaN)
      expect(wide[35]).toBeGreaterThan(1)
    }
  })

  it('[COM-5] quantiles are of type 7', () => {
    expect(quantile([4, 1, 3, 2], 0.1)).toBeCloseTo(1.3)
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5)
    expect(quantile([7], 0.9)).toBe(7)
  })
})

describe('forecast', () => {
  it('[COM-3] equal histories give equal forecasts, bands in order, nothing below 0', () => {
    fc.assert(
      fc.property(values, fc.constantFrom(...METHODS), fc.integer({ min: 1, max: 36 }), (known, method, count) => {
        const rows = monthly('A', 'N', '2020-01', known)
        const history = sampleHistory(rows, '2030-01-01')
        const forecast = computeForecast(history, { method: method.id, count, decimals: 2 })
        expect(computeForecast(structuredClone(history), { method: method.id, count, decimals: 2 })).toEqual(forecast)
        for (const row of forecast.rows)
          for (const [at, baseline] of row.baseline.entries()) {
            const [p10, p50, p90] = [row.p10[at] ?? null, row.p50[at] ?? null, row.p90[at] ?? null]
            if (baseline !== null) expect(baseline).toBeGreaterThanOrEqual(0)
            expect((p10 === null) === (p90 === null) && (p10 === null) === (p50 === null)).toBe(true)
            if (p10 === null || p50 === null || p90 === null) continue
            expect(baseline).not.toBeNull()
            expect(p10).toBeGreaterThanOrEqual(0)
            expect(p50).toBeGreaterThanOrEqual(p10)
            expect(p90).toBeGreaterThanOrEqual(p50)
          }
      }),
    )
  })

  it('[COM-4] too little is n/c with its reason, and never 0', () => {
    const history = sampleHistory(
      [
        ...monthly('A-short', 'N', '2025-05', [3, 4]),
        ...monthly('B-hidden', 'N', '2025-01', [9, 9, null, null, null, null]),
        ...monthly('C-sound', 'N', '2025-01', [9, 9, null, 9, null, 9]),
      ],
      '2025-06-30',
    )
    const { rows } = computeForecast(history, { method: 'moving-average', count: 2, decimals: 0 })
    expect(rows.map(({ sku, gap, baseline, p90 }) => ({ sku, gap, baseline, p90 }))).toEqual([
      { sku: 'A-short', gap: 'history-short', baseline: [null, null], p90: [null, null] },
      { sku: 'B-hidden', gap: 'history-suppressed', baseline: [null, null], p90: [null, null] },
      { sku: 'C-sound', gap: null, baseline: [9, 9], p90: [null, null] },
    ])
  })

  it('[COM-5] bands appear with the eighth error and are no percentage of the forecast', () => {
    const steady = Array.from({ length: 3 + LEAST_RESIDUALS }, (_, at) => (at % 2 === 0 ? 1000 : 1010))
    const wild = steady.map((value, at) => (at % 3 === 0 ? value * 3 : value))
    const of = (series: readonly number[]) =>
      computeForecast(sampleHistory(monthly('A', 'N', '2024-01', series), '2030-01-01'), {
        method: 'moving-average',
        count: 6,
        decimals: 3,
      }).rows[0]
    expect(of(steady.slice(1))?.p10).toEqual([null, null, null, null, null, null])
    const relative = (series: readonly number[], at: number) => {
      const row = of(series)
      return ((row?.p90[at] ?? Number.NaN) - (row?.p10[at] ?? Number.NaN)) / (row?.baseline[at] ?? Number.NaN)
    }
    expect(relative(steady, 0)).toBeLessThan(0.02)
    expect(relative(wild, 0)).toBeGreaterThan(0.5)
    expect(relative(steady, 5)).toBeGreaterThan(relative(steady, 0))
  })

  it('[COM-6] a total’s band is its own, narrower than the summed bands of series that move apart', () => {
    const up = Array.from({ length: 14 }, (_, at) => (at % 2 === 0 ? 100 : 200))
    const rows = [
      ...monthly('A', 'N', '2024-01', up),
      ...monthly(
        'B',
        'N',
        '2024-01',
        up.map((value) => 300 - value),
      ),
    ]
    const view = projectForecast({
      current: sampleForecast(rows, '2025-02-28'),
      previous: [],
      plans: [],
      today: day('2025-03-01'),
    })
    const summed = view.series.reduce((sum, { cells }) => sum + (cells[0]?.p90 ?? 0) - (cells[0]?.p10 ?? 0), 0)
    const [total] = view.totals
    expect(summed).toBeGreaterThan(100)
    expect((total?.p90 ?? Number.NaN) - (total?.p10 ?? Number.NaN)).toBeLessThan(1)
    expect(total?.p50).toBeCloseTo(300)
  })

  it('[COM-6] a total over a history with gaps has no band, while its quantity stands', () => {
    const rows = [...monthly('A', 'N', '2024-01', [5, 6, 7]), ...monthly('B', 'N', '2024-01', [null, null, null])]
    const current = sampleForecast(rows, '2024-03-31')
    const { totals } = projectForecast({ current, previous: [], plans: [], today: day('2024-04-01') })
    expect(totals[0]).toMatchObject({ forecast: 6, notComputable: 1, p10: null, p50: null, p90: null, committed: null })
  })

  it('[COM-7] auto takes the season where there is one and says what it compared', () => {
    const seasonal = sampleHistory(monthly('A', 'N', '2022-01', [...wave, ...wave, ...wave]), '2025-01-01')
    const { method } = computeForecast(seasonal, { method: 'auto', count: 3, decimals: 0 })
    expect(method).toMatchObject({ id: 'seasonal-naive', chosen: 'auto', fittedFrom: '2022-01', fittedTo: '2024-12' })
    expect(method.backtest.find((row) => row.method === 'seasonal-naive')).toMatchObject({ wape: 0, points: 6 })
    expect(method.backtest.filter((row) => (row.wape ?? 0) > 10)).toHaveLength(3)
  })

  it('[COM-7] of equals the simplest; a method that covers too few points does not compete; the choice of a person stays', () => {
    const flat = sampleHistory(
      monthly(
        'A',
        'N',
        '2024-01',
        Array.from({ length: 14 }, () => 7),
      ),
      '2025-04-01',
    )
    const auto = computeForecast(flat, { method: 'auto', count: 1, decimals: 0 }).method
    expect(auto.id).toBe('moving-average')
    expect(auto.backtest.find((row) => row.method === 'seasonal-naive')).toMatchObject({ wape: null, points: 0 })
    const named = computeForecast(flat, { method: 'damped-trend', count: 1, decimals: 0 }).method
    expect(named).toMatchObject({ id: 'damped-trend', chosen: 'named' })
  })

  it('[COM-7] the backtest never sees the month that it forecasts', () => {
    const calm = Array.from({ length: 12 }, () => 100)
    const shocked = [...calm.slice(0, -1), 1000]
    const of = (series: readonly number[]) =>
      computeForecast(sampleHistory(monthly('A', 'N', '2024-01', series), '2025-01-01'), {
        method: 'auto',
        count: 1,
        decimals: 0,
      }).method.backtest.find((row) => row.method === 'moving-average')?.wape
    expect(of(calm)).toBe(0)
    expect(of(shocked)).toBe(60) // 900 / (5 × 100 + 1000)
  })

  it('[COM-8] an override is the quantity; the bands stay the method’s', () => {
    const rows = monthly('A', 'N', '2024-01', [9, 10, 11, 9, 10, 11, 9, 10, 11, 9, 10, 11])
    const overrides = { 'A|N|2025-02': { quantity: 50, reason: 'Launch' } }
    const plain = [...cellsOf(sampleForecast(rows, '2024-12-31')).values()]
    const content = sampleForecast(rows, '2024-12-31', { overrides })
    const changed = [...cellsOf(content).values()]
    expect(changed.map(({ net }) => net)).toEqual([10, 50, 10])
    expect(changed[1]).toMatchObject({ baseline: 10, override: 50 })
    expect(changed.map(({ p10, p50, p90 }) => [p10, p50, p90])).toEqual(
      plain.map(({ p10, p50, p90 }) => [p10, p50, p90]),
    )
    expect(content.rows[0]?.overrideReason).toBe('Launch')
  })

  it('[COM-3] the horizon begins after the last complete month', () => {
    const history = sampleHistory(monthly('A', 'N', '2024-10', [1, 2, 3, 1]), '2025-01-09')
    expect(computeForecast(history, { method: 'moving-average', count: 4, decimals: 0 }).horizon).toEqual({
      bucket: 'month',
      start: '2025-01' as IsoMonth,
      count: 4,
    })
  })
})
