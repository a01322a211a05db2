import { compare, parse, valid } from 'semver'
import { ok, refuse, type Result } from '../kernel/result.ts'
import type { Comparison } from './compare.ts'

/** How much a version's number has to grow: semver.org 2.0.0, items 6 to 8. */
export type Bump = 'patch' | 'minor' | 'major'
export type VersionRefusal = 'not-a-version' | 'version-not-greater' | 'version-taken' | 'bump-too-small'

const RANK: Readonly<Record<Bump, number>> = { patch: 0, minor: 1, major: 2 }

/** `1.2.3` or `2.0.0-rc.1`, written as semver writes it: no `v`, no spaces, no build part, which would not count. */
export const isVersion = (text: string): boolean =>
  text.length <= 64 && valid(text) === text && parse(text)?.build.length === 0

/** Earlier first. What is no version comes first of all. */
export const compareVersions = (left: string, right: string): number =>
  isVersion(left) && isVersion(right) ? compare(left, right) : Number(isVersion(left)) - Number(isVersion(right))

export const isPrerelease = (text: string): boolean => (parse(text)?.prerelease.length ?? 0) > 0

/** The released version that counts as the newest: the highest that is no trial (`-rc.1`); null when there is none. */
export function newestOf(versions: readonly string[]): string | null {
  return (
    versions
      .filter((each) => isVersion(each) && !isPrerelease(each))
      .toSorted(compareVersions)
      .at(-1) ?? null
  )
}

/**
 * What a change does to somebody who conforms today. Major: it may no longer conform (a requirement went, or a test that must
 * pass came or asks more). Minor: more is said or recommended. Patch: wording of guidance, looks, places.
 */
export function bumpOf(changes: Comparison): Bump {
  const breaks =
    changes.removed.some(({ nature }) => nature === 'requirement') ||
    changes.addedTests.some(({ strength }) => strength === 'must') ||
    changes.changedTests.some(({ stricter }) => stricter)
  if (breaks) return 'major'
  const says =
    changes.added.length > 0 ||
    changes.removed.length > 0 ||
    changes.addedTests.length > 0 ||
    changes.removedTests.length > 0 ||
    changes.changedTests.length > 0 ||
    changes.changed.some(
      ({ words, standing, before, after }) =>
        standing || (words && (before.nature === 'requirement' || after.nature === 'requirement')),
    )
  return says ? 'minor' : 'patch'
}

/** The step from one number to the next; a first digit of 0 promises nothing, so there every step counts one higher (item 4). */
export function stepBetween(from: string, to: string): Bump {
  const [was, is] = [parse(from), parse(to)]
  if (was === null || is === null) return 'patch'
  if (is.major !== was.major) return 'major'
  const step: Bump = is.minor !== was.minor ? 'minor' : 'patch'
  if (was.major !== 0) return step
  return step === 'minor' ? 'major' : 'minor'
}

/**
 * May `number` be released, after `previous` (the newest released before it, null for none) with these changes? `needed` is
 * what the changes ask for. A patch of an older line (1.0.1 after 2.0.0) is compared with that line's newest by the caller.
 */
export function checkVersion(
  number: string,
  released: readonly string[],
  previous: string | null,
  changes: Comparison | null,
): Result<Bump | null, VersionRefusal> {
  if (!isVersion(number)) return refuse('not-a-version')
  if (released.includes(number)) return refuse('version-taken')
  if (previous === null || changes === null) return ok(null)
  if (compareVersions(number, previous) <= 0) return refuse('version-not-greater')
  const needed = bumpOf(changes)
  return RANK[stepBetween(previous, number)] >= RANK[needed] ? ok(needed) : refuse('bump-too-small')
}

/** The smallest number that the changes allow, for the form to propose. */
export function proposeVersion(previous: string | null, changes: Comparison | null): string {
  const was = previous === null ? null : parse(previous)
  if (was === null || changes === null) return '1.0.0'
  const needed = bumpOf(changes)
  const first = was.major === 0
  if (needed === 'major') return first ? `0.${String(was.minor + 1)}.0` : `${String(was.major + 1)}.0.0`
  if (needed === 'minor' && !first) return `${String(was.major)}.${String(was.minor + 1)}.0`
  return `${String(was.major)}.${String(was.minor)}.${String(was.patch + 1)}`
}
