import { isOf } from '#shared/decisions/facts.ts'
import type { DisputeContent, DisputeLevel } from '#shared/artifacts/dispute-content.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { endOfWindow } from './clock.ts'
import { isProven, othersOf, type DisputeFact, type LevelWindow, type Of } from './facts.ts'

/**
 * When the clock of a dispute began: once every other party has the opening, as a fact of its own shows, and never before the time that
 * the opening claims. So an opening that is written into the past costs nobody a day, and neither does one that lies in the mail.
 */
export function startOf<A>(opening: Of<'dispute-opened', A>, among: readonly DisputeFact<A>[], content: DisputeContent): Instant | null {
  const delivered = othersOf(content, opening.author.company).map((company) =>
    Math.min(...among.filter((one) => one.author.company === company && one.saw(opening.place)).map(({ at }) => at)),
  )
  const last = Math.max(opening.at, ...delivered)
  return Number.isFinite(last) ? (last as Instant) : null
} // prettier-ignore

/** Levels that need nobody's consent: parties may always talk. */
export const leadingMediations = ({ path }: DisputeContent): readonly DisputeLevel[] => {
  const first = path.levels.findIndex(({ kind }) => kind === 'arbitration')
  return first < 0 ? path.levels : path.levels.slice(0, first)
}

/** The levels of a dispute, as long as they were to last from `start`; `cut`: when one ended early. */
export function windowsOf(
  start: Instant,
  levels: readonly DisputeLevel[],
  { path }: DisputeContent,
  cut: (index: number, window: LevelWindow) => Instant | null = () => null,
): readonly LevelWindow[] {
  const windows: LevelWindow[] = []
  let from = start
  for (const [index, level] of levels.entries()) {
    const whole = { from, until: endOfWindow(from, level, path.calendar) }
    const early = cut(index, whole)
    windows.push(early === null ? whole : { from, until: early })
    from = early ?? whole.until
  }
  return windows
}

/** Until when a path that was proposed with the dispute can be accepted: while the first mediations run, or else the first level. */
export function acceptUntil(start: Instant, content: DisputeContent): Instant {
  const mediations = leadingMediations(content)
  // A path that begins with arbitration is accepted within the time of its first level.
  const levels = mediations.length > 0 ? mediations : content.path.levels.slice(0, 1)
  return windowsOf(start, levels, content).at(-1)?.until ?? start
}

/**
 * Whether the path binds: it was agreed before, or every other party has accepted it while the first mediations ran. An acceptance is
 * proven as any word within a window is, so nobody keeps the choice until they know how it would end.
 */
export function binds<A>(
  start: Instant | null,
  opening: Of<'dispute-opened', A>,
  facts: readonly DisputeFact<A>[],
  among: readonly DisputeFact<A>[],
  content: DisputeContent,
): boolean {
  if (content.path.source !== null) return true
  if (start === null) return false
  const until = acceptUntil(start, content)
  const accepts = (company: CompanyId): boolean =>
    facts.some(
      (one) =>
        isOf(one, 'dispute-answered') &&
        one.author.company === company &&
        one.fact.path === 'accepted' &&
        one.at < until &&
        isProven(one, among, content, until),
    )
  return othersOf(content, opening.author.company).every(accepts)
}
