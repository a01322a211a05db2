import { ChangeRequest } from '#shared/artifacts/change-request.v1.ts'
import { CoordinationTopic } from '#shared/artifacts/coordination-topic.v1.ts'
import { JointGovernanceDecision } from '#shared/artifacts/joint-governance-decision.v1.ts'
import { changeSource, decisionSource, negotiationSource } from '#shared/contradictions/outcome-source.ts'
import type { Source } from '#shared/contradictions/source.ts'
import { SERVICE_SCOPE } from '#shared/artifacts/scope-of-services.v1.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import { negotiationState, type NegotiationPlace } from '../convergence/place.ts'
import { aftermathIn } from '../decisions/aftermath.ts'
import { stateIn, type DecisionPlace } from '../decisions/decision.ts'
import { changeIn, type ChangePlace } from '../service-changes/place.ts'
import type { Hub } from '../workspaces/hub.ts'
import { docOf } from './doc.ts'

/** What all have signed in a channel: decisions, negotiations and changes of a service, with what each became. */
export const outcomeSources = (hub: Hub, runtime: ChannelRuntime): readonly Source[] => [
  ...runtime.facts.artifacts(JointGovernanceDecision.type).flatMap(({ id }) => decided(hub, { runtime, id })),
  ...runtime.facts.artifacts(CoordinationTopic.type).flatMap(({ id }) => negotiated(hub, { runtime, id })),
  ...runtime.facts.artifacts(ChangeRequest.type).flatMap(({ id }) => changed(hub, { runtime, id })),
]

function decided(hub: Hub, place: DecisionPlace): readonly Source[] {
  const { current } = stateIn(hub, place)
  if (current?.standing !== 'final') return []
  const { hash, content } = current
  const plans = aftermathIn(place, current).plans.map(({ fact }) => fact.plan)
  return [decisionSource(docOf(place.runtime, place.id, JointGovernanceDecision.type), hash, content.after?.reviewOn ?? null, plans)] // prettier-ignore
}

function negotiated(hub: Hub, place: NegotiationPlace): readonly Source[] {
  const { current } = negotiationState(hub, place)
  const offer = current?.standing[0]
  if (!current?.outcome || !offer || !['verified', 'finalized'].includes(current.stage)) return []
  const became = {
    agreements: current.became.map(({ fact }) => fact.agreement),
    plans: current.became.map(({ fact }) => fact.plan),
  }
  return [negotiationSource(docOf(place.runtime, place.id, CoordinationTopic.type), current.outcome.hash, current.content, offer.fact.values, became)] // prettier-ignore
}

function changed(hub: Hub, place: ChangePlace): readonly Source[] {
  const { current } = changeIn(hub, place)
  if (!current?.outcome || !['approved', 'final'].includes(current.stage)) return []
  const { number, neededBy, affected } = current.content.topic
  const scopes = affected.filter(({ type }) => type === SERVICE_SCOPE.type).map(({ artifact }) => artifact)
  const became = {
    agreements: current.became.map(({ fact }) => fact.scope),
    plans: current.became.map(({ fact }) => fact.plan),
  }
  return [changeSource(docOf(place.runtime, place.id, ChangeRequest.type), current.outcome.hash, { number, neededBy, scopes }, became)] // prettier-ignore
}
