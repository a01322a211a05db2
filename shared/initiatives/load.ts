import type { CompanyId } from '#shared/kernel/ids.ts'
import type { IsoMonth } from '#shared/kernel/time.ts'
import { daysBetween, daysCovered, daysIn, monthsOf } from './days.ts'
import type { Of, Plan } from './plan.ts'

export type ResourceKind = NonNullable<Of<'resources'>['kind']>

/** What one company gives of one kind, in one unit, month by month. */
export interface Load {
  readonly party: CompanyId
  readonly kind: ResourceKind
  /** As written, for people and slots; the plan's currency for money, empty when it has none. */
  readonly unit: string
  /** People and slots: the average at a time over the month. Money: integer minor units that fall into the month. */
  readonly months: ReadonlyMap<IsoMonth, number>
}

export interface ResourceLoad {
  readonly loads: readonly Load[]
  /** Of every resource, in order. */
  readonly months: readonly IsoMonth[]
  /** Resources without company, kind, amount or both dates, or that end before they begin: they are in no sum. */
  readonly incomplete: readonly string[]
}

/** Years of months that a plan's picture can hold; a resource over a longer time is told as incomplete. */
const LONGEST = 366 * 20

/** The load of each month. A resource counts by the days of the month that it covers, both its days included. */
export function loadOf({ about, resources }: Pick<Plan, 'about' | 'resources'>): ResourceLoad {
  const loads = new Map<string, { party: CompanyId; kind: ResourceKind; unit: string; months: Map<IsoMonth, number> }>()
  const incomplete: string[] = []
  for (const resource of resources) {
    const { party, kind, from, to } = resource
    const amount = kind === 'money' ? resource.money : resource.amount
    if (party === null || kind === null || amount === null || from === null || to === null || to < from || daysBetween(from, to) > LONGEST) {
      incomplete.push(resource.id)
      continue
    } // prettier-ignore
    const unit = kind === 'money' ? (about.currency ?? '') : (resource.unit ?? '').trim()
    const key = JSON.stringify([party, kind, unit])
    const load = loads.get(key) ?? { party, kind, unit, months: new Map<IsoMonth, number>() }
    loads.set(key, load)
    const months = monthsOf(from, to)
    const parts = kind === 'money' ? spread(amount, months.map((month) => daysCovered(month, from, to))) : months.map((month) => (amount * daysCovered(month, from, to)) / daysIn(month)) // prettier-ignore
    for (const [at, month] of months.entries()) load.months.set(month, (load.months.get(month) ?? 0) + (parts[at] ?? 0))
  }
  const months = [...new Set([...loads.values()].flatMap((load) => [...load.months.keys()]))].toSorted()
  return { loads: [...loads.values()], months, incomplete }
}

/** Splits whole units by weight so that the parts are whole and come to the amount exactly (running totals rounded down). */
export function spread(amount: number, weights: readonly number[]): readonly number[] {
  const whole = weights.reduce((total, weight) => total + weight, 0)
  let weight = 0
  let given = 0
  return weights.map((own, at) => {
    weight += own
    const upTo = at === weights.length - 1 ? amount : Math.floor((amount * weight) / whole)
    const part = upTo - given
    given = upTo
    return part
  })
}

/** How much of a resource the usage log says was used; null where an entry has no amount. */
export function usedOf(resource: string, { usage }: Pick<Plan, 'usage'>): number | null {
  const own = usage.filter((entry) => entry.resource === resource)
  return own.some(({ amount }) => amount === null) ? null : own.reduce((total, { amount }) => total + (amount ?? 0), 0)
}
