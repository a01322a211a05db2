import { cellKey } from '#shared/artifacts/cell-key.ts'
import type { IsoMonth } from '#shared/kernel/time.ts'
import type { CommerceException } from './exceptions.ts'
import type { CommitCell } from './capacity.ts'
import type { ForecastView } from './project-forecast.ts'

export interface ShortfallLine {
  readonly cell: CommitCell
  /** Why the supplier says it cannot: in its own words. */
  readonly reasons: readonly string[]
  /** What it offers instead. */
  readonly alternates: readonly string[]
  /** null once the exception was answered. */
  readonly exception: CommerceException | null
}
export interface ShortfallView {
  readonly revision: number
  readonly unit: string
  /** Largest first. */
  readonly lines: readonly ShortfallLine[]
  readonly open: number
  /** Units short over all cells; null when no commitment counts yet: nothing is known, which is not "no shortfall". */
  readonly quantity: number | null
  readonly firstBucket: IsoMonth | null
}

/** [TR-7] What the buyer must know: where less is committed than is needed, how much, from when, and whose move it is. */
export function projectShortfalls(view: ForecastView): ShortfallView {
  const cells = view.series.flatMap((series) => series.cells)
  const open = new Map(
    view.exceptions.flatMap((one) =>
      one.place !== null && (one.code === 'shortfall' || one.code === 'shortfall-disputed')
        ? [[cellKey(one.place), one] as const]
        : [],
    ),
  )
  const lines = cells
    .filter((cell) => cell.state === 'short')
    .map((cell) => ({
      cell,
      reasons: cell.promises.flatMap(({ commitment }) => (commitment.reason === null ? [] : [commitment.reason])),
      alternates: cell.promises.flatMap(({ commitment }) =>
        commitment.alternate === null ? [] : [commitment.alternate],
      ),
      exception: open.get(cell.key) ?? null,
    }))
    .toSorted((left, right) => (right.cell.shortfall ?? 0) - (left.cell.shortfall ?? 0))
  const known = cells.flatMap(({ shortfall }) => (shortfall === null ? [] : [shortfall]))
  return {
    revision: view.revision,
    unit: view.unit,
    lines,
    open: lines.filter((line) => line.exception !== null).length,
    quantity: known.length === 0 ? null : known.reduce((sum, part) => sum + part, 0),
    firstBucket: lines.reduce<IsoMonth | null>(
      (first, { cell }) => (first === null || cell.bucket < first ? cell.bucket : first),
      null,
    ),
  }
}
