import { bearingOf, isAmongVoters, isTalk, type RoundRuled } from '#shared/decisions/round-ruled.ts'
import { isOpen, standingAt, standingOutcome, type StandingOutcome } from '#shared/disputes/standing.ts'
import type { RoleCertificate } from '#shared/membership/types.ts'
import type { RoundDisputeView } from '#shared/projection/decision-views.ts'
import { disputesOn } from '../disputes/ruled.ts'
import { Refused } from '../edge.ts'
import type { Hub } from '../workspaces/hub.ts'
import type { DecisionPlace, DecisionRound } from './decision.ts'

type Ended = StandingOutcome<RoleCertificate>

/** Disputes about a round among those who decide in it, and what stands of them. */
function disputesOver(hub: Hub, { runtime, id }: DecisionPlace, round: DecisionRound) {
  const subject = { kind: 'decision' as const, id, hash: round.hash }
  const cases = disputesOn(hub, runtime, subject).filter(({ content }) => isAmongVoters(content, round))
  return { cases, standing: standingOutcome(cases, subject) }
}

const ruledBy = ({ case: { content }, outcome }: Ended): RoundRuled => ({
  finding: outcome.finding,
  parties: content.parties,
  words: outcome.words,
})

/** @throws Refused unless `hash` is the outcome of a dispute that stands, and is a talk about how the round ended. */
export function mustBeTalk(hub: Hub, place: DecisionPlace, round: DecisionRound, hash: string): void {
  const { standing } = disputesOver(hub, place, round)
  const stands = standing !== null && standing !== 'contested' && standing.outcome.hash === hash
  if (!stands || !isTalk(ruledBy(standing), round)) throw new Refused('decisions', 'outcome-differs')
}

/** What its screen says of disputes about a round: what one came to, or that one goes on. null: neither. */
export function roundDispute(hub: Hub, place: DecisionPlace, round: DecisionRound): RoundDisputeView | null {
  const { cases, standing } = disputesOver(hub, place, round)
  if (standing === 'contested') return { state: 'contested' }
  const ended = standing && endedView(round, standing)
  if (ended && ended.bearing !== 'before-close') return ended
  const now = hub.context.clock.now()
  const open = cases.find((one) => isOpen(standingAt(one, now)))
  if (!open) return ended
  return { state: 'going-on', id: open.content.artifact, dispute: open.hash, until: standingAt(open, now).until }
}

function endedView(round: DecisionRound, ended: Ended): Extract<RoundDisputeView, { state: 'ended' }> | null {
  const ruled = ruledBy(ended)
  const bearing = bearingOf(ruled, round)
  if (bearing === null) return null
  const { content, opening, hash } = ended.case
  const { kind, finding, terms, at, hash: outcome } = ended.outcome
  const isOpener = ({ company }: { readonly company: string }): boolean => company === opening.author.company
  return {
    state: 'ended',
    id: content.artifact,
    dispute: hash,
    kind, finding, terms, at, outcome, bearing,
    opener: content.parties.find(isOpener)?.name ?? opening.author.name,
    outside: round.content.voters
      .filter(({ company }) => !content.parties.some((party) => party.company === company))
      .map(({ name }) => name),
  } // prettier-ignore
}
