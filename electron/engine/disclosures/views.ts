import { sliceFor } from '#shared/disclosure/audience.ts'
import { freshness } from '#shared/disclosure/freshness.ts'
import { diffSlices } from '#shared/disclosure/revision.ts'
import type { SliceContent } from '#shared/disclosure/slice.ts'
import type { ArtifactId, Role } from '#shared/kernel/ids.ts'
import { dateOf } from '#shared/kernel/time.ts'
import type {
  DisclosureDetail,
  DisclosureSummary,
  ReceiptView,
  RevisionDiff,
  RoleSight,
} from '#shared/projection/disclosure-views.ts'
import { readComposed } from '../artifacts/read-slice.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import type { Hub } from '../workspaces/hub.ts'
import { findWorkspace, genesisOf } from '../workspaces/workspace-record.ts'
import { findDisclosure, listDisclosures, type DisclosureRecord } from './disclosure-record.ts'
import { accessEnds } from './end-access.ts'
import { reciprocityViews } from './reciprocity-view.ts'

export const summaries = (hub: Hub): readonly DisclosureSummary[] =>
  listDisclosures(hub)
    .map((record) => summaryOf(hub, record))
    .toSorted((left, right) => right.disclosedAt - left.disclosedAt)

export function summaryOf(hub: Hub, record: DisclosureRecord): DisclosureSummary {
  const last = record.revisions.at(-1)
  const workspace = findWorkspace(hub.context, record.workspace)
  const runtime = hub.runtime(record.channel)
  if (!last || !workspace || !runtime) throw new Error('a disclosure without its revision or workspace')
  return {
    artifact: record.artifact,
    workspace: record.workspace,
    workspaceName: genesisOf(hub.context.crypto, workspace).founding.name,
    channel: record.channel,
    policy: record.policy,
    title: record.title,
    roles: record.roles,
    revision: last.revision,
    sliceId: last.sliceId,
    disclosedAt: last.disclosedAt,
    state: stateOf(hub, record, runtime, last.revision),
    expiresOn: record.expiresOn,
    receipts: receiptsOf(runtime, record.artifact),
    ends: endsOf(hub, runtime, record.artifact),
    reciprocity: reciprocityViews(hub, runtime, record.artifact, hub.identity.card.company),
  }
}

function endsOf(hub: Hub, runtime: ChannelRuntime, artifact: ArtifactId): DisclosureSummary['ends'] {
  const { facts, members } = runtime
  return accessEnds(hub, runtime, artifact).map(({ cause, revision, roles }) => {
    const asked =
      cause === 'withdrawn'
        ? facts.eventsOf(artifact, 'slice-withdrawn')[0]
        : facts
            .eventsOf(artifact, 'access-ended')
            .find(({ fact }) => fact.cause === cause && fact.revision === revision)
    const receipts = facts
      .eventsOf(artifact, 'end-acknowledged')
      .filter(({ fact }) => fact.cause === cause && fact.revision === revision)
      .map(({ author, at }) => ({
        company: members.companies.get(author.company)?.card.name ?? { en: '', ar: '' },
        person: author.name,
        at,
      }))
    return { cause, roles, askedAt: asked?.at ?? null, receipts }
  })
}

export function detailOf(hub: Hub, artifact: string, compareWith: number | undefined): DisclosureDetail {
  const record = findDisclosure(hub, artifact)
  const summary = summaryOf(hub, record)
  const runtime = hub.runtime(record.channel)
  if (!runtime) throw new Error('a disclosure without its channel')
  return {
    ...summary,
    slice: sliceOf(runtime, record.artifact, summary.revision) ?? null,
    revisions: record.revisions,
    diff: diffOf(runtime, record.artifact, summary.revision, compareWith),
    privacy: record.privacy ? { ...record.privacy, consents: record.privacy.consents.length } : null,
  }
}

/** Difference between a revision and an earlier one; by default the one before it. */
export function diffOf(
  runtime: ChannelRuntime,
  artifact: ArtifactId,
  revision: number,
  compareWith: number | undefined,
): RevisionDiff | null {
  const from = compareWith ?? revision - 1
  const [before, after] = [sliceOf(runtime, artifact, from), sliceOf(runtime, artifact, revision)]
  return before && after && from !== revision ? { from, to: revision, ...diffSlices(before, after) } : null
}

export const sliceOf = (runtime: ChannelRuntime, artifact: ArtifactId, revision: number): SliceContent | undefined =>
  readComposed(runtime, artifact, revision)?.content.slice as SliceContent | undefined

export function receiptsOf(runtime: ChannelRuntime, artifact: ArtifactId): readonly ReceiptView[] {
  return runtime.facts.receipts
    .filter(({ fact }) => fact.artifact === artifact)
    .map(({ fact, author }) => ({
      company: runtime.members.companies.get(author.company)?.card.name ?? { en: '', ar: '' },
      person: author.name,
      revision: Number(fact.section.split(':')[1] ?? 0),
      openedAt: fact.openedAt,
    }))
}

/** What a partner in `role` could open: the very contents that were sealed, not a computation of what they might be. */
export function seeAs(hub: Hub, workspace: string, role: Role): RoleSight {
  let hidden = 0
  const slices: RoleSight['slices'][number][] = []
  for (const record of listDisclosures(hub)) {
    const last = record.revisions.at(-1)
    const runtime = hub.runtime(record.channel)
    if (record.workspace !== workspace || record.withdrawnAt !== null || !last || !runtime) continue
    const content = sliceOf(runtime, record.artifact, last.revision)
    const sight = content && sliceFor(role, content)
    if (sight?.opens) {
      slices.push({
        artifact: record.artifact,
        title: record.title,
        revision: last.revision,
        sliceId: last.sliceId,
        slice: sight.content,
      })
    } else hidden++
  }
  return { role, slices, hidden }
}

function stateOf(
  hub: Hub,
  record: DisclosureRecord,
  runtime: ChannelRuntime,
  revision: number,
): DisclosureSummary['state'] {
  if (record.withdrawnAt !== null) return 'withdrawn'
  const slice = sliceOf(runtime, record.artifact, revision)
  return slice ? freshness(slice, dateOf(hub.context.clock.now())) : 'expired'
}
