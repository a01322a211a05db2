import type { Dimension } from '#shared/artifacts/decision-content.ts'
import type { OptionPosition } from '#shared/decisions/position.ts'
import type { Role } from '#shared/kernel/ids.ts'
import type { RoleScoresView } from '#shared/projection/decision-views.ts'
import { Refused } from '../edge.ts'
import type { Hub } from '../workspaces/hub.ts'
import { currentRound, decisionPlace, mustState, stateIn, type DecisionPlace, type DecisionRound } from './decision.ts'
import { computedScores, dropSheet, sheetsIn, writeSheet, type SheetPlace, type WrittenSheet } from './score-sheets.ts'
import { hasSpoken } from './spoken.ts'

const sheetsOf = (place: DecisionPlace, text: string): SheetPlace => ({ ...place, kind: 'decision-scores', text })

/** What the roles of the own company think of a round's options. It stays in the vault: nothing here is ever written to a channel. */
export const scoresOf = (hub: Hub, place: DecisionPlace, round: string): readonly RoleScoresView[] =>
  sheetsIn<Dimension>(hub, sheetsOf(place, round))

/** What a role thinks of the options, by hand; it takes the place of what was kept for that role. @throws Refused */
export function saveScores(
  hub: Hub,
  artifact: string,
  order: WrittenSheet<Dimension> & { readonly round: string },
): void {
  const { place, round } = scored(hub, artifact, order.round)
  const ids = round.content.options.map(({ id }) => id)
  writeSheet(hub, place, ids, order, new Refused('decisions', 'options-differ'))
}

export function removeScores(hub: Hub, artifact: string, hash: string, role: Role): void {
  dropSheet(hub, scored(hub, artifact, hash).place, role)
}

/**
 * Why this company's roles cannot score a round any more; undefined while they can. Once its position is out its sheets stay as they were: they
 * say what it was made of.
 */
export function scoringObstacle(hub: Hub, place: DecisionPlace, round: DecisionRound): 'after-close' | 'not-a-voter' | 'already-given' | 'late' | undefined {
  const { company } = hub.identity.card
  if (round.standing !== 'voting') return 'after-close'
  if (!round.content.voters.some((voter) => voter.company === company)) return 'not-a-voter'
  if (hasSpoken(place, round, company)) return 'already-given'
  return hub.context.clock.now() > round.content.closesAt ? 'late' : undefined
} // prettier-ignore

/** The round that this company may score now. @throws Refused */
export function scored(hub: Hub, artifact: string, hash: string): { place: SheetPlace; round: DecisionRound } {
  const place = decisionPlace(hub, artifact)
  mustState(hub, place)
  const round = currentRound(stateIn(hub, place), hash)
  const obstacle = scoringObstacle(hub, place, round)
  if (obstacle) throw new Refused('decisions', obstacle)
  return { place: sheetsOf(place, round.hash), round }
}

/** The company's score of every option that some role has scored. */
export const computedOf = (
  { content }: Pick<DecisionRound, 'content'>,
  sheets: readonly RoleScoresView[],
): Readonly<Record<string, OptionPosition>> =>
  computedScores(
    content.policy,
    content.options.map(({ id }) => id),
    sheets,
  )
