import { agreementKind } from '#shared/artifacts/agreement-kinds.ts'
import { prefillOf } from '#shared/agreement/from-outcome.ts'
import { seenBy } from '#shared/decisions/facts.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import { dateOf } from '#shared/kernel/time.ts'
import { REGISTERS, registerKey, type Plain } from '#shared/living/register.ts'
import { writeDoc } from '#shared/sync/doc-body.ts'
import { firstDraft } from '../agreements/begin.ts'
import type { ChannelRuntime, Saying } from '../channels/channel-runtime.ts'
import { say } from '../decisions/decision.ts'
import { Refused } from '../edge.ts'
import { createDocument, JOINT } from '../live/documents.ts'
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
    const plan = createDocument(hub, { channel, type: 'JointInitiativePlan.v1', title }, (id) => rollout(place.runtime, id, current, dateOf(hub.context.clock.now()))) // prettier-ignore
    say(hub, place, { type: 'outcome-finalised', artifact: place.id, negotiation, hash: outcome.hash, agreement, plan }, 'outcome-finalised') // prettier-ignore
    return undefined
  })
}

/** AR-21, as a joint plan that goes on from the outcome: why, which outcome it carries out, and a first step for each company. */
function rollout(
  runtime: ChannelRuntime,
  artifact: ArtifactId,
  { content, outcome }: OpenNegotiation,
  start: string,
): Saying | undefined {
  const client = runtime.clientOf(artifact, JOINT, 0)
  const update = runtime.edit(artifact, JOINT, (writer) => {
    const put = (set: string, record: string, values: Readonly<Record<string, Plain>>): void => {
      for (const [field, value] of Object.entries(values))
        writer.setKey(REGISTERS, registerKey(set, record, field, client), value)
    }
    const { question, benefits } = content.topic
    put('plan', 'it', {
      objectiveEn: benefits.en || question.en, objectiveAr: benefits.ar || question.ar, decision: outcome?.hash ?? '', start, currency: 'SAR',
    }) // prettier-ignore
    const steps = {
      seller: { titleEn: 'Deliver on the agreed terms', titleAr: 'التوريد بالشروط المتفق عليها' },
      buyer: { titleEn: 'Order on the agreed terms', titleAr: 'الطلب بالشروط المتفق عليها' },
    } as const
    content.parties.forEach(({ company, side }, at) => {
      put('milestones', `m${String(at + 1)}`, { ...steps[side], owner: company, start, order: `a${String(at)}` })
    })
  })
  return update && { kind: 'doc', payload: writeDoc([{ artifact, section: JOINT, replica: 0, update }]) }
}
