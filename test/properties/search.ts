import fc from 'fast-check'

/** What to search: how many runs, from which seed, and for one that failed the path to it. */
export interface Search {
  readonly numRuns: number
  readonly seed: number
  readonly path?: string
}

/** What is searched, and the words for it. */
export interface Searched<T> {
  /** The npm script, to say how to search again. */
  readonly script: string
  readonly what: string
  readonly property: fc.IProperty<T>
  /** What to say when nothing was found. */
  readonly found: () => string
  /** Where a failure is kept, to be run with the tests from then on. */
  readonly keep?: string
}

const MOST_RUNS = 10_000_000

/** What the arguments after `--` ask for; a sentence when they are nonsense. */
export function readSearch(args: readonly string[], freshSeed: () => number): Search | string {
  const [count = '1000', seed, path, more] = args
  if (!/^\d{1,8}$/.test(count) || Number(count) < 1 || Number(count) > MOST_RUNS)
    return `"${count}" is no number of runs: give a whole number from 1 to ${MOST_RUNS}.`
  if (seed !== undefined && (!/^-?\d{1,10}$/.test(seed) || Number(seed) !== (Number(seed) | 0)))
    return `"${seed}" is no seed: give a whole number of 32 bits.`
  if (path !== undefined && !/^\d+(:\d+)*$/.test(path))
    return `"${path}" is no path to a run: give the numbers that were printed, as in 7:3:1.`
  if (more !== undefined) return `"${more}" is one argument too many: give a number of runs, a seed and a path.`
  return {
    numRuns: Number(count),
    seed: seed === undefined ? freshSeed() : Number(seed),
    ...(path !== undefined && { path }),
  }
}

/** Searches as the command line asks, and says what came of it. */
export function search<T>({ script, what, property, found, keep }: Searched<T>): void {
  const asked = readSearch(process.argv.slice(2), () => Date.now() % 2 ** 31)
  if (typeof asked === 'string') {
    console.error(asked)
    process.exitCode = 2
    return
  }
  console.log(`${asked.numRuns} ${what}, seed ${asked.seed}`)
  const outcome = fc.check(property, asked)
  if (!outcome.failed) {
    console.log(found())
    return
  }
  console.error(fc.defaultReportMessage(outcome))
  console.error(outcome.errorInstance)
  console.error(`again: npm run ${script} -- 1 ${outcome.seed} ${outcome.counterexamplePath ?? ''}`)
  if (keep) console.error(`keep:  { "seed": ${outcome.seed}, "path": "${outcome.counterexamplePath ?? ''}" } in ${keep}`) // prettier-ignore
  process.exitCode = 1
}
