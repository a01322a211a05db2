import { nextOffer } from '#shared/decisions/convergence-offers.ts'
import type { Role } from '#shared/kernel/ids.ts'
import { dateOf, type IsoDate } from '#shared/kernel/time.ts'
import type { NegotiationAsk } from '#shared/projection/convergence-views.ts'
import { certificateIn } from '../identity/identity.ts'
import type { Hub } from '../workspaces/hub.ts'
import { mayNegotiate, negotiationPlace, negotiationState, type NegotiationPlace, type OpenNegotiation } from './place.ts' // prettier-ignore

const may = (hub: Hub, place: NegotiationPlace, roles: readonly Role[]): boolean =>
  mayNegotiate(hub, place) && certificateIn(hub.identity.certified).roles.some((role) => roles.includes(role))

/** The round that this person's next offer would be; null when its time or the rounds are over, something is accepted, or the role may not. */
export function nextRound(hub: Hub, place: NegotiationPlace, { content, stage, standing }: OpenNegotiation): number | null {
  if ((stage !== 'requested' && stage !== 'offered') || !may(hub, place, content.policy.offerRoles)) return null
  if (hub.context.clock.now() > content.answerBy) return null
  const { round } = nextOffer(standing, hub.identity.card.company)
  return round > content.policy.rounds ? null : round
} // prettier-ignore

/** Whether this person may accept what the other company offers. */
export function mayAccept(hub: Hub, place: NegotiationPlace, { content, stage, standing }: OpenNegotiation): boolean {
  const theirs = standing.some(({ author }) => author.company !== hub.identity.card.company)
  const open = (stage === 'requested' || stage === 'offered') && hub.context.clock.now() <= content.settleBy
  return theirs && open && may(hub, place, content.policy.signRoles)
}

/** What this person can do about a negotiation now; empty for whoever waits. */
export function negotiationAsks(
  hub: Hub,
  place: NegotiationPlace,
  current: OpenNegotiation,
): readonly NegotiationAsk[] {
  const { company } = certificateIn(hub.identity.certified)
  const { content, stage, standing, confirmed, verified } = current
  if (!content.parties.some((party) => party.company === company) || !mayNegotiate(hub, place)) return []
  const { offerRoles, signRoles } = content.policy
  const inTime = hub.context.clock.now() <= content.settleBy
  switch (stage) {
    case 'requested':
      return nextRound(hub, place, current) === null ? [] : ['offer']
    case 'offered': {
      const theirs = standing.some(({ author }) => author.company !== company)
      return theirs && (mayAccept(hub, place, current) || nextRound(hub, place, current) !== null) ? ['answer'] : []
    }
    case 'accepted':
      return may(hub, place, signRoles) && inTime && standing[0]?.author.company === company ? ['confirm'] : []
    case 'agreed':
      return may(hub, place, signRoles) && inTime && !verified && confirmed?.author.company !== company
        ? ['verify']
        : []
    case 'verified':
      return may(hub, place, [...offerRoles, ...signRoles]) ? ['finalise'] : []
    case 'finalized':
    case 'terminated':
      return []
  }
}

/** What a negotiation asks of this person today, with its date; null: nothing. */
export function negotiationNeed(
  hub: Hub,
  artifact: string,
): { readonly ask: NegotiationAsk; readonly on: IsoDate | null } | null {
  const place = negotiationPlace(hub, artifact)
  const { current } = negotiationState(hub, place)
  const [ask] = current ? negotiationAsks(hub, place, current) : []
  if (!current || !ask) return null
  const { answerBy, settleBy } = current.content
  const now = hub.context.clock.now()
  const on = ask === 'finalise' ? null : ask === 'offer' || (ask === 'answer' && now <= answerBy) ? answerBy : settleBy
  return { ask, on: on === null ? null : dateOf(on) }
}
