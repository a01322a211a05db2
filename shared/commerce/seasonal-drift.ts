import { sameMonth, YEAR } from './last-year.ts'
import type { Method } from './method.ts'

/** Months with a year before them that the yearly change needs at least: under them it would be one month's accident. */
const LEAST_CHANGES = 6

/**
 * The same month of the last year in which it is known, and the mean yearly change for every year in between: the seasonal naive method with
 * drift, y(t) = y(t−12) + c + e(t). Hyndman & Athanasopoulos, Forecasting: Principles and Practice (3rd ed.), §5.2 (both parts); widening of a
 * forecast k + 1 whole years ahead √((k + 1)(1 + (k + 1)/n)), §5.5, from n yearly changes, relative to one year ahead.
 */
export const seasonalDrift: Method = {
  id: 'seasonal-drift',
  least: YEAR + LEAST_CHANGES,
  fit(values) {
    const changes: { readonly change: number; readonly years: number }[] = []
    for (let at = YEAR; at < values.length; at++) {
      const [actual = null, before] = [values[at], sameMonth(values, at)]
      if (actual !== null && before !== null) changes.push({ change: actual - before.value, years: before.years })
    }
    if (changes.length < LEAST_CHANGES) return undefined
    const years = changes.reduce((sum, one) => sum + one.years, 0)
    const drift = changes.reduce((sum, { change }) => sum + change, 0) / years
    const spread = (ahead: number): number => ahead * (1 + ahead / changes.length)
    return {
      expect(ahead) {
        const before = sameMonth(values, values.length - 1 + ahead)
        return before === null ? null : before.value + drift * before.years
      },
      residuals: changes.map((one) => one.change - drift * one.years),
      widening: (ahead) => Math.sqrt(spread(Math.floor((ahead - 1) / YEAR) + 1) / spread(1)),
      parameters: { season: YEAR, drift },
    }
  },
}
