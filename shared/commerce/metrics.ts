import type { IsoMonth } from '#shared/kernel/time.ts'
import { metric, type Metric, type MetricId } from './metric.ts'

/** One month of one series: what happened, and what a frozen forecast had said. null: unknown, so the point is excluded and counted as such. */
export interface ErrorPoint {
  readonly bucket: IsoMonth
  readonly actual: number | null
  readonly forecast: number | null
  readonly p10?: number | null
  readonly p90?: number | null
}

interface Pair {
  readonly bucket: IsoMonth
  readonly actual: number
  readonly forecast: number
}

const pairsOf = (points: readonly ErrorPoint[]): readonly Pair[] =>
  points.flatMap(({ bucket, actual, forecast }) =>
    actual === null || forecast === null ? [] : [{ bucket, actual, forecast }],
  )
const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0)
const error = ({ actual, forecast }: Pair): number => Math.abs(actual - forecast)

const measure = (
  id: MetricId,
  unit: Metric['unit'],
  points: readonly ErrorPoint[],
  lag: number,
  used: readonly { readonly bucket: IsoMonth }[],
  numerator: number,
  denominator: number,
): Metric =>
  metric(id, unit, numerator, denominator, {
    buckets: used.map((point) => point.bucket),
    lag,
    counted: used.length,
    excluded: points.length - used.length,
  })

/** Headline forecast error: Σ|A−F| / ΣA × 100, %. n/c when ΣA is 0. */
export function wape(points: readonly ErrorPoint[], lag: number): Metric {
  const pairs = pairsOf(points)
  return measure(
    'wape',
    'percent',
    points,
    lag,
    pairs,
    sum(pairs, error),
    sum(pairs, (pair) => pair.actual),
  )
}

/** Mean of |A−F| / A over points with A > 0, × 100, %. Points without demand are excluded, and counted as excluded. */
export function mape(points: readonly ErrorPoint[], lag: number): Metric {
  const pairs = pairsOf(points).filter((pair) => pair.actual > 0)
  return measure(
    'mape',
    'percent',
    points,
    lag,
    pairs,
    sum(pairs, (pair) => error(pair) / pair.actual),
    pairs.length,
  )
}

/** Σ(F−A) / ΣA × 100, %. Positive: forecast too high. */
export function bias(points: readonly ErrorPoint[], lag: number): Metric {
  const pairs = pairsOf(points)
  const over = sum(pairs, (pair) => pair.forecast - pair.actual)
  return measure(
    'bias',
    'percent',
    points,
    lag,
    pairs,
    over,
    sum(pairs, (pair) => pair.actual),
  )
}

/**
 * Σ w |A−F| / |F+A| / Σ w × 100, w = 0.95^age with the age in months before the newest point: frePPLe's form, 0 to 100 %, without the
 * factor 2. Points where both are 0 have no relative error and are excluded.
 */
export function smape(points: readonly ErrorPoint[], lag: number): Metric {
  const pairs = pairsOf(points).filter((pair) => pair.actual + pair.forecast !== 0)
  const newest = Math.max(...pairs.map((pair) => monthNumber(pair.bucket)))
  const weight = (pair: Pair): number => 0.95 ** (newest - monthNumber(pair.bucket))
  const weighted = sum(pairs, (pair) => (weight(pair) * error(pair)) / Math.abs(pair.forecast + pair.actual))
  return measure('smape', 'percent', points, lag, pairs, weighted, sum(pairs, weight))
}

/** Σ(F−A) / MAD with MAD = mean |A−F|. Beyond ±4 the forecast leans one way (`leans`). n/c when every error is 0. */
export function trackingSignal(points: readonly ErrorPoint[], lag: number): Metric {
  const pairs = pairsOf(points)
  const deviation = pairs.length === 0 ? 0 : sum(pairs, error) / pairs.length
  const over = sum(pairs, (pair) => pair.forecast - pair.actual)
  return measure('tracking-signal', 'ratio', points, lag, pairs, over, deviation)
}
export const leans = (signal: Metric): boolean => signal.value !== null && Math.abs(signal.value) > 4

/** Points with P10 ≤ A ≤ P90, of all that have both bands, × 100, %. A sound 80 % band comes out near 80. */
export function bandCoverage(points: readonly ErrorPoint[], lag: number): Metric {
  const used = points.flatMap(({ bucket, actual, p10 = null, p90 = null }) =>
    actual === null || p10 === null || p90 === null ? [] : [{ bucket, inside: p10 <= actual && actual <= p90 }],
  )
  const inside = used.filter((point) => point.inside).length
  return measure('band-coverage', 'percent', points, lag, used, inside, used.length)
}

const monthNumber = (month: IsoMonth): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7))
