import { DIMENSIONS } from '#shared/artifacts/decision-content.ts'
import { optionPosition, type OptionPosition, type RoleScores } from '#shared/decisions/position.ts'
import type { Role } from '#shared/kernel/ids.ts'
import type { OptionScoreView, RoleScoresView } from '#shared/projection/decision-views.ts'
import { record } from '../context.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import { titleOf } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import { currentRound, decisionPlace, mustState, stateIn, type DecisionPlace, type DecisionRound } from './decision.ts'

const KIND = 'decision-scores'

/** What the roles of the own company think of a round's options. It stays in the vault: nothing here is ever written to a channel. */
export const scoresOf = ({ context }: Hub, { id }: DecisionPlace, round: string): readonly RoleScoresView[] =>
  context.vault.records.get<readonly RoleScoresView[]>(KIND, `${id}/${round}`) ?? []

/** What a role thinks of the options, by hand; it takes the place of what was kept for that role. @throws Refused */
export function saveScores(
  hub: Hub,
  artifact: string,
  order: {
    readonly round: string
    readonly role: Role
    readonly weight: number
    readonly options: Readonly<Record<string, OptionScoreView>>
  },
): void {
  const { place, round } = scored(hub, artifact, order.round)
  const known = new Set(round.content.options.map(({ id }) => id))
  if (Object.keys(order.options).some((option) => !known.has(option))) throw new Refused('decisions', 'options-differ')
  const { role, weight, options } = order
  const sheet = { role, weight, options, by: certificateIn(hub.identity.certified).name, at: hub.context.clock.now() }
  const others = scoresOf(hub, place, round.hash).filter((one) => one.role !== role)
  keep(hub, place, round, [...others, sheet], 'scores-kept', role)
}

export function removeScores(hub: Hub, artifact: string, hash: string, role: Role): void {
  const { place, round } = scored(hub, artifact, hash)
  keep(hub, place, round, scoresOf(hub, place, hash).filter((one) => one.role !== role), 'scores-removed', role) // prettier-ignore
}

function scored(hub: Hub, artifact: string, hash: string): { place: DecisionPlace; round: DecisionRound } {
  const place = decisionPlace(hub, artifact)
  mustState(hub, place)
  const round = currentRound(stateIn(hub, place), hash)
  if (round.standing !== 'voting') throw new Refused('decisions', 'after-close')
  if (!round.content.voters.some(({ company }) => company === hub.identity.card.company))
    throw new Refused('decisions', 'not-a-voter')
  return { place, round }
}

function keep(
  hub: Hub,
  { id, runtime }: DecisionPlace,
  { hash }: DecisionRound,
  sheets: readonly RoleScoresView[],
  code: 'scores-kept' | 'scores-removed',
  role: Role,
): void {
  hub.change(() => {
    hub.context.vault.records.put(KIND, `${id}/${hash}`, sheets)
    const actor = certificateIn(hub.identity.certified).name.en
    record(hub.context, { kind: 'update', code, actor, subject: { id, name: titleOf(runtime, id).en }, detail: { role } })
    return undefined
  })
} // prettier-ignore

/** The company's score of every option that some role has scored. */
export function computedOf(
  { content }: Pick<DecisionRound, 'content'>,
  sheets: readonly RoleScoresView[],
): Readonly<Record<string, OptionPosition>> {
  const roles = sheets.map(({ role, weight, options }): RoleScores => ({
    role,
    weight,
    options: Object.fromEntries(
      Object.entries(options).map(([option, { scores }]) => [option, DIMENSIONS.every((name) => name in scores) ? [scores] : []]),
    ),
  })) // prettier-ignore
  return Object.fromEntries(
    content.options.flatMap(({ id }) => {
      const position = optionPosition(content.policy, roles, id)
      return position ? [[id, position]] : []
    }),
  )
}
