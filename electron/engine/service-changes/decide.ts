import { sideCompany, type Matter } from '#shared/artifacts/change-content.ts'
import type { ChangeEvent } from '#shared/artifacts/change-event.ts'
import { CATEGORY_WORDS, MATTER_WORDS, VERDICT_WORDS } from '#shared/artifacts/change-words.ts'
import { verdictRefusal } from '#shared/decisions/change-matters.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'
import { say } from '../decisions/decision.ts'
import { Refused } from '../edge.ts'
import type { Hub } from '../workspaces/hub.ts'
import { boundToWord } from './bound.ts'
import { changePlace, hasSigned, mustActOn, openChange, type ChangePlace, type OpenChange } from './place.ts'

type VerdictEvent = Extract<ChangeEvent, { type: 'matter-decided' }>
export type VerdictOrder = Pick<VerdictEvent, 'matter' | 'verdict' | 'reason' | 'category' | 'conditions'> & { readonly change: string } // prettier-ignore

/**
 * The one way in which a verdict leaves (Class B): a person whose role may says it for their company on their company's own matter.
 * Nothing of scores and context goes with it. @throws Refused
 */
export function decide(hub: Hub, artifact: string, order: VerdictOrder): void {
  const { place, current } = speaking(hub, artifact, order.change)
  const { content } = current
  const ruled = content.policy.matters.find(({ matter }) => matter === order.matter)
  if (!ruled) throw new Refused('changes', 'not-a-matter')
  if (sideCompany(content, ruled.decider) !== hub.identity.card.company) throw new Refused('changes', 'not-its-matter')
  if (hub.context.clock.now() > ruled.until) throw new Refused('changes', 'late')
  const matter = current.matters.find((one) => one.matter === order.matter)
  if (matter?.verdict || matter?.unproven) throw new Refused('changes', 'duplicate')
  const { verdict, reason, category, conditions } = order
  const said = { type: 'matter-decided' as const, artifact: place.id, change: order.change, matter: order.matter, verdict, reason: reason.trim(), category, conditions } // prettier-ignore
  const refusal = verdictRefusal(said)
  if (refusal) throw new Refused('changes', refusal)
  const bound = boundToWord(current, { ...named(order.matter), verdict: { ...VERDICT_WORDS[verdict] }, reason: said.reason, category: category && { ...CATEGORY_WORDS[category] }, conditions: conditions.map(({ text }) => text) }) // prettier-ignore
  say(hub, place, said, 'matter-decided', { matter: order.matter, verdict }, undefined, bound)
}

/** Says that a condition of the provider is met, and where one sees it. @throws Refused */
export function meetCondition(hub: Hub, artifact: string, change: string, condition: string, evidence: string): void {
  const { place, current } = speaking(hub, artifact, change)
  const { conditionsBy } = current.content.policy
  const found = conditionIn(current)
  const one = found?.conditions.find(({ id }) => id === condition)
  if (!found || !one) throw new Refused('changes', 'no-such-condition')
  if (conditionsBy !== 'either' && sideCompany(current.content, conditionsBy) !== hub.identity.card.company)
    throw new Refused('changes', 'not-its-mark')
  if (one.met) throw new Refused('changes', 'duplicate')
  mustBeInTime(hub, current)
  say(hub, place, { type: 'condition-met', artifact: place.id, change, verdict: found.verdict, condition, evidence }, 'condition-met') // prettier-ignore
}

/** The provider says that with its conditions met the change is feasible. @throws Refused */
export function confirmConditions(hub: Hub, artifact: string, change: string): void {
  const { place, current } = speaking(hub, artifact, change)
  const found = conditionIn(current)
  if (!found) throw new Refused('changes', 'no-such-condition')
  if (found.decider !== hub.identity.card.company) throw new Refused('changes', 'not-its-matter')
  if (found.conditions.some(({ met }) => !met)) throw new Refused('changes', 'conditions-open')
  if (found.confirmed) throw new Refused('changes', 'duplicate')
  mustBeInTime(hub, current)
  const met = found.conditions.map(({ text, met: mark }) => ({ condition: text, evidence: mark?.fact.evidence ?? '' }))
  const bound = boundToWord(current, { ...named('feasibility'), conditions: met })
  say(hub, place, { type: 'conditions-confirmed', artifact: place.id, change, verdict: found.verdict }, 'conditions-confirmed', {}, undefined, bound) // prettier-ignore
}

const named = (matter: Matter): Readonly<Record<string, Canonical>> => ({ matter: { ...MATTER_WORDS[matter] } })

/** The verdict that named conditions, with them; undefined: none did. */
function conditionIn({ matters }: OpenChange) {
  const found = matters.find(({ conditions }) => conditions.length > 0)
  return found?.verdict ? { ...found, verdict: found.verdict.id } : undefined
}

function speaking(hub: Hub, artifact: string, change: string): { place: ChangePlace; current: OpenChange } {
  const place = changePlace(hub, artifact)
  const current = openChange(hub, place, change)
  mustActOn(hub, place, current.content, current.content.policy.verdictRoles)
  if (current.stage === 'approved' || current.stage === 'final') throw new Refused('changes', 'over')
  if (current.stage === 'remitted') throw new Refused('changes', 'remitted')
  if (hasSigned(hub, current)) throw new Refused('changes', 'bound')
  return { place, current }
}

function mustBeInTime(hub: Hub, { content }: OpenChange): void {
  if (hub.context.clock.now() > content.signBy) throw new Refused('changes', 'late')
}
