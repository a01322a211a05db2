import { Refused } from '../edge.ts'
import type { Hub } from '../workspaces/hub.ts'
import { currentRound, decisionPlace, mustApprove, mustState, say, stateIn, type DecisionRound } from './decision.ts' // prettier-ignore
import { mustBeTalk } from './ruled.ts'

/** Whether a round may be closed at `now`: everybody has spoken, its time is over, or it was closed twice apart. */
export function mayClose({ standing, content, now: { votes } }: DecisionRound, now: number): boolean {
  if (standing === 'lists-differ') return true
  const end = content.policy.sealed ? content.revealBy : content.closesAt
  return standing === 'voting' && (votes.complete || now > end)
}

/** Lists what counts and what comes of it. @throws Refused while somebody may still speak */
export function close(hub: Hub, artifact: string, hash: string): void {
  const place = decisionPlace(hub, artifact)
  const round = currentRound(stateIn(hub, place), hash)
  mustApprove(hub, place, round)
  if (round.standing !== 'voting' && round.standing !== 'lists-differ') throw new Refused('decisions', 'after-close')
  if (!mayClose(round, hub.context.clock.now())) throw new Refused('decisions', 'too-early')
  const { text, hash: list, tally } = round.now
  const closed = { type: 'round-closed' as const, artifact: place.id, round: hash, hash: list, text }
  say(hub, place, closed, 'round-closed', { round: round.content.round, outcome: tally.outcome })
}

/** Signs the list and its result for the own company. Whoever signed another list of the round is kept from signing two. @throws Refused */
export function sign(hub: Hub, artifact: string, hash: string, list: string): void {
  const place = decisionPlace(hub, artifact)
  const round = currentRound(stateIn(hub, place), hash)
  mustApprove(hub, place, round)
  if (!['signing', 'no-decision', 'split'].includes(round.standing)) throw new Refused('decisions', 'nothing-to-sign')
  if (round.closing?.fact.fact.hash !== list) throw new Refused('decisions', 'changed-meanwhile')
  if (round.signatures.signed.has(hub.identity.card.company)) throw new Refused('decisions', 'already-signed')
  const { outcome } = round.closing.statement.tally
  say(hub, place, { type: 'decision-signed', artifact: place.id, round: hash, hash: list }, 'decision-signed', { outcome, hash: list }) // prettier-ignore
}

export interface MediationOrder {
  readonly round: string
  readonly reason: string
  /** The hash of what a dispute about the round came to, where that is what is recorded; null: a talk that begins now. */
  readonly outcome: string | null
}

/**
 * Calls for mediation of a round that came to nothing (GV-3), or takes up what a dispute about it came to as that mediation: the same fact,
 * so that the decision stands and is proven without the facts of a dispute. @throws Refused
 */
export function mediate(hub: Hub, artifact: string, { round: hash, reason, outcome }: MediationOrder): void {
  const place = decisionPlace(hub, artifact)
  mustState(hub, place)
  const round = currentRound(stateIn(hub, place), hash)
  if (!['no-decision', 'split', 'void'].includes(round.standing)) throw new Refused('decisions', 'nothing-to-mediate')
  if (!round.content.voters.some(({ company }) => company === hub.identity.card.company))
    throw new Refused('decisions', 'not-a-voter')
  if (outcome !== null) mustBeTalk(hub, place, round, outcome)
  const detail = outcome === null ? {} : { hash: outcome }
  say(hub, place, { type: 'mediation-opened', artifact: place.id, round: hash, reason }, 'mediation-opened', detail)
}
