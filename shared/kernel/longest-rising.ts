/**
 * Indexes of a longest rising subsequence: what stayed where it was, when the rest is said to have moved (patience sorting, in
 * time n log n).
 */
export function longestRising(places: readonly number[]): readonly number[] {
  const tails: number[] = []
  const before: (number | undefined)[] = []
  places.forEach((place, at) => {
    let low = 0
    for (let high = tails.length; low < high;) {
      const middle = (low + high) >> 1
      if ((places[tails[middle] ?? 0] ?? 0) < place) low = middle + 1
      else high = middle
    }
    before[at] = low > 0 ? tails[low - 1] : undefined
    tails[low] = at
  })
  const found: number[] = []
  for (let at = tails.at(-1); at !== undefined; at = before[at]) found.push(at)
  return found.toReversed()
}
