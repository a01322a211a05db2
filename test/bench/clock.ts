/** Milliseconds on the wall: for work that also waits for the disk. */
export function wallTime(work: () => void): number {
  const from = performance.now()
  work()
  return performance.now() - from
}

/**
 * Milliseconds of the processor that this thread used: for work that waits for nothing. Other programs on the machine stretch
 * the wall's clock, and a long stretch of work more than a short one, so that ratios of it lean to one side.
 */
export function processorTime(work: () => void): number {
  const from = process.threadCpuUsage()
  work()
  const to = process.threadCpuUsage()
  return (to.user - from.user + to.system - from.system) / 1_000
}

export const median = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0

/** The value below which `share` of the times lie. */
export const percentile = (times: readonly number[], share: number): number =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
