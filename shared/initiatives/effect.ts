import type { IsoDate } from '#shared/kernel/time.ts'
import { daysBetween } from './days.ts'
import { finishOf } from './schedule.ts'
import type { Milestone, Plan } from './plan.ts'

interface Title {
  readonly en: string
  readonly ar: string
}
const titleOf = ({ titleEn, titleAr }: Milestone): Title => ({ en: titleEn ?? '', ar: titleAr ?? '' })

/** What one milestone's date, or being there at all, became. */
export type PlanMove =
  | {
      readonly code: 'moved'
      readonly milestone: string
      readonly title: Title
      readonly from: IsoDate
      readonly to: IsoDate
      readonly days: number
    }
  | { readonly code: 'dated'; readonly milestone: string; readonly title: Title; readonly to: IsoDate }
  | { readonly code: 'undated'; readonly milestone: string; readonly title: Title; readonly from: IsoDate }
  | { readonly code: 'added'; readonly milestone: string; readonly title: Title; readonly to: IsoDate | null }
  /** It had been removed, and is there again: kept, or changed by somebody who did not know. */
  | { readonly code: 'returned'; readonly milestone: string; readonly title: Title }
  | { readonly code: 'removed'; readonly milestone: string; readonly title: Title; readonly from: IsoDate | null }
  | { readonly code: 'done'; readonly milestone: string; readonly title: Title; readonly to: IsoDate }
  | { readonly code: 'reopened'; readonly milestone: string; readonly title: Title }
  | {
      readonly code: 'decided'
      readonly milestone: string
      readonly title: Title
      readonly result: 'go' | 'no-go' | 'recycle'
    }
  /** Several dates were written apart; somebody has to choose. */
  | {
      readonly code: 'contested'
      readonly milestone: string
      readonly title: Title
      readonly dates: readonly IsoDate[]
    }

export interface PlanEffect {
  readonly moves: readonly PlanMove[]
  /** The plan's last day before and after, by its end or its last milestone. */
  readonly end: { readonly from: IsoDate; readonly to: IsoDate } | null
}

/** What an effect is worked out from. */
export interface Dated extends Pick<Plan, 'about' | 'milestones'> {
  /** Milestones with several dates written apart, and these dates; none when absent. */
  readonly contested?: ReadonlyMap<string, readonly IsoDate[]>
  /** Milestones that were removed; none when absent. */
  readonly removed?: ReadonlySet<string>
}
/** The day a plan ends: its end, or its last milestone where that is later. */
const endOf = ({ about, milestones }: Dated): IsoDate | null =>
  [about.end, ...milestones.map(finishOf)]
    .filter((date) => date !== null)
    .toSorted()
    .at(-1) ?? null

/** What a change did to dates: which milestones moved from when to when, came, went, were done or decided; and the plan's end. */
export function effectOn(before: Dated, after: Dated): PlanEffect {
  const old = new Map(before.milestones.map((milestone) => [milestone.id, milestone]))
  const now = new Set(after.milestones.map(({ id }) => id))
  const moves: PlanMove[] = []
  for (const milestone of after.milestones) {
    const { id, due, doneOn, gateResult } = milestone
    const earlier = old.get(id)
    const named = { milestone: id, title: titleOf(milestone) }
    const dates = after.contested?.get(id) ?? []
    const known = before.contested?.get(id) ?? []
    if (dates.some((date) => !known.includes(date))) moves.push({ code: 'contested', ...named, dates })
    else if (earlier === undefined && before.removed?.has(id)) moves.push({ code: 'returned', ...named })
    else if (earlier === undefined) moves.push({ code: 'added', ...named, to: due })
    else if (earlier.due !== due) {
      if (due === null) moves.push({ code: 'undated', ...named, from: earlier.due as IsoDate })
      else if (earlier.due === null) moves.push({ code: 'dated', ...named, to: due })
      else moves.push({ code: 'moved', ...named, from: earlier.due, to: due, days: daysBetween(earlier.due, due) })
    }
    if (doneOn !== null && doneOn !== earlier?.doneOn) moves.push({ code: 'done', ...named, to: doneOn })
    if (doneOn === null && earlier?.doneOn != null) moves.push({ code: 'reopened', ...named })
    if (gateResult !== null && gateResult !== earlier?.gateResult)
      moves.push({ code: 'decided', ...named, result: gateResult })
  }
  for (const gone of before.milestones)
    if (!now.has(gone.id)) moves.push({ code: 'removed', milestone: gone.id, title: titleOf(gone), from: gone.due })
  const [from, to] = [endOf(before), endOf(after)]
  return { moves, end: from !== null && to !== null && from !== to ? { from, to } : null }
}

/** Two effects on the same plan, one after the other: a milestone that moved twice moved once, from the first date to the last. */
export function thenEffect(first: PlanEffect, second: PlanEffect): PlanEffect {
  const moves: PlanMove[] = [...first.moves]
  for (const move of second.moves) {
    const at = moves.findIndex((one) => one.milestone === move.milestone && one.code === move.code)
    const earlier = moves[at]
    if (earlier === undefined) moves.push(move)
    else if (earlier.code === 'moved' && move.code === 'moved') {
      if (earlier.from === move.to) moves.splice(at, 1)
      else moves[at] = { ...move, from: earlier.from, days: daysBetween(earlier.from, move.to) }
    } else moves[at] = move
  }
  const from = first.end?.from ?? second.end?.from
  const to = second.end?.to ?? first.end?.to
  return { moves, end: from !== undefined && to !== undefined && from !== to ? { from, to } : null }
}
