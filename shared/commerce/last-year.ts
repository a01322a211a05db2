import type { Values } from './method.ts'

/** Months of a season. */
export const YEAR = 12

/** The latest known value of the month at index `at`, from a whole number of years before, and how many; null when none is known. */
export function sameMonth(values: Values, at: number): { readonly value: number; readonly years: number } | null {
  for (let back = at - YEAR; back >= 0; back -= YEAR) {
    const value = values[back] ?? null
    if (value !== null) return { value, years: (at - back) / YEAR }
  }
  return null
}
