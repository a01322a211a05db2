import type { PermittedMeasure } from '#shared/policy/permit.ts'
import { coversAtLeast } from './anonymity.ts'
import { addUp, type Aggregate, type CubeCell } from './cube.ts'
import { recoverable } from './recoverable.ts'
import type { Suppression } from './slice.ts'

/** One published total: `over` are the group positions it keeps, `cells` its rows, each with the base cells it sums. */
export interface TotalLevel {
  readonly over: readonly number[]
  readonly cells: readonly TotalCell[]
}
export interface TotalCell extends CubeCell {
  /** Positions of the base cells. */
  readonly parts: readonly number[]
}

export interface SuppressionPlan {
  /** By position of the base cell. */
  readonly base: ReadonlyMap<number, Suppression>
  /** By level and position of the total. */
  readonly totals: readonly ReadonlyMap<number, Suppression>[]
}

/** Sums base cells over all group positions that are not in `over`. */
export function totalLevel(over: readonly number[], cells: readonly CubeCell[]): TotalLevel {
  const parts = new Map<string, number[]>()
  cells.forEach((cell, at) => {
    const key = over.map((position) => cell.key[position]).join(',')
    const known = parts.get(key)
    if (known === undefined) parts.set(key, [at])
    else known.push(at)
  })
  return {
    over,
    cells: [...parts.values()].map((positions) => {
      const first = cells[positions[0]!]!
      const key = first.key.map((id, position) => (over.includes(position) ? id : -1))
      return { ...addUp(key, positions.map((at) => cells[at]!)), parts: positions } // prettier-ignore
    }),
  }
}

/** Steps of elimination before fewer totals are published instead. */
const EFFORT = 1_000_000

/**
 * Decides which cells may not be shown.
 *
 * Primary: fewer than k distinct entities behind it (`below-k`). Complementary: what else must go so that no missing cell
 * comes back by subtraction. What a reader can compute is exactly the linear algebra of the published totals over the missing
 * cells, so the argument is made there, in three rules that hold when this function returns:
 *
 *   a. the missing part of every published total (total minus its published cells) covers at least k entities, and not all of
 *      its cells are at their lowest possible value, where the total would fix each of them;
 *   b. no missing cell is determined by the published totals, neither as a linear system nor together with the knowledge that
 *      counts are at least one and amounts are not negative (`recoverable` has the proof);
 *   c. no missing total is determined by the others: it is an unknown of the same system.
 *
 * The choice loses little: the cell with the fewest records in the offended total goes first, and where no cell helps, the
 * total itself is withheld. `sticky` cells, complementary in the last revision, stay missing from the start: a pattern that
 * moves from one revision to the next would give away both. Every step adds a missing
 * cell or withholds a total, so it ends; without published totals nothing can be subtracted and it ends at once.
 */
export function planSuppression(
  aggregate: Aggregate,
  levels: readonly TotalLevel[],
  measures: readonly PermittedMeasure[],
  k: number,
  sticky: readonly number[],
): SuppressionPlan {
  const { cells } = aggregate
  const base = belowK(aggregate, cells.map((_cell, at) => [at]), k) // prettier-ignore
  const totals = levels.map((level) => belowK(aggregate, level.cells.map(({ parts }) => parts), k)) // prettier-ignore
  const published = (): Published[] =>
    levels.flatMap((level, depth) =>
      level.cells.flatMap((total, at) => (totals[depth]!.has(at) ? [] : [{ depth, at, total }])),
    )
  const withhold = ({ depth, at }: Published): void => void totals[depth]!.set(at, 'complementary')
  if (levels.length > 0) for (const at of sticky) if (!base.has(at)) base.set(at, 'complementary')
  const cost = costOf(cells, levels, base)
  const slack = (at: number): boolean => hasSlack(cells[at]!, measures)

  let effort = { left: EFFORT }
  let settled = false
  while (!settled) {
    settled = true
    for (const row of published()) {
      const exposes = (): boolean => {
        const missing = row.total.parts.filter((at) => base.has(at))
        return missing.length > 0 && !(missing.some(slack) && coversAtLeast(aggregate, missing, k))
      }
      while (exposes()) {
        settled = false
        if (loseCheapest(row.total.parts, base, cost)) continue
        withhold(row)
        break
      }
    }
    if (!settled) continue

    const open = published().filter(({ total }) => total.parts.some((at) => base.has(at)))
    const missingIn = ({ total }: Published): number => unknownOf(total.parts).length
    const unknownOf = (parts: readonly number[]): number[] => parts.filter((at) => base.has(at))
    const hidden = levels.flatMap((level, depth) =>
      [...totals[depth]!.keys()].map((at) => ({ depth, parts: unknownOf(level.cells[at]!.parts) })),
    )
    const known = open.map(({ total }) => unknownOf(total.parts))
    const exposures = recoverable([...base.keys()], known, hidden.map(({ parts }) => parts), slack, effort) // prettier-ignore
    if (exposures === undefined) {
      // Too many interlocking totals to prove anything about: the finest level goes, and the rest is judged again.
      const finest = Math.max(...open.map(({ depth }) => levels[depth]!.over.length))
      open.filter(({ depth }) => levels[depth]!.over.length === finest).forEach(withhold)
      effort = { left: EFFORT }
      settled = false
    }
    // A missing total that the others give away needs a companion of its own kind; its cells are judged after that.
    const lonely = new Set(
      exposures?.flatMap((exposure) => (exposure.hidden === undefined ? [] : [hidden[exposure.hidden]!.depth])),
    )
    const companions = [...lonely].flatMap((depth) => {
      const able = open.filter((row) => row.depth === depth && unknownOf(row.total.parts).some(slack))
      return able.length === 0
        ? []
        : [able.reduce((least, row) => (row.total.records < least.total.records ? row : least))]
    })
    companions.forEach(withhold)
    if (companions.length > 0) {
      settled = false
      continue
    }
    // The total with the fewest missing cells gives a cell away. The tightest of all go first and the rest is judged again: what
    // is exposed through a wider total is mostly so because of them.
    const culprits = (exposures ?? []).map(({ equations }) =>
      equations.map((at) => open[at]!).reduce((least, row) => (missingIn(row) < missingIn(least) ? row : least)),
    )
    const fewest = culprits.reduce((least, row) => Math.min(least, missingIn(row)), Infinity)
    for (const culprit of new Set(culprits.filter((row) => missingIn(row) === fewest))) {
      settled = false
      if (!loseCheapest(culprit.total.parts, base, cost)) withhold(culprit)
    }
  }
  return { base, totals }
}

interface Published {
  readonly depth: number
  readonly at: number
  readonly total: TotalCell
}

/** Each of `groups` is the list of base cells that one published number covers. */
function belowK(aggregate: Aggregate, groups: readonly (readonly number[])[], k: number): Map<number, Suppression> {
  const missing = new Map<number, Suppression>()
  groups.forEach((parts, at) => {
    if (!coversAtLeast(aggregate, parts, k)) missing.set(at, 'below-k')
  })
  return missing
}

/** Suppresses the cheapest published cell among `parts`; false when none is left. */
function loseCheapest(parts: readonly number[], base: Map<number, Suppression>, cost: (at: number) => number): boolean {
  let cheapest = -1
  let least = Infinity
  for (const at of parts) {
    if (base.has(at)) continue
    const price = cost(at)
    if (price < least) [cheapest, least] = [at, price]
  }
  if (cheapest < 0) return false
  base.set(cheapest, 'complementary')
  return true
}

/**
 * What losing a cell costs: its records, once more for each total in which it would be the only missing cell, because there a
 * further cell would have to follow.
 */
function costOf(
  cells: readonly CubeCell[],
  levels: readonly TotalLevel[],
  base: ReadonlyMap<number, Suppression>,
): (at: number) => number {
  const totalsOf: TotalCell[][] = cells.map(() => [])
  for (const { cells: totals } of levels)
    for (const total of totals) for (const at of total.parts) totalsOf[at]!.push(total)
  // A total that has a missing cell keeps it, so what was found once need not be looked for again.
  const hasMissing = new Set<TotalCell>()
  const isLonely = (total: TotalCell): boolean => {
    if (hasMissing.has(total)) return false
    if (!total.parts.some((part) => base.has(part))) return true
    hasMissing.add(total)
    return false
  }
  return (at) => cells[at]!.records * (1 + totalsOf[at]!.filter(isLonely).length)
}

/** Whether a reader must allow that the cell's numbers are a little smaller: counts above one, amounts other than zero. */
const hasSlack = (cell: CubeCell, measures: readonly PermittedMeasure[]): boolean =>
  measures.every(({ is }, at) => {
    if (is === 'count') return cell.records > 1
    return is === 'min' || is === 'max' || cell.present[at] === 0 || cell.sums[at] !== 0
  })
