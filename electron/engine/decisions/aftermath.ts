import { DECISION_AFTER_FACTS, MOST_FIGURES, type DecisionAfterEvent, type Figure, type Verdict } from '#shared/artifacts/decision-after-event.ts' // prettier-ignore
import { JointGovernanceDecision } from '#shared/artifacts/joint-governance-decision.v1.ts'
import { JointInitiativePlan } from '#shared/artifacts/joint-initiative-plan.v1.ts'
import { aftermathOf, type AfterFact, type Aftermath, finalRound } from '#shared/decisions/aftermath.ts'
import { decimalText } from '#shared/initiatives/decimal-text.ts'
import { kpiOf } from '#shared/initiatives/kpi.ts'
import type { Plan } from '#shared/initiatives/plan.ts'
import { readPlan } from '#shared/initiatives/read-plan.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import { addDays, dateOf, type IsoDate } from '#shared/kernel/time.ts'
import type { RoleCertificate } from '#shared/membership/types.ts'
import { firstPlan } from '../artifacts/first-plan.ts'
import { Refused } from '../edge.ts'
import { createDocument, JOINT } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import { decisionAgain } from './begin.ts'
import { decisionPlace, mustApprove, say, stateIn, type DecisionPlace, type DecisionRound } from './decision.ts'
import { signedFacts } from './signed-facts.ts'

export type AfterFactHere = AfterFact<RoleCertificate>

/** What was said after the decision, each with its hash and with what its author had seen. */
export const afterFacts = ({ runtime, id }: DecisionPlace): readonly AfterFactHere[] =>
  signedFacts<DecisionAfterEvent>(runtime, id, DECISION_AFTER_FACTS)

/** What follows `round`, the one that all have signed; null: none is. */
export const aftermathIn = (place: DecisionPlace, round: DecisionRound | null): Aftermath<RoleCertificate> =>
  aftermathOf(afterFacts(place), round && finalRound(round))

/** A joint plan as it reads now; undefined when the channel has no such document. */
export function planIn({ runtime }: DecisionPlace, plan: ArtifactId): Plan | undefined {
  if (runtime.facts.declared(plan)?.type !== JointInitiativePlan.type) return undefined
  return readPlan(runtime.read(plan, JOINT).registers())
}

/** The measures of the plans as they stand on a day: expected against actual. */
export const figuresOf = (plans: readonly Plan[], today: IsoDate): readonly Figure[] =>
  plans
    .flatMap(({ kpis, readings }) =>
      kpis.map((kpi): Figure => {
        const { readings: dated, met } = kpiOf(kpi, readings, today)
        const value = dated.findLast(({ on }) => on <= today)?.value ?? null
        const { metric, unit, baseline, target } = kpi
        return {
          metric: metric ?? '',
          unit: unit ?? '',
          baseline: decimalText(baseline),
          target: decimalText(target),
          value: decimalText(value),
          met,
        }
      }),
    )
    .slice(0, MOST_FIGURES)

/** The round that all have signed, for whoever speaks for a company in it. @throws Refused */
function mustBeFinal(hub: Hub, place: DecisionPlace, hash: string): DecisionRound {
  const { current } = stateIn(hub, place)
  if (current?.hash !== hash || current.standing !== 'final') throw new Refused('decisions', 'not-final')
  mustApprove(hub, place, current)
  return current
}

/** Makes a joint plan that carries the decision out, with a first milestone for each company, and names it. @throws Refused */
export function plan(hub: Hub, artifact: string, hash: string): void {
  const place = decisionPlace(hub, artifact)
  const { content, closing } = mustBeFinal(hub, place, hash)
  const option = content.options.find(({ id }) => id === closing?.statement.tally.option)
  const { title, question, benefits } = content.topic
  const objective = {
    en: [option?.title.en, benefits.en || question.en].filter(Boolean).join('. '),
    ar: [option?.title.ar, benefits.ar || question.ar].filter(Boolean).join('. '),
  }
  hub.change(() => {
    const made = createDocument(hub, { channel: place.runtime.id, type: JointInitiativePlan.type, title }, (id) =>
      firstPlan(place.runtime, id, {
        objective,
        decision: closing?.fact.fact.hash ?? hash,
        start: dateOf(hub.context.clock.now()),
        steps: content.voters.map(({ company }) => ({ owner: company, title: FIRST_STEP })),
      }),
    )
    say(hub, place, { type: 'decision-planned', artifact: place.id, round: hash, plan: made }, 'decision-planned')
    return undefined
  })
}
const FIRST_STEP = { en: 'First step of this company', ar: 'الخطوة الأولى لهذه الشركة' }

/** Puts on record what a company that did not say yes holds against the outcome. @throws Refused */
export function reportMinority(hub: Hub, artifact: string, hash: string, report: string): void {
  const place = decisionPlace(hub, artifact)
  const round = mustBeFinal(hub, place, hash)
  if (finalRound(round)?.agreed.has(hub.identity.card.company)) throw new Refused('decisions', 'agreed')
  say(hub, place, { type: 'minority-reported', artifact: place.id, round: hash, report }, 'minority-reported')
}

/** What a company says came of a decision, with the plans' measures as they stand. @throws Refused */
export function review(
  hub: Hub,
  artifact: string,
  { round: hash, verdict, note }: { readonly round: string; readonly verdict: Verdict; readonly note: string },
): void {
  const place = decisionPlace(hub, artifact)
  const round = mustBeFinal(hub, place, hash)
  const on = dateOf(hub.context.clock.now())
  const plans = aftermathIn(place, round).plans.flatMap(({ fact }) => planIn(place, fact.plan) ?? [])
  const figures = [...figuresOf(plans, on)]
  say(hub, place, { type: 'outcome-reviewed', artifact: place.id, round: hash, on, verdict, note, figures }, 'outcome-reviewed', { verdict }) // prettier-ignore
}

/** Puts the question again: a decision of its own, drafted out of what was decided. What was decided stands until then. @throws Refused */
export function reopen(hub: Hub, artifact: string, hash: string, reason: string): void {
  const place = decisionPlace(hub, artifact)
  const { content } = mustBeFinal(hub, place, hash)
  const { title } = content.topic
  hub.change(() => {
    const successor = createDocument(
      hub,
      { channel: place.runtime.id, type: JointGovernanceDecision.type, title },
      (id) => decisionAgain(place.runtime, id, content),
    )
    say(hub, place, { type: 'decision-reopened', artifact: place.id, round: hash, reason, successor }, 'decision-reopened') // prettier-ignore
    return undefined
  })
}

/** Days before the agreed day from which an outcome may be looked at. */
const AHEAD = 7

/** Whether the own company still has to say what came of a final round, and its day is near or past. */
export function reviewDue(
  hub: Hub,
  place: DecisionPlace,
  round: DecisionRound,
  after?: Aftermath<RoleCertificate>,
): IsoDate | null {
  const on = round.content.after?.reviewOn
  if (!on || round.standing !== 'final') return null
  const from = addDays(on, -AHEAD)
  if (dateOf(hub.context.clock.now()) < from) return null
  const said = (after ?? aftermathIn(place, round)).reviews.some(
    ({ author, fact }) => author.company === hub.identity.card.company && fact.on >= from,
  )
  return said ? null : on
}
