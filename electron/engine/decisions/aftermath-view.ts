import { finalRound } from '#shared/decisions/aftermath.ts'
import type { Aftermath } from '#shared/decisions/aftermath.ts'
import type { Plan } from '#shared/initiatives/plan.ts'
import { finishOf, standingOf } from '#shared/initiatives/schedule.ts'
import { dateOf, type IsoDate } from '#shared/kernel/time.ts'
import type { RoleCertificate } from '#shared/membership/types.ts'
import type {
  AftermathView,
  DecisionFactView,
  DecisionPlanView,
  DecisionView,
} from '#shared/projection/decision-views.ts'
import { certificateIn } from '../identity/identity.ts'
import { authorView } from '../live/authors.ts'
import { JOINT, titleOf } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import { afterFacts, figuresOf, planIn, reviewDue } from './aftermath.ts'
import { decisionPlaces, type DecisionPlace, type DecisionRound } from './decision.ts'

/** What followed a decision that all have signed, as its screen shows it. */
export function aftermathView(
  hub: Hub,
  place: DecisionPlace,
  round: DecisionRound,
  after: Aftermath<RoleCertificate>,
): AftermathView {
  const { plans, minority, reviews, standing, reopened } = after
  const today = dateOf(hub.context.clock.now())
  const own = hub.identity.card.company
  const certificate = certificateIn(hub.identity.certified)
  const { voters, policy } = round.content
  const mayAct =
    place.runtime.facts.mayWrite(place.id, JOINT, certificate) &&
    voters.some(({ company }) => company === own) &&
    certificate.roles.some((role) => policy.approvers.includes(role))
  const said = (one: (typeof minority | typeof reviews | typeof reopened)[number]) => ({
    id: one.id,
    by: authorView(place.runtime, one.author, own),
    at: one.at,
  })
  const read = plans.flatMap(({ fact }) => {
    const plan = planIn(place, fact.plan)
    return plan ? [{ id: fact.plan, plan }] : []
  })
  return {
    plans: read.map(({ id, plan }) => planView(place, id, plan, today)),
    figures: figuresOf(read.map(({ plan }) => plan), today),
    minority: minority.map((one) => ({ ...said(one), report: one.fact.report })),
    reviews: reviews
      .map((one) => {
        const { on, verdict, note, figures } = one.fact
        return { ...said(one), on, verdict, note, figures, stands: standing.includes(one) }
      })
      .toReversed(),
    reopened: reopened.map((one) => ({ ...said(one), reason: one.fact.reason, successor: one.fact.successor })),
    mayAct,
    mayReport: mayAct && finalRound(round)?.agreed.has(own) === false,
    due: reviewDue(hub, place, round, after),
  }
} // prettier-ignore

function planView(
  { runtime }: DecisionPlace,
  id: DecisionPlanView['id'],
  { milestones }: Plan,
  today: IsoDate,
): DecisionPlanView {
  const open = milestones.filter(({ doneOn }) => doneOn === null)
  return {
    id,
    title: titleOf(runtime, id),
    milestones: {
      all: milestones.length,
      done: milestones.length - open.length,
      late: open.filter((one) => standingOf(one, today) === 'late').length,
    },
    next: open.flatMap((one) => finishOf(one) ?? []).toSorted()[0] ?? null,
  }
}

/** The facts after a round, for its timeline. */
export function afterTrail(
  place: DecisionPlace,
  round: DecisionRound,
  { refusals }: Aftermath<RoleCertificate>,
  by: (author: RoleCertificate) => DecisionFactView['by'],
): readonly DecisionFactView[] {
  return afterFacts(place)
    .filter(({ fact }) => fact.round === round.hash)
    .map(({ id, fact, author, at }) => ({
      id,
      type: fact.type,
      by: by(author),
      at,
      reason: fact.type === 'decision-reopened' ? fact.reason : fact.type === 'outcome-reviewed' ? fact.note : '',
      refusal: refusals.get(id) ?? null,
    }))
}

/** The decision of the channel that names this one as putting its question again. */
export function reopenedFrom(hub: Hub, { runtime, id }: DecisionPlace): DecisionView['reopens'] {
  for (const place of decisionPlaces(hub, runtime.workspace)) {
    if (place.runtime !== runtime || place.id === id) continue
    const named = afterFacts(place).find(({ fact }) => fact.type === 'decision-reopened' && fact.successor === id)
    if (named?.fact.type === 'decision-reopened')
      return { artifact: place.id, title: titleOf(runtime, place.id), reason: named.fact.reason }
  }
  return null
}
