import type { DecisionFactView, DecisionView, RoundView } from '#shared/projection/decision-views.ts'
import type { RoleCertificate } from '#shared/membership/types.ts'
import { certificateIn } from '../identity/identity.ts'
import { authorView } from '../live/authors.ts'
import { JOINT, titleOf } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import { aftermathIn } from './aftermath.ts'
import { afterTrail, aftermathView, reopenedFrom } from './aftermath-view.ts'
import { asksOf } from './asks.ts'
import { decisionPlace, documentsBeside, factsOf, stateIn, type DecisionPlace, type DecisionRound, type Fact, type State } from './decision.ts' // prettier-ignore
import { openingObstacle } from './open.ts'
import { keptPosition } from './positions.ts'
import { roundDispute } from './ruled.ts'
import { computedOf, scoresOf, scoringObstacle } from './scores.ts'

/** A decision as its screen shows it. */
export function viewOf(hub: Hub, artifact: string): DecisionView {
  const place = decisionPlace(hub, artifact)
  const { runtime, id } = place
  const facts = factsOf(place)
  const state = stateIn(hub, place, facts)
  const own = hub.identity.card.company
  const members = [...runtime.members.companies.values()].filter(({ left }) => !left)
  const mayWrite = runtime.facts.mayWrite(id, JOINT, certificateIn(hub.identity.certified))
  return {
    id,
    workspace: runtime.workspace,
    channel: runtime.id,
    title: titleOf(runtime, id),
    companies: members.map(({ card }) => ({ company: card.company, name: card.name, own: card.company === own })),
    documents: documentsBeside(place).map(({ artifact: one, type, title }) => ({ id: one, type, title })),
    rounds: state.rounds.map((round) => roundView(hub, place, facts, state, round)).toReversed(),
    current: state.current?.hash ?? null,
    reopens: reopenedFrom(hub, place),
    mayOpen: mayWrite && openingObstacle(state) === undefined,
  }
}

function roundView(
  hub: Hub,
  place: DecisionPlace,
  facts: readonly Fact[],
  state: State,
  round: DecisionRound,
): RoundView {
  const { hash, content, standing, opening, now, closing, withdrawn } = round
  const clock = hub.context.clock.now()
  const by = (author: RoleCertificate) => authorView(place.runtime, author, hub.identity.card.company)
  const said = ({ author, at }: Fact) => ({ by: by(author), at })
  const after = aftermathIn(place, round)
  const counted = new Set(closing ? closing.statement.votes.counted : [])
  return {
    hash,
    content,
    standing,
    phase: clock <= content.closesAt ? 'positions' : clock <= content.revealBy ? 'showing' : 'over',
    openedBy: by(opening.author),
    openedAt: opening.at,
    reason: opening.fact.reason,
    companies: companiesOf(hub, place, facts, round),
    vetoes: now.votes.vetoes.map(({ by: fact, option, reason }) => ({ ...said(fact), option, reason })),
    tally: now.tally,
    closing: closing && {
      hash: closing.fact.fact.hash,
      ...said(closing.fact),
      counted: counted.size,
      tally: closing.statement.tally,
      outside: now.votes.counted.filter((id) => !counted.has(id)).length,
    },
    signatures: content.voters.map(({ company, name }) => {
      const signed = round.signatures.signed.get(company)
      const twice = round.signatures.twice.some((one) => one.company === company)
      return {
        company, name, own: company === hub.identity.card.company,
        state: twice ? ('twice' as const) : signed ? ('signed' as const) : ('waiting' as const),
        ...(signed ? said(signed) : { by: null, at: null }),
      } // prettier-ignore
    }),
    mediations: round.mediations.map(({ by: fact, reason, until }) => ({ ...said(fact), reason, until })),
    withdrawn: withdrawn && { ...said(withdrawn), reason: withdrawn.fact.reason },
    dispute: roundDispute(hub, place, round),
    facts: [
      ...facts
        .filter(({ fact }) => ('round' in fact ? fact.round : fact.hash) === hash)
        .map((fact) => factView(fact, by, state)),
      ...afterTrail(place, round, after, by),
    ],
    own: ownSide(hub, place, round),
    after: standing === 'final' ? aftermathView(hub, place, round, after) : null,
  }
}

const factView = (
  { id, fact, author, at }: Fact,
  by: (author: RoleCertificate) => DecisionFactView['by'],
  { refusals }: State,
): DecisionFactView => ({
  id,
  type: fact.type,
  by: by(author),
  at,
  reason: 'reason' in fact ? fact.reason : '',
  refusal: refusals.get(id) ?? null,
})

function companiesOf(
  hub: Hub,
  place: DecisionPlace,
  facts: readonly Fact[],
  { hash, content, now: { votes } }: DecisionRound,
): RoundView['companies'] {
  const own = hub.identity.card.company
  const over = hub.context.clock.now() > content.revealBy
  return content.voters.map(({ company, name, weight }) => {
    const counts = votes.positions.find((one) => one.company === company)
    const unproven = facts.find(
      ({ id, fact, author }) => author.company === company && 'round' in fact && fact.round === hash &&
        ['position-given', 'position-sealed'].includes(fact.type) && votes.refusals.get(id) === 'not-witnessed',
    ) // prettier-ignore
    const word = counts?.by ?? unproven
    const hidden = over ? ('not-shown' as const) : ('sealed' as const)
    const mine = company === own ? keptPosition(hub, place, hash) : undefined
    const given = word?.fact.type === 'position-given' ? word.fact.position : undefined
    return {
      company,
      name,
      own: company === own,
      weight,
      state: counts ? (counts.shown ? 'shown' : hidden) : unproven ? 'unproven' : 'waiting',
      position: counts?.shown ?? given ?? mine ?? null,
      by: word ? authorView(place.runtime, word.author, own) : null,
      at: word?.at ?? null,
    }
  })
}

function ownSide(hub: Hub, place: DecisionPlace, round: DecisionRound): RoundView['own'] {
  const certificate = certificateIn(hub.identity.certified)
  const { company, roles } = certificate
  const mayWrite = place.runtime.facts.mayWrite(place.id, JOINT, certificate)
  const { voters, policy } = round.content
  if (!voters.some((voter) => voter.company === company)) return null
  const scores = scoresOf(hub, place, round.hash)
  const voting = round.standing === 'voting' && hub.context.clock.now() <= round.content.closesAt
  return {
    scores,
    computed: computedOf(round, scores),
    mayScore: mayWrite && scoringObstacle(hub, place, round) === undefined,
    mayApprove: roles.some((role) => policy.approvers.includes(role)),
    mayVeto: voting && roles.some((role) => policy.vetoRoles.includes(role)),
    asks: asksOf(hub, place, round),
  }
}
