import type { ForecastView } from './project-forecast.ts'
import type { Metric, MetricId } from './metric.ts'

/** One figure over several forecasts. */
export interface Pooled {
  readonly id: MetricId
  /** null: not computable. */
  readonly value: number | null
  readonly unit: Metric['unit']
}

/**
 * A figure of several forecasts together: the sum of the numerators over the sum of the denominators, never a mean of ratios, which
 * would let the smallest forecast weigh as much as the largest. Cartons and kilograms have no sum: with two units it is n/c.
 */
export function pool(views: readonly Pick<ForecastView, 'unit' | 'metrics'>[], id: MetricId): Pooled {
  const found = views.flatMap(({ metrics }) => metrics.filter((metric) => metric.id === id))
  const unit = found[0]?.unit ?? 'percent'
  const alike = new Set(views.map((view) => view.unit)).size === 1
  const [over, under] = (['numerator', 'denominator'] as const).map((part) =>
    found.reduce((sum, metric) => sum + (metric[part] ?? 0), 0),
  ) as [number, number]
  const computable = alike && under !== 0
  return { id, unit, value: computable ? (over * (unit === 'percent' ? 100 : 1)) / under : null }
}
