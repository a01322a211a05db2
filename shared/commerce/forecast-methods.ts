import { cellKey } from '#shared/artifacts/cell-key.ts'
import type { ForecastContent, ForecastRow, MethodId } from '#shared/artifacts/shared-forecast.v1.ts'
import { addMonths } from '#shared/kernel/time.ts'
import { chooseMethod } from './backtest.ts'
import { BAND_METHOD, bandsOf } from './bands.ts'
import { dampedTrend } from './damped-trend.ts'
import { exponentialSmoothing } from './exponential-smoothing.ts'
import type { History, HistorySeries } from './history.ts'
import { knownIn, type Method } from './method.ts'
import { movingAverage } from './moving-average.ts'
import { seasonalDrift } from './seasonal-drift.ts'
import { seasonalNaive } from './seasonal-naive.ts'

/** In the order in which equals are preferred: the simpler first. */
export const METHODS: readonly Method[] = [
  movingAverage,
  exponentialSmoothing,
  dampedTrend,
  seasonalNaive,
  seasonalDrift,
]

export interface Override {
  readonly quantity: number
  readonly reason: string
}
export interface ForecastRequest {
  readonly method: MethodId | 'auto'
  /** Months of the horizon, from the one after the last complete month on. */
  readonly count: number
  /** Decimal places of the results. */
  readonly decimals: number
  /** By `cellKey`. */
  readonly overrides?: Readonly<Record<string, Override>>
}
export type ComputedForecast = Pick<ForecastContent, 'horizon' | 'method' | 'rows'>

/**
 * Forecasts every series of a disclosed history: it sees the redacted aggregate and nothing else, so its result gives away
 * nothing more. One method serves the whole document. A series with too little to go on is "not computable", never 0.
 * @throws when the history has no month or `count` is not 1 to 36: the caller has checked both.
 */
export function computeForecast(history: History, request: ForecastRequest): ComputedForecast {
  const [fittedFrom, fittedTo] = [history.months[0], history.months.at(-1)]
  if (fittedFrom === undefined || fittedTo === undefined) throw new Error('a history without months')
  if (!Number.isInteger(request.count) || request.count < 1 || request.count > 36) throw new Error('count is 1 to 36')
  const start = addMonths(fittedTo, 1)
  const backtest = chooseMethod(history, METHODS)
  const id = request.method === 'auto' ? (backtest.chosen ?? movingAverage.id) : request.method
  const method = methodOf(id)
  const buckets = Array.from({ length: request.count }, (_, at) => addMonths(start, at))
  return {
    horizon: { bucket: 'month', start, count: request.count },
    method: {
      id,
      chosen: request.method === 'auto' ? 'auto' : 'named',
      bands: BAND_METHOD,
      fittedFrom,
      fittedTo,
      backtest: backtest.rows,
    },
    rows: history.series.map((series) => {
      const row = forecastSeries(series, method, request.count, request.decimals)
      const overrides = buckets.map((bucket) => request.overrides?.[cellKey({ ...series, bucket })])
      const reasons = new Set(overrides.flatMap((given) => (given === undefined ? [] : [given.reason])))
      return {
        ...row,
        override: overrides.map((given) => given?.quantity ?? null),
        overrideReason: reasons.size === 0 ? null : [...reasons].join('; '),
      }
    }),
  }
}

export const methodOf = (id: MethodId): Method => {
  const method = METHODS.find((candidate) => candidate.id === id)
  if (method === undefined) throw new Error(`no method ${id}`)
  return method
}

/** How many of the last months are looked at to see whether a series is still disclosed, and the share that must be known. */
const RECENT = { months: 6, share: 0.5 } as const

/** One series, `count` months ahead, without overrides. */
export function forecastSeries(series: HistorySeries, method: Method, count: number, decimals: number): ForecastRow {
  const { sku, region, values } = series
  const recent = values.slice(-RECENT.months)
  const fit = knownIn(recent) < recent.length * RECENT.share ? undefined : method.fit(values)
  const steps = Array.from({ length: count }, (_, at) => at + 1)
  const round = (value: number | null): number | null => (value === null ? null : roundTo(value, decimals))
  const bands = steps.map((ahead) => (fit === undefined ? undefined : bandsOf(fit, ahead)))
  return {
    sku,
    region,
    baseline: steps.map((ahead) => {
      const expected = fit?.expect(ahead) ?? null
      return expected === null ? null : roundTo(Math.max(0, expected), decimals)
    }),
    override: steps.map(() => null),
    overrideReason: null,
    p10: bands.map((band) => round(band?.p10 ?? null)),
    p50: bands.map((band) => round(band?.p50 ?? null)),
    p90: bands.map((band) => round(band?.p90 ?? null)),
    parameters: fit?.parameters ?? {},
    gap:
      fit !== undefined
        ? null
        : values.length >= method.least && values.includes(null)
          ? 'history-suppressed'
          : 'history-short',
  }
}

/** Half away from zero, by scaling: the same on every machine. Adding 0 turns -0, which canonical bytes would tell apart, into 0. */
const roundTo = (value: number, decimals: number): number => {
  const scale = 10 ** decimals
  return Math.round(value * scale) / scale + 0
}
