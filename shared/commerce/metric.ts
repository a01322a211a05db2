import type { IsoMonth } from '#shared/kernel/time.ts'

export type MetricId =
  | 'wape' | 'mape' | 'bias' | 'smape' | 'tracking-signal' | 'band-coverage'
  | 'commit-coverage' | 'commit-covered' | 'commit-timeliness' // prettier-ignore

/** A measured figure with all that is needed to check it. `value` null is "n/c", not computable: it is never shown as 0. */
export interface Metric {
  readonly id: MetricId
  readonly value: number | null
  /** `percent`: numerator / denominator × 100; `ratio`: numerator / denominator. Not rounded. */
  readonly unit: 'percent' | 'ratio'
  readonly numerator: number | null
  readonly denominator: number | null
  /** Points that count, and points in scope that could not. */
  readonly counted: number
  readonly excluded: number
  readonly window: { readonly from: IsoMonth; readonly to: IsoMonth } | null
  /** Months between the frozen forecast and the month it is compared with; null where none is involved. */
  readonly lag: number | null
  /** Pinned in agreements: a changed formula is a new version. */
  readonly definitionVersion: `${MetricId}.v${number}`
}

export interface Scope {
  readonly buckets: readonly IsoMonth[]
  readonly lag: number | null
  readonly counted: number
  readonly excluded: number
}

/** n/c when nothing counted or the denominator is 0. */
export function metric(
  id: MetricId,
  unit: Metric['unit'],
  numerator: number,
  denominator: number,
  scope: Scope,
): Metric {
  const computable = denominator !== 0
  const sorted = scope.buckets.toSorted()
  const [from, to] = [sorted[0], sorted.at(-1)]
  return {
    id,
    unit,
    value: computable ? (numerator * (unit === 'percent' ? 100 : 1)) / denominator : null,
    numerator: scope.counted > 0 ? numerator : null,
    denominator: scope.counted > 0 ? denominator : null,
    counted: scope.counted,
    excluded: scope.excluded,
    window: from === undefined || to === undefined ? null : { from, to },
    lag: scope.lag,
    definitionVersion: `${id}.v1`,
  }
}
