import type { ChangeContent } from '#shared/artifacts/change-content.ts'
import { agreementKind } from '#shared/artifacts/agreement-kinds.ts'
import { SERVICE_SCOPE } from '#shared/artifacts/scope-of-services.v1.ts'
import { between } from '#shared/living/between.ts'
import type { ArtifactId, CompanyId } from '#shared/kernel/ids.ts'
import { dateOf, type IsoDate } from '#shared/kernel/time.ts'
import { agreementPlace } from '../agreements/agreement.ts'
import { firstDraft } from '../agreements/begin.ts'
import { lifeIn, signedVersion } from '../agreements/life.ts'
import { replaceAgreement } from '../agreements/replace.ts'
import { firstPlan, type PlanOrder } from '../artifacts/first-plan.ts'
import { jointDraft } from '../channels/joint-draft.ts'
import type { ChannelRuntime, Saying } from '../channels/channel-runtime.ts'
import { say } from '../decisions/decision.ts'
import { Refused } from '../edge.ts'
import { createDocument, JOINT } from '../live/documents.ts'
import { writeIn } from '../workspaces/membership-steps.ts'
import type { Hub } from '../workspaces/hub.ts'
import { changePlace, mustActOn, openChange } from './place.ts'

/**
 * Makes the drafts that a signed change becomes, and names them: the scope of services that it amends, taken over from the one in
 * force where the change names it, and a plan of its delivery. @throws Refused
 */
export function finaliseChange(hub: Hub, artifact: string, change: string): void {
  const place = changePlace(hub, artifact)
  const { content, outcome, stage } = openChange(hub, place, change)
  mustActOn(hub, place, content, [...content.policy.verdictRoles, ...content.policy.signRoles])
  if (stage === 'final') throw new Refused('changes', 'duplicate')
  if (stage !== 'approved' || !outcome) throw new Refused('changes', 'not-approved')
  const { runtime } = place
  const today = dateOf(hub.context.clock.now())
  const { title } = content.topic
  hub.change(() => {
    const scope = scopeDraft(hub, runtime, content)
    const amended = amendment(runtime, scope, content, outcome.hash, today)
    if (amended) writeIn(hub, runtime.id, [amended])
    const plan = createDocument(hub, { channel: runtime.id, type: 'JointInitiativePlan.v1', title }, (id) => firstPlan(runtime, id, deliveryOf(content, outcome.hash, today))) // prettier-ignore
    say(hub, place, { type: 'change-finalised', artifact: place.id, change, hash: outcome.hash, scope, plan }, 'change-finalised') // prettier-ignore
    return undefined
  })
}

/** A draft that takes the place of the scope in force, or a first one where none that is named can be replaced. */
function scopeDraft(hub: Hub, runtime: ChannelRuntime, { topic, parties }: ChangeContent): ArtifactId {
  const { type } = SERVICE_SCOPE
  for (const { artifact } of topic.affected.filter((one) => one.type === type)) {
    const place = agreementPlace(hub, artifact)
    const version = signedVersion(hub, place)
    const life = version && lifeIn(hub, place, version)
    if (life && life.replacements.length === 0 && life.state !== 'ended')
      return replaceAgreement(hub, artifact, type, place.runtime.facts.eventsOf(artifact, 'artifact-created').at(0)?.fact.title ?? topic.title) // prettier-ignore
  }
  const kind = agreementKind(type)
  if (!kind) throw new Error(`no agreement ${type}`)
  const roles = new Map<CompanyId, string>(parties.map(({ company, side }) => [company, side]))
  const agreed = { terms: {}, tables: {}, clause: null, roles }
  return createDocument(hub, { channel: runtime.id, type, title: topic.title }, (id) => firstDraft(hub, runtime, id, kind, topic.title, null, agreed)) // prettier-ignore
}

/**
 * The change in words before the other clauses, and its line in the log of changes, as records of its own: a scope that is taken over
 * carries those of earlier changes.
 */
function amendment(
  runtime: ChannelRuntime,
  scope: ArtifactId,
  { topic, changes }: ChangeContent,
  outcome: string,
  on: IsoDate,
): Saying | undefined {
  const said = (language: 'en' | 'ar'): string =>
    changes.map(({ place, text }) => `${place[language]}: ${text[language]}`).join('\n')
  const { number } = topic
  const registers = runtime.read(scope, JOINT).registers()
  const orders = (set: string): readonly string[] =>
    registers.flatMap((one) => (one.set === set && one.field === 'order' && typeof one.value === 'string' ? [one.value] : [])).toSorted() // prettier-ignore
  return jointDraft(runtime, scope, (put) => {
    put('clauses', `c${outcome.slice(0, 16)}`, {
      headingEn: `Change ${number}`,
      headingAr: `التغيير ${number}`,
      textEn: `The parties agreed on the following change (outcome ${outcome.slice(0, 16)}):\n${said('en')}`,
      textAr: `اتفق الطرفان على التغيير الآتي (النتيجة ${outcome.slice(0, 16)}):\n${said('ar')}`,
      order: between(undefined, orders('clauses')[0]),
    })
    put('changes', `r${outcome.slice(0, 16)}`, {
      code: number,
      on,
      what: { ...topic.title },
      order: between(orders('changes').at(-1), undefined),
    })
  })
}

const STEPS = {
  client: { en: 'Accept the changed service', ar: 'قبول الخدمة بعد التغيير' },
  provider: { en: 'Deliver the changed service', ar: 'تقديم الخدمة بعد التغيير' },
} as const

/** How a plan of the delivery begins: the provider first. */
const deliveryOf = ({ topic, parties }: ChangeContent, outcome: string, start: string): PlanOrder => ({
  objective: { en: topic.benefits.en || topic.question.en, ar: topic.benefits.ar || topic.question.ar },
  decision: outcome,
  start,
  steps: parties.toReversed().map(({ company, side }) => ({ owner: company, title: STEPS[side] })),
})
