import type { SliceContent } from '#shared/disclosure/slice.ts'

/**
 * A reader with pencil and paper: takes the published slice alone, sets up one equation per published total over the missing
 * cells, and enumerates every solution in whole numbers not below `least`. Shares no code with the suppression that it attacks.
 * Returns the row numbers of missing cells, and `total:<i>:<row>` for missing totals, that have one possible value.
 */
export function recoverBySubtraction(slice: SliceContent, column: number, least: number): readonly string[] {
  const groups = slice.columns.filter(({ part }) => part === 'group').length
  const missing = slice.rows.flatMap((row, at) => (row[column] === null ? [at] : []))
  const same = (row: number, over: readonly number[], total: readonly unknown[]): boolean =>
    over.every((at) => slice.rows[row]![at] === total[at]) && groups >= over.length

  const equations: { cells: number[]; left: number }[] = []
  const hidden: { name: string; cells: number[] }[] = []
  slice.totals.forEach(({ over, rows }, level) => {
    rows.forEach((total, at) => {
      const covered = slice.rows.map((_row, row) => row).filter((row) => same(row, over, total))
      const unknown = covered.filter((row) => missing.includes(row))
      const known = covered.reduce((sum, row) => sum + (Number(slice.rows[row]![column]) || 0), 0)
      if (total[column] === null) hidden.push({ name: `total:${level}:${at}`, cells: unknown })
      else if (unknown.length > 0) equations.push({ cells: unknown, left: Number(total[column]) - known })
    })
  })

  // Cells in no equation can be anything.
  const bound = missing.filter((row) => equations.some(({ cells }) => cells.includes(row)))
  const targets = [
    ...bound.map((row) => ({ name: String(row), cells: [row] })),
    ...hidden.filter(({ cells }) => cells.every((row) => bound.includes(row))),
  ]
  const first = solve(bound, () => true)
  if (first === undefined) throw new Error('the true table is not among the solutions')
  // A target is safe when some other solution gives it another value: its own cells are guessed first, all else follows.
  return targets
    .filter(({ cells }) => {
      const sum = (of: ReadonlyMap<number, number>): number => cells.reduce((all, row) => all + of.get(row)!, 0)
      const known = sum(first)
      const order = [...cells, ...bound.filter((row) => !cells.includes(row))]
      return solve(order, (value) => value.size !== cells.length || sum(value) !== known) === undefined
    })
    .map(({ name }) => name)

  /** The first solution in that order whose every partial assignment is acceptable. */
  function solve(
    order: readonly number[],
    accepts: (value: ReadonlyMap<number, number>) => boolean,
  ): ReadonlyMap<number, number> | undefined {
    const value = new Map<number, number>()
    let steps = 0
    const open = (cells: readonly number[]): number => cells.filter((row) => !value.has(row)).length
    const search = (at: number): boolean => {
      if (++steps > 3_000_000) throw new Error('table too large for the attacker')
      if (at === order.length) return true
      const row = order[at]!
      const mine = equations.filter(({ cells }) => cells.includes(row))
      const most = Math.min(...mine.map(({ left, cells }) => left - least * (open(cells) - 1)))
      const forced = mine.filter(({ cells }) => open(cells) === 1).map(({ left }) => left)
      const from = Math.max(least, ...forced)
      const to = Math.min(most, ...forced)
      for (let guess = from; guess <= to; guess++) {
        value.set(row, guess)
        for (const equation of mine) equation.left -= guess
        const done = accepts(value) && search(at + 1)
        for (const equation of mine) equation.left += guess
        if (done) return true
        value.delete(row)
      }
      return false
    }
    return search(0) ? value : undefined
  }
}
