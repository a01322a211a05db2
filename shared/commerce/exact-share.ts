/** Whole basis points of the whole. */
export const WHOLE = 10_000

/** A fraction of two whole numbers, so that nothing is lost before the one rounding at the end. `down` is above 0. */
export interface Exact {
  readonly up: bigint
  readonly down: bigint
}

export const exact = (up: number, down = 1): Exact => ({ up: BigInt(up), down: BigInt(down) })
export const times = (left: Exact, right: Exact): Exact => ({ up: left.up * right.up, down: left.down * right.down })
export const plus = (left: Exact, right: Exact): Exact => ({
  up: left.up * right.down + right.up * left.down,
  down: left.down * right.down,
})
export const minus = (left: Exact, { up, down }: Exact): Exact => plus(left, { up: -up, down })
export const isLess = (left: Exact, right: Exact): boolean => left.up * right.down < right.up * left.down
export const least = (first: Exact, ...others: readonly Exact[]): Exact =>
  others.reduce((low, one) => (isLess(one, low) ? one : low), first)
export const most = (first: Exact, ...others: readonly Exact[]): Exact =>
  others.reduce((high, one) => (isLess(high, one) ? one : high), first)

/** To the nearest whole, halves away from zero: the one rounding of a calculation. */
export function rounded({ up, down }: Exact): number {
  const half = (up < 0n ? -up : up) * 2n + down
  const whole = half / (down * 2n)
  return Number(up < 0n ? -whole : whole)
}
