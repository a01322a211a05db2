import { asciiDigits, folded } from './text.ts'

const CANCELLED = new Set(
  [
    'cancelled',
    'canceled',
    'void',
    'voided',
    'annulled',
    'rejected',
    'ملغي',
    'ملغى',
    'ملغاه',
    'ملغيه',
    'الغاء',
    'تم الالغاء',
    'مرفوض',
  ].map(folded),
)
const CREDIT = new Set(
  [
    'credit',
    'credit note',
    'credit memo',
    'refund',
    'refunded',
    'return',
    'returned',
    'مرتجع',
    'مسترد',
    'مردود',
    'اشعار دائن',
    'استرجاع',
  ].map(folded),
)

export type RowFate = 'cancelled' | 'credit'

/** What a status value says about its row: an order that never was, or one that gives goods back. */
export function fateOf(status: string): RowFate | undefined {
  const word = folded(status)
  if (CANCELLED.has(word)) return 'cancelled'
  return CREDIT.has(word) ? 'credit' : undefined
}

/**
 * What to do with such rows. `exclude` leaves both out; `net` leaves cancelled rows out and lets credits subtract (a positive
 * quantity on a credit note turns negative); `keep` imports them as they stand.
 */
export type CancellationRule = 'exclude' | 'net' | 'keep'

/** What the sample shows, so that the person is asked only when there is something to ask about. */
export interface CancellationFinding {
  readonly cancelled: number
  readonly credits: number
  readonly negative: number
  readonly proposal: CancellationRule
}

export function proposeCancellation(
  statuses: readonly string[],
  quantities: readonly string[],
): CancellationFinding | undefined {
  let cancelled = 0
  let credits = 0
  for (const status of statuses) {
    const fate = fateOf(status)
    if (fate === 'cancelled') cancelled++
    else if (fate === 'credit') credits++
  }
  const negative = quantities.filter((text) => /^\s*(?:[-\u2212]\s*\d|\(\s*\d.*\))/.test(asciiDigits(text))).length
  if (cancelled + credits + negative === 0) return undefined
  // Credits and negative rows correct what other rows say: leaving them out would overstate the totals.
  return { cancelled, credits, negative, proposal: credits + negative > 0 ? 'net' : 'exclude' }
}
