import type { Place } from '#shared/artifacts/cell-key.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import type { IsoDate } from '#shared/kernel/time.ts'

/** What needs somebody. Every code has its sentence in both languages under `commerce:exception.<code>`, filled from `detail`. */
export type ExceptionCode =
  | 'shortfall' // forecast above what is committed
  | 'shortfall-disputed' // the buyer did not accept the shortfall
  | 'commit-due' // answers are awaited, the clock runs
  | 'commit-overdue' // the answer is late: reminder
  | 'commit-reopened' // the forecast changed beyond what was agreed
  | 'forecast-stale' // older than its currency window
  | 'zone-exceeded' // changed further than the planning zone allows
  | 'slot-overcommitted' // more promised than the line can make
  | 'over-capacity' // more promised in one cell than its own capacity
  | 'below-minimum' // commitment under the minimum order
  | 'off-multiple' // commitment that is no multiple
  | 'inside-lead-time' // committed too late to be made in its month

export interface CommerceException {
  readonly code: ExceptionCode
  /** Stable while the cause is the same: what a list is keyed by. */
  readonly id: string
  /** Who has to act. */
  readonly owner: CompanyId
  /** null where no clock was agreed. */
  readonly due: IsoDate | null
  readonly overdue: boolean
  readonly place: Place | null
  /** Units concerned; null where the exception is not about a quantity. */
  readonly quantity: number | null
  /** Values for the sentence. Under `reason` and `zone` they are codes with words of their own. */
  readonly detail: Readonly<Record<string, string | number>>
}

export const exception = (
  today: IsoDate,
  code: ExceptionCode,
  owner: CompanyId,
  due: IsoDate | null,
  about: { readonly key?: string; readonly place?: Place; readonly quantity?: number },
  detail: CommerceException['detail'] = {},
): CommerceException => ({
  code,
  id: about.key === undefined ? `${code}:${owner}` : `${code}:${owner}:${about.key}`,
  owner,
  due,
  overdue: due !== null && today > due,
  place: about.place ?? null,
  quantity: about.quantity ?? null,
  detail,
})
