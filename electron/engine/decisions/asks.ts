import { dateOf, type IsoDate } from '#shared/kernel/time.ts'
import type { DecisionAsk } from '#shared/projection/decision-views.ts'
import { certificateIn } from '../identity/identity.ts'
import { JOINT } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import { reviewDue } from './aftermath.ts'
import { mayClose } from './conclude.ts'
import { decisionPlace, factsOf, stateIn, type DecisionPlace, type DecisionRound } from './decision.ts'
import { mayShow } from './positions.ts'
import { scoresOf } from './scores.ts'
import { hasSpoken } from './spoken.ts'

/** What this person can do about a round now; empty for whoever does not decide in it. */
export function asksOf(hub: Hub, place: DecisionPlace, round: DecisionRound): readonly DecisionAsk[] {
  const certificate = certificateIn(hub.identity.certified)
  const { company, roles } = certificate
  const { content, standing, hash } = round
  if (!content.voters.some((voter) => voter.company === company)) return []
  if (!place.runtime.facts.mayWrite(place.id, JOINT, certificate)) return []
  const approves = roles.some((role) => content.policy.approvers.includes(role))
  const approver = (ask: DecisionAsk): readonly DecisionAsk[] => (approves ? [ask] : [])
  switch (standing) {
    case 'voting':
      return votingAsks(hub, place, round, approves)
    case 'lists-differ':
      return approver('close')
    case 'signing':
      return round.signatures.signed.has(company) ? [] : approver('sign')
    case 'no-decision':
      return round.mediations.length === 0 ? ['mediate'] : ['revise']
    case 'split':
    case 'void':
    case 'contested':
    case 'withdrawn':
      return round.hash === hash ? ['revise'] : []
    case 'final':
      return reviewDue(hub, place, round) === null ? [] : approver('review')
    case 'overtaken':
      return []
  }
}

function votingAsks(hub: Hub, place: DecisionPlace, round: DecisionRound, approves: boolean): readonly DecisionAsk[] {
  const { content, hash, now: { votes } } = round // prettier-ignore
  const { company } = hub.identity.card
  const now = hub.context.clock.now()
  const said = hasSpoken(place, round, company)
  const shown = factsOf(place).some(
    ({ fact, author, id }) =>
      fact.type === 'position-revealed' && fact.round === hash && author.company === company &&
      ['late', 'not-witnessed', undefined].includes(votes.refusals.get(id)),
  ) // prettier-ignore
  const asks: DecisionAsk[] = []
  if (!said && now <= content.closesAt) {
    if (scoresOf(hub, place, hash).length === 0) asks.push('score')
    else if (approves) asks.push('approve')
  }
  if (content.policy.sealed && said && !shown && now <= content.revealBy && mayShow(hub, place, round)) asks.push('reveal') // prettier-ignore
  if (approves && mayClose(round, now)) asks.push('close')
  return asks
}

/** What a decision asks of this person today, with its date; null: nothing. */
export function decisionNeed(
  hub: Hub,
  artifact: string,
): { readonly ask: DecisionAsk; readonly on: IsoDate | null } | null {
  const place = decisionPlace(hub, artifact)
  const { rounds, current } = stateIn(hub, place)
  const round = current ?? rounds.at(-1)
  const [ask] = round ? asksOf(hub, place, round) : []
  if (!round || !ask) return null
  const { closesAt, revealBy } = round.content
  const until = Math.max(...round.mediations.map((one) => one.until))
  const on = {
    score: closesAt, approve: closesAt, reveal: revealBy, close: null, sign: null, mediate: null,
    revise: Number.isFinite(until) ? until : null, review: null,
  }[ask] // prettier-ignore
  const day = ask === 'review' ? reviewDue(hub, place, round) : null
  return { ask, on: on === null ? day : dateOf(on as typeof closesAt) }
}
