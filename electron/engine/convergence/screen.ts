import { clauseStandings } from '#shared/agreement/clause-standing.ts'
import type { NegotiationView, RequestView, SignedView } from '#shared/projection/convergence-views.ts'
import type { RoleCertificate } from '#shared/membership/types.ts'
import { documentsBeside } from '../decisions/decision.ts'
import { authorView } from '../live/authors.ts'
import { titleOf } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import { mayAccept, negotiationAsks, nextRound } from './asks.ts'
import {
  mayNegotiate, negotiationFacts, negotiationPlace, negotiationState, type NegotiationFact, type NegotiationPlace, type NegotiationState, type OpenNegotiation,
} from './place.ts' // prettier-ignore
import { rangesOf } from './ranges.ts'
import { offerScores } from './scores.ts'

/** A negotiation as its screen shows it. What is private is in it for our own window. */
export function negotiationView(hub: Hub, artifact: string): NegotiationView {
  const place = negotiationPlace(hub, artifact)
  const { runtime, id } = place
  const facts = negotiationFacts(place)
  const state = negotiationState(hub, place, facts)
  const own = hub.identity.card.company
  const members = [...runtime.members.companies.values()].filter(({ left }) => !left)
  return {
    id,
    workspace: runtime.workspace,
    channel: runtime.id,
    title: titleOf(runtime, id),
    companies: members.map(({ card }) => ({ company: card.company, name: card.name, own: card.company === own })),
    documents: documentsBeside(place).map(({ artifact: one, type, title }) => ({ id: one, type, title })),
    request: state.current && requestView(hub, place, facts, state, state.current),
    contested: state.contested.length > 1,
    mayRequest: mayNegotiate(hub, place) && state.current === null,
  }
}

function requestView(
  hub: Hub,
  place: NegotiationPlace,
  facts: readonly NegotiationFact[],
  { refusals }: NegotiationState,
  current: OpenNegotiation,
): RequestView {
  const { hash, content, stage, cause, request, standing, accepted, confirmed, verified, outcome, endings } = current
  const { company } = hub.identity.card
  const now = hub.context.clock.now()
  const by = (author: RoleCertificate) => authorView(place.runtime, author, company)
  const signed = (
    fact: { readonly author: RoleCertificate; readonly at: SignedView['at'] } | null,
  ): SignedView | null => fact && { by: by(fact.author), at: fact.at }
  const isParty = content.parties.some((party) => party.company === company)
  const ranges = isParty ? rangesOf(hub, place) : {}
  const [ending] = endings
  const asks = negotiationAsks(hub, place, current)
  return {
    hash,
    content,
    stage,
    cause,
    requestedBy: by(request.author),
    requestedAt: request.at,
    phase: now <= content.answerBy ? 'offers' : now <= content.settleBy ? 'mediation' : 'over',
    next: nextCompany(current),
    offers: current.offers.map(({ id, author, at, fact }) => ({
      id,
      by: by(author),
      at,
      round: fact.round,
      answers: fact.answers,
      values: fact.values,
      rationale: fact.rationale,
      tradeOffs: fact.tradeOffs,
      stands: standing.some((one) => one.id === id),
      accepted: accepted?.fact.offer === id,
      standing: isParty ? clauseStandings(ranges, content.clauses, fact.values) : {},
    })),
    apart: standing.length > 1,
    crossed: current.crossed,
    outcome: outcome && { hash: outcome.hash, offer: outcome.offer },
    accepted: signed(accepted),
    confirmed: signed(confirmed),
    verified: signed(verified),
    ended: stage === 'terminated' && ending ? { by: by(ending.author), at: ending.at, reason: ending.fact.reason } : null, // prettier-ignore
    became: current.became.map(({ fact: { agreement, plan } }) => ({ agreement, plan })),
    facts: facts.map(({ id, fact, author, at }) => ({
      id,
      type: fact.type,
      by: by(author),
      at,
      reason: 'reason' in fact ? fact.reason : '',
      round: 'round' in fact ? fact.round : null,
      refusal: refusals.get(id) ?? null,
    })),
    own: isParty
      ? {
          company,
          asks,
          nextRound: nextRound(hub, place, current),
          mayAccept: mayAccept(hub, place, current),
          mayEnd:
            mayNegotiate(hub, place) &&
            !['verified', 'finalized', 'terminated'].includes(stage) &&
            ![accepted, confirmed].some((word) => word?.author.company === company),
          ranges,
          scoring: offerScores(hub, place, current),
        }
      : null,
  }
}

/** Who is next; null when either may go on, or nobody has to. */
function nextCompany({ stage, standing, verified, content }: OpenNegotiation): RequestView['next'] {
  const offerers = new Set(standing.map(({ author }) => author.company))
  const other = content.parties.find(({ company }) => !offerers.has(company))?.company ?? null
  if (offerers.size !== 1) return null
  switch (stage) {
    case 'offered':
      return other
    case 'accepted':
      return standing[0]?.author.company ?? null
    case 'agreed':
      // Once it is signed, the other's engine has to show that it has it.
      return verified ? (standing[0]?.author.company ?? null) : other
    default:
      return null
  }
}
