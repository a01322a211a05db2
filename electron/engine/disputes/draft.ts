import { artifactIdOf } from '#shared/artifacts/artifact-event.ts'
import {
  MOST_DISPUTE,
  readDispute,
  writeDispute,
  type DisputeContent,
  type DisputePath,
} from '#shared/artifacts/dispute-content.ts'
import type { ArtifactId, ChannelId, CompanyId } from '#shared/kernel/ids.ts'
import type { Instant } from '#shared/kernel/time.ts'
import { isInternal } from '#shared/membership/workspace.ts'
import type { DisputeChoices, DisputeDraft, DisputeDraftView, DisputeGate } from '#shared/projection/dispute-views.ts'
import { listRequests } from '../approvals/records.ts'
import { standingIn } from '../approvals/requests.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import { record } from '../context.ts'
import { hashOf } from '../decisions/decision.ts'
import { Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import type { Hub } from '../workspaces/hub.ts'
import { choicesIn } from './subjects.ts'

const KIND = 'dispute-draft'

/** What is kept of a dispute that nobody else has seen. `nonce`: of its id, so that an approval finds the same dispute again. */
export interface KeptDraft {
  readonly id: ArtifactId
  readonly channel: ChannelId
  readonly nonce: Uint8Array
  readonly values: DisputeDraft
  readonly changedAt: Instant
}

export const listDrafts = ({ context }: Hub): readonly KeptDraft[] =>
  context.vault.records.list<KeptDraft>(KIND).map(({ value }) => value)

/** @throws Refused */
export function draftIn(hub: Hub, id: string): { readonly kept: KeptDraft; readonly runtime: ChannelRuntime } {
  const kept = hub.context.vault.records.get<KeptDraft>(KIND, id)
  if (!kept) throw new Refused('disputes', 'no-such-draft')
  return { kept, runtime: channelIn(hub, kept.channel) }
}

/** @throws Refused */
export function channelIn(hub: Hub, channel: string): ChannelRuntime {
  const runtime = hub.runtime(channel as ChannelId)
  if (!runtime || isInternal(runtime.members.genesis)) throw new Refused('disputes', 'no-such-channel')
  return runtime
}

/** Begins a draft: with the companies of the channel, and the path that they agreed on where there is one. @throws Refused */
export function beginDispute(
  hub: Hub,
  order: { readonly channel: string; readonly subject: { readonly kind: string; readonly id: string } | null },
): ArtifactId {
  const runtime = channelIn(hub, order.channel)
  const choices = choicesIn(hub, runtime)
  const subject = order.subject && choices.subjects.find(({ kind, id }) => kind === order.subject?.kind && id === order.subject.id) // prettier-ignore
  if (order.subject && !subject) throw new Refused('disputes', 'subject-gone')
  const parties = choices.companies.map(({ company }) => company).slice(0, 8)
  const { crypto, clock } = hub.context
  const nonce = crypto.random(16)
  const id = artifactIdOf(crypto, hub.identity.card.company, nonce)
  const path = firstPath(choices, subject?.id ?? null, parties)
  const values = { subject: subject ? { kind: subject.kind, id: subject.id, clause: '' } : null, issue: '', position: '', parties, path } // prettier-ignore
  keep(hub, { id, channel: runtime.id, nonce, values, changedAt: clock.now() }, 'dispute-drafted')
  return id
}

/** That of the thing itself goes before another that all of them have agreed on. */
function firstPath(
  { paths, usual }: DisputeChoices,
  about: ArtifactId | null,
  parties: readonly CompanyId[],
): DisputePath {
  // prettier-ignore
  const fit = paths.filter(({ companies }) => parties.every((one) => companies.includes(one)))
  return (fit.find(({ path }) => path.source?.artifact === about) ?? fit[0])?.path ?? usual
}

/** @throws Refused */
export function saveDispute(hub: Hub, id: string, values: DisputeDraft): void {
  const { kept } = draftIn(hub, id)
  keep(hub, { ...kept, values, changedAt: hub.context.clock.now() })
}

/** @throws Refused */
export function removeDispute(hub: Hub, id: string): void {
  const { kept } = draftIn(hub, id)
  hub.change(() => {
    dropDraft(hub, kept.id)
    note(hub, kept, 'dispute-draft-removed')
    return undefined
  })
}

/** Call inside the change that opens it. */
export const dropDraft = ({ context }: Hub, id: ArtifactId): void => context.vault.records.remove(KIND, id)

function keep(hub: Hub, draft: KeptDraft, code?: string): void {
  hub.change(() => {
    hub.context.vault.records.put<KeptDraft>(KIND, draft.id, draft)
    if (code) note(hub, draft, code)
    return undefined
  })
}

/** The audit row names the draft and nothing of what was written. */
function note(hub: Hub, { id }: KeptDraft, code: string): void {
  const actor = certificateIn(hub.identity.certified).name.en
  record(hub.context, { kind: 'update', code, actor, subject: { id, name: '' }, detail: {} })
}

/** What would be opened, and why it cannot be yet; it has no time in it, so what was approved is what opens later. */
export function freezeDispute(
  hub: Hub,
  { id, values }: KeptDraft,
  { companies, subjects, paths }: DisputeChoices,
): { readonly gates: readonly DisputeGate[]; readonly content: DisputeContent | null } {
  const gates: DisputeGate[] = []
  const shut = (gate: DisputeGate, when: boolean): void => void (when && gates.push(gate))
  const subject = values.subject && subjects.find((one) => one.kind === values.subject?.kind && one.id === values.subject.id) // prettier-ignore
  shut('subject-missing', values.subject === null)
  shut('subject-gone', values.subject !== null && !subject)
  shut('issue-missing', values.issue.trim() === '')
  shut('position-missing', values.position.trim() === '')
  const parties = [...new Set(values.parties)]
  shut('parties-wrong', parties.length < 2 || parties.length > 8)
  shut('party-not-here', parties.some((one) => !companies.some(({ company }) => company === one))) // prettier-ignore
  shut('not-a-party', !parties.includes(hub.identity.card.company))
  const { source } = values.path
  const agreed = source && paths.find(({ path, companies: by }) => path.source?.artifact === source.artifact && path.source.hash === source.hash && parties.every((one) => by.includes(one))) // prettier-ignore
  shut('path-not-agreed', source !== null && !agreed)
  const { from, to } = values.path.calendar
  shut('path-incomplete', from >= to || !isSayable(values.path))
  if (gates.length > 0 || !subject || !values.subject) return { gates, content: null }
  const content: DisputeContent = {
    format: 'mithaq.dispute.v1',
    artifact: id,
    subject: { kind: subject.kind, id: subject.id, hash: subject.hash, title: subject.title, clause: values.subject.clause.trim() }, // prettier-ignore
    issue: values.issue.trim(),
    position: values.position.trim(),
    parties: companies.flatMap(({ company, name }) => (parties.includes(company) ? [{ company, name }] : [])),
    path: agreed?.path ?? values.path,
  }
  const text = writeDispute(content)
  if (text.length > MOST_DISPUTE) return { gates: ['text-too-long'], content: null }
  return readDispute(text) ? { gates, content } : { gates: ['path-incomplete'], content: null }
}

/** Whoever an institution or a court is named by is named in both languages. */
const isSayable = ({ fallback }: DisputePath): boolean =>
  fallback === null || (fallback.institution.en.trim() !== '' && fallback.institution.ar.trim() !== '')

export function draftView(hub: Hub, draft: string): DisputeDraftView {
  const { kept, runtime } = draftIn(hub, draft)
  const choices = choicesIn(hub, runtime)
  const { gates, content } = freezeDispute(hub, kept, choices)
  return {
    id: kept.id,
    workspace: runtime.workspace,
    values: kept.values,
    changedAt: kept.changedAt,
    choices,
    gates,
    hash: content && hashOf(hub)(writeDispute(content)),
    asked: isAsked(hub, kept.id),
  }
}

/** A request for approval of its opening waits, or was granted and not carried out. */
export const isAsked = (hub: Hub, draft: ArtifactId): boolean =>
  listRequests(hub.context).some(
    (one) => one.artifact === draft && ['waiting', 'approved'].includes(standingIn(hub, one).state),
  )
