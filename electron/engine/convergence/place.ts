import { CONVERGENCE_FACTS, type ConvergenceEvent } from '#shared/artifacts/convergence-event.ts'
import { CoordinationTopic } from '#shared/artifacts/coordination-topic.v1.ts'
import { convergenceState, type ConvergenceState, type Negotiation } from '#shared/decisions/convergence.ts'
import type { ConvergenceFact } from '#shared/decisions/convergence-offers.ts'
import type { Role } from '#shared/kernel/ids.ts'
import type { RoleCertificate } from '#shared/membership/types.ts'
import { hashOf } from '../decisions/decision.ts'
import { placesOfType, type Place } from '../decisions/places.ts'
import { signedFacts, seenAs } from '../decisions/signed-facts.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import { JOINT } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'

/** A negotiation in its channel. */
export type NegotiationPlace = Place
export type NegotiationFact = ConvergenceFact<RoleCertificate>
export type NegotiationState = ConvergenceState<RoleCertificate>
export type OpenNegotiation = Negotiation<RoleCertificate>

export const { at: negotiationPlace, in: negotiationPlaces } = placesOfType(
  CoordinationTopic.type,
  'convergence',
  'no-such-negotiation',
)

export const negotiationFacts = ({ runtime, id }: NegotiationPlace): readonly NegotiationFact[] =>
  signedFacts<ConvergenceEvent>(runtime, id, CONVERGENCE_FACTS)

export const negotiationState = (hub: Hub, place: NegotiationPlace, facts = negotiationFacts(place)): NegotiationState =>
  convergenceState(facts, place.id, {
    sha256: hashOf(hub),
    typeOf: (artifact, fact) => seenAs(place.runtime, artifact, fact)?.type,
    ownerOf: (fact) => seenAs(place.runtime, place.id, fact)?.owner,
  }) // prettier-ignore

/** The negotiation that a window names, if it is the one that counts. @throws Refused */
export function mustBe(hub: Hub, place: NegotiationPlace, hash: string): OpenNegotiation {
  const { current } = negotiationState(hub, place)
  if (current?.hash !== hash) throw new Refused('convergence', 'changed-meanwhile')
  return current
}

export const mayNegotiate = (hub: Hub, { runtime, id }: NegotiationPlace): boolean =>
  runtime.facts.mayWrite(id, JOINT, certificateIn(hub.identity.certified))

/** @throws Refused when this person's role may not act in the negotiation, or not in this way. */
export function mustSpeak(
  hub: Hub,
  place: NegotiationPlace,
  { content }: Pick<OpenNegotiation, 'content'>,
  roles: readonly Role[],
): void {
  if (!mayNegotiate(hub, place)) throw new Refused('artifacts', 'role-may-not-write')
  const certificate = certificateIn(hub.identity.certified)
  if (!content.parties.some(({ company }) => company === certificate.company)) throw new Refused('convergence', 'not-a-party') // prettier-ignore
  if (!certificate.roles.some((role) => roles.includes(role))) throw new Refused('convergence', 'not-authorised')
}
