import { approvedText, signApproval } from '#shared/approvals/approval-word.ts'
import { boundHash } from '#shared/approvals/bound-hash.ts'
import type { ApprovalAnswer } from '#shared/approvals/request.ts'
import { standingOf } from '#shared/approvals/request.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { newId } from '../context.ts'
import { Refused } from '../edge.ts'
import type { Hub } from '../workspaces/hub.ts'
import { noteApproval, ownColleague, scopeIn, type ApprovalNeeded } from './gate.ts'
import {
  currentPolicy, intentOf, listAnswers, noteSaidHere, requestOf, saveAnswer, saveIntent, saveRequest, type ApprovalRequest, type KeptIntent,
} from './records.ts' // prettier-ignore

/** Requests of this vault that nobody asked for yet are kept in memory: most are never asked for. */
const MOST_HELD = 50

interface Held {
  readonly needed: ApprovalNeeded
  readonly intent: KeptIntent
}

/** What was refused for want of an approval, until somebody asks for one or goes away. */
export class HeldRefusals {
  readonly #held = new Map<string, Held>()

  /** Returns the token under which the window can ask. */
  hold(hub: Hub, needed: ApprovalNeeded, intent: KeptIntent): string {
    const token = newId<string>(hub.context.crypto)
    this.#held.set(token, { needed, intent })
    const [oldest] = this.#held.keys()
    if (this.#held.size > MOST_HELD && oldest !== undefined) this.#held.delete(oldest)
    return token
  }
  look(token: string): Held {
    const held = this.#held.get(token)
    if (!held) throw new Refused('approvals', 'request-forgotten')
    return held
  }
  drop(token: string): void {
    this.#held.delete(token)
  }
}

/** A person asks for the approval of exactly what was refused. */
export function ask(hub: Hub, { needed, intent }: Held, note: string): ApprovalRequest {
  const { runtime, outgoing } = needed
  const scope = scopeIn(hub, runtime)
  if (scope === 'internal') throw new Error('nothing internal asks for an approval')
  const { crypto, clock } = hub.context
  const { commitment, artifact, title, content, amount } = outgoing
  const request: ApprovalRequest = {
    id: newId<string>(crypto),
    commitment,
    scope,
    amount,
    hash: boundHash(crypto, runtime.id, outgoing),
    maker: ownColleague(hub),
    at: clock.now(),
    withdrawnAt: null,
    sentAt: null,
    workspace: runtime.workspace,
    workspaceName: runtime.members.genesis.founding.name,
    channel: runtime.id,
    artifact,
    title,
    content,
    note: note.trim(),
    version: 1,
  }
  hub.change(() => {
    saveRequest(hub.context, request)
    saveIntent(hub.context, request.id, intent)
    noteApproval(hub, request, 'approval-asked', { hash: request.hash })
    return undefined
  })
  return request
}

/** @throws Refused */
export function foundRequest(hub: Hub, id: string): ApprovalRequest {
  const request = requestOf(hub.context, id)
  if (!request) throw new Refused('approvals', 'no-such-request')
  return request
}

export const standingIn = ({ context }: Hub, request: ApprovalRequest) =>
  standingOf(currentPolicy(context), request, listAnswers(context), context.clock.now())

/** Why this person's word on a request would not count; undefined when it would. */
export function answerObstacle(hub: Hub, request: ApprovalRequest): 'not-waiting' | 'own-request' | 'not-your-level' | 'already-answered' | undefined {
  const { context } = hub
  const own = ownColleague(hub)
  const before = standingIn(hub, request)
  if (request.maker.person === own.person) return 'own-request'
  if (before.state !== 'waiting' && before.state !== 'approved') return 'not-waiting'
  if (listAnswers(context).some((one) => one.request === request.id && one.by.person === own.person)) return 'already-answered'
  const { id, hash } = request
  const word: ApprovalAnswer = { request: id, hash, verdict: 'refuse', reason: '-', by: own, at: context.clock.now() }
  const after = standingOf(currentPolicy(context), request, [...listAnswers(context), word], context.clock.now())
  return after.state === 'refused' ? undefined : 'not-your-level'
} // prettier-ignore

/** An approver's word about exactly the content that they saw. A refusal says why. @throws Refused */
export function answer(
  hub: Hub,
  order: { readonly request: string; readonly hash: string; readonly verdict: 'approve' | 'refuse'; readonly reason: string },
): void {
  const request = foundRequest(hub, order.request)
  if (request.hash !== order.hash) throw new Refused('approvals', 'content-differs')
  const obstacle = answerObstacle(hub, request)
  if (obstacle) throw new Refused('approvals', obstacle)
  const reason = order.reason.trim()
  if (order.verdict === 'refuse' && reason === '') throw new Refused('approvals', 'reason-missing')
  const { id, hash } = request
  const { verdict } = order
  const at = hub.context.clock.now()
  const word = verdict === 'approve' ? wordOn(hub, request, at) : undefined
  hub.change(() => {
    noteSaidHere(hub.context, `answer/${id}`)
    saveAnswer(hub.context, { request: id, hash, verdict, reason, by: ownColleague(hub), at, ...(word && { word }) })
    noteApproval(hub, request, verdict === 'approve' ? 'approval-given' : 'approval-refused', { hash, ...(reason && { reason }) })
    return undefined
  })
} // prettier-ignore

/** The same word in a form that the company may show to others: of a text that is closed or signed, and of nothing else. */
function wordOn(hub: Hub, request: ApprovalRequest, at: Instant): ApprovalAnswer['word'] {
  const about = approvedText(request.commitment, request.content)
  if (!about || request.artifact === null) return undefined
  const { device, certified, card } = hub.identity
  const { company } = card
  const { channel, artifact, hash: content } = request
  const word = { company, device: device.id, decision: 'approved' as const, channel, artifact, content, at, ...about }
  return { ...signApproval(hub.context.crypto, device.secret, word), certified }
}

/** The maker takes a request back. @throws Refused */
export function withdraw(hub: Hub, id: string): void {
  const request = own(hub, id)
  const { state } = standingIn(hub, request)
  if (state !== 'waiting' && state !== 'approved') throw new Refused('approvals', 'not-waiting')
  hub.change(() => {
    saveRequest(hub.context, { ...request, withdrawnAt: hub.context.clock.now(), version: request.version + 1 })
    noteApproval(hub, request, 'approval-withdrawn', { hash: request.hash })
    return undefined
  })
}

/** What the maker asked for, ready to be done once more: approved, theirs, and kept on this device. @throws Refused */
export function toCarryOut(hub: Hub, id: string): { readonly request: ApprovalRequest; readonly intent: KeptIntent } {
  const request = own(hub, id)
  if (standingIn(hub, request).state !== 'approved') throw new Refused('approvals', 'not-approved')
  const intent = intentOf(hub.context, id)
  if (!intent) throw new Refused('approvals', 'made-elsewhere')
  return { request, intent }
}

function own(hub: Hub, id: string): ApprovalRequest {
  const request = foundRequest(hub, id)
  if (request.maker.person !== ownColleague(hub).person) throw new Refused('approvals', 'not-your-request')
  return request
}
