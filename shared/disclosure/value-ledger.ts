import type { Worth } from '#shared/artifacts/reciprocity-terms.ts'
import type { ArtifactId, CompanyId } from '#shared/kernel/ids.ts'
import type { IsoDate } from '#shared/kernel/time.ts'
import { pointsOn } from './worth.ts'

/** A revision of one company in the hands of another, with the days on which that changed. */
export interface Contribution {
  readonly artifact: ArtifactId
  readonly revision: number
  readonly from: CompanyId
  readonly to: CompanyId
  /** What it counts for: announced by its owner, or, where the other side answers for it, counted by who opened it. */
  readonly worth: Worth
  /** The day from which it counts: its key was handed over, and (for what answers a condition) it was opened and found sound. */
  readonly since: IsoDate
  readonly expiresOn: IsoDate
  readonly withdrawnOn: IsoDate | null
}

/** One line of the ledger, as both screens show it. */
export interface LedgerLine {
  readonly artifact: ArtifactId
  readonly revision: number
  readonly from: CompanyId
  readonly rows: number
  readonly fields: number
  readonly points: number
}
export interface ValueLedger {
  readonly lines: readonly LedgerLine[]
  /** Value points that the owner of the condition gives, the slice in question included, and those it receives. */
  readonly given: number
  readonly received: number
  /** Percent: received over given; null when nothing is given yet. */
  readonly ratio: number | null
}

/**
 * The balance between `owner` and `other` on a day. A revision takes the place of the one before, so that disclosing the same
 * thing twice counts once; what is withdrawn or expired counts for nothing. It counts values; it cannot weigh what they are
 * worth to a business, nor see that two tables say the same thing.
 */
export function ledgerOn(
  contributions: readonly Contribution[],
  owner: CompanyId,
  other: CompanyId,
  today: IsoDate,
): ValueLedger {
  const newest = new Map<ArtifactId, Contribution>()
  for (const one of contributions) {
    const between = (one.from === owner && one.to === other) || (one.from === other && one.to === owner)
    if (!between || !countsOn(one, today)) continue
    if (one.revision >= (newest.get(one.artifact)?.revision ?? 0)) newest.set(one.artifact, one)
  }
  const lines = [...newest.values()].map(({ artifact, revision, from, worth }): LedgerLine => {
    const { rows, fields } = worth
    return { artifact, revision, from, rows, fields, points: pointsOn(worth, today) }
  })
  const sum = (from: CompanyId) => lines.reduce((total, line) => total + (line.from === from ? line.points : 0), 0)
  const [given, received] = [sum(owner), sum(other)]
  return { lines, given, received, ratio: given === 0 ? null : Math.floor((received / given) * 100) }
}

export const countsOn = (one: Contribution, today: IsoDate): boolean =>
  one.since <= today && today <= one.expiresOn && (one.withdrawnOn === null || today < one.withdrawnOn)
