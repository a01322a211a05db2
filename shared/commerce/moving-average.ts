import { knownIn, type Method } from './method.ts'

const SPAN = 3

/**
 * The mean of the last three known months. Widening as for simple exponential smoothing of the same average age of data,
 * α = 2 / (n + 1) (Brown 1959): √(1 + (h−1) α²).
 */
export const movingAverage: Method = {
  id: 'moving-average',
  least: SPAN,
  fit(values) {
    if (knownIn(values) < SPAN) return undefined
    const last: number[] = []
    const residuals: number[] = []
    for (const value of values) {
      if (value === null) continue
      if (last.length === SPAN) {
        residuals.push(value - mean(last))
        last.shift()
      }
      last.push(value)
    }
    const level = mean(last)
    const alpha = 2 / (SPAN + 1)
    return {
      expect: () => level,
      residuals,
      widening: (ahead) => Math.sqrt(1 + (ahead - 1) * alpha * alpha),
      parameters: { months: SPAN },
    }
  },
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, value) => sum + value, 0) / numbers.length
