import {
  covers,
  ruleFor,
  warningsOf,
  type ApprovalPolicy,
  type Level,
  type Off,
  type Rule,
  type Scope,
} from '#shared/approvals/policy.ts'
import { approvingLevels, lacking, type ApprovalAnswer, type Colleague } from '#shared/approvals/request.ts'
import { publicHolidaysOf } from '#shared/commerce/calendar.ts'
import { dateOf, type IsoDate } from '#shared/kernel/time.ts'
import type { Bilingual } from '#shared/membership/types.ts'
import type { Situation } from '#shared/projection/today.ts'
import type {
  ApprovalPolicyView,
  ApprovalsView,
  ApprovalView,
  ApprovalWord,
  NeededApproval,
} from '#shared/projection/approval-views.ts'
import { internalChannel, partnerWorkspaces } from '../colleagues/internal.ts'
import { colleagueDevices } from '../colleagues/covered.ts'
import type { Hub } from '../workspaces/hub.ts'
import { genesisOf } from '../workspaces/workspace-record.ts'
import { ownColleague, scopeIn, type ApprovalNeeded } from './gate.ts'
import { maySetPolicy, policyHistory, rolesOfPeople } from './policy.ts'
import { currentPolicy, intentOf, listRequests, type ApprovalRequest } from './records.ts'
import { answerObstacle, standingIn } from './requests.ts'

export function approvalsView(hub: Hub): ApprovalsView {
  const { person } = ownColleague(hub)
  const all = listRequests(hub.context).map((request) => ({ view: viewOf(hub, request), own: request.maker.person === person }))
  const open = (view: ApprovalView): boolean => view.state === 'waiting' || view.state === 'approved'
  return {
    waiting: all.filter(({ view }) => view.mayAnswer && view.state === 'waiting').map(({ view }) => view).toSorted((one, other) => one.dueAt - other.dueAt),
    mine: all.filter(({ view, own }) => own && open(view)).map(({ view }) => view).toSorted((one, other) => one.at - other.at),
    decided: all.filter(({ view, own }) => own ? !open(view) : !(view.mayAnswer && view.state === 'waiting')).map(({ view }) => view).toSorted((one, other) => other.at - one.at),
    colleagues: colleaguesOf(hub).length > 0,
  }
} // prettier-ignore

/** What of approvals waits for this person: others' requests for their word, and their own that were approved. */
export function approvalNeeds(hub: Hub): NonNullable<Situation['approvals']> {
  const { waiting, mine } = approvalsView(hub)
  return [
    ...waiting.map(({ id, title, dueAt, overdue }) => ({
      id,
      need: overdue ? ('approval-overdue' as const) : ('give-approval' as const),
      subject: title,
      on: dateOf(dueAt),
    })),
    ...mine
      .filter(({ maySend }) => maySend)
      .map(({ id, title, expiresAt }) => ({ id, need: 'carry-out' as const, subject: title, on: dateOf(expiresAt) })),
  ]
}

function viewOf(hub: Hub, request: ApprovalRequest): ApprovalView {
  const { id, commitment, scope, amount, hash, title, workspace, workspaceName, artifact, content, note, maker, at, sentAt } = request
  const standing = standingIn(hub, request)
  const { rule, approvals, refusal, ...stands } = standing
  const own = ownColleague(hub)
  const mine = maker.person === own.person
  const runtime = hub.runtime(request.channel)
  return {
    id, commitment, scope, amount, hash, title, workspace, workspaceName, artifact, content, note, at, sentAt, mine,
    ...stands,
    artifactHere: artifact !== null && runtime?.facts.declared(artifact) !== undefined,
    maker: maker.name,
    makerRoles: maker.roles,
    levels: rule.levels,
    fourEyes: rule.fourEyes,
    approvals: approvals.map(wordOf),
    refusal: refusal && wordOf(refusal),
    next: stands.state === 'waiting' ? nextFor(hub, rule, maker, stands.missing, stands.escalated) : [],
    mayAnswer: answerObstacle(hub, request) === undefined,
    maySend: mine && stands.state === 'approved' && intentOf(hub.context, id) !== undefined,
  }
} // prettier-ignore

const wordOf = ({ by, at, reason }: ApprovalAnswer): ApprovalWord => ({ by: by.name, roles: by.roles, at, reason })

/** Who is asked: of the levels that are missing, and of the level that an overdue request goes to. */
function nextFor(hub: Hub, rule: Rule, maker: Colleague, missing: readonly Level[], escalated: boolean): readonly Bilingual[] {
  const policy = currentPolicy(hub.context)
  const asked = missing.length > 0 ? missing : approvingLevels(rule)
  const levels = escalated ? [...asked, policy.escalateTo] : asked
  return [...new Map(
    [ownColleague(hub), ...colleaguesOf(hub)]
      .filter(({ person, roles }) => person !== maker.person && levels.some((level) => covers(policy, roles, level)))
      .map(({ person, name }) => [person, name]),
  ).values()]
} // prettier-ignore

function colleaguesOf(hub: Hub): readonly Colleague[] {
  const runtime = internalChannel(hub)
  const own = ownColleague(hub)
  if (!runtime) return []
  return colleagueDevices(hub, runtime)
    .map(({ certificate: { person, name, roles } }) => ({ person, name, roles }))
    .filter(({ person }) => person !== own.person)
}

/** What was refused, for the window that asks for its approval. */
export function neededView(hub: Hub, { runtime, outgoing, code }: ApprovalNeeded): NeededApproval {
  const policy = currentPolicy(hub.context)
  const scope = scopeIn(hub, runtime) as Scope
  const { commitment, amount, title, content } = outgoing
  const rule = ruleFor(policy, scope, commitment, amount)
  const own = ownColleague(hub)
  const { missing } = lacking(policy, rule, own, [])
  const { levels, fourEyes } = rule
  return { commitment, title, scope, levels, fourEyes, content, next: nextFor(hub, rule, own, missing, false), waits: code === 'approval-waits' }
} // prettier-ignore

export function policyView(hub: Hub): ApprovalPolicyView {
  const policy = currentPolicy(hub.context)
  return {
    policy,
    mayChange: maySetPolicy(ownColleague(hub).roles),
    people: rolesOfPeople(hub),
    warnings: warningsFor(hub, policy),
    holidays: holidaysFrom(dateOf(hub.context.clock.now())),
    history: policyHistory(hub),
    workspaces: partnerWorkspaces(hub.context).flatMap((workspace) => {
      const { kind, name } = genesisOf(hub.context.crypto, workspace).founding
      return kind === 'internal' ? [] : [{ id: workspace.id, name, kind }]
    }),
  }
}
function holidaysFrom(today: IsoDate): readonly Off[] {
  const year = Number(today.slice(0, 4))
  return [year, year + 1]
    .flatMap(publicHolidaysOf)
    .flatMap(({ id, from, to }) => (id === 'ramadan' || to < today ? [] : [{ what: id, from, to }]))
}
export const warningsFor = (hub: Hub, policy: ApprovalPolicy) => warningsOf(policy, rolesOfPeople(hub))
