import { JointInitiativePlan } from '#shared/artifacts/joint-initiative-plan.v1.ts'
import { readPlan } from '#shared/initiatives/read-plan.ts'
import { standingOf } from '#shared/initiatives/schedule.ts'
import type { ArtifactId, CompanyId } from '#shared/kernel/ids.ts'
import { dateOf, type Instant } from '#shared/kernel/time.ts'
import { todayView, type DocumentStanding } from '#shared/projection/today.ts'
import type { TodayView } from '#shared/projection/today-views.ts'
import { agreementKind } from '#shared/artifacts/agreement-kinds.ts'
import { JointGovernanceDecision } from '#shared/artifacts/joint-governance-decision.v1.ts'
import { ChangeRequest } from '#shared/artifacts/change-request.v1.ts'
import { CoordinationTopic } from '#shared/artifacts/coordination-topic.v1.ts'
import { changeNeed } from '../service-changes/asks.ts'
import { disputeNeeds } from '../disputes/asks.ts'
import { negotiationNeed } from '../convergence/asks.ts'
import { approvalNeeds } from '../approvals/views.ts'
import { openContradictions } from '../contradictions/contradictions.ts'
import { decisionNeed } from '../decisions/asks.ts'
import { claimsToAnswer } from '../agreements/claims.ts'
import { lifeDue } from '../agreements/life.ts'
import { askedToSign } from '../agreements/screen.ts'
import { listArtifacts, runtimeOf, viewOf } from '../artifacts/forecast-screen.ts'
import { readForecast } from '../artifacts/read-slice.ts'
import { partnerWorkspaces } from '../colleagues/internal.ts'
import { waitingShares } from '../colleagues/keep.ts'
import { listDatasets } from '../datasets/dataset.ts'
import { listDisclosures } from '../disclosures/disclosure-record.ts'
import { CapacityPlan } from '#shared/artifacts/capacity-plan.v1.ts'
import { mayWrite } from '#shared/artifacts/catalogue.ts'
import { profileOf } from '../identity/company.ts'
import { certificateIn } from '../identity/identity.ts'
import { proposalsToAnswer } from '../negotiation/proposals.ts'
import { JOINT, listDocuments } from '../live/documents.ts'
import type { Connections } from '../workspaces/connections.ts'
import type { Hub } from '../workspaces/hub.ts'
import { isAskedToRemove } from '../workspaces/depart.ts'
import { outstandingOf } from '../workspaces/views.ts'
import { genesisOf, type WorkspaceRecord } from '../workspaces/workspace-record.ts'
import { standardsDue } from '../standards/standards-due.ts'
import { stepOf } from '../dry-run/read-dry-run.ts'
import { listChanges } from './journal.ts'

/** What changed since the last visit, and what needs the person now. */
export function today(hub: Hub, connections: Connections): TodayView {
  const { context, identity } = hub
  const company = identity.card.company
  const { roles } = certificateIn(identity.certified)
  const named = (workspace: WorkspaceRecord) => ({
    workspace: workspace.id,
    name: genesisOf(context.crypto, workspace).founding.name,
  })
  const workspaces = partnerWorkspaces(context)
  const readable = listArtifacts(hub)
    .filter(({ state }) => !['withdrawn', 'expired', 'sealed', 'suspended', 'ended'].includes(state))
    .map((summary) => {
      const { runtime } = runtimeOf(hub, summary.id)
      const forecast = readForecast(runtime, summary.id, summary.revision)
      return { summary, view: forecast ? viewOf(hub, runtime, summary.id, forecast) : null }
    })
  return todayView({
    since: context.vault.records.get<Instant>('visit', 'self') ?? null,
    self: identity.person,
    company,
    changes: listChanges(context),
    forecasts: readable.map(({ summary: { id, title, mine, unopened, type }, view }) => ({
      artifact: id,
      subject: title,
      mine,
      opened: !unopened,
      mayCommit:
        !mine && type === 'SharedForecast.v1' && mayWrite(CapacityPlan.type, 'own', { company, roles }, company).ok,
      view,
    })),
    documents: listDocuments(hub).map(({ id, title, conflicts, type, mayWrite: may }) => ({
      artifact: id,
      subject: title,
      conflicts: may ? conflicts : 0,
      signatures: agreementKind(type) ? askedToSign(hub, id) : null,
      life: agreementKind(type) ? lifeDue(hub, id) : null,
      claims: agreementKind(type) ? claimsToAnswer(hub, id) : 0,
      proposals: may && agreementKind(type) ? proposalsToAnswer(hub, id) : 0,
      decision: type === JointGovernanceDecision.type ? decisionNeed(hub, id) : null,
      change: type === ChangeRequest.type ? changeNeed(hub, id) : null,
      negotiation: type === CoordinationTopic.type ? negotiationNeed(hub, id) : null,
      due: may && type === JointInitiativePlan.type ? dueIn(hub, id, company) : null,
    })),
    standards: standardsDue(hub),
    situation: {
      profileComplete: profileOf(hub).crNumber !== '',
      datasets: listDatasets(context.vault).length,
      disclosures: listDisclosures(hub).length,
      unconfirmed: workspaces
        .filter(({ side, partners, answer }) =>
          side === 'guest' ? answer?.confirmed === false : partners.some(({ confirmed }) => !confirmed),
        )
        .map(named),
      removals: workspaces.filter((workspace) => isAskedToRemove(hub, workspace)).map(named),
      shares: waitingShares(hub),
      approvals: approvalNeeds(hub),
      disputes: disputeNeeds(hub).map(({ place, found, ask, on, days }) => ({
        artifact: place.id,
        subject: found.content.subject.title,
        ask,
        count: days ?? 1,
        on,
      })),
      contradictions: openContradictions(
        hub,
        readable.flatMap(({ summary: { id }, view }) => (view ? [{ artifact: id, view }] : [])),
      ),
      dryRuns: workspaces.flatMap((workspace) => {
        const step = stepOf(hub, workspace.id)
        return step ? [{ ...named(workspace), step }] : []
      }),
      unsent: workspaces
        .filter((workspace) => !['direct', 'local', 'mailbox'].includes(connections.stateOf(workspace).state))
        .map((workspace) => ({ ...named(workspace), runs: outstandingOf(hub, workspace) })),
    },
  })
}

/** Milestones of a plan that `company` is in charge of and that are late or due soon. */
function dueIn(hub: Hub, plan: ArtifactId, company: CompanyId): DocumentStanding['due'] {
  const { milestones } = readPlan(runtimeOf(hub, plan).runtime.read(plan, JOINT).registers())
  const today = dateOf(hub.context.clock.now())
  const waiting = milestones.filter(
    (milestone) => milestone.owner === company && ['late', 'due-soon'].includes(standingOf(milestone, today)),
  )
  const [first] = waiting.flatMap(({ due }) => due ?? []).toSorted()
  return first === undefined ? null : { count: waiting.length, on: first }
}

export const markVisited = ({ context }: Hub): void => context.vault.records.put('visit', 'self', context.clock.now())
