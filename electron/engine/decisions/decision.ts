import type { Affected } from '#shared/decisions/draft.ts'
import type { DecisionFact } from '#shared/decisions/facts.ts'
import { decisionState, type DecisionState, type Round } from '#shared/decisions/state.ts'
import type { ChangeEvent } from '#shared/artifacts/change-event.ts'
import type { ConvergenceEvent } from '#shared/artifacts/convergence-event.ts'
import type { DecisionAfterEvent } from '#shared/artifacts/decision-after-event.ts'
import type { DisputeEvent } from '#shared/artifacts/dispute-event.ts'
import { DECISION_FACTS, type DecisionEvent } from '#shared/artifacts/decision-event.ts'
import { JointGovernanceDecision } from '#shared/artifacts/joint-governance-decision.v1.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import type { RoleCertificate } from '#shared/membership/types.ts'
import { writeArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import type { Bound } from '../approvals/gate.ts'
import { record } from '../context.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import { DOCUMENT_TYPES, JOINT, titleOf } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import { writeIn } from '../workspaces/membership-steps.ts'
import { placesOfType, type Place } from './places.ts'
import { signedFacts, seenAs } from './signed-facts.ts'

/** A decision in its channel. */
export type DecisionPlace = Place
export type Fact = DecisionFact<RoleCertificate>
export type State = DecisionState<RoleCertificate>
export type DecisionRound = Round<RoleCertificate>

export const { at: decisionPlace, in: decisionPlaces } = placesOfType(
  JointGovernanceDecision.type,
  'decisions',
  'no-such-decision',
)

/** The facts about a decision, each with its hash and with what its author had seen. */
export const factsOf = ({ runtime, id }: DecisionPlace): readonly Fact[] =>
  signedFacts<DecisionEvent>(runtime, id, DECISION_FACTS)

export function stateIn(hub: Hub, place: DecisionPlace, facts = factsOf(place)): State {
  const { runtime, id } = place
  return decisionState(facts, id, {
    sha256: hashOf(hub),
    typeOf: (artifact, opening) => seenAs(runtime, artifact, opening)?.type,
    ownerOf: (opening) => seenAs(runtime, id, opening)?.owner,
  })
}

export const hashOf =
  ({ context }: Hub) =>
  (text: string): string =>
    context.paper.sha256(utf8(text))

/** The round that a window names, if it is the one that counts. @throws Refused */
export function currentRound(state: State, hash: string): DecisionRound {
  if (state.current?.hash !== hash) throw new Refused('decisions', 'round-over')
  return state.current
}

/** Documents of the channel that a topic may name. */
export const documentsBeside = ({ runtime, id }: DecisionPlace): readonly Affected[] =>
  DOCUMENT_TYPES.flatMap((type) =>
    runtime.facts
      .artifacts(type)
      .flatMap(({ id: artifact }) => (artifact === id ? [] : [{ artifact, type, title: titleOf(runtime, artifact) }])),
  )

/** What of a decision goes into the audit. */
type DecisionAct =
  | 'decision-opened'
  | 'position-approved'
  | 'position-revealed'
  | 'veto-cast'
  | 'round-closed'
  | 'decision-signed'
  | 'mediation-opened'
  | 'decision-withdrawn'
  | 'position-witnessed'
  | DecisionAfterEvent['type']

/** States one fact, with its line in the audit. `also` is kept with it in the same transaction. */
export function say(
  hub: Hub,
  { runtime, id }: DecisionPlace,
  event: DecisionEvent | DecisionAfterEvent | ConvergenceEvent | ChangeEvent | DisputeEvent,
  code: DecisionAct | ConvergenceEvent['type'] | ChangeEvent['type'] | DisputeEvent['type'],
  detail: Readonly<Record<string, string | number>> = {},
  also: () => void = () => undefined,
  bound?: Bound,
): void {
  hub.change(() => {
    hub.touch(runtime.id)
    writeIn(hub, runtime.id, [{ kind: 'event', payload: writeArtifactEvent(event) }], bound)
    also()
    const actor = code.endsWith('-witnessed') ? '' : certificateIn(hub.identity.certified).name.en
    record(hub.context, { kind: 'commitment', code, actor, subject: { id, name: titleOf(runtime, id).en }, detail })
    return undefined
  })
}

/** @throws Refused when this person's role may not act in the decision at all. */
export function mustState(hub: Hub, { runtime, id }: DecisionPlace): void {
  if (!runtime.facts.mayWrite(id, JOINT, certificateIn(hub.identity.certified)))
    throw new Refused('artifacts', 'role-may-not-write')
}

/** @throws Refused when this person may not speak for a company that decides in the round. */
export function mustApprove(hub: Hub, place: DecisionPlace, { content }: DecisionRound): void {
  mustState(hub, place)
  const { company, roles } = certificateIn(hub.identity.certified)
  if (!content.voters.some((voter) => voter.company === company)) throw new Refused('decisions', 'not-a-voter')
  if (!roles.some((role) => content.policy.approvers.includes(role))) throw new Refused('decisions', 'not-authorised')
}
