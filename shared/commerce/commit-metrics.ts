import type { IsoDate, IsoMonth } from '#shared/kernel/time.ts'
import { metric, type Metric } from './metric.ts'

/** One forecast cell as its supplier answered it. `committed` null: no commitment that counts. */
export interface CommitPoint {
  readonly bucket: IsoMonth
  readonly forecast: number | null
  readonly committed: number | null
  readonly committedOn: IsoDate | null
}
type Answered = CommitPoint & { readonly forecast: number; readonly committed: number }

const answered = (points: readonly CommitPoint[]): readonly Answered[] =>
  points.filter((point): point is Answered => point.forecast !== null && point.committed !== null)
const total = (points: readonly Answered[], of: (point: Answered) => number): number =>
  points.reduce((sum, point) => sum + of(point), 0)

/** Σ committed / Σ forecast × 100, %, over cells with both; may pass 100. Cells without an answer are excluded, and counted as such. */
export function commitCoverage(points: readonly CommitPoint[]): Metric {
  const used = answered(points)
  const committed = total(used, (point) => point.committed)
  const forecast = total(used, (point) => point.forecast)
  return metric('commit-coverage', 'percent', committed, forecast, scopeOf(points, used))
}

/** Σ min(committed, forecast) / Σ forecast × 100, %, 0 to 100: more than is needed in one cell does not make up for another. */
export function commitCovered(points: readonly CommitPoint[]): Metric {
  const used = answered(points)
  const covered = total(used, (point) => Math.min(point.committed, point.forecast))
  const forecast = total(used, (point) => point.forecast)
  return metric('commit-covered', 'percent', covered, forecast, scopeOf(points, used))
}

/**
 * Commitments made on or before `due`, of all that were due, × 100, %. A cell without a commitment counts as missed once `due` has
 * passed; until then nothing can be said of it and it is excluded.
 */
export function commitTimeliness(points: readonly CommitPoint[], due: IsoDate, today: IsoDate): Metric {
  const owed = points.filter((point) => point.forecast !== null)
  const made = owed.filter((point) => point.committed !== null && point.committedOn !== null)
  const counted = today > due ? owed : made
  const inTime = made.filter((point) => point.committedOn !== null && point.committedOn <= due)
  return metric('commit-timeliness', 'percent', inTime.length, counted.length, scopeOf(points, counted))
}

const scopeOf = (points: readonly CommitPoint[], used: readonly CommitPoint[]) => ({
  buckets: used.map((point) => point.bucket),
  lag: null,
  counted: used.length,
  excluded: points.length - used.length,
})
