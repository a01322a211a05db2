import type { DisputeLevel, DisputeSubject } from '#shared/artifacts/dispute-content.ts'
import type { Instant } from '#shared/kernel/time.ts'
import type { Outcome } from './outcomes.ts'
import type { DisputeCase } from './state.ts'

/**
 * Where a dispute stands. `sent`: not every other party has it, and no clock runs; `referred`: taken to the arbitration or court that
 * the path names last; `exhausted`: no level is left that binds, only a settlement.
 */
export type DisputeStage =
  'sent' | 'mediation' | 'arbitration' | 'fallback' | 'referred' | 'exhausted' | 'settled' | 'ruled' | 'awarded' | 'withdrawn' // prettier-ignore

export interface DisputeStanding {
  readonly stage: DisputeStage
  /** The number of the level that runs, from 0; null: none. */
  readonly level: number | null
  /** When this began; null: it has no beginning (`sent`). */
  readonly since: Instant | null
  /** When the level that runs ends; null: no clock runs. */
  readonly until: Instant | null
  readonly unit: DisputeLevel['unit'] | null
}

const STAGE = { settlement: 'settled', ruling: 'ruled', award: 'awarded' } as const

/**
 * TR-10. Where a dispute stands at a moment: a window that has ended has passed it on to the next level, whether or not anybody was
 * there. Nothing is written for that, so it is the same after a restart and on every engine. `now`: milliseconds since 1970.
 */
export function standingAt<A>(
  { outcome, withdrawn, started, levels, bound, content, referral }: DisputeCase<A>,
  now: Instant,
): DisputeStanding {
  const none = { level: null, until: null, unit: null }
  if (outcome) return { ...none, stage: STAGE[outcome.kind], level: outcome.level, since: outcome.at }
  if (withdrawn) return { ...none, stage: 'withdrawn', since: withdrawn.at }
  if (started === null) return { ...none, stage: 'sent', since: null }
  const index = levels.findIndex(({ until }) => now < until)
  const level = levels[index]
  if (level) return { stage: level.level.kind, level: index, since: level.from, until: level.until, unit: level.level.unit } // prettier-ignore
  const since = levels.at(-1)?.until ?? started
  if (!bound || content.path.fallback === null) return { ...none, stage: 'exhausted', since }
  return referral ? { ...none, stage: 'referred', since: referral.at } : { ...none, stage: 'fallback', since }
}

/** Stages in which a dispute is still going on. */
export const isOpen = ({ stage }: DisputeStanding): boolean =>
  !['settled', 'ruled', 'awarded', 'withdrawn'].includes(stage)

/** What is asked about: a kind and an id, and the hash of its text where only that text is meant. */
export type SubjectKey = Pick<DisputeSubject, 'kind' | 'id'> & { readonly hash?: string | null }

/** The disputes about a subject; without a hash all about the thing, with one also those about the thing as such. */
export const disputesAbout = <A>(cases: readonly DisputeCase<A>[], subject: SubjectKey): readonly DisputeCase<A>[] =>
  cases.filter(({ content: { subject: about } }) => {
    const hash = subject.hash ?? null
    const same = hash === null || about.hash === null || about.hash === hash
    return about.kind === subject.kind && about.id === subject.id && same
  })

export interface StandingOutcome<A = unknown> {
  /** The dispute that it ends. */
  readonly dispute: string
  readonly case: DisputeCase<A>
  readonly outcome: Outcome<A>
}

/**
 * What stands about a subject: the settlement, ruling or award that was reached last. `null`: none. `contested`: two were reached in
 * disputes that were opened apart from each other's end and say different things, so neither counts until a further dispute ends
 * that knew both. It depends on no clock and no order of arrival.
 */
export function standingOutcome<A>(
  cases: readonly DisputeCase<A>[],
  subject: SubjectKey,
): StandingOutcome<A> | 'contested' | null {
  const ended = disputesAbout(cases, subject).flatMap((one) => (one.outcome ? [{ dispute: one.hash, case: one, outcome: one.outcome }] : [])) // prettier-ignore
  // A dispute that was opened knowing how another one ended comes after it.
  const last = ended.filter((one) => !ended.some((other) => other !== one && one.outcome.words.every(({ place }) => other.case.opening.saw(place)))) // prettier-ignore
  const [first] = last
  if (!first) return null
  const same = last.every(({ outcome }) => outcome.finding === first.outcome.finding && outcome.terms === first.outcome.terms) // prettier-ignore
  return same ? first : 'contested'
}
