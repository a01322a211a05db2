import type { ForecastScreen } from '#shared/projection/forecast-views.ts'
import type { ChartPoint } from './forecast-chart.tsx'

export type ForecastView = ForecastScreen['forecast']

/** Cells of the horizon that have no forecast of their own: the lines of the whole count them, commitments cannot. */
export const unforecastIn = (view: ForecastView): number =>
  view.totals.reduce((count, { notComputable }) => count + notComputable, 0)

/** The points of one series, or of the whole when `key` is null. `occasion` gives the words of an occasion of the calendar. */
export function pointsOf(
  view: ForecastView,
  key: string | null,
  occasion: (id: string) => string,
): readonly ChartPoint[] {
  const series = view.series.find((one) => one.key === key)
  const history = series?.history ?? view.totalHistory
  const calendar = new Map(
    view.buckets.map(({ bucket, occasions }) => [bucket, occasions.map(({ id }) => occasion(id))]),
  )
  const none = { net: null, p10: null, p50: null, p90: null, committed: null, occasions: [] }
  const past = history.map(({ bucket, quantity }) => ({ ...none, bucket, history: quantity }))
  const ahead = series
    ? series.cells.map(({ bucket, net, p10, p50, p90, committed }) => ({ bucket, net, p10, p50, p90, committed }))
    : view.totals.map(({ bucket, forecast, expected, notComputable, p10, p50, p90, committed }) => ({
        bucket,
        // Beside the history and the band of the whole: what rows alone can say would look like a fall where some say nothing.
        net: notComputable > 0 ? (expected ?? forecast) : forecast,
        p10,
        p50,
        p90,
        committed,
      }))
  return [...past, ...ahead.map((point) => ({ ...point, history: null, occasions: calendar.get(point.bucket) ?? [] }))]
}
