import type { Cell } from '#shared/artifacts/table.ts'
import type { ClassChange } from '#shared/policy/data-class.ts'
import type { PiiFinding } from '#shared/policy/pii/finding.ts'
import type { Suppression } from './slice.ts'

/** What the owner is shown beside the preview. It stays with the owner: it counts what the partner may not know. */
export interface DisclosureReport {
  readonly rowsRead: number
  readonly rowsSelected: number
  /** Left out by the row filters: cancellations, other periods, other products. */
  readonly rowsExcluded: number
  /** Row detail only: selected rows that fewer than k entities share. */
  readonly rowsWithheld: number
  /** How many cells have between `from` and `to` distinct entities behind them; `to` null is open-ended. */
  readonly groupSizes: readonly { readonly from: number; readonly to: number | null; readonly cells: number }[]
  /** Fewest entities behind any cell that is shown; null when none is. */
  readonly smallestShown: number | null
  readonly cells: { readonly shown: number; readonly belowK: number; readonly complementary: number }
  /** Every missing cell and total, by its group values. */
  readonly suppressed: readonly SuppressedCell[]
  readonly classChanges: readonly ClassChange[]
  /** What the scan of the outgoing values found and a contract clause lets through; empty means no personal data was found. */
  readonly findings: readonly PiiFinding[]
  /** Shown cells in which one entity makes up more than `DOMINANCE` of an amount: k holds, and it is nearly that entity's own number. */
  readonly dominated: readonly { readonly group: readonly Cell[]; readonly measure: string; readonly share: number }[]
}

export interface SuppressedCell {
  /** Group values in column order; null for a column that a total sums over. */
  readonly group: readonly Cell[]
  readonly total: boolean
  readonly why: Suppression
}

/** Share of an amount beyond which one entity dominates a cell: the (1, 80 %) rule. */
export const DOMINANCE = 0.8

/** Counts cells by entities behind them: below k, then in doubling bands from k on. */
export function groupSizes(sizes: readonly number[], k: number): DisclosureReport['groupSizes'] {
  const bands: { from: number; to: number | null; cells: number }[] = []
  if (k > 1) bands.push({ from: 0, to: k - 1, cells: 0 })
  let from = k
  for (let band = 0; band < 4; band++, from *= 2) bands.push({ from, to: from * 2 - 1, cells: 0 })
  bands.push({ from, to: null, cells: 0 })
  for (const size of sizes) {
    const band = bands.find(({ to }) => to === null || size <= to)
    if (band !== undefined) band.cells++
  }
  return bands
}
