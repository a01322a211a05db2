import type { Cell } from '#shared/artifacts/table.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import type { Permit, PermittedMeasure } from '#shared/policy/permit.ts'
import type { DisclosureContext } from './context.ts'
import { entitiesBehind } from './anonymity.ts'
import type { Cube, CubeCell, Members } from './cube.ts'
import type { Interned } from './intern.ts'
import { groupWords, keyOf, writeLedger, type DisclosureLedger } from './ledger.ts'
import { byValue } from './order.ts'
import { isCell } from './plain.ts'
import { DOMINANCE, type DisclosureReport, type SuppressedCell } from './report.ts'
import type { SliceTotal, Suppression } from './slice.ts'
import { planSuppression, totalLevel } from './suppress.ts'
import { wordsOf } from '#shared/policy/transform.ts'

/** The parts of a slice, its report and its ledger that depend on rows. */
export interface Body {
  readonly rows: readonly (readonly Cell[])[]
  readonly suppressed: readonly (readonly [number, number, Suppression])[]
  readonly totals: readonly SliceTotal[]
  readonly sizes: readonly number[]
  readonly smallestShown: number | null
  readonly cells: DisclosureReport['cells']
  readonly missing: readonly SuppressedCell[]
  readonly dominated: DisclosureReport['dominated']
  readonly rowsWithheld: number
  readonly ledger: DisclosureLedger
}

/** Suppresses and lays out a filled cube. Refuses when a sum has left the range in which it is exact. */
export function layOut(
  permit: Permit,
  context: DisclosureContext,
  cube: Cube,
  groups: readonly Interned[],
  entities: Interned,
): Result<Body, string> {
  const { k } = permit.policy
  const valuesOf = (cell: CubeCell): Cell[] =>
    groups.map((group, at) => (cell.key[at]! < 0 ? null : (group.values[cell.key[at]!] ?? null)))
  const aggregate = cube.finish((unordered) => {
    const values = unordered.map(valuesOf)
    return unordered.map((_cell, at) => at).sort((left, right) => byValue(values[left]!, values[right]!))
  })
  const { cells: base, members } = aggregate
  const groupsOf = base.map(valuesOf)
  const levels = permit.totals.map((over) => totalLevel(over, base))

  const sticky = companionsToKeep(context, groupsOf, (at) => entitiesBehind(aggregate, at) < k)
  const plan = planSuppression(aggregate, levels, permit.measures, k, sticky)

  const rows: Cell[][] = []
  const suppressed: [number, number, Suppression][] = []
  const missing: SuppressedCell[] = []
  const dominated: { group: readonly Cell[]; measure: string; share: number }[] = []
  base.forEach((cell, at) => {
    const group = groupsOf[at]!
    const why = plan.base.get(at)
    rows.push([...group, ...permit.measures.map((measure, m) => (why ? null : valueOf(measure, cell, m)))])
    if (why !== undefined) {
      missing.push({ group, total: false, why })
      permit.measures.forEach((_measure, m) => suppressed.push([at, group.length + m, why]))
    } else dominated.push(...dominance(permit.measures, members, at, group))
  })
  const totals = levels.map((level, depth): SliceTotal => {
    const laid = level.cells
      .map((cell, at) => ({ cell, group: valuesOf(cell), why: plan.totals[depth]!.get(at) }))
      .sort((left, right) => byValue(left.group, right.group))
    const gone: [number, number, Suppression][] = []
    const totalRows = laid.map(({ cell, group, why }, at) => {
      if (why !== undefined) missing.push({ group, total: true, why })
      const values = permit.measures.map((measure, m) => {
        // A total's extreme is the extreme of one of its cells: it would show what a missing cell holds.
        const reason = why ?? (measure.is === 'min' || measure.is === 'max' ? 'complementary' : undefined)
        if (reason !== undefined) gone.push([at, group.length + m, reason])
        return reason === undefined ? valueOf(measure, cell, m) : null
      })
      return [...group, ...values]
    })
    return { over: level.over, rows: totalRows, suppressed: gone }
  })

  const inexact = permit.measures.find((measure, m) =>
    [...rows, ...totals.flatMap((total) => total.rows)].some((row) => !isCell(row[groups.length + m], measure.type)),
  )
  if (inexact !== undefined) return refuse(inexact.column ?? '')

  const sizes = base.map((_cell, at) => entitiesBehind(aggregate, at))
  const shownSizes = sizes.filter((_size, at) => !plan.base.has(at))
  const reasons = [...plan.base.values()]
  const additive = permit.measures
    .map((measure, at) => ({ name: measure.column ?? '#', at }))
    .filter(({ name }, at, all) => all.findIndex((other) => other.name === name) === at)
  const ledger = writeLedger(
    context.crypto,
    context.secret,
    {
      dataset: permit.policy.datasetId,
      policy: permit.policy.id,
      policyVersion: permit.policy.version,
      revision: context.revision,
      recipients: context.recipients,
      roles: permit.policy.roles,
      k,
      groups: permit.fields.map((field) => groupWords(field.column, wordsOf(field.transform))),
      measures: additive.map(({ name }) => name),
      cells: groupsOf.map((group, at) => ({ group, state: plan.base.get(at) ?? 'shown' })),
      totals: levels.map((level, depth) => ({
        over: level.over,
        shown: level.cells.filter((_cell, at) => !plan.totals[depth]!.has(at)).map(valuesOf),
      })),
    },
    aggregate,
    entities.values,
    additive.map(({ at }) => at),
  )
  return ok({
    rows,
    suppressed,
    totals,
    sizes,
    smallestShown: shownSizes.length === 0 ? null : shownSizes.reduce((least, size) => Math.min(least, size)),
    cells: {
      shown: shownSizes.length,
      belowK: reasons.filter((why) => why === 'below-k').length,
      complementary: reasons.filter((why) => why === 'complementary').length,
    },
    missing,
    dominated,
    rowsWithheld: 0,
    ledger,
  })
}

/**
 * The complementary cells of the last revision, as long as one of the cells that they may have protected is still below k. When
 * none is, they come back, and the differencing check puts that before a person.
 */
function companionsToKeep(
  context: DisclosureContext,
  groups: readonly (readonly Cell[])[],
  isBelowK: (at: number) => boolean,
): readonly number[] {
  const states = new Map(context.previous?.cells.map(({ group, state }) => [keyOf(group), state]))
  if (states.size === 0) return []
  const now = groups.map((group) => states.get(keyOf(group)))
  if (!now.some((state, at) => state === 'below-k' && isBelowK(at))) return []
  return now.flatMap((state, at) => (state === 'complementary' ? [at] : []))
}

/** The published number. A measure without any value is missing, never zero. */
function valueOf(measure: PermittedMeasure, cell: CubeCell, at: number): Cell {
  const present = cell.present[at]!
  if (present === 0) return null
  switch (measure.is) {
    case 'count':
      return cell.records
    case 'sum':
      return tidy(cell.sums[at]!)
    case 'mean':
      return tidy(cell.sums[at]! / present)
    case 'min':
      return tidy(cell.least[at]!)
    case 'max':
      return tidy(cell.most[at]!)
  }
}

/** Six decimals: sums of fractions would otherwise depend on the order of rows in their last bits, and the hash with them. */
const tidy = (value: number): number => (Number.isInteger(value) ? value + 0 : Math.round(value * 1e6) / 1e6 + 0)

/** Cells in which one entity makes up nearly all of an amount; by absolute value, so that returns do not hide a large buyer. */
function dominance(measures: readonly PermittedMeasure[], members: Members, cell: number, group: readonly Cell[]) {
  return measures.flatMap((measure, at) => {
    if (measure.is !== 'sum' && measure.is !== 'mean') return []
    let largest = 0
    let all = 0
    for (let member = members.starts[cell]!; member < members.starts[cell + 1]!; member++) {
      const amount = Math.abs(members.sums[at]![member]!)
      largest = Math.max(largest, amount)
      all += amount
    }
    const share = all === 0 ? 0 : largest / all
    return share > DOMINANCE ? [{ group, measure: measure.column ?? '#', share }] : []
  })
}
