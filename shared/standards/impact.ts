import type { CompanyId } from '../kernel/ids.ts'
import type { IsoDate } from '../kernel/time.ts'
import { compareContents, type Comparison } from './compare.ts'
import type { ClauseContent, MigrationStep, StandardContent, TestContent } from './content.ts'
import { isWaived, lastRuns, type Released, type TestRun, type Waiver } from './facts.ts'

/**
 * What a company would have to do before it could say that it runs another version: from what it runs (null when it runs
 * none), its own runs and its waivers.
 */
export interface Impact {
  /** Tests of the other version that must pass and would not be passed today, each with why. */
  readonly tests: readonly {
    readonly test: TestContent
    readonly why: 'fails' | 'not-run' | 'asks-otherwise' | 'waived'
  }[]
  /** Clauses that are gone or read otherwise. `relied`: a test of ours stands on it. */
  readonly removed: readonly { readonly clause: ClauseContent; readonly relied: boolean }[]
  readonly changed: readonly { readonly clause: ClauseContent; readonly relied: boolean }[]
  readonly migration: readonly MigrationStep[]
  /** Waivers that hold today and would not hold for the other version. */
  readonly endingWaivers: readonly Waiver[]
  readonly comparison: Comparison | null
}

export function impactOf(
  {
    party,
    runs,
    waivers,
    today,
  }: {
    readonly party: CompanyId
    readonly runs: readonly TestRun[]
    readonly waivers: readonly Waiver[]
    readonly today: IsoDate
  },
  from: Released<StandardContent> | null,
  to: Released<StandardContent>,
): Impact {
  const comparison = from === null ? null : compareContents(from.content, to.content)
  const done = lastRuns(runs, party, to)
  const before = from === null ? new Map<string, TestRun>() : lastRuns(runs, party, from)
  const tests = to.content.tests.flatMap((test): Impact['tests'] => {
    if (test.strength !== 'must') return []
    const run = done.get(test.id) ?? sameTestRun(test.id, from, to, before)
    if (run?.result === 'pass') return []
    if (isWaived(waivers, { party, test: test.id, version: to.version, on: today })) return [{ test, why: 'waived' }]
    if (run !== undefined) return [{ test, why: 'fails' }]
    return [{ test, why: before.has(test.id) ? 'asks-otherwise' : 'not-run' }]
  })
  const relied = new Set((from?.content.tests ?? []).filter(({ id }) => before.has(id)).map(({ clause }) => clause))
  const mark = (clause: ClauseContent) => ({ clause, relied: relied.has(clause.id) })
  return {
    tests,
    removed: (comparison?.removed ?? []).map(mark),
    changed: (comparison?.changed ?? [])
      .filter(({ words, standing }) => words || standing)
      .map(({ after }) => mark(after)),
    migration: to.content.migration,
    endingWaivers: waivers.filter((waiver) => waiver.party === party && ends(waiver, from?.version ?? null, to, today)),
    comparison,
  }
}

/** A run against the version in use counts for a test that asks exactly the same in the other one. */
function sameTestRun(
  test: string,
  from: Released<StandardContent> | null,
  to: Released<StandardContent>,
  before: ReadonlyMap<string, TestRun>,
): TestRun | undefined {
  return from !== null && from.definitions.get(test) === to.definitions.get(test) ? before.get(test) : undefined
}

function ends(waiver: Waiver, from: string | null, to: Released<StandardContent>, today: IsoDate): boolean {
  const holds = (waiver.until === null || waiver.until >= today) && (waiver.version === null || waiver.version === from)
  return holds && ((waiver.version !== null && waiver.version !== to.version) || !to.definitions.has(waiver.test))
}
