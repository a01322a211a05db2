import { seriesKey } from '#shared/artifacts/cell-key.ts'
import type { ForecastContent, ForecastRow } from '#shared/artifacts/shared-forecast.v1.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import type { IsoDate, IsoMonth } from '#shared/kernel/time.ts'
import { calendarOf, type BucketCalendar } from './calendar.ts'
import { commitCell, commitDue, slotsOf, type CommitCell, type Plan, type SlotUse } from './capacity.ts'
import { commitCoverage, commitCovered, commitTimeliness } from './commit-metrics.ts'
import { exceptionsOf } from './exceptions-of.ts'
import type { CommerceException } from './exceptions.ts'
import { methodOf, forecastSeries } from './forecast-methods.ts'
import { historyOf, type History } from './history.ts'
import type { Metric } from './metric.ts'
import { bandCoverage, bias, mape, smape, trackingSignal, wape, type ErrorPoint } from './metrics.ts'
import { bucketsOf, cellsOf, currentUntil, deltaOf, lagPoints, NO_FACTS, staleOn } from './revisions.ts'
import type { InvalidationFacts, RevisionDelta } from './revisions.ts'

export interface ForecastInput {
  readonly current: ForecastContent
  /** Earlier revisions that this side has opened, any order. */
  readonly previous: readonly ForecastContent[]
  readonly plans: readonly Plan[]
  readonly facts?: InvalidationFacts
  readonly today: IsoDate
  /** Months between snapshot and actual for the error metrics; 1 unless agreed otherwise. */
  readonly lag?: number
}
export interface HistoryPoint {
  readonly bucket: IsoMonth
  /** null: not disclosed. */
  readonly quantity: number | null
}
export interface SeriesView {
  readonly key: string
  readonly sku: string
  readonly region: string
  readonly history: readonly HistoryPoint[]
  readonly cells: readonly CommitCell[]
  readonly gap: ForecastRow['gap']
  readonly exceptions: number
}
export interface BucketTotal {
  readonly bucket: IsoMonth
  /** Sum over the series that can be computed; null when none can. */
  readonly forecast: number | null
  readonly committed: number | null
  readonly shortfall: number | null
  readonly surplus: number | null
  /** Series in the month that are n/c, and that nobody has committed to. */
  readonly notComputable: number
  readonly awaiting: number
  /** The same method on the history of the whole; beside `forecast`, which is the sum of what its rows can say. */
  readonly expected: number | null
  /** Of that forecast of the whole, never a sum of quantiles; null where it has too many gaps. */
  readonly p10: number | null
  readonly p50: number | null
  readonly p90: number | null
}
export interface ForecastView {
  readonly revision: number
  readonly title: { readonly en: string; readonly ar: string }
  readonly owner: CompanyId
  readonly unit: string
  readonly asOf: IsoDate
  readonly currentUntil: IsoDate
  readonly stale: boolean
  readonly commitDue: IsoDate
  readonly method: ForecastContent['method']
  readonly months: readonly IsoMonth[]
  readonly buckets: readonly BucketCalendar[]
  readonly partialMonth: IsoMonth | null
  readonly series: readonly SeriesView[]
  readonly totalHistory: readonly HistoryPoint[]
  readonly totals: readonly BucketTotal[]
  readonly slots: readonly SlotUse[]
  readonly exceptions: readonly CommerceException[]
  readonly delta: RevisionDelta | null
  readonly metrics: readonly Metric[]
}

const NO_HISTORY: History = { months: [], series: [], partial: null, total: [] }

/** Everything that both companies' screens show of a forecast and the commitments to it: one value, computed the same on both sides. */
export function projectForecast(input: ForecastInput): ForecastView {
  const { current, plans, today, facts = NO_FACTS, lag = 1 } = input
  const read = historyOf(current.slice, current.columns)
  const history = read.ok ? read.value : NO_HISTORY
  const previous = input.previous.filter((other) => other.envelope.revision < current.envelope.revision)
  const latest = previous.toSorted((left, right) => right.envelope.revision - left.envelope.revision)[0]
  const delta = latest === undefined ? null : deltaOf(current, latest)
  const cells = [...cellsOf(current).values()].map((cell) => commitCell(current, cell, plans, facts, today))
  const slots = slotsOf(plans, cells)
  const exceptions = exceptionsOf({ forecast: current, delta, cells, slots, plans, today })
  return {
    revision: current.envelope.revision,
    title: current.envelope.title,
    owner: current.envelope.owner.company,
    unit: current.unitOfMeasure,
    asOf: current.envelope.asOf,
    currentUntil: currentUntil(current),
    stale: staleOn(current, today),
    commitDue: commitDue(current),
    method: current.method,
    months: history.months,
    buckets: bucketsOf(current).map((bucket) => calendarOf(bucket)),
    partialMonth: history.partial,
    series: seriesOf(current, history, cells, exceptions),
    totalHistory: pointsOf(history.months, history.total),
    totals: totalsOf(current, history, cells),
    slots,
    exceptions,
    delta,
    metrics: [
      ...errorMetrics(lagPoints(history, [current, ...previous], lag), lag),
      commitCoverage(cells.map(commitPoint)),
      commitCovered(cells.map(commitPoint)),
      commitTimeliness(cells.map(commitPoint), commitDue(current), today),
    ],
  }
}

export const errorMetrics = (points: readonly ErrorPoint[], lag: number): readonly Metric[] =>
  [wape, bias, mape, smape, trackingSignal, bandCoverage].map((measure) => measure(points, lag))

/** [TR-4] A stale forecast takes no part in the metrics. */
const commitPoint = ({ bucket, state, net, committed, committedOn }: CommitCell) => ({
  bucket,
  forecast: state === 'stale' ? null : net,
  committed,
  committedOn,
})

const pointsOf = (months: readonly IsoMonth[], values: readonly (number | null)[]): readonly HistoryPoint[] =>
  values.map((quantity, at) => ({ bucket: months[at] as IsoMonth, quantity }))

function seriesOf(
  forecast: ForecastContent,
  history: History,
  cells: readonly CommitCell[],
  exceptions: readonly CommerceException[],
): readonly SeriesView[] {
  const byKey = new Map(history.series.map((series) => [seriesKey(series.sku, series.region), series]))
  const cellsBy = Map.groupBy(cells, (cell) => seriesKey(cell.sku, cell.region))
  const placed = exceptions.flatMap(({ place }) => (place === null ? [] : [seriesKey(place.sku, place.region)]))
  const counts = new Map([...Map.groupBy(placed, (key) => key)].map(([key, all]) => [key, all.length]))
  return forecast.rows.map(({ sku, region, gap }) => {
    const key = seriesKey(sku, region)
    const past = byKey.get(key)
    return {
      key,
      sku,
      region,
      gap,
      history: past === undefined ? [] : pointsOf(history.months.slice(past.from), past.values),
      cells: cellsBy.get(key) ?? [],
      exceptions: counts.get(key) ?? 0,
    }
  })
}

function totalsOf(forecast: ForecastContent, history: History, cells: readonly CommitCell[]): readonly BucketTotal[] {
  const { id } = forecast.method
  const whole = { sku: '', region: '', from: 0, values: history.total }
  const bands = forecastSeries(whole, methodOf(id), forecast.horizon.count, 1)
  const byBucket = Map.groupBy(cells, (cell) => cell.bucket)
  return bucketsOf(forecast).map((bucket, at) => {
    const inBucket = byBucket.get(bucket) ?? []
    const sum = (of: (cell: CommitCell) => number | null): number | null =>
      inBucket.reduce<number | null>((whole, cell) => {
        const part = of(cell)
        return part === null ? whole : (whole ?? 0) + part
      }, null)
    return {
      bucket,
      forecast: sum((cell) => cell.net),
      committed: sum((cell) => cell.committed),
      shortfall: sum((cell) => cell.shortfall),
      surplus: sum((cell) => cell.surplus),
      notComputable: inBucket.filter((cell) => cell.net === null).length,
      awaiting: inBucket.filter((cell) => cell.state === 'awaiting' || cell.state === 'reopened').length,
      expected: bands.baseline[at] ?? null,
      p10: bands.p10[at] ?? null,
      p50: bands.p50[at] ?? null,
      p90: bands.p90[at] ?? null,
    }
  })
}
