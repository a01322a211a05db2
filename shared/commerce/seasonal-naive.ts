import { knownIn, type Method, type Values } from './method.ts'

const YEAR = 12

/**
 * The same month of the last year in which it is known. Hyndman & Athanasopoulos, Forecasting: Principles and Practice (3rd ed.),
 * §5.2; widening √(k+1) with k whole years in between, §5.5.
 */
export const seasonalNaive: Method = {
  id: 'seasonal-naive',
  least: YEAR,
  fit(values) {
    if (knownIn(values) < YEAR) return undefined
    const residuals: number[] = []
    for (let at = YEAR; at < values.length; at++) {
      const [actual = null, before] = [values[at], sameMonth(values, at)]
      if (actual !== null && before !== null) residuals.push(actual - before)
    }
    return {
      expect: (ahead) => sameMonth(values, values.length - 1 + ahead),
      residuals,
      widening: (ahead) => Math.sqrt(Math.floor((ahead - 1) / YEAR) + 1),
      parameters: { season: YEAR },
    }
  },
}

/** The latest known value of the month at index `at`, from a whole number of years before. */
function sameMonth(values: Values, at: number): number | null {
  for (let back = at - YEAR; back >= 0; back -= YEAR) {
    const value = values[back] ?? null
    if (value !== null) return value
  }
  return null
}
