import { clauseStandings } from '#shared/agreement/clause-standing.ts'
import type { ClauseValues, ConvergenceContent } from '#shared/artifacts/convergence-content.ts'
import { negotiationRangesSchema, type NegotiationRanges } from '#shared/artifacts/private-position.ts'
import { record } from '../context.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import { titleOf } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import { mayNegotiate, negotiationPlace, type NegotiationPlace } from './place.ts'

/*
 * What our company accepts of each clause, where it would walk away, and why. It lies in the vault under a kind of its own that nothing
 * composes, seals or exports, like the position in an agreement: the only ways to it end in our own window.
 */
const KIND = 'negotiation-ranges'

export function rangesOf({ context }: Hub, { id }: Pick<NegotiationPlace, 'id'>): NegotiationRanges {
  const kept = negotiationRangesSchema.safeParse(context.vault.records.get(KIND, id))
  return kept.success ? kept.data : {}
}

/** The audit row names the negotiation and nothing of what was written. @throws Refused */
export function saveRanges(hub: Hub, artifact: string, ranges: NegotiationRanges): void {
  const place = negotiationPlace(hub, artifact)
  if (!mayNegotiate(hub, place)) throw new Refused('artifacts', 'role-may-not-write')
  hub.change(() => {
    hub.context.vault.records.put(KIND, place.id, ranges)
    const actor = certificateIn(hub.identity.certified).name.en
    record(hub.context, { kind: 'commitment', code: 'ranges-kept', actor, subject: { id: place.id, name: titleOf(place.runtime, place.id).en }, detail: {} }) // prettier-ignore
    return undefined
  })
}

/**
 * A company offers, accepts and signs only what lies in its own ranges: that both have signed means that both ranges held every
 * clause, each side having looked at its own. The refusal tells our window how many clauses, and the other company nothing.
 * @throws Refused
 */
export function mustBeInside(hub: Hub, place: NegotiationPlace, content: ConvergenceContent, values: ClauseValues): void {
  const standing = Object.values(clauseStandings(rangesOf(hub, place), content.clauses, values))
  const missing = standing.filter((one) => one === 'no-range').length
  if (missing > 0) throw new Refused('convergence', 'range-missing', { count: missing })
  const outside = standing.filter((one) => one !== 'inside').length
  if (outside > 0) throw new Refused('convergence', 'outside-range', { count: outside })
} // prettier-ignore
