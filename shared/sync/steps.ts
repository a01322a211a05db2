/** A number that only grows while a feed goes on: kept as the places where it changed. */
export interface Steps {
  readonly seqs: number[]
  readonly values: number[]
}

export const newSteps = (): Steps => ({ seqs: [], values: [] })

/** From `seq` on the value is at least `value`. `seq` is never before the last one recorded. */
export function record(steps: Steps, seq: number, value: number): void {
  const last = steps.seqs.length - 1
  if (last >= 0 && (steps.values[last] as number) >= value) return
  if (last >= 0 && steps.seqs[last] === seq) steps.values[last] = value
  else {
    steps.seqs.push(seq)
    steps.values.push(value)
  }
}

/** The value at `seq`; 0 before the first change. Constant time near the end, where almost all questions are asked. */
export function valueAt(steps: Steps, seq: number): number {
  const { seqs, values } = steps
  let high = seqs.length - 1
  if (high < 0) return 0
  if ((seqs[high] as number) <= seq) return values[high] as number
  let low = 0
  while (low < high) {
    const middle = (low + high) >> 1
    if ((seqs[middle] as number) <= seq) low = middle + 1
    else high = middle
  }
  return low === 0 ? 0 : (values[low - 1] as number)
}

/** The seq at which the value first went beyond `value`; undefined when it never did. */
export function seqOf({ seqs, values }: Steps, value: number): number | undefined {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((values[middle] as number) > value) high = middle
    else low = middle + 1
  }
  return seqs[low]
}
