import { cellKey, placeOf, type Place } from '#shared/artifacts/cell-key.ts'
import type { ForecastContent, Zone } from '#shared/artifacts/shared-forecast.v1.ts'
import { addDays, addMonths, type IsoDate, type IsoMonth } from '#shared/kernel/time.ts'
import type { History } from './history.ts'
import type { ErrorPoint } from './metrics.ts'

export interface ForecastCell extends Place {
  readonly key: string
  /** 1 for the first month of the horizon. */
  readonly ahead: number
  readonly baseline: number | null
  readonly override: number | null
  /** What the forecast says: the override where there is one, else the baseline. */
  readonly net: number | null
  readonly p10: number | null
  readonly p50: number | null
  readonly p90: number | null
}

/** Every cell of a forecast by its key, series by series, in the order of the document. */
export function cellsOf(forecast: Pick<ForecastContent, 'horizon' | 'rows'>): ReadonlyMap<string, ForecastCell> {
  const cells = new Map<string, ForecastCell>()
  const buckets = bucketsOf(forecast)
  for (const row of forecast.rows)
    for (const [at, bucket] of buckets.entries()) {
      const key = cellKey({ sku: row.sku, region: row.region, bucket })
      const [baseline, override] = [row.baseline[at] ?? null, row.override[at] ?? null]
      cells.set(key, {
        key,
        sku: row.sku,
        region: row.region,
        bucket,
        ahead: at + 1,
        baseline,
        override,
        net: override ?? baseline,
        p10: row.p10[at] ?? null,
        p50: row.p50[at] ?? null,
        p90: row.p90[at] ?? null,
      })
    }
  return cells
}

export const bucketsOf = ({ horizon }: Pick<ForecastContent, 'horizon'>): readonly IsoMonth[] =>
  Array.from({ length: horizon.count }, (_, at) => addMonths(horizon.start, at))

/** The last day on which the forecast counts as current. */
export const currentUntil = (forecast: ForecastContent): IsoDate =>
  addDays(forecast.envelope.asOf, forecast.envelope.currencyDays)

/** [TR-4] Older than its currency window on `day`. */
export const staleOn = (forecast: ForecastContent, day: IsoDate): boolean => day > currentUntil(forecast)

export interface CellChange extends Place {
  readonly key: string
  readonly before: number | null
  readonly after: number | null
  /** After less before; null when either is n/c. */
  readonly change: number | null
  /** Change / before × 100; null when that cannot be computed, a rise from 0 included. */
  readonly percent: number | null
}
export interface RevisionDelta {
  readonly from: number
  readonly to: number
  /** The months that both revisions cover. */
  readonly buckets: readonly IsoMonth[]
  /** Cells of the months that both revisions cover whose quantity differs, and how many do not. */
  readonly changes: readonly CellChange[]
  readonly unchanged: number
  /** Effect on quantity over cells that both know. */
  readonly before: number
  readonly after: number
  /** Effect on date: the first month that changes, and how many days later (negative: earlier) the quantity-weighted mean month falls. */
  readonly firstBucket: IsoMonth | null
  readonly shiftDays: number | null
}

/** What a new revision changes, over the months that both cover: a month that merely came into view is no change. */
export function deltaOf(current: ForecastContent, previous: ForecastContent): RevisionDelta {
  const [now, then] = [cellsOf(current), cellsOf(previous)]
  const covered = new Set(bucketsOf(previous))
  const buckets = bucketsOf(current).filter((bucket) => covered.has(bucket))
  const changes: CellChange[] = []
  const sums = { before: 0, after: 0, beforeMoment: 0, afterMoment: 0 }
  let unchanged = 0
  for (const key of new Set([...now.keys(), ...then.keys()])) {
    const place = placeOf(key)
    const step = place === undefined ? -1 : buckets.indexOf(place.bucket)
    if (place === undefined || step < 0) continue
    const [after, before] = [now.get(key)?.net ?? null, then.get(key)?.net ?? null]
    if (before !== null && after !== null) {
      sums.before += before
      sums.after += after
      sums.beforeMoment += before * step
      sums.afterMoment += after * step
    }
    if (before === after) unchanged++
    else changes.push({ key, ...place, before, after, ...differenceOf(before, after) })
  }
  const first = changes.reduce<IsoMonth | null>((at, { bucket }) => (at === null || bucket < at ? bucket : at), null)
  const months =
    sums.before > 0 && sums.after > 0 ? sums.afterMoment / sums.after - sums.beforeMoment / sums.before : null
  return {
    from: previous.envelope.revision,
    to: current.envelope.revision,
    buckets,
    changes,
    unchanged,
    before: sums.before,
    after: sums.after,
    firstBucket: first,
    shiftDays: months === null ? null : Math.round(months * DAYS_PER_MONTH) + 0,
  }
}

const DAYS_PER_MONTH = 365.2425 / 12

export function differenceOf(before: number | null, after: number | null): Pick<CellChange, 'change' | 'percent'> {
  if (before === null || after === null) return { change: null, percent: null }
  const change = after - before
  return { change, percent: before === 0 ? (change === 0 ? 0 : null) : (change * 100) / before }
}

/** What happened outside the documents that an invalidation rule may name. */
export interface InvalidationFacts {
  readonly discontinued: readonly string[]
  readonly cancelledPromotions: readonly string[]
}
export const NO_FACTS: InvalidationFacts = { discontinued: [], cancelledPromotions: [] }

export type InvalidationCode = 'change-over' | 'withdrawn' | 'sku-discontinued' | 'promotion-cancelled'

/**
 * [TR-5] Why a commitment made for `answered` units of this cell no longer stands, or null when it does. A quantity that can no longer be computed
 * leaves nothing to be committed to. A rise from 0 is over any percentage.
 */
export function invalidationOf(
  forecast: ForecastContent,
  cell: ForecastCell,
  answered: number | null,
  facts: InvalidationFacts,
): InvalidationCode | null {
  if (cell.net === null) return 'withdrawn'
  for (const { rule, percent, reference } of forecast.invalidation) {
    if (rule === 'sku-discontinued') {
      if ((reference ?? cell.sku) === cell.sku && facts.discontinued.includes(cell.sku)) return rule
    } else if (rule === 'promotion-cancelled') {
      if (facts.cancelledPromotions.some((promotion) => reference === null || promotion === reference)) return rule
    } else if (percent !== null && answered !== null && Math.abs(cell.net - answered) * 100 > percent * answered)
      return rule
  }
  return null
}

/** The zone of a month of the horizon, 1 being the first; the first that fits, if several do. */
export const zoneAt = (zones: readonly Zone[], ahead: number): Zone | undefined =>
  zones.find(({ fromMonth, toMonth }) => ahead >= fromMonth && ahead <= (toMonth ?? ahead))

export interface ZoneBreach extends CellChange {
  readonly zone: Zone['zone']
  readonly allowed: number
}

/** Changes that go further than the zone of their month allows, counted in the horizon of the current revision. */
export function zoneBreaches(current: ForecastContent, delta: RevisionDelta): readonly ZoneBreach[] {
  const buckets = bucketsOf(current)
  return delta.changes.flatMap((change) => {
    const ahead = buckets.indexOf(change.bucket) + 1
    const zone = zoneAt(current.zones, ahead)
    if (zone === undefined || change.change === null || change.before === null) return []
    const allowed = change.change > 0 ? zone.upPercent : zone.downPercent
    const beyond = Math.abs(change.change) * 100 > allowed * change.before
    return beyond ? [{ ...change, zone: zone.zone, allowed }] : []
  })
}

/**
 * Actuals against the forecast that was in force `lag` months before (trap 10: the last revision hides its error): for every month of
 * the history that some revision covers, the newest revision with data from before that month less `lag` − 1 months. One that was stale
 * or withdrawn by then gives no forecast, so the point is excluded ([TR-4]).
 * @param revisions any order; @param lag at least 1
 */
export function lagPoints(history: History, revisions: readonly ForecastContent[], lag: number): readonly ErrorPoint[] {
  const newestFirst = revisions.toSorted((left, right) => right.envelope.revision - left.envelope.revision)
  const cells = new Map(newestFirst.map((forecast) => [forecast, cellsOf(forecast)]))
  return history.months.flatMap((bucket, at) => {
    const frozenOn = `${addMonths(bucket, 1 - lag)}-01` as IsoDate
    const inForce = newestFirst.find((forecast) => forecast.envelope.asOf < frozenOn)
    if (inForce === undefined || !bucketsOf(inForce).includes(bucket)) return []
    const usable = !staleOn(inForce, frozenOn) && !['invalidated', 'withdrawn'].includes(inForce.envelope.status)
    return history.series.flatMap(({ sku, region, from, values }): ErrorPoint[] => {
      if (at < from) return []
      const cell = usable ? cells.get(inForce)?.get(cellKey({ sku, region, bucket })) : undefined
      const { net: forecast = null, p10 = null, p90 = null } = cell ?? {}
      return [{ bucket, actual: values[at - from] ?? null, forecast, p10, p90 }]
    })
  })
}
