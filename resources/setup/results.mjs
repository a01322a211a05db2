import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { cache, readJson } from './paths.mjs'

const folder = join(cache, 'results')
export const unitReport = join(folder, 'vitest.json')
export const storyReport = join(folder, 'playwright.json')

/** Yesterday's report must not pass for today's. */
export function forgetResults() {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
}

/**
 * Sums what the two runners wrote. A report that is missing counts as one failure: a runner that did not get as far as
 * its report has not passed, and neither has one that exits with an error although no test failed. A flaky story (failed, then passed) counts as passed, and is named in Playwright's output.
 */
export function totals(exitCode = 0, unit = readJson(unitReport), stories = readJson(storyReport)) {
  const passed = (unit?.numPassedTests ?? 0) + (stories?.stats?.expected ?? 0) + (stories?.stats?.flaky ?? 0)
  // A file that fails before its first test shows as a failed suite with no failed test.
  const brokenFiles = (unit?.testResults ?? []).filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length
  const counted =
    (unit ? unit.numFailedTests + brokenFiles : 1) +
    (stories ? stories.stats.unexpected + (stories.errors ?? []).length : 1)
  const failed = counted === 0 && exitCode !== 0 ? 1 : counted
  return { passed, failed, line: `${passed} passed, ${failed} failed` }
}
