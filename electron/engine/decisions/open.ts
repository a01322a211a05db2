import { writeDecision } from '#shared/artifacts/decision-content.ts'
import { decisionGates, freezeDecision, readDecisionDraft, type Affected } from '#shared/decisions/draft.ts'
import type { RoundStanding } from '#shared/decisions/state.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import { JOINT } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import {
  currentRound, decisionPlace, documentsBeside, hashOf, mustState, say, stateIn, type DecisionPlace, type State,
} from './decision.ts' // prettier-ignore

const OVER: readonly RoundStanding[] = ['split', 'void', 'withdrawn', 'contested']

/** Why no further round may be opened; undefined when one may. */
export function openingObstacle({
  rounds,
  current,
}: State): 'final' | 'round-not-over' | 'mediation-first' | undefined {
  const last = current ?? rounds.at(-1)
  if (!last) return undefined
  if (last.standing === 'final') return 'final'
  if (last.standing === 'no-decision') return last.mediations.length > 0 ? undefined : 'mediation-first'
  return OVER.includes(last.standing) ? undefined : 'round-not-over'
}

/** Puts the draft as it stands to the vote. `reason`: what a later round changes. @throws Refused with the first gate */
export function open(hub: Hub, artifact: string, reason: string): void {
  const place = decisionPlace(hub, artifact)
  mustState(hub, place)
  const state = stateIn(hub, place)
  const obstacle = openingObstacle(state)
  if (obstacle) throw new Refused('decisions', obstacle)
  const last = state.current ?? state.rounds.at(-1)
  if (last && reason.trim() === '') throw new Refused('decisions', 'reason-missing')
  const draft = readDecisionDraft(place.runtime.read(place.id, JOINT).registers())
  const affected = affectedOf(place, draft.affected.map(({ values }) => values.artifact)) // prettier-ignore
  const standards = affected.some(({ type }) => type === 'StandardsDoc.v1')
  const [gate] = decisionGates(draft, hub.context.clock.now(), standards)
  if (gate) throw new Refused('decisions', gate)
  const { company } = certificateIn(hub.identity.certified)
  if (!draft.voters.some(({ values }) => values.company === company)) throw new Refused('decisions', 'not-a-voter')
  if (!draft.voters.some(({ values }) => values.company === place.runtime.facts.declared(place.id)?.owner))
    throw new Refused('decisions', 'owner-left-out')
  const members = place.runtime.members.companies
  if (draft.voters.some(({ values }) => !values.company || members.get(values.company)?.left !== false))
    throw new Refused('decisions', 'voter-not-here')
  const round = (last?.content.round ?? 0) + 1
  const text = writeDecision(
    freezeDecision(draft, { artifact: place.id, round, previous: last?.hash ?? null }, affected),
  )
  const hash = hashOf(hub)(text)
  say(hub, place, { type: 'decision-opened', artifact: place.id, hash, text, reason: reason.trim() }, 'decision-opened', { round, hash }) // prettier-ignore
}

/** Takes a round back before it was closed; only the company that opened it does. */
export function withdraw(hub: Hub, artifact: string, hash: string, reason: string): void {
  const place = decisionPlace(hub, artifact)
  mustState(hub, place)
  const round = currentRound(stateIn(hub, place), hash)
  if (round.standing !== 'voting') throw new Refused('decisions', 'after-close')
  if (round.opening.author.company !== hub.identity.card.company) throw new Refused('decisions', 'not-the-opener')
  say(hub, place, { type: 'decision-withdrawn', artifact: place.id, round: hash, reason }, 'decision-withdrawn')
}

const affectedOf = (place: DecisionPlace, named: readonly (string | null)[]): readonly Affected[] =>
  documentsBeside(place).filter(({ artifact }) => named.includes(artifact))
