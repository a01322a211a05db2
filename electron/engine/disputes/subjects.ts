import { agreementKind } from '#shared/artifacts/agreement-kinds.ts'
import { ChangeRequest } from '#shared/artifacts/change-request.v1.ts'
import { CoordinationTopic } from '#shared/artifacts/coordination-topic.v1.ts'
import { JointGovernanceDecision } from '#shared/artifacts/joint-governance-decision.v1.ts'
import { JointInitiativePlan } from '#shared/artifacts/joint-initiative-plan.v1.ts'
import { StandardsDoc } from '#shared/artifacts/standards-doc.v1.ts'
import { USUAL_PATH } from '#shared/disputes/path.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import type { DisputeChoices, DisputeSubjectView } from '#shared/projection/dispute-views.ts'
import { signedVersion } from '../agreements/life.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import { stateIn } from '../decisions/decision.ts'
import { negotiationState } from '../convergence/place.ts'
import { titleOf } from '../live/documents.ts'
import { changeIn } from '../service-changes/place.ts'
import type { Hub } from '../workspaces/hub.ts'
import { agreedPathsIn } from './agreed.ts'

type Kind = DisputeSubjectView['kind']
const KINDS: Readonly<Record<string, Kind>> = {
  [JointGovernanceDecision.type]: 'decision',
  [CoordinationTopic.type]: 'negotiation',
  [ChangeRequest.type]: 'service-change',
  [JointInitiativePlan.type]: 'plan',
  [StandardsDoc.type]: 'standard',
}
const kindOf = (type: string): Kind | undefined => KINDS[type] ?? (agreementKind(type) ? 'agreement' : undefined)

/** The text of a thing that stands now: what was signed, logged, requested or put to the vote last; null: nothing was. */
function textOf(hub: Hub, runtime: ChannelRuntime, kind: Kind, type: string, id: ArtifactId): string | null {
  const place = { runtime, id }
  const named = agreementKind(type)
  if (named) return signedVersion(hub, { ...place, kind: named })?.hash ?? null
  if (kind === 'decision') {
    const { current, rounds } = stateIn(hub, place)
    return (current ?? rounds.at(-1))?.hash ?? null
  }
  if (kind === 'negotiation') return negotiationState(hub, place).current?.hash ?? null
  return kind === 'service-change' ? (changeIn(hub, place).current?.hash ?? null) : null
}

/** What a dispute can be about in a channel. */
const subjectsIn = (hub: Hub, runtime: ChannelRuntime): readonly DisputeSubjectView[] =>
  [...runtime.facts.types()].flatMap((type) => {
    const kind = kindOf(type)
    return kind
      ? runtime.facts
          .artifacts(type)
          .map(({ id }) => ({ kind, id, hash: textOf(hub, runtime, kind, type, id), title: titleOf(runtime, id) }))
      : []
  })

export function choicesIn(hub: Hub, runtime: ChannelRuntime): DisputeChoices {
  const own = hub.identity.card.company
  const here = [...runtime.members.companies.values()].filter(({ left }) => !left)
  return {
    channel: runtime.id,
    companies: here.map(({ card: { company, name } }) => ({ company, name, own: company === own })),
    subjects: subjectsIn(hub, runtime),
    paths: agreedPathsIn(hub, runtime),
    usual: USUAL_PATH,
  }
}
