/** The missing base cells that one published total sums, by any stable number. Its value is known: total minus published cells. */
export type Equation = readonly number[]

export interface Exposure {
  /** Position in `hidden` when it is a total that is exposed; undefined for a cell. */
  readonly hidden: number | undefined
  /** Positions of the equations that touch it. */
  readonly equations: readonly number[]
}

// Arithmetic modulo a prime below 2^26 is exact in doubles (products stay below 2^52). A cell that is determined over the
// rationals is determined modulo the prime too, unless the prime divides a minor of a 0/1 matrix of this size.
const PRIME = 67_108_859

type Row = Map<number, number>

/** Steps of work left; shared by the passes of one plan, so that a table with many interlocking totals cannot take for ever. */
export interface Effort {
  left: number
}

/** Unknowns with slack that are eliminated over, from each equation; all others are measured against their span. */
const PER_EQUATION = 8

/**
 * Which unknowns the published totals give away. Two attacks are covered at once:
 *
 * - Linear algebra. An unknown is determined if and only if its unit vector lies in the row space of the equations.
 * - Bounds. A reader also knows that counts are at least one and amounts not negative. Let an unknown have *slack* when it lies
 *   above its bound. From the true table one may walk along any direction of the null space that moves only unknowns with
 *   slack, a little way, in both senses, and stay within every bound; and one unknown without slack may join if it rises. So
 *   an unknown that moves along such a direction has at least two possible values.
 *
 * Hence: a *core* of unknowns with slack is chosen, and the equations are eliminated over its columns, each row remembering of
 * which equations it is made. One outside the core is safe when its column lies in the span of the core: when every row that
 * has become empty over the core vanishes on it. One inside is exposed when a reduced row holds it alone, unless an unknown
 * outside the core, in its span, moves with it. A hidden total is exposed when no such direction changes it.
 * The test errs towards exposure: it never calls an exposed unknown safe, whatever the core.
 *
 * Draws on `effort`, in steps, and returns undefined when that is used up: the caller then publishes fewer totals.
 */
export function recoverable(
  unknowns: readonly number[],
  equations: readonly Equation[],
  hidden: readonly Equation[],
  hasSlack: (unknown: number) => boolean,
  effort: Effort,
): readonly Exposure[] | undefined {
  const touching = new Map<number, number[]>(unknowns.map((unknown) => [unknown, []]))
  equations.forEach((equation, at) => equation.forEach((unknown) => touching.get(unknown)!.push(at)))
  const column = new Map<number, number>()
  for (const equation of equations) {
    let taken = 0
    for (const unknown of equation) {
      if (taken === PER_EQUATION) break
      if (!hasSlack(unknown)) continue
      taken++
      if (!column.has(unknown)) column.set(unknown, column.size)
    }
  }
  const width = column.size
  const outside = unknowns.filter((unknown) => !column.has(unknown))
  // Over the core's columns; from `width` on, of which equations the row is made.
  const rows = equations.map((equation, at): Row => {
    const row: Row = new Map([[width + at, 1]])
    for (const unknown of equation) if (column.has(unknown)) row.set(column.get(unknown)!, 1)
    return row
  })
  const reduced = eliminate(rows, width, effort)
  if (reduced === undefined) return undefined
  const { pivots, rest } = reduced

  /** The value of a row on a column outside the core. */
  const on = (row: Row, unknown: number): number =>
    touching.get(unknown)!.reduce((sum, at) => sum + (row.get(width + at) ?? 0), 0) % PRIME
  const stuck = new Set(outside.filter((unknown) => rest.some((row) => on(row, unknown) !== 0)))
  const helpers = outside.filter((unknown) => !stuck.has(unknown))
  effort.left -= outside.length * (1 + rest.length)

  const isAlone = (at: number): boolean => {
    const row = pivots.get(at)
    if (row === undefined || [...row.keys()].some((other) => other < width && other !== at)) return false
    return !helpers.some((unknown) => on(row, unknown) !== 0)
  }
  const moves = (total: Equation): boolean => {
    const left: Row = new Map(
      total.flatMap((unknown) => (column.has(unknown) ? [[column.get(unknown)!, 1] as const] : [])),
    )
    for (const at of [...left.keys()]) {
      const pivot = pivots.get(at)
      if (pivot !== undefined) subtract(left, pivot, left.get(at) ?? 0)
    }
    if ([...left.keys()].some((at) => at < width)) return true
    const inside = new Set(total)
    const changes = (unknown: number): boolean => (on(left, unknown) + (inside.has(unknown) ? 1 : 0)) % PRIME !== 0
    // Those of the total itself first: nearly always one of them answers.
    return (
      total.some((unknown) => !column.has(unknown) && !stuck.has(unknown) && changes(unknown)) || helpers.some(changes)
    )
  }

  const exposures: Exposure[] = []
  for (const unknown of unknowns) {
    const at = column.get(unknown)
    if (at === undefined ? stuck.has(unknown) : isAlone(at)) {
      exposures.push({ hidden: undefined, equations: touching.get(unknown)! })
    }
  }
  for (const [position, total] of hidden.entries()) {
    if (moves(total)) continue
    exposures.push({ hidden: position, equations: [...new Set(total.flatMap((unknown) => touching.get(unknown)!))] })
  }
  return exposures
}

/** Gauss-Jordan over the first `width` columns. `rest` are the rows left without a pivot: zero in those columns. */
function eliminate(rows: readonly Row[], width: number, effort: Effort) {
  const pivots = new Map<number, Row>()
  const rest: Row[] = []
  const holders = new Map<number, Set<number>>() // column → pivots whose rows hold it
  // A column that few rows hold makes a pivot that spreads little.
  const degree = new Map<number, number>()
  for (const row of rows) for (const column of row.keys()) degree.set(column, (degree.get(column) ?? 0) + 1)
  // Short rows first: less fill-in.
  for (const row of [...rows].sort((a, b) => a.size - b.size)) {
    for (const column of [...row.keys()]) {
      const pivot = pivots.get(column)
      if (pivot === undefined || !row.has(column)) continue
      subtract(row, pivot, row.get(column)!)
      if ((effort.left -= pivot.size) < 0) return undefined
    }
    let lead = -1
    for (const column of row.keys()) {
      if (column < width && (lead < 0 || degree.get(column)! < degree.get(lead)!)) lead = column
    }
    if (lead < 0) {
      if (row.size > 0) rest.push(row)
      continue
    }
    scale(row, inverse(row.get(lead)!))
    for (const other of holders.get(lead) ?? []) {
      const target = pivots.get(other)!
      subtract(target, row, target.get(lead) ?? 0)
      if ((effort.left -= row.size) < 0) return undefined
      for (const column of row.keys()) if (target.has(column)) hold(holders, column, other)
    }
    pivots.set(lead, row)
    for (const column of row.keys()) hold(holders, column, lead)
  }
  return { pivots, rest }
}

function hold(holders: Map<number, Set<number>>, column: number, pivot: number): void {
  const known = holders.get(column)
  if (known === undefined) holders.set(column, new Set([pivot]))
  else known.add(pivot)
}

function subtract(row: Row, other: Row, factor: number): void {
  if (factor === 0) return
  for (const [column, value] of other) {
    const next = ((row.get(column) ?? 0) + PRIME - ((factor * value) % PRIME)) % PRIME
    if (next === 0) row.delete(column)
    else row.set(column, next)
  }
}

function scale(row: Row, factor: number): void {
  for (const [column, value] of row) row.set(column, (value * factor) % PRIME)
}

/** Fermat: a^(p-2). */
function inverse(value: number): number {
  let result = 1
  let base = value
  for (let power = PRIME - 2; power > 0; power = Math.floor(power / 2)) {
    if (power % 2 === 1) result = (result * base) % PRIME
    base = (base * base) % PRIME
  }
  return result
}
