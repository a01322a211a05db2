import type { CompanyPosition } from '#shared/artifacts/decision-content.ts'
import { withinLeeway } from '#shared/decisions/position.ts'
import { sealedText } from '#shared/decisions/votes.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import type { Hub } from '../workspaces/hub.ts'
import {
  currentRound, decisionPlace, factsOf, hashOf, mustApprove, mustState, say, stateIn, type DecisionPlace, type DecisionRound,
} from './decision.ts' // prettier-ignore
import { computedOf, scoresOf } from './scores.ts'
import { hasSpoken } from './spoken.ts'

const SEALS = 'decision-seal'
interface KeptSeal {
  readonly position: CompanyPosition
  readonly salt: string
}

/** What a person approves as their company's position. */
export interface PositionOrder {
  readonly round: string
  readonly stance: CompanyPosition['stance']
  readonly options: readonly Pick<CompanyPosition['options'][number], 'option' | 'score' | 'vote' | 'objection'>[]
  readonly rationale: string
}

/**
 * The one way in which a position leaves (Class B): a person whose role may approves what was computed of the roles' scores, moved at
 * most by what the policy allows. Nothing of the scores themselves goes with it. @throws Refused
 */
export function approve(hub: Hub, artifact: string, order: PositionOrder): void {
  const place = decisionPlace(hub, artifact)
  const round = currentRound(stateIn(hub, place), order.round)
  mustApprove(hub, place, round)
  if (round.standing !== 'voting') throw new Refused('decisions', 'after-close')
  if (hub.context.clock.now() > round.content.closesAt) throw new Refused('decisions', 'late')
  const { company } = hub.identity.card
  if (hasSpoken(place, round, company)) throw new Refused('decisions', 'already-given')
  const position = positionOf(hub, place, round, order)
  const { policy } = round.content
  const detail = { round: round.content.round, stance: position.stance }
  if (!policy.sealed) {
    const given = { type: 'position-given' as const, artifact: place.id, round: round.hash, position }
    say(hub, place, given, 'position-approved', detail)
    return
  }
  const salt = toHex(hub.context.crypto.random(32))
  const commitment = hashOf(hub)(sealedText(place.id, round.hash, company, position, salt))
  say(hub, place, { type: 'position-sealed', artifact: place.id, round: round.hash, commitment }, 'position-approved', detail, () =>
    hub.context.vault.records.put(SEALS, `${place.id}/${round.hash}`, { position, salt } satisfies KeptSeal),
    { content: { round: round.hash, position: position as unknown as Canonical } },
  ) // prettier-ignore
}

function positionOf(hub: Hub, place: DecisionPlace, round: DecisionRound, order: PositionOrder): CompanyPosition {
  const { content } = round
  const { policy } = content
  const weight = content.voters.find(({ company }) => company === hub.identity.card.company)?.weight ?? 0
  const { stance } = order
  const rationale = order.rationale.trim()
  if (stance !== 'vote') return { stance, weight, options: [], rationale }
  const computed = computedOf(round, scoresOf(hub, place, round.hash))
  const options = content.options.map(({ id }) => {
    const said = order.options.find(({ option }) => option === id)
    const own = computed[id]
    if (!said || !own) throw new Refused('decisions', 'not-scored')
    if (!withinLeeway(policy, own.score, said.score))
      throw new Refused('decisions', 'beyond-leeway', { points: policy.leeway })
    const objection = said.objection.trim()
    if (policy.kind === 'consent' && said.vote === 'no' && objection === '')
      throw new Refused('decisions', 'objection-missing')
    const { uncertainty, dissent } = own
    return { option: id, score: said.score, vote: said.vote, objection, uncertainty, dissent }
  })
  return { stance, weight, options, rationale }
}

/** The own company's position in a round, also while it is sealed to the others. */
export const keptPosition = ({ context }: Hub, { id }: DecisionPlace, round: string): CompanyPosition | undefined =>
  context.vault.records.get<KeptSeal>(SEALS, `${id}/${round}`)?.position

/** Whether sealed positions may be shown: everybody has sealed one, or nobody can any more. */
export const mayShow = (hub: Hub, place: DecisionPlace, { content, hash }: DecisionRound): boolean =>
  hub.context.clock.now() > content.closesAt ||
  content.voters.every(({ company }) =>
    factsOf(place).some(
      ({ fact, author }) => fact.type === 'position-sealed' && fact.round === hash && author.company === company,
    ),
  )

/** Shows what was sealed, as it was approved. @throws Refused */
export function reveal(hub: Hub, artifact: string, hash: string): void {
  const place = decisionPlace(hub, artifact)
  mustState(hub, place)
  const round = currentRound(stateIn(hub, place), hash)
  if (round.standing !== 'voting') throw new Refused('decisions', 'after-close')
  const kept = hub.context.vault.records.get<KeptSeal>(SEALS, `${place.id}/${hash}`)
  if (!kept) throw new Refused('decisions', 'seal-not-here')
  if (!mayShow(hub, place, round)) throw new Refused('decisions', 'too-early')
  if (hub.context.clock.now() > round.content.revealBy) throw new Refused('decisions', 'late')
  const shown = { type: 'position-revealed' as const, artifact: place.id, round: hash, ...kept }
  say(hub, place, shown, 'position-revealed', { round: round.content.round })
}

/** Stops an option, or all, with a reason, where the policy gives this person's role a veto. @throws Refused */
export function veto(
  hub: Hub,
  artifact: string,
  order: { readonly round: string; readonly option: string | null; readonly reason: string },
): void {
  const place = decisionPlace(hub, artifact)
  mustState(hub, place)
  const round = currentRound(stateIn(hub, place), order.round)
  const { company, roles } = certificateIn(hub.identity.certified)
  const { policy, voters, options, closesAt } = round.content
  if (round.standing !== 'voting') throw new Refused('decisions', 'after-close')
  if (hub.context.clock.now() > closesAt) throw new Refused('decisions', 'late')
  if (!voters.some((one) => one.company === company) || !roles.some((role) => policy.vetoRoles.includes(role)))
    throw new Refused('decisions', 'no-veto')
  const { option, reason } = order
  if (option !== null && !options.some(({ id }) => id === option)) throw new Refused('decisions', 'options-differ')
  say(hub, place, { type: 'veto-cast', artifact: place.id, round: round.hash, option, reason }, 'veto-cast')
}
