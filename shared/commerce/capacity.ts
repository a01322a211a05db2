import type { CapacityContent, Commitment, ShortfallAnswer, Slot } from '#shared/artifacts/capacity-plan.v1.ts'
import type { ForecastContent, Zone } from '#shared/artifacts/shared-forecast.v1.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import { addDays, type IsoDate, type IsoMonth } from '#shared/kernel/time.ts'
import {
  invalidationOf, staleOn, zoneAt, type ForecastCell, type InvalidationCode, type InvalidationFacts,
} from './revisions.ts' // prettier-ignore

/** One supplier's plan as its sections project: parts that a merged document lacks are simply missing. */
export interface Plan {
  readonly company: CompanyId
  readonly own: Partial<CapacityContent>
  /** The forecast owner's answers to this plan's shortfalls, by cell key. */
  readonly answers: Readonly<Record<string, ShortfallAnswer>>
}

/**
 * `stale`: the forecast is, so nothing is committed to it. `not-computable`: there is no quantity to commit to. `reopened`: a commitment
 * was made and no longer stands. `awaiting`: none yet. `covered` and `short` speak of commitments that count.
 */
export type CommitState = 'stale' | 'not-computable' | 'reopened' | 'awaiting' | 'covered' | 'short'

/** What one supplier says to one cell, and whether it stands. */
export interface SupplierPromise {
  readonly company: CompanyId
  readonly commitment: Commitment
  /** Counts only when somebody committed it: a proposal does not, nor does one that was reopened or faces a stale forecast. */
  readonly counts: boolean
  readonly reopened: InvalidationCode | null
}
export interface CommitCell extends ForecastCell {
  readonly state: CommitState
  /** Sum of what counts; null when nothing does. */
  readonly committed: number | null
  readonly committedOn: IsoDate | null
  /** committed / forecast × 100; null: n/c, also when the forecast is 0. */
  readonly coverage: number | null
  readonly shortfall: number | null
  readonly surplus: number | null
  readonly promises: readonly SupplierPromise[]
  readonly answer: ShortfallAnswer['answer']
  /** The planning zone of its month; null outside all of them. */
  readonly zone: Zone['zone'] | null
}

/** A proposal promises nothing, and neither does a quantity without a status. */
export const promises = (status: Commitment['status']): boolean =>
  status === 'committed' || status === 'auto' || status === 'shortfall'

/** Day by which suppliers answer ([TR-7] commit SLA) and the clock for an exception that arises on `day`. */
export const commitDue = (forecast: ForecastContent): IsoDate =>
  addDays(forecast.envelope.validFrom, forecast.commitDays)
export const exceptionDue = (forecast: ForecastContent, day: IsoDate): IsoDate => addDays(day, forecast.exceptionDays)

/** What the plans say to one cell of the forecast. */
export function commitCell(
  forecast: ForecastContent,
  cell: ForecastCell,
  plans: readonly Plan[],
  facts: InvalidationFacts,
  today: IsoDate,
): CommitCell {
  const stale = staleOn(forecast, today)
  const said = plans.flatMap((plan) => {
    const commitment = plan.own.commitments?.[cell.key]
    if (commitment === undefined || commitment.committed === null) return []
    const promised = promises(commitment.status)
    const reopened = promised ? reopenedBy(forecast, cell, commitment, facts) : null
    return [{ company: plan.company, commitment, reopened, counts: promised && reopened === null && !stale }]
  })
  const given = said.length > 0 || stale ? said : byRule(forecast, cell, plans, today)
  const counted = given.filter((promise) => promise.counts)
  const committed =
    counted.length === 0 ? null : counted.reduce((sum, { commitment }) => sum + (commitment.committed ?? 0), 0)
  const gap = cell.net === null || committed === null ? null : cell.net - committed
  return {
    ...cell,
    state: stateOf(stale, cell.net, gap, given),
    committed,
    committedOn: counted.reduce<IsoDate | null>((last, { commitment: { committedOn: on } }) => later(last, on), null),
    coverage: committed === null || cell.net === null || cell.net === 0 ? null : (committed * 100) / cell.net,
    shortfall: gap === null ? null : Math.max(0, gap),
    surplus: gap === null ? null : Math.max(0, -gap),
    promises: given,
    answer: answerTo(plans, cell.key),
    zone: zoneAt(forecast.zones, cell.ahead)?.zone ?? null,
  }
}

/**
 * [TR-7] What a supplier agreed in advance for the cells that it leaves without an answer: from the day after the one by which answers are
 * due they count as committed as forecast. The first of several such suppliers, so that nothing is promised twice. Nobody commits here but the person
 * who set the rule.
 */
function byRule(
  forecast: ForecastContent,
  cell: ForecastCell,
  plans: readonly Plan[],
  today: IsoDate,
): readonly SupplierPromise[] {
  const due = commitDue(forecast)
  const plan = plans.find(({ own }) => own.unanswered === 'as-forecast')
  if (plan === undefined || cell.net === null || today <= due) return []
  const commitment: Commitment = {
    ...NO_COMMITMENT,
    committed: cell.net,
    status: 'auto',
    committedOn: addDays(due, 1),
    forRevision: forecast.envelope.revision,
    forQuantity: cell.net,
  }
  return [{ company: plan.company, commitment, counts: true, reopened: null }]
}

const NO_COMMITMENT: Commitment = {
  capacity: null, committed: null, status: null, reason: null, alternate: null, resource: null, committedOn: null, leadTimeDays: null,
  minimumOrder: null, multiple: null, forRevision: null, forQuantity: null,
} // prettier-ignore

/** The rules of the current forecast, judged against the very quantity that was answered: small steps do not add up unseen. */
function reopenedBy(
  forecast: ForecastContent,
  cell: ForecastCell,
  commitment: Commitment,
  facts: InvalidationFacts,
): InvalidationCode | null {
  const { forRevision, forQuantity } = commitment
  // An answer to a revision that has not arrived here yet was made by someone who knows more than we do.
  const same = forRevision === null || forRevision >= forecast.envelope.revision
  return invalidationOf(forecast, cell, same ? null : forQuantity, facts)
}

function stateOf(
  stale: boolean,
  net: number | null,
  gap: number | null,
  promises: readonly SupplierPromise[],
): CommitState {
  if (stale) return 'stale'
  if (gap !== null) return gap > 0 ? 'short' : 'covered'
  if (promises.some((promise) => promise.reopened !== null)) return 'reopened'
  return net === null ? 'not-computable' : 'awaiting'
}

/** The newest answer that is not older than the commitment it answers. */
function answerTo(plans: readonly Plan[], key: string): ShortfallAnswer['answer'] {
  let newest: ShortfallAnswer | undefined
  for (const plan of plans) {
    const answer = plan.answers[key]
    const committedOn = plan.own.commitments?.[key]?.committedOn ?? null
    if (answer === undefined || answer.answer === null || answer.answeredOn === null) continue
    if (committedOn !== null && answer.answeredOn < committedOn) continue
    if (newest === undefined || answer.answeredOn > (newest.answeredOn ?? '')) newest = answer
  }
  return newest?.answer ?? null
}

const later = (left: IsoDate | null, right: IsoDate | null): IsoDate | null =>
  left === null || (right !== null && right > left) ? right : left

export interface SlotUse {
  readonly company: CompanyId
  readonly key: string
  readonly resource: string
  readonly skuGroup: string
  readonly bucket: IsoMonth
  readonly capacity: number | null
  /** What the commitments that count put on it. */
  readonly committed: number
  /** capacity − committed, negative when overcommitted; null without a capacity. */
  readonly available: number | null
  /** Bounds of the available quantity if the possible more or less comes true. */
  readonly best: number | null
  readonly worst: number | null
}

/** How full each line is. A slot without its resource or month is an unfinished row and left out. */
export function slotsOf(plans: readonly Plan[], cells: readonly CommitCell[]): readonly SlotUse[] {
  const load = new Map<string, number>()
  for (const { bucket, promises } of cells)
    for (const { company, commitment, counts } of promises) {
      if (!counts || commitment.resource === null) continue
      const key = JSON.stringify([company, commitment.resource, bucket])
      load.set(key, (load.get(key) ?? 0) + (commitment.committed ?? 0))
    }
  return plans.flatMap(({ company, own }) =>
    Object.entries(own.slots ?? {}).flatMap(([key, slot]): SlotUse[] => {
      const { resource, bucket } = slot
      if (resource === null || bucket === null) return []
      const committed = load.get(JSON.stringify([company, resource, bucket])) ?? 0
      return [{ company, key, resource, skuGroup: slot.skuGroup ?? '', bucket, committed, ...room(slot, committed) }]
    }),
  )
}

function room({ capacity, upside, downside }: Slot, committed: number) {
  const left = capacity === null ? null : capacity - committed
  return {
    capacity,
    available: left,
    best: left === null || upside === null ? left : left + upside,
    worst: left === null || downside === null ? left : left - downside,
  }
}
