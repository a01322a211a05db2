import { addDays, type IsoDate } from '#shared/kernel/time.ts'
import type { SliceContent } from './slice.ts'

export type Freshness = 'current' | 'stale' | 'expired'

/**
 * How a slice stands on a day (PV-5). Current until `currencyDays` after `asOf`, that day included; then stale: still readable
 * and no longer to be relied on. Expired after `expiresOn`, whatever its currency.
 */
export function freshness(slice: SliceContent, today: IsoDate): Freshness {
  if (today > slice.expiresOn) return 'expired'
  return today > addDays(slice.asOf, slice.currencyDays) ? 'stale' : 'current'
}
