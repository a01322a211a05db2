import type { Fit } from './method.ts'

/** The name of the bands' method, written into every forecast: what P10, P50 and P90 are. */
export const BAND_METHOD = 'empirical-residual-quantiles'

/** Residuals that P10 and P90 need at least: under them the tails would be one month's accident. */
export const LEAST_RESIDUALS = 8

export interface Bands {
  readonly p10: number | null
  readonly p50: number | null
  readonly p90: number | null
}
export const NO_BANDS: Bands = { p10: null, p50: null, p90: null }

/**
 * Quantiles of the fit's own one-step errors, widened to the horizon by the method's variance formula and added to its
 * expectation (bootstrapless form of Hyndman & Athanasopoulos, FPP3 §5.5), floored at 0 because demand is. No normality, no fixed percentage.
 */
export function bandsOf(fit: Fit, ahead: number): Bands {
  const expected = fit.expect(ahead)
  if (expected === null || fit.residuals.length < LEAST_RESIDUALS) return NO_BANDS
  const wide = fit.widening(ahead)
  const at = (probability: number): number => Math.max(0, expected + wide * quantile(fit.residuals, probability))
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9) }
}

/** Sample quantile, type 7 of Hyndman & Fan (1996): linear between order statistics. NaN without numbers. */
export function quantile(numbers: readonly number[], probability: number): number {
  const sorted = numbers.toSorted((left, right) => left - right)
  const place = (sorted.length - 1) * probability
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? Number.NaN
  return below + (place - Math.floor(place)) * (above - below)
}
