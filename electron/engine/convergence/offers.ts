import type { ClauseValues } from '#shared/artifacts/convergence-content.ts'
import { fitsClause } from '#shared/artifacts/convergence-content.ts'
import type { Exchange } from '#shared/artifacts/convergence-event.ts'
import { nextOffer } from '#shared/decisions/convergence-offers.ts'
import { say } from '../decisions/decision.ts'
import { Refused } from '../edge.ts'
import type { Hub } from '../workspaces/hub.ts'
import { boundTo } from './bound.ts'
import { mustBe, mustSpeak, negotiationPlace } from './place.ts'
import { mustBeInside } from './ranges.ts'

export interface OfferOrder {
  readonly negotiation: string
  /** The other company's offer that the person had in view; null: none. */
  readonly answers: string | null
  readonly values: ClauseValues
  readonly rationale: string
  readonly tradeOffs: readonly Exchange[]
}

/** Makes an offer, inside our own ranges. @throws Refused */
export function offer(hub: Hub, artifact: string, order: OfferOrder): void {
  const place = negotiationPlace(hub, artifact)
  const current = mustBe(hub, place, order.negotiation)
  const { content, stage, standing } = current
  mustSpeak(hub, place, current, content.policy.offerRoles)
  if (stage === 'terminated') throw new Refused('convergence', 'over')
  if (stage !== 'requested' && stage !== 'offered') throw new Refused('convergence', 'accepted-already')
  if (hub.context.clock.now() > content.answerBy) throw new Refused('convergence', 'late')
  const { round, answers } = nextOffer(standing, hub.identity.card.company)
  if (answers !== order.answers) throw new Refused('convergence', 'changed-meanwhile')
  if (round > content.policy.rounds) throw new Refused('convergence', 'rounds-over', { rounds: content.policy.rounds })
  const { values, rationale, tradeOffs } = order
  const named = Object.keys(values).length === content.clauses.length && content.clauses.every((one) => fitsClause(one, values[one.id])) // prettier-ignore
  const linked = tradeOffs.every(({ clause }) => clause === null || content.clauses.some(({ id }) => id === clause))
  if (!named || !linked) throw new Refused('convergence', 'clauses-differ')
  mustBeInside(hub, place, content, values)
  const made = { type: 'offer-made' as const, artifact: place.id, negotiation: current.hash, round, answers, values: { ...values }, rationale, tradeOffs: [...tradeOffs] } // prettier-ignore
  say(hub, place, made, 'offer-made', { round }, undefined, boundTo(content, made, values))
}

/** Accepts the other company's standing offer, inside our own ranges. From here on we are bound. @throws Refused */
export function accept(hub: Hub, artifact: string, negotiation: string, offered: string): void {
  const place = negotiationPlace(hub, artifact)
  const current = mustBe(hub, place, negotiation)
  const { content, stage, standing } = current
  mustSpeak(hub, place, current, content.policy.signRoles)
  if (stage === 'terminated') throw new Refused('convergence', 'over')
  if (stage !== 'requested' && stage !== 'offered') throw new Refused('convergence', 'accepted-already')
  const found = standing.find(({ id }) => id === offered)
  if (!found) throw new Refused('convergence', 'superseded')
  if (found.author.company === hub.identity.card.company) throw new Refused('convergence', 'own-offer')
  if (hub.context.clock.now() > content.settleBy) throw new Refused('convergence', 'late')
  mustBeInside(hub, place, content, found.fact.values)
  const accepted = { type: 'offer-accepted' as const, artifact: place.id, negotiation, offer: offered }
  const { round, values } = found.fact
  say(hub, place, accepted, 'offer-accepted', { round }, undefined, boundTo(content, accepted, values))
}
