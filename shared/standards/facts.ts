import type { CompanyId } from '../kernel/ids.ts'
import type { Instant, IsoDate } from '../kernel/time.ts'

export const ADOPTION = ['planned', 'running', 'stopped'] as const
export type AdoptionStatus = (typeof ADOPTION)[number]

/** A company says of itself which version it runs; the last word about a version counts. */
export interface Adoption {
  readonly party: CompanyId
  readonly version: string
  readonly status: AdoptionStatus
  readonly on: IsoDate
}

/** A company says of itself how a test went. The file stays with it: only the result and the file's hash are told. */
export interface TestRun {
  readonly party: CompanyId
  readonly version: string
  readonly test: string
  /** `testHash` of what was run. */
  readonly definition: string
  readonly result: 'pass' | 'fail'
  readonly at: Instant
  /** SHA-256 of the file, lower-case hex; null for a test by hand without a file. */
  readonly evidence: string | null
}

export interface Waiver {
  readonly party: CompanyId
  readonly test: string
  /** Null: for every version. */
  readonly version: string | null
  readonly until: IsoDate | null
}

/** A released version with what was frozen, as the calculations need it. */
export interface Released<C> {
  readonly version: string
  readonly content: C
  /** `testHash` of each of its tests, by the test's anchor. */
  readonly definitions: ReadonlyMap<string, string>
}

/** The last word of each party about each version, in the order in which they were said. */
export function adoptionsNow(said: readonly Adoption[]): readonly Adoption[] {
  const last = new Map<string, Adoption>()
  for (const each of said) last.set(`${each.party} ${each.version}`, each)
  return [...last.values()]
}

/** The versions that a party runs. */
export const runningVersions = (said: readonly Adoption[], party: CompanyId): readonly string[] =>
  adoptionsNow(said)
    .filter((each) => each.party === party && each.status === 'running')
    .map(({ version }) => version)

/** The last run of each test by one party against exactly this version's definition of it. */
export function lastRuns(
  runs: readonly TestRun[],
  party: CompanyId,
  { version, definitions }: Pick<Released<unknown>, 'version' | 'definitions'>,
): ReadonlyMap<string, TestRun> {
  const last = new Map<string, TestRun>()
  for (const run of runs)
    if (run.party === party && run.version === version && definitions.get(run.test) === run.definition)
      last.set(run.test, run)
  return last
}

/** Is this test waived for the party on that day? A waiver ends with its last day. */
export const isWaived = (
  waivers: readonly Waiver[],
  {
    party,
    test,
    version,
    on,
  }: { readonly party: CompanyId; readonly test: string; readonly version: string; readonly on: IsoDate },
): boolean =>
  waivers.some(
    (waiver) =>
      waiver.party === party &&
      waiver.test === test &&
      (waiver.version === null || waiver.version === version) &&
      (waiver.until === null || waiver.until >= on),
  )
