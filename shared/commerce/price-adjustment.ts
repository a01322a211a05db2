import { exact, isLess, least, minus, most, plus, rounded, times, WHOLE } from './exact-share.ts'

/** Most that a price may rise and fall at a review, in basis points. */
export interface AdjustmentTerms {
  readonly cap: number
  readonly floor: number
}
export interface PriceAdjustment {
  /** Change of the index in basis points, and what of it counts; each rounded for show alone. */
  readonly change: number
  readonly counted: number
  readonly limited: 'cap' | 'floor' | null
  /** In the order of the prices given; minor units, each rounded once. */
  readonly prices: readonly number[]
}

/**
 * Each price in proportion to an index: price x now / base, within the cap and the floor. `base` and `now` are the published
 * figures as whole numbers of one scale; null without a base, because nothing is in proportion to 0.
 */
export function priceAdjustment(terms: AdjustmentTerms, base: number, now: number, prices: readonly number[]): PriceAdjustment | null {
  if (base <= 0) return null
  const one = exact(1)
  const ratio = exact(now, base)
  const [highest, lowest] = [plus(one, exact(terms.cap, WHOLE)), minus(one, exact(terms.floor, WHOLE))]
  const counted = most(least(ratio, highest), lowest)
  const points = (of: typeof ratio): number => rounded(times(minus(of, one), exact(WHOLE)))
  return {
    change: points(ratio),
    counted: points(counted),
    limited: isLess(highest, ratio) ? 'cap' : isLess(ratio, lowest) ? 'floor' : null,
    prices: prices.map((price) => rounded(times(exact(price), counted))),
  }
} // prettier-ignore
