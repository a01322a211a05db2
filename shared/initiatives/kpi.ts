import type { IsoDate } from '#shared/kernel/time.ts'
import type { Of, Plan } from './plan.ts'

/** Why progress cannot be said. */
export type KpiGap = 'no-baseline' | 'no-target' | 'no-reading' | 'no-distance' | 'wrong-way' | 'no-direction'

export interface Reading {
  readonly id: string
  readonly on: IsoDate
  readonly value: number
}

export interface KpiProgress {
  readonly id: string
  /** Dated readings with a value, oldest first. */
  readonly readings: readonly Reading[]
  /** Share of the way from baseline to target, 1 = there; below 0 it moved away, above 1 beyond. null: see `gap`. */
  readonly progress: number | null
  readonly gap: KpiGap | null
  readonly met: boolean | null
  /** Its day has passed and the target is not met. */
  readonly missed: boolean
}

/**
 * (latest − baseline) ÷ (target − baseline), which holds for a measure that should rise and for one that should fall. The
 * latest reading up to today counts: a reading of a later day is not yet one. Two readings of one day: the one with the greater id.
 */
export function kpiOf(kpi: Of<'kpis'>, all: Plan['readings'], today: IsoDate): KpiProgress {
  const readings = all
    .flatMap(({ id, kpi: of, on, value }) =>
      of === kpi.id && on !== null && value !== null ? [{ id, on, value }] : [],
    )
    .toSorted((left, right) => (left.on === right.on ? (left.id < right.id ? -1 : 1) : left.on < right.on ? -1 : 1))
  const latest = readings.findLast(({ on }) => on <= today)?.value ?? null
  const gap = gapOf(kpi, latest)
  const { baseline, target, direction, by } = kpi
  const progress =
    gap === null && baseline !== null && target !== null && latest !== null
      ? (latest - baseline) / (target - baseline)
      : null
  const met =
    latest === null || target === null || direction === null
      ? null
      : direction === 'up'
        ? latest >= target
        : latest <= target
  return { id: kpi.id, readings, progress, gap, met, missed: by !== null && by < today && met === false }
}

function gapOf({ baseline, target, direction }: Of<'kpis'>, latest: number | null): KpiGap | null {
  if (target === null) return 'no-target'
  if (baseline === null) return 'no-baseline'
  if (baseline === target) return 'no-distance'
  if (direction === null) return 'no-direction'
  if ((direction === 'up') !== target > baseline) return 'wrong-way'
  return latest === null ? 'no-reading' : null
}
