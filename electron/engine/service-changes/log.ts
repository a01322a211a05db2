import { writeChange } from '#shared/artifacts/change-content.ts'
import { changeGates, freezeChange, readChangeDraft } from '#shared/decisions/change-draft.ts'
import { documentsBeside, hashOf, say } from '../decisions/decision.ts'
import { Refused } from '../edge.ts'
import { JOINT } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import { boundToText } from './bound.ts'
import { changeIn, changePlace, hasSigned, mayWriteChange, mustActOn, openChange } from './place.ts'

/**
 * Freezes the draft as the text that is decided on. `revises`: the hash of the text that the person had in view; null: the first, or
 * several that contest each other. @throws Refused
 */
export function logChange(hub: Hub, artifact: string, revises: string | null): void {
  const place = changePlace(hub, artifact)
  const { runtime, id } = place
  if (!mayWriteChange(hub, place)) throw new Refused('artifacts', 'role-may-not-write')
  const { current, contested, withdrawn, texts } = changeIn(hub, place)
  if ((current?.hash ?? null) !== revises) throw new Refused('changes', 'changed-meanwhile')
  if (withdrawn || (current && ['approved', 'final', 'void', 'ended'].includes(current.stage))) throw new Refused('changes', 'over') // prettier-ignore
  // A text that was sent back binds nobody who had signed it.
  if (current && current.stage !== 'remitted' && hasSigned(hub, current)) throw new Refused('changes', 'bound')
  const draft = readChangeDraft(runtime.read(id, JOINT).registers())
  const [gate] = changeGates(draft)
  if (gate) throw new Refused('changes', gate)
  const affected = documentsBeside(place).filter((one) => draft.affected.some(({ values }) => values.artifact === one.artifact)) // prettier-ignore
  const open = current ? [current.logged] : contested
  const most = Math.max(0, ...texts.filter(({ logged }) => open.includes(logged)).map(({ content }) => content.revision)) // prettier-ignore
  const revision = { artifact: id, revision: most + 1, previous: open[0]?.fact.hash ?? null }
  const content = freezeChange(draft, revision, affected, hub.context.clock.now())
  if (content.parties.some(({ company }) => runtime.members.companies.get(company)?.left !== false))
    throw new Refused('changes', 'party-not-here')
  const [before] = texts.filter(({ logged }) => logged.fact.hash === revision.previous)
  if (
    before?.content.parties.some(
      ({ company, side }) => !content.parties.some((one) => one.company === company && one.side === side),
    )
  )
    // prettier-ignore
    throw new Refused('changes', 'parties-differ')
  if (!content.parties.some(({ company }) => company === runtime.facts.declared(id)?.owner))
    throw new Refused('changes', 'owner-left-out')
  mustActOn(hub, place, content, [...content.policy.verdictRoles, ...content.policy.signRoles])
  const text = writeChange(content)
  const logged = { type: 'change-logged' as const, artifact: id, hash: hashOf(hub)(text), text }
  say(hub, place, logged, 'change-logged', { revision: content.revision }, undefined, boundToText(content, logged.hash))
}

/** Ends a change request without an outcome, with the reason for the other company to read. Whoever has signed cannot. @throws Refused */
export function withdrawChange(hub: Hub, artifact: string, change: string, reason: string): void {
  const place = changePlace(hub, artifact)
  const current = openChange(hub, place, change)
  const { content, stage } = current
  mustActOn(hub, place, content, [...content.policy.verdictRoles, ...content.policy.signRoles])
  if (stage === 'approved' || stage === 'final') throw new Refused('changes', 'over')
  if (stage !== 'remitted' && hasSigned(hub, current)) throw new Refused('changes', 'bound')
  say(hub, place, { type: 'change-withdrawn', artifact: place.id, change, reason }, 'change-withdrawn')
}
