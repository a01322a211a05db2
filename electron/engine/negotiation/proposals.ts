import { proposalsOf, subjectOf, type Proposal } from '#shared/agreement/proposals.ts'
import { obstacleOf, sameStanding, standingOf, writesOf, type Standing } from '#shared/agreement/proposed-change.ts'
import { writeArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import type { MoveChange, ProposedChange } from '#shared/artifacts/negotiation-event.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'
import { REGISTERS } from '#shared/living/register.ts'
import { removeRecord, setField } from '#shared/living/write.ts'
import type { RoleCertificate } from '#shared/membership/types.ts'
import type { ProposalView } from '#shared/projection/negotiation-views.ts'
import { writeDoc } from '#shared/sync/doc-body.ts'
import { agreementPlace, draftOf, type Place } from '../agreements/agreement.ts'
import { mustEdit } from '../agreements/freeze.ts'
import type { Bound } from '../approvals/gate.ts'
import type { Saying } from '../channels/channel-runtime.ts'
import { newId, record } from '../context.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import { authorView } from '../live/authors.ts'
import { JOINT, titleOf } from '../live/documents.ts'
import type { Hub } from '../workspaces/hub.ts'
import { writeIn } from '../workspaces/membership-steps.ts'

type Fact = Parameters<typeof writeArtifactEvent>[0]
type Word = Extract<Fact, { type: 'change-proposed' }>['word']

/** Every proposal of an agreement with its answers, latest first. */
export function proposalViews(hub: Hub, artifact: string): readonly ProposalView[] {
  const place = agreementPlace(hub, artifact)
  const own = hub.identity.card.company
  const view = (by: RoleCertificate) => authorView(place.runtime, by, own)
  return proposalsIn(place)
    .map(({ by, replies, ...one }) => ({
      ...one,
      by: view(by),
      replies: replies.map((reply) => ({ ...reply, by: view(reply.by) })),
    }))
    .toReversed()
}

export const proposalsIn = ({ runtime, id }: Place): readonly Proposal<RoleCertificate>[] =>
  proposalsOf(runtime.facts.eventsAbout(id))

/** How many proposals of others wait for an answer of this company. */
export function proposalsToAnswer(hub: Hub, artifact: string): number {
  const own = hub.identity.card.company
  return proposalsIn(agreementPlace(hub, artifact)).filter(({ state, by }) => state === 'open' && by.company !== own)
    .length
}

/** One change that somebody would have, and why. */
export interface ProposalOrder {
  readonly change: ProposedChange
  readonly rationale: string
  readonly answers: string | null
  readonly word?: Word
}

/** Proposes changes, all in one step. @throws Refused when one of them names what is not there, and then none is proposed. */
export function propose(hub: Hub, artifact: string, orders: readonly ProposalOrder[]): void {
  const place = agreementPlace(hub, artifact)
  mustEdit(hub, place)
  const draft = draftOf(place)
  const known = proposalsIn(place)
  for (const { change, answers } of orders) {
    const obstacle = obstacleOf(draft, change)
    // A contradiction may be settled until the proposal is accepted.
    if (obstacle !== undefined && obstacle !== 'contradiction-open') throw new Refused('negotiation', obstacle)
    if (change.kind === 'term' && !Object.hasOwn(place.kind.terms, change.term))
      throw new Refused('negotiation', 'no-such-term')
    if (change.kind === 'clause' && !changes(change)) throw new Refused('negotiation', 'nothing-to-change')
    if (answers === null) continue
    const answered = known.find(({ id }) => id === answers)
    if (!answered) throw new Refused('negotiation', 'no-such-proposal')
    mustAnswer(hub, answered)
    if (subjectOf(answered.change) !== subjectOf(change)) throw new Refused('negotiation', 'other-subject')
  }
  const facts = orders.map(({ change, rationale, answers, word = null }): Fact => {
    const said = { artifact: place.id, proposal: newId<string>(hub.context.crypto), rationale, answers }
    return change.kind === 'move'
      ? { type: 'move-proposed', ...said, change }
      : { type: 'change-proposed', ...said, change: whole(change), word }
  })
  state(hub, place, facts, 'change-proposed', { count: facts.length })
}

/** A language that is not proposed is absent, whatever a window sends in its place. */
const whole = (change: Exclude<ProposedChange, MoveChange>): Exclude<ProposedChange, MoveChange> => {
  if (change.kind !== 'clause') return change
  const { en, ar, ...rest } = change
  return { ...rest, ...(en && { en }), ...(ar && { ar }) }
}

const changes = ({ before, en, ar }: Extract<ProposedChange, { kind: 'clause' }>): boolean =>
  !sameStanding(before, { en: en ?? before.en, ar: ar ?? before.ar })

/**
 * Takes a proposal of another company into the draft: the words, and that they were accepted, in one transaction. `seen` is what
 * stood there when the person looked. @throws Refused when it is not what stands there now
 */
export function accept(
  hub: Hub,
  artifact: string,
  order: { readonly proposal: string; readonly seen: Standing; readonly place: string | null },
): void {
  const place = agreementPlace(hub, artifact)
  mustEdit(hub, place)
  const proposal = openProposal(hub, place, order.proposal)
  const { id, change } = proposal
  const draft = draftOf(place)
  if (!sameStanding(standingOf(draft, change), order.seen)) throw new Refused('negotiation', 'changed-meanwhile')
  const obstacle = obstacleOf(draft, change)
  if (obstacle !== undefined && obstacle !== 'nothing-to-change') throw new Refused('negotiation', obstacle)
  // A clause is moved to a place among the others as they stand here.
  if (change.kind === 'move' && order.place === null) throw new Refused('negotiation', 'changed-meanwhile')
  const fact: Fact = { type: 'proposal-accepted', artifact: place.id, proposal: id }
  const bound = { content: { proposal: id, change: plain(change), seen: plain(order.seen), place: order.place } }
  state(hub, place, [fact], 'proposal-accepted', {}, () => draftSaying(place, id, change, order.place), bound)
}

/** Without what is undefined: no canonical form carries it. */
const plain = (value: unknown): Canonical => JSON.parse(JSON.stringify(value ?? null)) as Canonical

/** The words of an accepted change as this device's edit of the draft. */
function draftSaying(
  { runtime, id: artifact }: Place,
  id: string,
  change: ProposedChange,
  order: string | null,
): readonly Saying[] {
  const registers = runtime.read(artifact, JOINT).registers()
  const client = runtime.clientOf(artifact, JOINT, 0)
  const writes = writesOf(id, change).flatMap(({ set, record: at, field, value }) =>
    setField(registers, { set, record: at, client }, field, value === '' ? undefined : value),
  )
  if ((change.kind === 'insert' || change.kind === 'move') && order !== null) {
    const moved = change.kind === 'move' ? change.clause : id
    writes.push(...setField(registers, { set: 'clauses', record: moved, client }, 'order', order))
  }
  if (change.kind === 'remove')
    writes.push(...removeRecord(registers, { set: 'clauses', record: change.clause, client }))
  const update = runtime.edit(artifact, JOINT, (writer) => {
    for (const { key, value } of writes) {
      if (value === undefined) writer.removeKey(REGISTERS, key)
      else writer.setKey(REGISTERS, key, value)
    }
  })
  return update ? [{ kind: 'doc', payload: writeDoc([{ artifact, section: JOINT, replica: 0, update }]) }] : []
}

export function decline(hub: Hub, artifact: string, proposal: string, reason: string): void {
  const place = agreementPlace(hub, artifact)
  mustEdit(hub, place)
  const { id } = openProposal(hub, place, proposal)
  const fact: Fact = { type: 'proposal-declined', artifact: place.id, proposal: id, reason }
  state(hub, place, [fact], 'proposal-declined', {})
}

/** Takes back what the own company proposed and nobody has answered. */
export function withdraw(hub: Hub, artifact: string, proposal: string): void {
  const place = agreementPlace(hub, artifact)
  mustEdit(hub, place)
  const found = proposalsIn(place).find(({ id }) => id === proposal)
  if (!found) throw new Refused('negotiation', 'no-such-proposal')
  if (found.by.company !== hub.identity.card.company) throw new Refused('negotiation', 'not-your-proposal')
  if (found.state !== 'open') throw new Refused('negotiation', 'already-answered')
  state(hub, place, [{ type: 'proposal-withdrawn', artifact: place.id, proposal }], 'proposal-withdrawn', {})
}

function openProposal(hub: Hub, place: Place, proposal: string): Proposal<RoleCertificate> {
  const found = proposalsIn(place).find(({ id }) => id === proposal)
  if (!found) throw new Refused('negotiation', 'no-such-proposal')
  mustAnswer(hub, found)
  return found
}

function mustAnswer(hub: Hub, { by, state: standing }: Proposal<RoleCertificate>): void {
  if (by.company === hub.identity.card.company) throw new Refused('negotiation', 'own-proposal')
  if (standing !== 'open') throw new Refused('negotiation', 'already-answered')
}

/** States facts about an agreement, with the edit that belongs to them, and puts one line into the audit. */
export function state(
  hub: Hub,
  { runtime, id }: Place,
  facts: readonly Fact[],
  code:
    | 'change-proposed'
    | 'proposal-accepted'
    | 'proposal-declined'
    | 'proposal-withdrawn'
    | 'trade-off-recorded'
    | 'trade-off-withdrawn',
  detail: Readonly<Record<string, string | number>>,
  edit: () => readonly Saying[] = () => [],
  bound?: Bound,
): void {
  hub.change(() => {
    hub.touch(runtime.id)
    const events = facts.map((fact): Saying => ({ kind: 'event', payload: writeArtifactEvent(fact) }))
    writeIn(hub, runtime.id, [...edit(), ...events], bound)
    const actor = certificateIn(hub.identity.certified).name.en
    record(hub.context, { kind: 'update', code, actor, subject: { id, name: titleOf(runtime, id).en }, detail })
    return undefined
  })
}
