import { exact, least, rounded, times, WHOLE } from './exact-share.ts'

const DAY = 86_400_000

/** What the signed text says about a late delivery. */
export interface LateTerms {
  /** Days by which a delivery may be late. */
  readonly tolerance: number
  /** Basis points of the price for every `period` days. */
  readonly rate: number
  readonly period: number
  /** Basis points of the price. */
  readonly cap: number
  /** Days of delay after which the order may be cancelled. */
  readonly termination: number
}
export interface Delivered {
  /** Milliseconds since 1970; a day alone is its beginning. */
  readonly due: number
  readonly delivered: number
  /** Price of the goods concerned, in minor units. */
  readonly value: number
  /** What the delay came from, as far as it takes the compensation away. */
  readonly cause: 'seller' | 'force-majeure' | 'buyer'
}
export interface LateDelivery {
  /** Whole days, part of a day counting as a day. */
  readonly days: number
  /** Before the cap, and the cap: minor units, rounded for show alone. */
  readonly byDays: number
  readonly limit: number
  /** What may be claimed, rounded once. */
  readonly penalty: number
  readonly mayCancel: boolean
}
export type NotLate = 'on-time' | 'within-tolerance'

/**
 * Compensation for late delivery: min(days / period x rate, cap) of the price, from the first day of delay once it is longer than
 * the tolerance. Periods are prorated by the day: part of a day counts as a day, so a day is the least that counts. (Accord's
 * published clause counts the fraction of its text's "fractional day" otherwise than it says: 52.50 where its text gives 63.00.)
 *
 * Force majeure takes the compensation away and not the cancellation: the text ties that to the length of the delay alone, and
 * nobody has to wait without end for what cannot come. Who caused the delay itself gets neither.
 */
export function lateDelivery(terms: LateTerms, { due, delivered, value, cause }: Delivered): LateDelivery | NotLate {
  if (delivered <= due) return 'on-time'
  const days = Math.ceil((delivered - due) / DAY)
  if (days <= terms.tolerance) return 'within-tolerance'
  const byDays = times(times(exact(days, terms.period), exact(terms.rate, WHOLE)), exact(value))
  const limit = times(exact(terms.cap, WHOLE), exact(value))
  return {
    days,
    byDays: rounded(byDays),
    limit: rounded(limit),
    penalty: cause === 'seller' ? rounded(least(byDays, limit)) : 0,
    mayCancel: cause !== 'buyer' && days > terms.termination,
  }
}

/**
 * Compensation for a late payment, a debt in money: not under Saudi law (Civil Transactions Law, art. 178) [TR-28], and under no
 * other either here, since no kind of agreement of ours has a term for it.
 */
export const latePayment = (law: string): 'cash-late-payment' | 'no-such-clause' =>
  law === 'ksa' ? 'cash-late-payment' : 'no-such-clause'
