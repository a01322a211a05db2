import type { CompanyId } from '../kernel/ids.ts'
import type { StandardContent } from './content.ts'
import { adoptionsNow, lastRuns, type Adoption, type Released, type TestRun } from './facts.ts'

/** A share in percent, not rounded; null is "not computable" (nothing to count), never 0. */
export interface Rate {
  readonly percent: number | null
  readonly counted: number
  readonly of: number
}
const rate = (counted: number, of: number): Rate => ({ percent: of === 0 ? null : (counted / of) * 100, counted, of })

/** MT-1. Parties in scope that run the version / parties in scope x 100. Who is out of scope counts on neither side. */
export function adoptionRate(version: string, inScope: readonly CompanyId[], said: readonly Adoption[]): Rate {
  const running = new Set(
    adoptionsNow(said)
      .filter((each) => each.version === version && each.status === 'running')
      .map(({ party }) => party),
  )
  const parties = [...new Set(inScope)]
  return rate(parties.filter((party) => running.has(party)).length, parties.length)
}

/** Tests of a version that must pass. */
export const mandatory = (content: StandardContent): readonly string[] =>
  content.tests.filter(({ strength }) => strength === 'must').map(({ id }) => id)

/** MT-1. Mandatory tests whose last run passed / mandatory tests of the version x 100, for one party. Not run is not passed, waived neither. */
export function passRate(release: Released<StandardContent>, party: CompanyId, runs: readonly TestRun[]): Rate {
  const last = lastRuns(runs, party, release)
  const must = mandatory(release.content)
  return rate(must.filter((test) => last.get(test)?.result === 'pass').length, must.length)
}

/** MT-1. The same over all parties that run the version: n/c when nobody does. */
export function passRateOfVersion(
  release: Released<StandardContent>,
  inScope: readonly CompanyId[],
  said: readonly Adoption[],
  runs: readonly TestRun[],
): Rate {
  const running = inScope.filter((party) => adoptionRate(release.version, [party], said).counted === 1)
  const rates = running.map((party) => passRate(release, party, runs))
  return rate(
    rates.reduce((sum, { counted }) => sum + counted, 0),
    rates.reduce((sum, { of }) => sum + of, 0),
  )
}
