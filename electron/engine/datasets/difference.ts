import type { Cell, Column } from '#shared/artifacts/table.ts'
import type { ReimportDiff } from '#shared/projection/data-views.ts'

/** One side of a comparison: its columns, and its rows as often as they are asked for. */
export interface Side {
  readonly columns: readonly Column[]
  scan(columns: readonly string[]): Iterable<readonly Cell[]>
}

export type Difference = Omit<ReimportDiff, 'token'>

const MOST_EXAMPLES = 20

/** A 53-bit fingerprint: what a map of 100,000 rows holds in place of the rows. It decides what is shown, never what is kept. */
function fingerprint(cells: readonly Cell[]): number {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  const text = JSON.stringify(cells)
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return 4294967296 * (2097151 & low) + (high >>> 0)
}

/** Gives way after so many rows. */
const SLICE = 4_000

/**
 * What a new version changes: rows matched by the key columns, or as whole rows when no key is given; rows that share a key
 * are matched as a multiset, so that repeated order numbers neither hide nor invent a change.
 */
export async function difference(
  before: Side,
  after: Side,
  key: readonly string[],
  breathe: () => Promise<void>,
): Promise<Difference> {
  const common = before.columns
    .map(({ name }) => name)
    .filter((name) => after.columns.some((column) => column.name === name))
  const keyed = key.filter((name) => common.includes(name))
  const ordered = [...keyed, ...common.filter((name) => !keyed.includes(name))]
  const keyOf = (row: readonly Cell[]): number => fingerprint(keyed.length > 0 ? row.slice(0, keyed.length) : row)
  const measures = measuresOf(before.columns, after.columns, ordered)
  const sums = measures.map(() => ({ before: 0, after: 0 }))

  const left = new Map<number, number[]>()
  let seen = 0
  for (const row of before.scan(ordered)) {
    addTo(left, keyOf(row), fingerprint(row))
    measures.forEach(({ at }, index) => addSum(sums[index], 'before', row[at]))
    if (++seen % SLICE === 0) await breathe()
  }
  let unchanged = 0
  const fresh = new Map<number, number>()
  for (const row of after.scan(ordered)) {
    measures.forEach(({ at }, index) => addSum(sums[index], 'after', row[at]))
    const id = keyOf(row)
    if (takeFrom(left, id, fingerprint(row))) unchanged++
    else fresh.set(id, (fresh.get(id) ?? 0) + 1)
    if (++seen % SLICE === 0) await breathe()
  }
  let changed = 0
  let added = 0
  for (const [id, count] of fresh) {
    const pairs = Math.min(count, left.get(id)?.length ?? 0)
    changed += pairs
    added += count - pairs
  }
  const leftOver = [...left.values()].reduce((sum, rows) => sum + rows.length, 0)
  return {
    added, changed, unchanged, removed: leftOver - changed,
    columnsAdded: after.columns.map(({ name }) => name).filter((name) => !common.includes(name)),
    columnsRemoved: before.columns.map(({ name }) => name).filter((name) => !common.includes(name)),
    totals: measures.map(({ name }, index) => ({ column: name, before: sums[index]?.before ?? 0, after: sums[index]?.after ?? 0 })),
    examples: await examplesOf(before, after, ordered, keyOf, left, fresh, breathe),
  } // prettier-ignore
}

function measuresOf(before: readonly Column[], after: readonly Column[], ordered: readonly string[]) {
  const numeric = (columns: readonly Column[], name: string): boolean => {
    const type = columns.find((column) => column.name === name)?.type
    return type === 'integer' || type === 'decimal'
  }
  return ordered.flatMap((name, at) => (numeric(before, name) && numeric(after, name) ? [{ name, at }] : []))
}

function addSum(
  sum: { before: number; after: number } | undefined,
  side: 'before' | 'after',
  cell: Cell | undefined,
): void {
  if (sum !== undefined && typeof cell === 'number') sum[side] += cell
}

function addTo(map: Map<number, number[]>, key: number, value: number): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

/** Takes one equal row out; false when there is none. */
function takeFrom(map: Map<number, number[]>, key: number, value: number): boolean {
  const list = map.get(key)
  const at = list?.indexOf(value) ?? -1
  if (list === undefined || at < 0) return false
  if (list.length === 1) map.delete(key)
  else list.splice(at, 1)
  return true
}

/** A second reading, of the few rows that are shown: keeping them during the first would keep them all. */
async function examplesOf(
  before: Side,
  after: Side,
  ordered: readonly string[],
  keyOf: (row: readonly Cell[]) => number,
  left: Map<number, number[]>,
  fresh: ReadonlyMap<number, number>,
  breathe: () => Promise<void>,
): Promise<Difference['examples']> {
  const paired = new Set([...fresh.keys()].filter((id) => left.has(id)))
  const old = new Map<number, readonly Cell[]>()
  const removed: (readonly Cell[])[] = []
  let seen = 0
  for (const row of before.scan(ordered)) {
    if (++seen % SLICE === 0) await breathe()
    const id = keyOf(row)
    if (paired.has(id)) {
      if (!old.has(id) && old.size < MOST_EXAMPLES && left.get(id)?.includes(fingerprint(row))) old.set(id, row)
    } else if (removed.length < MOST_EXAMPLES && takeFrom(left, id, fingerprint(row))) removed.push(row)
  }
  const added: (readonly Cell[])[] = []
  const changed: { before: readonly Cell[]; after: readonly Cell[] }[] = []
  for (const row of after.scan(ordered)) {
    if (++seen % SLICE === 0) await breathe()
    const id = keyOf(row)
    if (!fresh.has(id)) continue
    const was = old.get(id)
    if (was !== undefined && fingerprint(was) !== fingerprint(row)) {
      changed.push({ before: was, after: row })
      old.delete(id)
    } else if (!paired.has(id) && added.length < MOST_EXAMPLES) added.push(row)
  }
  return [
    ...changed.map((pair) => ({ change: 'changed' as const, ...pair })),
    ...added.map((row) => ({ change: 'added' as const, before: [], after: row })),
    ...removed.map((row) => ({ change: 'removed' as const, before: row, after: [] })),
  ]
}
