import { addDays, type IsoDate } from '#shared/kernel/time.ts'
import { daysBetween } from './days.ts'
import { cyclesOf, dependenciesOf, settled } from './dependencies.ts'
import type { Milestone, Plan } from './plan.ts'

/** Where a milestone stands on a given day. */
export type Standing = 'done' | 'late' | 'due-soon' | 'under-way' | 'ahead' | 'undated'

export interface Timed {
  readonly id: string
  readonly standing: Standing
  /** Days after its date, while it is not done; else 0. */
  readonly daysLate: number
  /** Days by which it may slip before something that waits for it, or the plan's end, has to move. null: not computable. */
  readonly slack: number | null
  /** On a chain without slack to the plan's end. */
  readonly critical: boolean
}

export type ScheduleProblem =
  | { readonly code: 'cycle'; readonly milestones: readonly string[] }
  /** It begins (or, without a start, is due) before `on`, which it waits for, is finished. */
  | { readonly code: 'too-early'; readonly milestone: string; readonly on: string; readonly days: number }
  | { readonly code: 'unknown-dependency'; readonly milestone: string; readonly on: string }
  | { readonly code: 'ends-before-start'; readonly milestone: string }
  | { readonly code: 'after-plan-end'; readonly milestone: string; readonly days: number }
  | { readonly code: 'before-plan-start'; readonly milestone: string; readonly days: number }
  | { readonly code: 'undated'; readonly milestone: string }
  | { readonly code: 'done-ahead-of'; readonly milestone: string; readonly on: string }

export interface Schedule {
  readonly timed: ReadonlyMap<string, Timed>
  /** The longest chain without slack, first milestone first; empty when nothing is dated. */
  readonly criticalPath: readonly string[]
  readonly problems: readonly ScheduleProblem[]
}

/** Days ahead that count as soon. */
const SOON = 14

/** When it is, or was, finished: the day it was done, else the day it is due. */
export const finishOf = ({ doneOn, due }: Milestone): IsoDate | null => doneOn ?? due
const beginOf = (milestone: Milestone): IsoDate | null => milestone.start ?? finishOf(milestone)

/**
 * Checks the dates against the dependencies and works out slack and critical path (critical path method, Kelley and Walker
 * 1959, over the dates as the people set them): backwards, the latest finish of a milestone is the earliest latest begin of
 * what waits for it, and of what waits for nothing it is the plan's end. Finish-to-start, in whole days; the day on which one
 * ends may be the day on which the next begins.
 */
export function scheduleOf({ about, milestones }: Pick<Plan, 'about' | 'milestones'>, today: IsoDate): Schedule {
  const dependencies = dependenciesOf(milestones)
  const of = new Map(milestones.map((milestone) => [milestone.id, milestone]))
  const finishes = milestones.map(finishOf).filter((date) => date !== null)
  const end = about.end ?? finishes.toSorted().at(-1) ?? null
  const latest = end === null ? new Map<string, IsoDate>() : latestFinishes(of, dependencies, end)
  const timed = new Map(
    milestones.map((milestone): [string, Timed] => {
      const finish = finishOf(milestone)
      const last = latest.get(milestone.id)
      const slack = finish === null || last === undefined ? null : daysBetween(finish, last)
      const standing = standingOf(milestone, today)
      const daysLate = standing === 'late' && milestone.due !== null ? daysBetween(milestone.due, today) : 0
      return [milestone.id, { id: milestone.id, standing, daysLate, slack, critical: slack !== null && slack <= 0 }]
    }),
  )
  return { timed, criticalPath: pathOf(of, dependencies.before, timed), problems: problemsOf(of, dependencies, about) }
}

export function standingOf({ doneOn, due, start }: Milestone, today: IsoDate): Standing {
  if (doneOn !== null) return 'done'
  if (due === null) return 'undated'
  if (due < today) return 'late'
  if (daysBetween(today, due) <= SOON) return 'due-soon'
  return start !== null && start <= today ? 'under-way' : 'ahead'
}

type Graph = ReturnType<typeof dependenciesOf>
type Milestones = ReadonlyMap<string, Milestone>

/** Milestones from which a cycle can be reached have no latest finish: they are not in the result. */
function latestFinishes(of: Milestones, { before, after }: Graph, end: IsoDate): ReadonlyMap<string, IsoDate> {
  const latest = new Map<string, IsoDate>()
  for (const id of settled(after, before)) {
    let last = end
    for (const next of after.get(id) ?? []) {
      const finish = latest.get(next)
      if (finish === undefined) continue
      const begin = addDays(finish, -lengthOf(of.get(next)))
      if (begin < last) last = begin
    }
    latest.set(id, last)
  }
  return latest
}

/** Days from begin to finish; 0 for a point in time, and for what has no date yet. */
function lengthOf(milestone: Milestone | undefined): number {
  const begin = milestone && beginOf(milestone)
  const finish = milestone && finishOf(milestone)
  return begin && finish ? Math.max(0, daysBetween(begin, finish)) : 0
}

function pathOf(of: Milestones, before: Graph['before'], timed: ReadonlyMap<string, Timed>): readonly string[] {
  const finish = (id: string): string => finishOf(of.get(id) as Milestone) ?? ''
  const critical = (ids: Iterable<string>): readonly string[] =>
    [...ids]
      .filter((id) => timed.get(id)?.critical)
      .toSorted((left, right) => (finish(left) === finish(right) ? (left < right ? -1 : 1) : finish(left) < finish(right) ? 1 : -1)) // prettier-ignore
  const path: string[] = []
  // What is critical waits for no cycle, but may be waited for on one: a milestone is never taken twice.
  for (let id = critical(of.keys())[0]; id !== undefined && !path.includes(id); id = critical(before.get(id) ?? [])[0])
    path.unshift(id)
  return path
}

function problemsOf(of: Milestones, dependencies: Graph, about: Plan['about']): readonly ScheduleProblem[] {
  const problems: ScheduleProblem[] = cyclesOf(dependencies).map((cycle) => ({ code: 'cycle', milestones: cycle }))
  for (const milestone of of.values()) {
    const { id, start, due, doneOn } = milestone
    const begin = beginOf(milestone)
    const finish = finishOf(milestone)
    if (due === null && doneOn === null) problems.push({ code: 'undated', milestone: id })
    if (start !== null && due !== null && due < start) problems.push({ code: 'ends-before-start', milestone: id })
    if (about.end !== null && finish !== null && finish > about.end)
      problems.push({ code: 'after-plan-end', milestone: id, days: daysBetween(about.end, finish) })
    if (about.start !== null && begin !== null && begin < about.start)
      problems.push({ code: 'before-plan-start', milestone: id, days: daysBetween(begin, about.start) })
    for (const on of dependencies.before.get(id) ?? []) {
      const other = of.get(on)
      const ready = other ? finishOf(other) : null
      if (doneOn === null && begin !== null && ready !== null && begin < ready)
        problems.push({ code: 'too-early', milestone: id, on, days: daysBetween(begin, ready) })
      if (doneOn !== null && other?.doneOn === null) problems.push({ code: 'done-ahead-of', milestone: id, on })
    }
  }
  for (const { milestone, names } of dependencies.unknown)
    problems.push({ code: 'unknown-dependency', milestone, on: names })
  return problems
}
