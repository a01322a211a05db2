import { drawing, mutated } from './mutate.ts'

/** A parser that meets bytes from outside. */
export interface Target {
  readonly name: string
  /** Honest inputs; hostile ones are made from them. */
  readonly samples: readonly Uint8Array[]
  /**
   * Reads one input and says whether it was taken. @throws when the parser throws, or takes what breaks its own promise: a
   * failure either way.
   */
  read(input: Uint8Array): boolean | Promise<boolean>
}

export interface Failure {
  readonly target: string
  readonly seed: number
  readonly input: Uint8Array
  readonly problem: unknown
}

/** The one input that a seed stands for. */
export const inputOf = (target: Target, seed: number): Uint8Array => mutated(drawing(seed), target.samples)

/** Tries `rounds` inputs from `seed` on, one seed each. @returns how many were taken, and the first failure. */
export async function fuzz(
  target: Target,
  seed: number,
  rounds: number,
): Promise<{ readonly taken: number; readonly failure: Failure | undefined }> {
  let taken = 0
  for (let round = 0; round < rounds; round++) {
    const input = inputOf(target, seed + round)
    try {
      if (await target.read(input)) taken++
    } catch (problem) {
      const failure = { target: target.name, seed: seed + round, input: await shrunk(target, input), problem }
      return { taken, failure }
    }
  }
  return { taken, failure: undefined }
}

/** A smaller input that fails as well: cuts pieces out for as long as that works. */
async function shrunk(target: Target, input: Uint8Array): Promise<Uint8Array> {
  let smallest = input
  for (let size = input.length >> 1; size > 0; size >>= 1) {
    for (let at = 0; at + size <= smallest.length;) {
      const candidate = Uint8Array.from([...smallest.subarray(0, at), ...smallest.subarray(at + size)])
      if (await fails(target, candidate)) smallest = candidate
      else at += size
    }
  }
  return smallest
}

async function fails(target: Target, input: Uint8Array): Promise<boolean> {
  try {
    await target.read(input)
    return false
  } catch {
    return true
  }
}
