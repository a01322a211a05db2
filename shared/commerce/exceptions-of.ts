import type { ForecastContent } from '#shared/artifacts/shared-forecast.v1.ts'
import { addDays, addMonths, type IsoDate } from '#shared/kernel/time.ts'
import { commitDue, exceptionDue, type CommitCell, type Plan, type SlotUse } from './capacity.ts'
import { exception, type CommerceException } from './exceptions.ts'
import { currentUntil, staleOn, zoneBreaches, type RevisionDelta } from './revisions.ts'

export interface ExceptionInput {
  readonly forecast: ForecastContent
  readonly delta: RevisionDelta | null
  readonly cells: readonly CommitCell[]
  readonly slots: readonly SlotUse[]
  readonly plans: readonly Plan[]
  readonly today: IsoDate
}

/** All that needs somebody, the most overdue first, what has no clock last; each with its owner and its clock. */
export function exceptionsOf(input: ExceptionInput): readonly CommerceException[] {
  const { forecast, today } = input
  const owner = forecast.envelope.owner.company
  const found = [...input.cells.flatMap((cell) => ofCell(forecast, cell, today)), ...awaited(input)]
  if (staleOn(forecast, today)) {
    const until = currentUntil(forecast)
    found.push(exception(today, 'forecast-stale', owner, until, {}, { until }))
  }
  for (const breach of input.delta === null ? [] : zoneBreaches(forecast, input.delta)) {
    const due = exceptionDue(forecast, forecast.envelope.validFrom)
    const about = { key: breach.key, place: breach, quantity: Math.abs(breach.change ?? 0) }
    const detail = { zone: breach.zone, allowed: breach.allowed }
    found.push(exception(today, 'zone-exceeded', owner, due, about, detail))
  }
  for (const slot of input.slots) {
    if (slot.available === null || slot.available >= 0) continue
    const about = { key: slot.key, quantity: -slot.available }
    const detail = { resource: slot.resource, bucket: slot.bucket }
    found.push(exception(today, 'slot-overcommitted', slot.company, null, about, detail))
  }
  for (const plan of input.plans) found.push(...termsOf(plan, input.cells, today))
  return found.toSorted((left, right) => order(left.due, right.due) || order(left.id, right.id))
}

/** [TR-7] The shortfall, until its owner's answer closes it; and a commitment that the forecast has outrun ([TR-5]). */
function ofCell(forecast: ForecastContent, cell: CommitCell, today: IsoDate): readonly CommerceException[] {
  const found: CommerceException[] = []
  const about = { key: cell.key, place: { sku: cell.sku, region: cell.region, bucket: cell.bucket } }
  if (cell.state === 'short' && cell.shortfall !== null && (cell.answer === null || cell.answer === 'disputed')) {
    const due = exceptionDue(forecast, cell.committedOn ?? forecast.envelope.validFrom)
    const code = cell.answer === 'disputed' ? 'shortfall-disputed' : 'shortfall'
    const detail = { forecast: cell.net ?? 0, committed: cell.committed ?? 0 }
    found.push(exception(today, code, forecast.lead, due, { ...about, quantity: cell.shortfall }, detail))
  }
  for (const { company, reopened, commitment } of cell.promises) {
    if (reopened === null) continue
    const detail = { reason: reopened, before: commitment.forQuantity ?? UNKNOWN, now: cell.net ?? UNKNOWN }
    const named = { ...about, quantity: commitment.committed ?? 0 }
    found.push(exception(today, 'commit-reopened', company, commitDue(forecast), named, detail))
  }
  return found
}

/** [TR-7] One reminder per supplier, however many cells it still owes; to the lead when nobody has a plan yet. */
function awaited({ forecast, cells, plans, today }: ExceptionInput): readonly CommerceException[] {
  const open = cells.filter((cell) => cell.state === 'awaiting')
  if (open.length === 0) return []
  const due = commitDue(forecast)
  const code = today > due ? 'commit-overdue' : 'commit-due'
  const debtors = plans.length === 0 ? [forecast.lead] : plans.map((plan) => plan.company)
  return debtors.map((company) => exception(today, code, company, due, {}, { cells: open.length }))
}

/** The supplier's own terms, those of the cell before those of the plan, against its own commitments. */
function termsOf({ company, own }: Plan, cells: readonly CommitCell[], today: IsoDate): readonly CommerceException[] {
  return cells.flatMap(({ key, sku, region, bucket, promises }) => {
    const promise = promises.find((one) => one.company === company && one.counts)
    const quantity = promise?.commitment.committed ?? 0
    if (promise === undefined || quantity === 0) return []
    const about = { key, place: { sku, region, bucket }, quantity }
    const found: CommerceException[] = []
    const minimumOrder = promise.commitment.minimumOrder ?? own.minimumOrder ?? null
    const multiple = promise.commitment.multiple ?? own.multiple ?? null
    const leadTimeDays = promise.commitment.leadTimeDays ?? own.leadTimeDays ?? null
    if (minimumOrder !== null && quantity < minimumOrder)
      found.push(exception(today, 'below-minimum', company, null, about, { minimum: minimumOrder }))
    if (multiple !== null && multiple > 0 && !isMultiple(quantity, multiple))
      found.push(exception(today, 'off-multiple', company, null, about, { multiple }))
    const { committedOn } = promise.commitment
    const ends = addDays(`${addMonths(bucket, 1)}-01` as IsoDate, -1)
    const capacity = promise.commitment.capacity ?? null
    if (capacity !== null && quantity > capacity)
      found.push(exception(today, 'over-capacity', company, null, about, { capacity }))
    if (leadTimeDays !== null && committedOn !== null && addDays(committedOn, leadTimeDays) > ends)
      found.push(exception(today, 'inside-lead-time', company, null, about, { days: leadTimeDays }))
    return found
  })
}

/** Within rounding of binary fractions: 0.3 is a multiple of 0.1. */
const isMultiple = (quantity: number, multiple: number): boolean =>
  Math.abs(quantity / multiple - Math.round(quantity / multiple)) < 1e-9

/** Stands for a quantity that is not known, in any language. */
const UNKNOWN = '—'

/** No date sorts last. */
const order = (left: string | null, right: string | null): number =>
  left === right ? 0 : left === null ? 1 : right === null ? -1 : left < right ? -1 : 1
