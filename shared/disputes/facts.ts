import type { DisputeContent, DisputePath } from '#shared/artifacts/dispute-content.ts'
import type { DisputeEvent, Finding } from '#shared/artifacts/dispute-event.ts'
import type { SignedFact, SignedOf } from '#shared/decisions/facts.ts'
import { canonicalJson } from '#shared/kernel/canonical-json.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'

export type DisputeFact<A = unknown> = SignedFact<DisputeEvent, A>
export type Of<T extends DisputeEvent['type'], A = unknown> = SignedOf<DisputeEvent, T, A>

/** Why a fact of a dispute is without effect. */
export type DisputeRefusal =
  | 'text-unreadable' | 'path-differs' | 'already-opened' | 'no-such-dispute' | 'not-a-party' | 'not-authorised' | 'own-dispute'
  | 'duplicate' | 'over' | 'terms-missing' | 'rationale-missing' | 'no-such-settlement' | 'superseded' | 'not-started' | 'no-arbitration' | 'not-this-level'
  | 'not-yet' | 'late' | 'already-ruled' | 'recused' | 'unproven' | 'no-fallback' | 'not-referred' | 'not-the-opener'
  | 'answered-already' | 'set-aside' // prettier-ignore

export interface DisputeDeps<A = unknown> {
  readonly sha256: (text: string) => string
  /**
   * The path that the parties have agreed in a document, as the author of the opening could know it; undefined: none, or not in that
   * text. It has to follow from the opening's ancestry alone.
   */
  readonly agreedPath: (source: NonNullable<DisputePath['source']>, opening: Of<'dispute-opened', A>) => DisputePath | undefined
} // prettier-ignore

/** What parties sign, or arbitrators rule: the same hash says the same thing about the same dispute. */
export interface Terms {
  readonly finding: Finding
  readonly terms: string
}
export const settlementHash = (sha256: (text: string) => string, dispute: string, { finding, terms }: Terms): string =>
  sha256(canonicalJson({ format: 'mithaq.settlement.v1', dispute, finding, terms }))

/** When a level began and ends. */
export interface LevelWindow {
  readonly from: Instant
  readonly until: Instant
}

export const isParty = ({ parties }: DisputeContent, company: CompanyId): boolean =>
  parties.some((party) => party.company === company)

/** `others` of `company` among the parties. */
export const othersOf = ({ parties }: DisputeContent, company: CompanyId): readonly CompanyId[] =>
  parties.flatMap((party) => (party.company === company ? [] : [party.company]))

/**
 * Whether a fact is proven to have been said in time: another party has a fact that claims a time before the end and had it. Their
 * claim is taken and not the author's own.
 */
export const isProven = <A>(
  { place, author }: DisputeFact<A>,
  facts: readonly DisputeFact<A>[],
  content: DisputeContent,
  until: Instant,
  proves: (witness: DisputeFact<A>) => boolean = () => true,
): boolean =>
  facts.some(
    (one) =>
      one.author.company !== author.company &&
      isParty(content, one.author.company) &&
      one.at < until &&
      one.saw(place) &&
      proves(one),
  )
