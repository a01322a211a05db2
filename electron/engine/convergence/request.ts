import { writeConvergence } from '#shared/artifacts/convergence-content.ts'
import { freezeTopic, readTopicDraft, topicGates } from '#shared/decisions/convergence-draft.ts'
import { documentsBeside, hashOf, say } from '../decisions/decision.ts'
import { Refused } from '../edge.ts'
import { JOINT } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import { boundToRequest } from './bound.ts'
import { mayNegotiate, mustBe, mustSpeak, negotiationPlace, negotiationState } from './place.ts'

/** Freezes the draft as what is negotiated. @throws Refused */
export function request(hub: Hub, artifact: string): void {
  const place = negotiationPlace(hub, artifact)
  const { runtime, id } = place
  if (!mayNegotiate(hub, place)) throw new Refused('artifacts', 'role-may-not-write')
  if (negotiationState(hub, place).current) throw new Refused('convergence', 'already-requested')
  const draft = readTopicDraft(runtime.read(id, JOINT).registers())
  const [gate] = topicGates(draft, hub.context.clock.now())
  if (gate) throw new Refused('convergence', gate)
  const affected = documentsBeside(place).filter((one) => draft.affected.some(({ values }) => values.artifact === one.artifact)) // prettier-ignore
  const content = freezeTopic(draft, id, affected)
  if (content.parties.some(({ company }) => runtime.members.companies.get(company)?.left !== false))
    throw new Refused('convergence', 'party-not-here')
  if (!content.parties.some(({ company }) => company === runtime.facts.declared(id)?.owner))
    throw new Refused('convergence', 'owner-left-out')
  mustSpeak(hub, place, { content }, [...content.policy.offerRoles, ...content.policy.signRoles])
  const text = writeConvergence(content)
  const requested = { type: 'negotiation-requested' as const, artifact: id, hash: hashOf(hub)(text), text }
  say(hub, place, requested, 'negotiation-requested', {}, undefined, boundToRequest(content, requested.hash))
}

/** Ends a negotiation without an outcome, with the reason for the other company to read. Whoever has signed cannot. @throws Refused */
export function end(hub: Hub, artifact: string, hash: string, reason: string): void {
  const place = negotiationPlace(hub, artifact)
  const current = mustBe(hub, place, hash)
  const { offerRoles, signRoles } = current.content.policy
  mustSpeak(hub, place, current, [...offerRoles, ...signRoles])
  if (['verified', 'finalized', 'terminated'].includes(current.stage)) throw new Refused('convergence', 'over')
  const { company } = hub.identity.card
  if ([current.accepted, current.confirmed].some((signed) => signed?.author.company === company))
    throw new Refused('convergence', 'bound')
  say(hub, place, { type: 'negotiation-ended', artifact: place.id, negotiation: hash, reason }, 'negotiation-ended')
}
