import { CHANGE_FACTS, type ChangeEvent } from '#shared/artifacts/change-event.ts'
import type { ChangeContent } from '#shared/artifacts/change-content.ts'
import { ChangeRequest } from '#shared/artifacts/change-request.v1.ts'
import { changeState, type Change, type ChangeState } from '#shared/decisions/changes.ts'
import type { ChangeFact } from '#shared/decisions/change-matters.ts'
import type { Role } from '#shared/kernel/ids.ts'
import type { RoleCertificate } from '#shared/membership/types.ts'
import { hashOf } from '../decisions/decision.ts'
import { placesOfType, type Place } from '../decisions/places.ts'
import { signedFacts, seenAs } from '../decisions/signed-facts.ts'
import { ruledOn } from '../disputes/ruled.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import { JOINT } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'

/** A change request in its channel. */
export type ChangePlace = Place
export type ChangeFacts = readonly ChangeFact<RoleCertificate>[]
export type ServiceChangeState = ChangeState<RoleCertificate>
export type OpenChange = Change<RoleCertificate>

export const { at: changePlace, in: changePlaces } = placesOfType(ChangeRequest.type, 'changes', 'no-such-change')

export const changeFacts = ({ runtime, id }: ChangePlace): ChangeFacts =>
  signedFacts<ChangeEvent>(runtime, id, CHANGE_FACTS)

export const changeIn = (hub: Hub, place: ChangePlace, facts = changeFacts(place)): ServiceChangeState =>
  changeState(facts, place.id, {
    sha256: hashOf(hub),
    typeOf: (artifact, fact) => seenAs(place.runtime, artifact, fact)?.type,
    ownerOf: (fact) => seenAs(place.runtime, place.id, fact)?.owner,
    ruledOn: (hash, parties, fact) => ruledOn(hub, place.runtime, { kind: 'service-change', id: place.id, hash }, parties, fact?.saw), // prettier-ignore
  })

/** The text that a window names, if it is the one that counts and is not over. @throws Refused */
export function openChange(hub: Hub, place: ChangePlace, hash: string): OpenChange {
  const { current } = changeIn(hub, place)
  if (current?.hash !== hash) throw new Refused('changes', 'changed-meanwhile')
  if (['withdrawn', 'void', 'ended'].includes(current.stage)) throw new Refused('changes', 'over')
  return current
}

export const mayWriteChange = (hub: Hub, { runtime, id }: ChangePlace): boolean =>
  runtime.facts.mayWrite(id, JOINT, certificateIn(hub.identity.certified))

export const hasSigned = (hub: Hub, { signatures }: Pick<OpenChange, 'signatures'>): boolean =>
  signatures.some(({ author }) => author.company === hub.identity.card.company)

/** @throws Refused when this person's role may not act on the change, or not in this way. */
export function mustActOn(
  hub: Hub,
  place: ChangePlace,
  { parties }: Pick<ChangeContent, 'parties'>,
  roles: readonly Role[],
): void {
  if (!mayWriteChange(hub, place)) throw new Refused('artifacts', 'role-may-not-write')
  const certificate = certificateIn(hub.identity.certified)
  if (!parties.some(({ company }) => company === certificate.company)) throw new Refused('changes', 'not-a-party')
  if (!certificate.roles.some((role) => roles.includes(role))) throw new Refused('changes', 'not-authorised')
}
