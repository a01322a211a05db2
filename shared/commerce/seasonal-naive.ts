import { sameMonth, YEAR } from './last-year.ts'
import { knownIn, type Method } from './method.ts'

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
      if (actual !== null && before !== null) residuals.push(actual - before.value)
    }
    return {
      expect: (ahead) => sameMonth(values, values.length - 1 + ahead)?.value ?? null,
      residuals,
      widening: (ahead) => Math.sqrt(Math.floor((ahead - 1) / YEAR) + 1),
      parameters: { season: YEAR },
    }
  },
}
