import { escalation } from '#shared/decisions/changes.ts'
import type { MatterState } from '#shared/decisions/change-matters.ts'
import { isOpen, standingAt } from '#shared/disputes/standing.ts'
import type { RoleCertificate } from '#shared/membership/types.ts'
import type { ChangeFactView, ChangeTextView, ChangeView, MatterView } from '#shared/projection/change-views.ts'
import { disputesOn } from '../disputes/ruled.ts'
import { documentsBeside } from '../decisions/decision.ts'
import { authorView } from '../live/authors.ts'
import { titleOf } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import { changeAsks, changeMay, type ChangeMay } from './asks.ts'
import { changeFacts, changeIn, changePlace, mayWriteChange, type ChangeFacts, type ChangePlace, type OpenChange, type ServiceChangeState } from './place.ts' // prettier-ignore
import { changeContext, changeScores } from './scores.ts'

/** A change request as its screen shows it. What is private is in it for our own window. */
export function changeView(hub: Hub, artifact: string): ChangeView {
  const place = changePlace(hub, artifact)
  const { runtime, id } = place
  const facts = changeFacts(place)
  const state = changeIn(hub, place, facts)
  const own = hub.identity.card.company
  const members = [...runtime.members.companies.values()].filter(({ left }) => !left)
  return {
    id,
    workspace: runtime.workspace,
    channel: runtime.id,
    title: titleOf(runtime, id),
    companies: members.map(({ card }) => ({ company: card.company, name: card.name, own: card.company === own })),
    documents: documentsBeside(place).map(({ artifact: one, type, title }) => ({ id: one, type, title })),
    current: state.current && textView(hub, place, state, state.current),
    contested: state.contested.length > 1,
    mayLog: mayWriteChange(hub, place) && state.current === null && !state.withdrawn,
    facts: factViews(hub, place, facts, state),
  }
}

function textView(hub: Hub, place: ChangePlace, { withdrawn }: ServiceChangeState, current: OpenChange): ChangeTextView {
  const { hash, content, stage, logged, matters, outcome, signatures, became } = current
  const { company } = hub.identity.card
  const now = hub.context.clock.now()
  const signed = signer(hub, place)
  const may = changeMay(hub, place, current)
  const self = content.parties.find((party) => party.company === company)
  return {
    hash,
    content,
    stage,
    loggedBy: signed(logged).by,
    loggedAt: logged.at,
    matters: matters.map((matter) => matterView(hub, place, current, matter, may)),
    outcome: outcome?.hash ?? null,
    signatures: content.parties.map(({ company: of, name }) => {
      const word = signatures.find(({ author }) => author.company === of)
      return { company: of, name, own: of === company, signed: word ? signed(word) : null }
    }),
    became: became.map(({ fact: { scope, plan } }) => ({ scope, plan })),
    withdrawn: withdrawn && { ...signed(withdrawn), reason: withdrawn.fact.reason },
    escalation: escalation(current, now),
    disputes: disputesOn(hub, place.runtime, { kind: 'service-change', id: place.id, hash })
      .toSorted((left, right) => right.opening.at - left.opening.at)
      .map((one) => ({
        id: one.content.artifact,
        dispute: one.hash,
        open: isOpen(standingAt(one, now)),
        finding: one.outcome?.finding ?? null,
      })),
    lapsed: now > content.signBy && !['approved', 'final', 'withdrawn', 'void', 'remitted', 'ended'].includes(stage),
    own: self
      ? {
          company,
          side: self.side,
          asks: changeAsks(hub, place, current),
          mayMeet: may.meet,
          mayConfirm: may.confirm,
          maySign: may.sign,
          mayRevise: may.revise,
          mayWithdraw: may.withdraw,
          context: changeContext(hub, place),
          ...changeScores(hub, place, hash, content),
        }
      : null,
  }
} // prettier-ignore

const signer = (hub: Hub, { runtime }: ChangePlace) =>
  ({ author, at }: { readonly author: RoleCertificate; readonly at: MatterView['until'] }) =>
    ({ by: authorView(runtime, author, hub.identity.card.company), at }) // prettier-ignore

function matterView(hub: Hub, place: ChangePlace, { content }: OpenChange, matter: MatterState<RoleCertificate>, may: ChangeMay): MatterView {
  const { decider, verdict, unproven, until, conditions, confirmed } = matter
  const signed = signer(hub, place)
  const party = content.parties.find(({ company }) => company === decider)
  if (!party) throw new Error('a decider that is no party')
  const word = verdict ?? unproven
  return {
    matter: matter.matter,
    side: party.side,
    company: decider,
    name: party.name,
    own: decider === hub.identity.card.company,
    until,
    state: stateOf(matter, hub.context.clock.now()),
    verdict: word && { ...signed(word), said: word.fact.verdict, reason: word.fact.reason, category: word.fact.category },
    conditions: conditions.map(({ id, text, met }) => ({ id, text, met: met && { ...signed(met), evidence: met.fact.evidence } })),
    confirmed: confirmed && signed(confirmed),
    mayDecide: may.decide(matter),
  }
} // prettier-ignore

function stateOf({ settled, crossed, verdict, unproven, until, conditions }: MatterState<RoleCertificate>, now: number): MatterView['state'] {
  if (settled) return 'settled'
  if (crossed) return 'crossed'
  if (verdict) return conditions.length > 0 ? 'open' : 'refused'
  if (unproven) return 'unproven'
  return now > until ? 'overdue' : 'waiting'
} // prettier-ignore

function factViews(hub: Hub, place: ChangePlace, facts: ChangeFacts, { texts, refusals }: ServiceChangeState): readonly ChangeFactView[] {
  const signed = signer(hub, place)
  const revisions = new Map(texts.map(({ logged, content }) => [logged.fact.hash, content.revision]))
  return facts.map((one) => {
    const { id, fact } = one
    return {
      id,
      type: fact.type,
      ...signed(one),
      reason: 'reason' in fact ? fact.reason : 'evidence' in fact ? fact.evidence : '',
      matter: 'matter' in fact ? fact.matter : null,
      said: fact.type === 'matter-decided' ? fact.verdict : null,
      revision: revisions.get(fact.type === 'change-logged' ? fact.hash : fact.change) ?? null,
      refusal: refusals.get(id) ?? null,
    }
  })
} // prettier-ignore
