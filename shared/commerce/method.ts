import type { MethodId } from '#shared/artifacts/shared-forecast.v1.ts'

/** Monthly quantities, oldest first; null where the month was not disclosed. */
export type Values = readonly (number | null)[]

/** A method fitted to one series. Everything in it is a function of the values alone. */
export interface Fit {
  /** Expected quantity `ahead` months after the last value, `ahead` from 1 on; not yet floored. null: not computable. */
  readonly expect: (ahead: number) => number | null
  /** One-step errors (actual less expected) inside the fitted months. */
  readonly residuals: readonly number[]
  /** How much wider the errors are `ahead` months out than one month out; 1 at `ahead` = 1, never falling. */
  readonly widening: (ahead: number) => number
  readonly parameters: Readonly<Record<string, number>>
}

export interface Method {
  readonly id: MethodId
  /** Known months that it needs at least; with fewer the answer is "not computable". */
  readonly least: number
  /** undefined when there are too few known months. */
  readonly fit: (values: Values) => Fit | undefined
}

export const knownIn = (values: Values): number => values.reduce<number>((n, value) => (value === null ? n : n + 1), 0)
