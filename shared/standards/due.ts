import type { CompanyId } from '../kernel/ids.ts'
import type { IsoDate } from '../kernel/time.ts'
import type { StandardContent } from './content.ts'
import {
  isWaived,
  lastRuns,
  runningVersions,
  type Adoption,
  type Released,
  type TestRun,
  type Waiver,
} from './facts.ts'
import { mandatory } from './rates.ts'
import { compareVersions, newestOf } from './semantic-version.ts'

export interface DeprecationWindow {
  readonly from: IsoDate | null
  /** The last day on which the version may be used. */
  readonly to: IsoDate | null
  readonly withdrawnOn: IsoDate | null
}
export type VersionState = 'draft' | 'released' | 'deprecated' | 'withdrawn'

/** Where a version stands on a day. What nobody released is a draft, whatever dates it carries. */
export function versionState(isReleased: boolean, window: DeprecationWindow | null, today: IsoDate): VersionState {
  if (!isReleased) return 'draft'
  const { from = null, to = null, withdrawnOn = null } = window ?? {}
  if ((withdrawnOn !== null && withdrawnOn <= today) || (to !== null && to < today)) return 'withdrawn'
  return from !== null && from <= today ? 'deprecated' : 'released'
}

export interface Due {
  /**
   * `rerun`: a version that the party runs, or the newest, has mandatory tests that it has not run. `non-conformant`: its last run of
   * a mandatory test failed and no waiver covers it. `deprecated`: it runs a version that ends. `past-end`: it runs one that has.
   */
  readonly kind: 'rerun' | 'non-conformant' | 'deprecated' | 'past-end'
  readonly party: CompanyId
  readonly version: string
  readonly tests: readonly string[]
  readonly on: IsoDate | null
}

interface Standing {
  readonly released: readonly Released<StandardContent>[]
  readonly adoptions: readonly Adoption[]
  readonly runs: readonly TestRun[]
  readonly waivers: readonly Waiver[]
  readonly windows: ReadonlyMap<string, DeprecationWindow>
}

/** TR-13. What a party owes its partners today. It computes and tells; nobody is committed to anything by it. */
export function dueOf(
  party: CompanyId,
  { released, adoptions, runs, waivers, windows }: Standing,
  today: IsoDate,
): readonly Due[] {
  const running = runningVersions(adoptions, party).filter((version) =>
    released.some((each) => each.version === version),
  )
  const found: Due[] = []
  const newest = newestOf(
    released
      .map(({ version }) => version)
      .filter((version) => versionState(true, windows.get(version) ?? null, today) === 'released'),
  )
  const toRun = new Set([
    ...running,
    ...(newest !== null && running.some((version) => compareVersions(version, newest) < 0) ? [newest] : []),
  ])
  for (const release of released
    .filter(({ version }) => toRun.has(version))
    .toSorted((a, b) => compareVersions(a.version, b.version))) {
    const { version } = release
    const last = lastRuns(runs, party, release)
    const notRun = mandatory(release.content).filter((test) => !last.has(test))
    if (notRun.length > 0) found.push({ kind: 'rerun', party, version, tests: notRun, on: null })
    if (!running.includes(version)) continue
    const failed = mandatory(release.content).filter(
      (test) => last.get(test)?.result === 'fail' && !isWaived(waivers, { party, test, version, on: today }),
    )
    if (failed.length > 0) found.push({ kind: 'non-conformant', party, version, tests: failed, on: null })
    const window = windows.get(version) ?? null
    const state = versionState(true, window, today)
    if (state === 'deprecated') found.push({ kind: 'deprecated', party, version, tests: [], on: window?.to ?? null })
    if (state === 'withdrawn')
      found.push({ kind: 'past-end', party, version, tests: [], on: window?.withdrawnOn ?? window?.to ?? null })
  }
  return found
}
