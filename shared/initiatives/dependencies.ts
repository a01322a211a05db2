import type { Milestone } from './plan.ts'

/** What milestones wait for, without what is not there. */
export interface Dependencies {
  /** Milestone → milestones that it waits for. */
  readonly before: ReadonlyMap<string, readonly string[]>
  /** Milestone → milestones that wait for it. */
  readonly after: ReadonlyMap<string, readonly string[]>
  /** Milestone and a name that no milestone of the plan has: it was removed, or never existed. */
  readonly unknown: readonly { readonly milestone: string; readonly names: string }[]
}

export function dependenciesOf(milestones: readonly Milestone[]): Dependencies {
  const known = new Set(milestones.map(({ id }) => id))
  const before = new Map<string, readonly string[]>()
  const after = new Map<string, string[]>(milestones.map(({ id }) => [id, []]))
  const unknown: { milestone: string; names: string }[] = []
  for (const { id, depends } of milestones) {
    const names = [...new Set(depends ?? [])]
    before.set(id, names.filter((name) => known.has(name))) // prettier-ignore
    for (const name of names) {
      if (known.has(name)) after.get(name)?.push(id)
      else unknown.push({ milestone: id, names: name })
    }
  }
  return { before, after, unknown }
}

/**
 * Nodes so that each comes after all its `next` (Kahn's algorithm: no recursion, a hostile chain of any length cannot
 * overflow). Nodes on a cycle, or from which one can be reached, are left out.
 */
export function settled(
  next: ReadonlyMap<string, readonly string[]>,
  previous: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const open = new Map([...next].map(([id, all]) => [id, all.length]))
  const queue = [...open].filter(([, count]) => count === 0).map(([id]) => id)
  for (const id of queue) {
    for (const of of previous.get(id) ?? []) {
      const left = (open.get(of) ?? 0) - 1
      open.set(of, left)
      if (left === 0) queue.push(of)
    }
  }
  return queue
}

/** Cycles, each as the milestones along it, its smallest id first. Every milestone is named in at most one. */
export function cyclesOf({ before, after }: Dependencies): readonly (readonly string[])[] {
  const found: (readonly string[])[] = []
  const gone = new Set<string>()
  const within = (ids: readonly string[] | undefined): readonly string[] => (ids ?? []).filter((id) => !gone.has(id))
  for (;;) {
    const forward = new Map([...before].filter(([id]) => !gone.has(id)).map(([id, ids]) => [id, within(ids)]))
    const back = new Map([...after].filter(([id]) => !gone.has(id)).map(([id, ids]) => [id, within(ids)]))
    for (const id of settled(forward, back)) gone.add(id)
    // Whoever is left waits, in the end, for a cycle: going back along any dependency runs into it.
    const [start] = [...before.keys()].filter((id) => !gone.has(id)).toSorted()
    if (start === undefined) return found
    const walk: string[] = []
    const seen = new Map<string, number>()
    for (let id: string | undefined = start; id !== undefined; id = within(before.get(id)).toSorted()[0]) {
      const again = seen.get(id)
      if (again !== undefined) {
        const cycle = walk.slice(again)
        const first = cycle.indexOf([...cycle].toSorted()[0] ?? '')
        found.push([...cycle.slice(first), ...cycle.slice(0, first)])
        for (const one of cycle) gone.add(one)
        break
      }
      seen.set(id, walk.length)
      walk.push(id)
    }
  }
}
