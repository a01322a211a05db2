import type { Aggregate } from './cube.ts'

/**
 * How many distinct entities stand behind a cell's weakest number. An entity whose values are all missing for a measure does
 * not hide anybody in it, so the fewest over the measures that have any value at all counts.
 */
export function entitiesBehind({ cells, members }: Aggregate, at: number): number {
  const from = members.starts[at]!
  const to = members.starts[at + 1]!
  let fewest = to - from
  cells[at]!.present.forEach((present, measure) => {
    if (present === 0) return
    const counts = members.present[measure]!
    let contributing = 0
    for (let member = from; member < to; member++) if (counts[member]! > 0) contributing++
    fewest = Math.min(fewest, contributing)
  })
  return fewest
}

/**
 * Whether at least k distinct entities stand behind the sum of these cells, in every measure that has a value in them. Stops as
 * soon as it knows: most totals have thousands of members, and the first few cells settle the question.
 */
export function coversAtLeast({ cells, members }: Aggregate, parts: readonly number[], k: number): boolean {
  const measures = members.present.filter((_counts, measure) => parts.some((at) => cells[at]!.present[measure]! > 0))
  const everyone = new Set<number>()
  const seen = measures.map(() => new Set<number>())
  for (const at of parts) {
    for (let member = members.starts[at]!; member < members.starts[at + 1]!; member++) {
      const entity = members.entity[member]!
      everyone.add(entity)
      for (let measure = 0; measure < measures.length; measure++) {
        if (measures[measure]![member]! > 0) seen[measure]!.add(entity)
      }
      if (everyone.size >= k && seen.every((entities) => entities.size >= k)) return true
    }
  }
  return everyone.size >= k && seen.every((entities) => entities.size >= k)
}
