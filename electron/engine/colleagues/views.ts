import type { ArtifactId, Role } from '#shared/kernel/ids.ts'
import { certificateOf } from '#shared/membership/certificate-of.ts'
import { columnsUpTo, type ColleagueCeiling } from '#shared/policy/colleague-columns.ts'
import type { DisclosurePolicy } from '#shared/policy/disclosure-policy.ts'
import type {
  ColleagueDevice, ColleaguesView, CopyView, SharePreview, ShareReader, ShareView,
} from '#shared/projection/colleague-views.ts' // prettier-ignore
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import { findDataset } from '../datasets/dataset.ts'
import { listPolicies } from '../disclosures/policies.ts'
import { must } from '../edge.ts'
import type { Session } from '../session.ts'
import type { Hub } from '../workspaces/hub.ts'
import { colleagueDevices, coveredDevices, type Covered } from './covered.ts'
import { internalChannel, internalWorkspace } from './internal.ts'
import { shareStanding } from './keep.ts'
import { copyOf, listCopies, listShares, type CopyRecord, type ShareRecord } from './records.ts'
import { goingColumns } from './share.ts'
import { offered, ownRoles, type Offered } from './take.ts'

export function colleaguesView({ hub, connections, colleagues }: Session): ColleaguesView {
  const workspace = internalWorkspace(hub)
  const runtime = internalChannel(hub)
  return {
    workspace: workspace
      ? { id: workspace.id, link: connections.stateOf(workspace), lastSync: workspace.lastSync }
      : null,
    busy: colleagues.isBusy,
    devices: runtime ? colleagueDevices(hub, runtime).map(deviceView) : [],
    shares: runtime ? listShares(hub).flatMap((share) => shareView(hub, runtime, share)) : [],
    copies: runtime ? copies(hub, runtime) : [],
  }
}

/** What would go to whom. Nothing is stored and nothing leaves. */
export function previewShare(hub: Hub, id: string, roles: readonly Role[], ceiling: ColleagueCeiling): SharePreview {
  const dataset = must(findDataset(hub.context.vault, id), 'intake')
  const runtime = internalChannel(hub)
  const going = new Set(columnsUpTo(dataset.columns, ceiling).map(({ name }) => name))
  return {
    rows: dataset.rows,
    columns: dataset.columns.map(({ name, type, dataClass }) => ({ name, type, dataClass, goes: going.has(name) })),
    people: runtime ? coveredDevices(hub, runtime, roles).map(deviceView) : [],
    policies: listPolicies(hub)
      .filter(({ datasetId }) => datasetId === dataset.id)
      .map((policy) => ({
        id: policy.id,
        name: policy.name,
        missing: columnsOf(policy).filter((name) => !going.has(name)),
      })),
  }
}

/** Columns that a policy reads. */
function columnsOf({ fields, measures, rows, entity }: DisclosurePolicy): readonly string[] {
  const read = [
    ...fields.filter(({ transform }) => transform.kind !== 'drop').map(({ column }) => column),
    ...measures.flatMap(({ column }) => column ?? []),
    ...rows.map(({ column }) => column),
    ...(entity === null ? [] : [entity]),
  ]
  return [...new Set(read)]
}

const deviceView = ({ device, certificate }: Covered): ColleagueDevice => ({
  device,
  person: certificate.name,
  roles: certificate.roles,
})

/** What is told about approvals has a screen of its own. */
function shareView(hub: Hub, runtime: ChannelRuntime, share: ShareRecord): readonly ShareView[] {
  const { artifact, of, subject, name, roles, ceiling, revisions, endedAt, confirmed } = share
  if (of === 'approval') return []
  const last = revisions.at(-1)
  const dataset = findDataset(hub.context.vault, subject)
  const going = of === 'dataset' && dataset.ok ? goingColumns(dataset.value, share).map((column) => column.name) : []
  return [{
    artifact, of, subject, name, roles, ceiling,
    revision: last?.revision ?? 0,
    at: last?.at ?? hub.context.clock.now(),
    columns: last?.columns ?? [],
    standing: endedAt === null ? shareStanding(hub, share) : 'ended',
    unconfirmed: endedAt === null ? going.filter((column) => !confirmed.includes(column)) : [],
    readers: endedAt === null ? readersOf(hub, runtime, artifact, roles) : [],
  }] // prettier-ignore
}

function readersOf(hub: Hub, runtime: ChannelRuntime, artifact: ArtifactId, roles: readonly Role[]): ShareReader[] {
  return coveredDevices(hub, runtime, roles).map(({ device, certificate }) => {
    const taken = runtime.facts.receipts
      .filter(({ fact, feed }) => fact.artifact === artifact && feed.startsWith(device))
      .map(({ fact }) => Number(fact.section.split(':')[1]))
    return { device, person: certificate.name, taken: taken.length === 0 ? null : Math.max(...taken) }
  })
}

function copies(hub: Hub, runtime: ChannelRuntime): readonly CopyView[] {
  const roles = ownRoles(hub, runtime)
  const offers = offered(hub, runtime)
  const taken = listCopies(hub).flatMap((copy): readonly CopyView[] => {
    const { artifact, of, name, by, revision, sharedAt } = copy
    if (of === 'approval') return []
    const offer = offers.find((one) => one.artifact === artifact)
    return [{ artifact, of, name, by, revision, sharedAt, state: stateOf(hub, runtime, copy, offer) }]
  })
  // What is for these roles and has not come yet: said, so that nobody looks for it in vain.
  const coming = offers
    .filter(({ artifact, ended, newest }) => !ended && !copyOf(hub, artifact) && newest.fact.roles.some((role) => roles.includes(role))) // prettier-ignore
    .map(({ artifact, newest }): CopyView => ({
      artifact, of: 'dataset', name: '', by: newest.author.name, revision: 0, sharedAt: newest.at, state: 'coming',
    })) // prettier-ignore
  return [...taken, ...coming]
}

function stateOf(hub: Hub, runtime: ChannelRuntime, copy: CopyRecord, offer: Offered | undefined): CopyView['state'] {
  if (copy.ended) return copy.ended
  if (copy.removed) return 'removed'
  const now = hub.context.clock.now()
  const sharer = [...runtime.members.certificates.keys()].some(
    (device) => certificateOf(runtime.members, device, now)?.person === copy.person,
  )
  if (!sharer) return 'sharer-ended'
  return offer && offer.newest.fact.revision > copy.revision ? 'coming' : 'current'
}
