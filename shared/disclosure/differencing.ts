import type { Cell } from '#shared/artifacts/table.ts'
import { NOBODY_TAG, readLedger, type Contributions, type DisclosureLedger } from './ledger.ts'

/** A number that two slices together would give away. */
export interface HeldCell {
  /** `isolates`: the difference of two readable numbers is about fewer than k entities. `suppression-lifted`: a cell that was
   * missing to protect another is about to be shown, beside a revision in which it was not. */
  readonly why: 'isolates' | 'suppression-lifted'
  /** The group columns, in the words of the ledger, and their values. Empty for the grand total. */
  readonly groups: readonly string[]
  readonly group: readonly Cell[]
  /** How many entities the difference is about; 0 when only records without an entity changed. */
  readonly entities: number
  readonly against: { readonly policy: string; readonly revision: number }
}

/** Subsets of more common group columns than this are not walked one by one. */
const MOST_COMMON_GROUPS = 4

/**
 * Compares what is about to be shown with what the same people already hold. Two slices leak by subtraction even when each is
 * safe: last month's total minus this month's is the one customer whose order was added.
 *
 * Covered: every grouping that both slices let a reader compute, by a published total or by adding cells that were all shown:
 * the same policy's previous revision, another policy over the same data with other row filters, and one that groups more
 * finely or more coarsely. In each, the entities whose contribution differs are counted, a changed order of an old customer
 * included; 1 to k-1 of them (or only records of nobody) hold the slice for a person's confirmation.
 *
 * Not covered, and said in the threat model: sums over arbitrary subsets of cells, one column under two transforms that
 * overlap (weeks against months), chains of three or more slices, different datasets about the same people, row detail, and
 * what recipients learn from each other or know already.
 */
export function differences(next: DisclosureLedger, earlier: DisclosureLedger): readonly HeldCell[] {
  const against = { policy: earlier.policy, revision: earlier.revision }
  const k = Math.max(next.k, earlier.k)
  const held: HeldCell[] = []

  const shared = next.measures
    .map((measure, at) => [at, earlier.measures.indexOf(measure)] as const)
    .filter(([, there]) => there >= 0)
  if (shared.length === 0) return []

  const now = readLedger(next)
  const before = readLedger(earlier)
  for (const groups of commonGroupings(next, earlier)) {
    const readableNow = now.readableAt(groups.map((group) => next.groups.indexOf(group)))
    const readableBefore = before.readableAt(groups.map((group) => earlier.groups.indexOf(group)))
    for (const [key, number] of readableNow) {
      const old = readableBefore.get(key)
      // Equal numbers have no difference to learn from, whoever stands behind them.
      if (old === undefined || shared.every(([here, there]) => number.prints[here] === old.prints[there])) continue
      const entities = changed(now.contributionsTo(number.cells), before.contributionsTo(old.cells), shared)
      if (entities < k) held.push({ why: 'isolates', groups, group: JSON.parse(key) as Cell[], entities, against })
    }
  }
  if (next.policy === earlier.policy) held.push(...lifted(next, earlier, against))
  return held
}

/** How many entities' contributions differ; 0 when only records without an entity do. */
function changed(now: Contributions, before: Contributions, shared: readonly (readonly [number, number])[]): number {
  const differs = (tag: string): boolean =>
    shared.some(([here, there]) => (now.get(tag)?.[here] ?? 0) !== (before.get(tag)?.[there] ?? 0))
  let entities = 0
  for (const tag of now.keys()) if (tag !== NOBODY_TAG && differs(tag)) entities++
  for (const tag of before.keys()) if (tag !== NOBODY_TAG && !now.has(tag) && differs(tag)) entities++
  return entities
}

/** The groupings that both sides can compute: subsets of the group columns that they have in common. */
function commonGroupings(next: DisclosureLedger, earlier: DisclosureLedger): readonly (readonly string[])[] {
  const common = next.groups.filter((group) => earlier.groups.includes(group))
  if (common.length <= MOST_COMMON_GROUPS) {
    return Array.from({ length: 2 ** common.length }, (_, mask) => common.filter((_group, at) => mask & (1 << at)))
  }
  const levels = [next, earlier].flatMap((ledger) =>
    ledger.totals.map(({ over }) => over.map((at) => ledger.groups[at]!)),
  )
  const kept = levels.filter((groups) => groups.every((group) => common.includes(group)))
  return [...new Map([common, [], ...kept].map((groups) => [[...groups].sort().join('\n'), groups])).values()]
}

/** Without published totals a missing cell cannot be computed, so showing its companion later gives nothing away. */
function lifted(next: DisclosureLedger, earlier: DisclosureLedger, against: HeldCell['against']): readonly HeldCell[] {
  if (earlier.totals.every(({ shown }) => shown.length === 0)) return []
  if (next.groups.join('\n') !== earlier.groups.join('\n')) return []
  const wasCompanion = new Set(
    earlier.cells.filter(({ state }) => state === 'complementary').map(({ group }) => JSON.stringify(group)),
  )
  return next.cells
    .filter(({ group, state }) => state === 'shown' && wasCompanion.has(JSON.stringify(group)))
    .map(({ group }) => ({ why: 'suppression-lifted', groups: next.groups, group, entities: 0, against }))
}
