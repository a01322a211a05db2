import { knownIn, type Method, type Values } from './method.ts'

const ALPHAS = [0.1, 0.3, 0.5, 0.7, 0.9] as const
const BETAS = [0.1, 0.3, 0.5] as const // β*: share of the level's change that the trend takes over
const PHIS = [0.8, 0.9, 0.98] as const

/**
 * Holt's linear trend, damped (Gardner & McKenzie 1985), ETS(A,Ad,N): Hyndman & Athanasopoulos, Forecasting: Principles and Practice (3rd ed.),
 * §8.2; widening √(1 + Σ c_j²), c_j = α + αβ*(φ + … + φ^j), Hyndman, Koehler, Ord & Snyder (2008), table 6.1. Parameters of least
 * squared one-step error on a fixed grid. A missing month moves the level along the damped trend without correcting either.
 */
export const dampedTrend: Method = {
  id: 'damped-trend',
  least: 6,
  fit(values) {
    if (knownIn(values) < 6) return undefined
    let best: ReturnType<typeof follow> | undefined
    for (const alpha of ALPHAS)
      for (const beta of BETAS)
        for (const phi of PHIS) {
          const tried = follow(values, alpha, beta, phi)
          if (best === undefined || tried.squares < best.squares) best = tried
        }
    if (best === undefined) return undefined
    const { level, trend, alpha, beta, phi, residuals } = best
    return {
      expect: (ahead) => level + trend * damping(phi, ahead),
      residuals,
      widening(ahead) {
        let variance = 1
        for (let step = 1; step < ahead; step++) variance += (alpha + alpha * beta * damping(phi, step)) ** 2
        return Math.sqrt(variance)
      },
      parameters: { alpha, beta, phi },
    }
  },
}

/** φ + φ² + … + φ^steps. */
function damping(phi: number, steps: number): number {
  let sum = 0
  let power = 1
  for (let step = 0; step < steps; step++) sum += power *= phi
  return sum
}

function follow(values: Values, alpha: number, beta: number, phi: number) {
  const start = values.findIndex((value) => value !== null)
  let level = values[start] ?? 0
  let trend = 0
  let squares = 0
  const residuals: number[] = []
  for (const value of values.slice(start + 1)) {
    const expected = level + phi * trend
    if (value === null) {
      level = expected
      trend *= phi
      continue
    }
    const error = value - expected
    residuals.push(error)
    squares += error * error
    level = expected + alpha * error
    trend = phi * trend + alpha * beta * error
  }
  return { level, trend, alpha, beta, phi, squares, residuals }
}
