import type { ClauseValues } from '#shared/artifacts/convergence-content.ts'
import { say } from '../decisions/decision.ts'
import { Refused } from '../edge.ts'
import type { Hub } from '../workspaces/hub.ts'
import { boundTo } from './bound.ts'
import { mustBe, mustSpeak, negotiationPlace, type NegotiationPlace, type OpenNegotiation } from './place.ts'
import { mustBeInside } from './ranges.ts'

/** Who made the accepted offer signs what came of it. `hash`: the outcome that the person has seen. @throws Refused */
export function confirm(hub: Hub, artifact: string, negotiation: string, hash: string): void {
  const { place, current, outcome, values } = signing(hub, artifact, negotiation, hash)
  if (current.stage !== 'accepted') throw new Refused('convergence', current.confirmed ? 'duplicate' : 'not-accepted')
  if (current.standing[0]?.author.company !== hub.identity.card.company)
    throw new Refused('convergence', 'not-the-offerer')
  const { offer, text } = outcome
  const signed = { type: 'outcome-confirmed' as const, artifact: place.id, negotiation, offer, hash, text }
  say(hub, place, signed, 'outcome-confirmed', { hash }, undefined, boundTo(current.content, signed, values))
}

/** Who accepted signs the same hash, which this engine has made out of the facts itself. @throws Refused */
export function verify(hub: Hub, artifact: string, negotiation: string, hash: string): void {
  const { place, current, outcome, values } = signing(hub, artifact, negotiation, hash)
  if (!current.confirmed) throw new Refused('convergence', 'not-confirmed')
  if (current.stage !== 'agreed' || current.verified) throw new Refused('convergence', 'duplicate')
  if (current.confirmed.author.company === hub.identity.card.company) throw new Refused('convergence', 'own-offer')
  if (current.confirmed.fact.hash !== outcome.hash) throw new Refused('convergence', 'outcome-differs')
  const signed = { type: 'outcome-verified' as const, artifact: place.id, negotiation, offer: outcome.offer, hash }
  say(hub, place, signed, 'outcome-verified', { hash }, undefined, boundTo(current.content, signed, values))
}

function signing(hub: Hub, artifact: string, negotiation: string, hash: string): {
  place: NegotiationPlace
  current: OpenNegotiation
  outcome: NonNullable<OpenNegotiation['outcome']>
  values: ClauseValues
} {
  const place = negotiationPlace(hub, artifact)
  const current = mustBe(hub, place, negotiation)
  const { content, outcome, standing } = current
  mustSpeak(hub, place, current, content.policy.signRoles)
  if (!outcome) throw new Refused('convergence', 'not-accepted')
  if (outcome.hash !== hash) throw new Refused('convergence', 'changed-meanwhile')
  if (hub.context.clock.now() > content.settleBy) throw new Refused('convergence', 'late')
  const values = standing[0]?.fact.values ?? {}
  mustBeInside(hub, place, content, values)
  return { place, current, outcome, values }
} // prettier-ignore
