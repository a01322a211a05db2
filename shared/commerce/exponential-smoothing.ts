import { knownIn, type Method, type Values } from './method.ts'

const ALPHAS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] as const

/**
 * Simple exponential smoothing, ETS(A,N,N): Hyndman & Athanasopoulos, Forecasting: Principles and Practice (3rd ed.), §8.1; widening
 * √(1 + α²(h−1)), §8.7. α has the least squared one-step error on a fixed grid, the smallest of equals. A missing month
 * leaves the level as it is: there is no error to learn from.
 */
export const exponentialSmoothing: Method = {
  id: 'exponential-smoothing',
  least: 4,
  fit(values) {
    if (knownIn(values) < 4) return undefined
    let best = smooth(values, ALPHAS[0])
    for (const alpha of ALPHAS.slice(1)) {
      const tried = smooth(values, alpha)
      if (tried.squares < best.squares) best = tried
    }
    const { level, alpha, residuals } = best
    return {
      expect: () => level,
      residuals,
      widening: (ahead) => Math.sqrt(1 + alpha * alpha * (ahead - 1)),
      parameters: { alpha },
    }
  },
}

function smooth(values: Values, alpha: number) {
  let level: number | undefined
  let squares = 0
  const residuals: number[] = []
  for (const value of values) {
    if (value === null) continue
    if (level === undefined) {
      level = value
      continue
    }
    const error = value - level
    residuals.push(error)
    squares += error * error
    level += alpha * error
  }
  return { level: level ?? 0, alpha, squares, residuals }
}
