import { agreementKind } from '#shared/artifacts/agreement-kinds.ts'
import { prefillOf } from '#shared/agreement/from-outcome.ts'
import { seenBy } from '#shared/decisions/facts.ts'
import { dateOf } from '#shared/kernel/time.ts'
import { firstDraft } from '../agreements/begin.ts'
import { firstPlan, type PlanOrder } from '../artifacts/first-plan.ts'
import { say } from '../decisions/decision.ts'
import { Refused } from '../edge.ts'
import { createDocument } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import { mustBe, mustSpeak, negotiationPlace, type OpenNegotiation } from './place.ts'

/** Makes the drafts that an outcome becomes, an agreement and a plan of its roll-out, and names them. @throws Refused */
export function finalise(hub: Hub, artifact: string, negotiation: string): void {
  const place = negotiationPlace(hub, artifact)
  const current = mustBe(hub, place, negotiation)
  const { content, outcome, standing, offers, stage } = current
  mustSpeak(hub, place, current, [...content.policy.offerRoles, ...content.policy.signRoles])
  if (stage === 'finalized') throw new Refused('convergence', 'duplicate')
  const [offer] = standing
  if (stage !== 'verified' || !outcome || !offer) throw new Refused('convergence', 'not-verified')
  const kind = agreementKind(content.agreement)
  if (!kind) throw new Error(`no agreement ${content.agreement}`)
  const tradeOffs = [...seenBy(offers, offer), offer].flatMap(({ fact, author }) =>
    fact.tradeOffs.map(({ given, received }) => ({ company: author.company, given, received })),
  )
  const agreed = prefillOf(kind, content, { values: offer.fact.values, tradeOffs, hash: outcome.hash })
  const { title } = content.topic
  hub.change(() => {
    const channel = place.runtime.id
    const agreement = createDocument(hub, { channel, type: content.agreement, title }, (id) => firstDraft(hub, place.runtime, id, kind, title, null, agreed)) // prettier-ignore
    const plan = createDocument(hub, { channel, type: 'JointInitiativePlan.v1', title }, (id) => firstPlan(place.runtime, id, rolloutOf(current, dateOf(hub.context.clock.now())))) // prettier-ignore
    say(hub, place, { type: 'outcome-finalised', artifact: place.id, negotiation, hash: outcome.hash, agreement, plan }, 'outcome-finalised') // prettier-ignore
    return undefined
  })
}

const STEPS = {
  seller: { en: 'Deliver on the agreed terms', ar: 'التوريد بالشروط المتفق عليها' },
  buyer: { en: 'Order on the agreed terms', ar: 'الطلب بالشروط المتفق عليها' },
} as const

/** How a plan of the roll-out begins. */
const rolloutOf = ({ content, outcome }: OpenNegotiation, start: string): PlanOrder => {
  const { question, benefits } = content.topic
  return {
    objective: { en: benefits.en || question.en, ar: benefits.ar || question.ar },
    decision: outcome?.hash ?? '',
    start,
    steps: content.parties.map(({ company, side }) => ({ owner: company, title: STEPS[side] })),
  }
}
