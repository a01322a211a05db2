import {
  commitmentOf,
  commitmentOfControl,
  commitmentOfWrite,
  contentOf,
  type Commitment,
} from '#shared/approvals/commitment.ts'
import { boundHash } from '#shared/approvals/bound-hash.ts'
import { ruleFor, scopeOf, type Amount, type Level, type Rule, type Scope } from '#shared/approvals/policy.ts'
import { lacking, standingOf, type Colleague } from '#shared/approvals/request.ts'
import { readArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import { encode, type Canonical } from '#shared/kernel/canonical.ts'
import type { ArtifactId } from '#shared/kernel/ids.ts'
import { readControl } from '#shared/membership/control.ts'
import { isInternal } from '#shared/membership/workspace.ts'
import type { Bilingual } from '#shared/membership/types.ts'
import { readDoc } from '#shared/sync/doc-body.ts'
import type { ChannelRuntime, Saying } from '../channels/channel-runtime.ts'
import { record } from '../context.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import type { Hub } from '../workspaces/hub.ts'
import { currentPolicy, listAnswers, listRequests, saveRequest, type ApprovalRequest } from './records.ts'

/** What an intent adds to what it writes: the content that a person sees and approves, where the bytes alone do not say it. */
export interface Bound {
  readonly content?: Canonical
  readonly amount?: Amount
  readonly title?: Bilingual
}
/** One commitment on its way out, with all that an approval of it is bound to. */
export interface Outgoing {
  readonly commitment: Commitment
  readonly artifact: ArtifactId | null
  readonly title: Bilingual
  readonly content: Canonical
  readonly amount: Amount
}

/** A commitment that lacks an approval: the window can ask for it with what is bound here. */
export class ApprovalNeeded extends Refused {
  readonly outgoing: Outgoing
  readonly runtime: ChannelRuntime
  constructor(runtime: ChannelRuntime, outgoing: Outgoing, code: 'approval-needed' | 'approval-waits') {
    super('approvals', code)
    this.outgoing = outgoing
    this.runtime = runtime
  }
}

export const ownColleague = (hub: Hub): Colleague => {
  const { person, name, roles } = certificateIn(hub.identity.certified)
  return { person, name, roles }
}

export function scopeIn(hub: Hub, { workspace, members }: ChannelRuntime): Scope | 'internal' {
  const { kind } = members.genesis.founding
  return kind === 'internal' ? kind : scopeOf(currentPolicy(hub.context), workspace, kind)
}

/**
 * The one gate through which everything leaves that binds this company (GV-10): called for every entry, whatever intent it comes
 * of, inside the transaction that writes it. Without an approval nothing is written. @throws Refused
 */
export function passGate(hub: Hub, runtime: ChannelRuntime, sayings: readonly Saying[], bound: Bound = {}): void {
  if (isInternal(runtime.members.genesis)) return
  for (const outgoing of outgoingIn(hub, runtime, sayings, bound)) passOne(hub, runtime, outgoing)
}

/** The same before anything is prepared: who lacks an approval is told before a file is printed or an authority asked. */
export function mustPass(hub: Hub, runtime: ChannelRuntime, outgoing: Outgoing): void {
  const refusal = obstacleOf(hub, runtime, outgoing)
  if (refusal) throw new ApprovalNeeded(runtime, outgoing, refusal)
}

/** Why a commitment may not leave; undefined: it may. */
export function obstacleOf(
  hub: Hub,
  runtime: ChannelRuntime,
  outgoing: Outgoing,
): 'approval-needed' | 'approval-waits' | undefined {
  const found = clearanceOf(hub, runtime, outgoing)
  return typeof found === 'string' ? found : undefined
}

/** What lets a commitment out (the rule that the person's own role meets, or a request that was approved), or why nothing does. */
function clearanceOf(
  hub: Hub,
  runtime: ChannelRuntime,
  outgoing: Outgoing,
): { readonly rule: Rule } | { readonly request: ApprovalRequest } | 'approval-needed' | 'approval-waits' {
  const rule = ruleIn(hub, runtime, outgoing)
  if (suffices(hub, rule)) return { rule }
  const requests = requestsFor(hub, runtime, outgoing)
  const approved = requests.find(({ state }) => state === 'approved')
  if (approved) return approved
  return requests.some(({ state }) => state === 'waiting') ? 'approval-waits' : 'approval-needed'
}

/** What this person's role lacks for a commitment, before there is one; null: nothing. */
export function lackingFor(
  hub: Hub,
  runtime: ChannelRuntime,
  about: Pick<Outgoing, 'commitment' | 'amount'>,
): { readonly levels: readonly Level[]; readonly fourEyes: boolean } | null {
  const { missing, needsOther } = lackingOf(hub, ruleIn(hub, runtime, about))
  return missing.length === 0 && !needsOther ? null : { levels: missing, fourEyes: needsOther }
}

/** Nothing is asked inside the company itself. */
const FREE: Rule = { levels: [], fourEyes: false }

function ruleIn(
  hub: Hub,
  runtime: ChannelRuntime,
  { commitment, amount }: Pick<Outgoing, 'commitment' | 'amount'>,
): Rule {
  const scope = scopeIn(hub, runtime)
  return scope === 'internal' ? FREE : ruleFor(currentPolicy(hub.context), scope, commitment, amount)
}

const lackingOf = (hub: Hub, rule: Rule) => lacking(currentPolicy(hub.context), rule, ownColleague(hub), [])

function suffices(hub: Hub, rule: Rule): boolean {
  const { missing, needsOther } = lackingOf(hub, rule)
  return missing.length === 0 && !needsOther
}

const requestsFor = (hub: Hub, runtime: ChannelRuntime, outgoing: Outgoing) => {
  const { context } = hub
  const hash = boundHash(context.crypto, runtime.id, outgoing)
  const { person } = ownColleague(hub)
  const policy = currentPolicy(context)
  const answers = listAnswers(context)
  return listRequests(context)
    .filter((one) => one.hash === hash && one.maker.person === person)
    .map((request) => ({ request, state: standingOf(policy, request, answers, context.clock.now()).state }))
}

function passOne(hub: Hub, runtime: ChannelRuntime, outgoing: Outgoing): void {
  // Class C: what an engine does by itself never binds the company, whatever a policy says.
  if (hub.actsByItself) throw new Refused('approvals', 'person-needed')
  const clearance = clearanceOf(hub, runtime, outgoing)
  if (typeof clearance === 'string') throw new ApprovalNeeded(runtime, outgoing, clearance)
  if ('rule' in clearance) {
    const { levels } = clearance.rule
    // Whoever's role may do it approves by doing it, and the commitment's own line names them; a level is noted.
    if (levels.length > 0) noteApproval(hub, outgoing, 'approved-by-doing', { levels: levels.join(' ') })
    return
  }
  const { request } = clearance
  const sent = { ...request, sentAt: hub.context.clock.now(), version: request.version + 1 }
  saveRequest(hub.context, sent)
  noteApproval(hub, outgoing, 'approval-carried-out', { hash: sent.hash })
}

export function noteApproval(
  hub: Hub,
  { commitment, artifact, title }: Pick<Outgoing, 'commitment' | 'artifact' | 'title'>,
  code: string,
  detail: Readonly<Record<string, string | number>>,
): void {
  record(hub.context, {
    kind: 'approval',
    code,
    actor: certificateIn(hub.identity.certified).name.en,
    subject: { id: artifact ?? '', name: title.en || title.ar },
    detail: { commitment, ...detail },
  })
}

/** The commitments among what is about to be written, each once, with all that it says. */
function outgoingIn(hub: Hub, runtime: ChannelRuntime, sayings: readonly Saying[], bound: Bound): readonly Outgoing[] {
  const found = new Map<string, { commitment: Commitment; artifact: ArtifactId | null; contents: Canonical[] }>()
  const declared = new Map<string, string>()
  const add = (commitment: Commitment | null, artifact: ArtifactId | null, content: Canonical): void => {
    if (commitment === null) return
    const key = `${commitment}/${artifact ?? ''}`
    const one = found.get(key) ?? { commitment, artifact, contents: [] }
    one.contents.push(content)
    found.set(key, one)
  }
  for (const { kind, payload } of sayings) {
    if (kind === 'event') {
      const event = readArtifactEvent(payload)
      if (event === 'malformed' || event === 'newer-version') throw new Error('an own fact that does not read')
      if (event.type === 'artifact-created') declared.set(event.artifact, event.artifactType)
      add(commitmentOf(event), event.artifact, contentOf(event))
    } else if (kind === 'control') {
      const control = readControl(payload)
      if (control.ok) add(commitmentOfControl(control.value, hub.identity.card.company), null, payload)
    } else {
      const writes = readDoc(payload)
      if (!writes.ok) throw new Error('an own edit that does not read')
      for (const { artifact, section } of writes.value) {
        const type = declared.get(artifact) ?? runtime.facts.declared(artifact)?.type ?? ''
        add(commitmentOfWrite(type, section), artifact, null)
      }
    }
  }
  return [...found.values()].map(({ commitment, artifact, contents }) => ({
    commitment,
    artifact,
    title: bound.title ?? titleIn(runtime, artifact),
    content: bound.content ?? distinct(contents),
    amount: bound.amount ?? null,
  }))
}

/** A standard leaves in parts that say the same about it. */
function distinct(contents: readonly Canonical[]): Canonical {
  const each = [...new Map(contents.map((one) => [toHex(encode(one)), one])).values()]
  return each.length === 1 ? (each[0] ?? null) : each
}

const titleIn = (runtime: ChannelRuntime, artifact: ArtifactId | null): Bilingual =>
  (artifact && runtime.facts.eventsOf(artifact, 'artifact-created').at(0)?.fact.title) ??
  runtime.members.genesis.founding.name
