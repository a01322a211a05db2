import type { AgreementKind } from '#shared/artifacts/agreement.ts'
import type { DISPUTE_GROUNDS, Measured } from '#shared/artifacts/agreement-claim-event.ts'
import type { AgreementContent } from '#shared/artifacts/agreement-content.ts'
import type { Words } from '#shared/artifacts/words.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import { addMonths, type Instant, type IsoMonth } from '#shared/kernel/time.ts'
import { amountOf, authorityRefusal, type AuthorityRefusal, type Signer } from './authority.ts'
import { claimOf, mayClaim, subjectOf, type ComputedClaim } from './claim.ts'
import type { StatedFact } from './state.ts'
import { missedInRow } from '#shared/commerce/level-credit.ts'

interface Word {
  readonly company: CompanyId
  readonly by: Words
  readonly at: Instant
}
export interface Claim extends Word {
  readonly id: string
  readonly measured: Measured
  readonly computed: ComputedClaim
  readonly note: string
  /**
   * `open`: nobody has answered, and it stands; `double`: an earlier one is about the same. What was accepted stays accepted; a
   * disputed one may still be accepted or withdrawn.
   */
  readonly state: 'open' | 'accepted' | 'disputed' | 'withdrawn' | 'double'
  readonly accepted: Word | null
  readonly disputes: readonly (Word & { readonly ground: (typeof DISPUTE_GROUNDS)[number]; readonly reason: string; readonly evidence: string })[]
  /** The level was missed so often in a row, this month with it, that the text lets the claimant terminate the service. */
  readonly mayTerminate: readonly string[]
} // prettier-ignore

/** What an authority's limit is held against for a claim: its sum, or the agreement's worth where prices change. */
export const claimAmount = (
  kind: AgreementKind,
  content: AgreementContent,
  measured: Measured,
  amounts: readonly number[],
) => (measured.kind === 'price-adjustment' ? amountOf(kind, content) : (amounts[0] ?? 0))

/** Why somebody may not commit their company to a claim or to its acceptance. */
export const claimAuthority = (
  kind: AgreementKind,
  content: AgreementContent,
  signer: Signer,
  claim: { readonly measured: Measured; readonly amounts: readonly number[] },
  at: Instant,
): AuthorityRefusal | undefined =>
  authorityRefusal(signer, content, claimAmount(kind, content, claim.measured, claim.amounts), at)

/**
 * The claims under a signed text in the order of their facts, the same on every engine. A claim counts when its author may claim and
 * may bind the claimant to that sum, and when the signed terms make exactly those amounts of what was measured: a sum that does not
 * compute is nobody's claim. Only another party accepts, with the same authority; only the claimant withdraws.
 */
export function claimsOf(
  kind: AgreementKind,
  content: AgreementContent,
  hash: string,
  facts: readonly StatedFact<Signer>[],
): readonly Claim[] {
  const claims = new Map<string, Claim>()
  for (const { fact, author, at } of facts) {
    if (!('hash' in fact) || fact.hash !== hash) continue
    const word: Word = { company: author.company, by: author.name, at }
    if (fact.type === 'claim-proposed') {
      const computed = claims.has(fact.claim) ? 'nothing-owed' : claimOf(kind, content, fact.measured)
      if (typeof computed === 'string' || computed.amounts.join() !== fact.amounts.join()) continue
      if (!mayClaim(kind, content, fact.measured.kind, author.company)) continue
      if (claimAuthority(kind, content, author, fact, at)) continue
      const { claim: id, measured, note } = fact
      claims.set(id, { ...word, id, measured, computed, note, state: 'open', accepted: null, disputes: [], mayTerminate: [] })
      continue
    } // prettier-ignore
    if (fact.type !== 'claim-accepted' && fact.type !== 'claim-disputed' && fact.type !== 'claim-withdrawn') continue
    const claim = claims.get(fact.claim)
    if (!claim || !content.parties.some(({ company }) => company === author.company)) continue
    const own = claim.company === author.company
    const may = !claimAuthority(kind, content, author, { ...claim, amounts: claim.computed.amounts }, at)
    if (fact.type === 'claim-withdrawn' && own && may && claim.state !== 'accepted') claims.set(claim.id, { ...claim, state: 'withdrawn' }) // prettier-ignore
    if (fact.type === 'claim-accepted' && !own && may) claims.set(claim.id, { ...claim, state: 'accepted', accepted: claim.accepted ?? word }) // prettier-ignore
    if (fact.type === 'claim-disputed' && !own) {
      const { ground, reason, evidence } = fact
      const state = claim.state === 'open' ? 'disputed' : claim.state
      claims.set(claim.id, { ...claim, state, disputes: [...claim.disputes, { ...word, ground, reason, evidence }] })
    }
  }
  return settled(content, [...claims.values()])
}

/** Doubles are told, and what several claims say together. */
function settled(content: AgreementContent, claims: readonly Claim[]): readonly Claim[] {
  const subjects = new Set<string>()
  const single = claims.map((claim): Claim => {
    if (claim.state === 'withdrawn') return claim
    const subject = `${claim.company}/${subjectOf(claim.measured)}`
    if (!subjects.has(subject)) {
      subjects.add(subject)
      return claim
    }
    return claim.state === 'accepted' ? claim : { ...claim, state: 'double' }
  })
  const needed = content.terms['missedMonths']?.value
  return single.map((claim) => ({ ...claim, mayTerminate: typeof needed === 'number' ? missedBy(claim, single, needed) : [] })) // prettier-ignore
}

const countsFor = ({ state }: Claim): boolean => state === 'open' || state === 'accepted'
const monthNumber = (month: IsoMonth): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7))

function missedBy({ measured, computed }: Claim, claims: readonly Claim[], needed: number): readonly string[] {
  if (measured.kind !== 'service-credit') return []
  return computed.missed.filter((metric) => {
    const earlier = claims.flatMap((one) =>
      one.measured.kind === 'service-credit' && countsFor(one) && one.computed.missed.includes(metric)
        ? [monthNumber(one.measured.month)]
        : [],
    )
    return missedInRow(monthNumber(measured.month), earlier) >= needed
  })
}

/** Credits of the eleven months before a month, out of the claims that stand: what the cap over twelve months has left is less by these. */
export const earlierCredits = (claims: readonly Claim[], month: IsoMonth): number =>
  claims
    .filter((one) => countsFor(one) && one.measured.kind === 'service-credit')
    .filter(({ measured }) => measured.kind === 'service-credit' && measured.month < month && measured.month >= addMonths(month, -11))
    .reduce((sum, { computed }) => sum + (computed.amounts[0] ?? 0), 0) // prettier-ignore
