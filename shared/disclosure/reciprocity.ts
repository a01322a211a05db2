import type { Lack, ReciprocityTerms } from '#shared/artifacts/reciprocity-terms.ts'
import type { ArtifactId, CompanyId } from '#shared/kernel/ids.ts'
import { addDays, type IsoDate } from '#shared/kernel/time.ts'
import { countsOn, ledgerOn, type Contribution, type ValueLedger } from './value-ledger.ts'
import { currentUntil } from './worth.ts'

/** That a revision of the other company was opened by the owner and held against its terms. */
export interface Checked {
  readonly artifact: ArtifactId
  readonly revision: number
  readonly on: IsoDate
  readonly lacks: readonly Lack[]
}

/** What the facts of a channel say about one conditional slice and one company that owes something for it. */
export interface ReciprocityCase {
  readonly terms: ReciprocityTerms
  readonly owner: CompanyId
  readonly other: CompanyId
  /** The day on which these terms were first stated. */
  readonly statedOn: IsoDate
  /** The day on which a key of this slice first went to a device of the other company; null: never. */
  readonly handedOn: IsoDate | null
  /** What the two gave each other, the conditional slice itself included from the day it was stated, sealed or not. */
  readonly contributions: readonly Contribution[]
  /** Checks of the other's slices against these very terms. */
  readonly checks: readonly Checked[]
}

/** `waiting`: sealed until the other side moves. `grace`: open, and something is owed. `suspended`: no further key. */
export type Standing = 'met' | 'waiting' | 'grace' | 'suspended'

/** What is missing, in words that both screens have. */
export type Missing =
  | Lack
  /** Nothing of the other company was opened and checked yet. */
  | { readonly lack: 'nothing-received' }
  /** What answered the terms is stale, expired or withdrawn. */
  | { readonly lack: 'no-longer-current' }
  | { readonly lack: 'ratio'; readonly ratio: number; readonly limit: number }

export interface Reciprocity {
  readonly standing: Standing
  readonly missing: readonly Missing[]
  readonly ledger: ValueLedger
  /** Last day of grace; null when nothing is owed, or nothing was handed over yet. */
  readonly graceUntil: IsoDate | null
}

/** Whether keys go over. */
export const opens = (standing: Standing): boolean => standing === 'met' || standing === 'grace'

/**
 * How a condition stands on a day. A pure function of facts that both engines hold, so both screens say the same. Terms that are
 * not met and were never honoured by a key keep the slice sealed when the other side moves first; in every other case grace runs
 * from the day on which they ceased to be met, or were stated.
 */
export function reciprocityOn(one: ReciprocityCase, today: IsoDate): Reciprocity {
  const { terms, owner, other } = one
  const ledger = ledgerOn(one.contributions, owner, other, today)
  const missing = missingOn(one, today)
  if (missing.length === 0) return { standing: 'met', missing, ledger, graceUntil: null }
  if (one.handedOn === null && terms.first !== owner) return { standing: 'waiting', missing, ledger, graceUntil: null }
  const graceUntil = addDays(unmetSince(one, today), terms.graceDays)
  return { standing: today <= graceUntil ? 'grace' : 'suspended', missing, ledger, graceUntil }
}

function missingOn(one: ReciprocityCase, today: IsoDate): readonly Missing[] {
  const { terms, owner, other, checks } = one
  const missing: Missing[] = []
  const seen = checks.filter(({ on }) => on <= today)
  const sound = seen.filter(({ lacks }) => lacks.length === 0)
  const answers = sound.some(({ artifact, revision }) =>
    one.contributions.some(
      (given) =>
        given.from === other &&
        given.artifact === artifact &&
        given.revision === revision &&
        countsOn(given, today) &&
        today <= currentUntil(given.worth),
    ),
  )
  if (!answers) missing.push(...nearest(seen, sound.length > 0))
  const { ratio } = ledgerOn(one.contributions, owner, other, today)
  if (ratio !== null && ratio < terms.ratio) missing.push({ lack: 'ratio', ratio, limit: terms.ratio })
  return missing
}

/** What the best of the checked slices lacks: the person should hear of the shortest way. */
function nearest(seen: readonly Checked[], didAnswer: boolean): readonly Missing[] {
  if (didAnswer) return [{ lack: 'no-longer-current' }]
  const best = seen.toSorted((left, right) => left.lacks.length - right.lacks.length)[0]
  return best ? best.lacks : [{ lack: 'nothing-received' }]
}

/** The first day of the unbroken stretch up to `today` on which the terms were not met. Standings change on few days only. */
function unmetSince(one: ReciprocityCase, today: IsoDate): IsoDate {
  const turns = new Set<IsoDate>([one.statedOn])
  for (const { since, expiresOn, withdrawnOn, worth } of one.contributions) {
    turns.add(since)
    turns.add(addDays(expiresOn, 1))
    turns.add(addDays(currentUntil(worth), 1))
    if (withdrawnOn !== null) turns.add(withdrawnOn)
  }
  for (const { on } of one.checks) turns.add(on)
  let since = today
  for (const day of [...turns]
    .filter((turn) => turn <= today && turn >= one.statedOn)
    .toSorted()
    .toReversed()) {
    if (missingOn(one, day).length === 0) return since
    since = day
  }
  return since
}
