import { colleagueShareIdOf, writeArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { ColleagueShare } from '#shared/artifacts/colleague-share.v1.ts'
import { sliceIdOf } from '#shared/disclosure/encode-slice.ts'
import type { SymmetricKey } from '#shared/kernel/crypto.ts'
import type { Role } from '#shared/kernel/ids.ts'
import { columnsUpTo, type ColleagueCeiling } from '#shared/policy/colleague-columns.ts'
import { writeDoc } from '#shared/sync/doc-body.ts'
import { boxSliceKey } from '#shared/sync/slice-key.ts'
import { sealedSectionKey } from '#shared/sync/update.ts'
import { sliceSection } from '../artifacts/read-slice.ts'
import type { Told } from '../approvals/tell.ts'
import type { ChannelRuntime, Saying } from '../channels/channel-runtime.ts'
import { record } from '../context.ts'
import { findDataset, type DatasetRecord } from '../datasets/dataset.ts'
import { findPolicy } from '../disclosures/policies.ts'
import { must, Refused } from '../edge.ts'
import { certificateIn } from '../identity/identity.ts'
import type { Hub } from '../workspaces/hub.ts'
import { control, writeIn } from '../workspaces/membership-steps.ts'
import { composePolicy, composeTable, type Steps } from './compose.ts'
import { coveredDevices } from './covered.ts'
import { foundInternal, hasColleagues, internalChannel } from './internal.ts'
import { saveShare, shareOf, standingShare, type ShareRecord } from './records.ts'

export interface ShareOrder {
  readonly dataset: string
  readonly roles: readonly Role[]
  readonly ceiling: ColleagueCeiling
  /** The columns that the person saw going, in the preview. */
  readonly columns: readonly string[]
}

/** The channel to share in; founded now where this device may. @throws Refused while the company has but one device. */
export function sharingChannel(hub: Hub): ChannelRuntime {
  if (hasColleagues(hub)) foundInternal(hub)
  const runtime = internalChannel(hub)
  if (!runtime) throw new Refused('colleagues', 'no-colleagues-yet')
  return runtime
}

/**
 * Shares a dataset with the colleagues of some roles, or changes how it is shared: a new revision under a key of its own, for the
 * devices that hold a role now. What went before to others stays with them; nothing further reaches them.
 */
export async function shareDataset(hub: Hub, order: ShareOrder, steps: Steps): Promise<ShareRecord> {
  const dataset = must(findDataset(hub.context.vault, order.dataset), 'intake')
  if (dataset.colleague) throw new Refused('colleagues', 'from-colleague')
  const runtime = sharingChannel(hub)
  const columns = columnsUpTo(dataset.columns, order.ceiling)
  if (columns.length === 0) throw new Refused('colleagues', 'nothing-to-share')
  const names = columns.map(({ name }) => name)
  if (names.join('\n') !== order.columns.join('\n')) throw new Refused('colleagues', 'changed-since-look')
  const bytes = await composeTable(hub, dataset, columns, steps)
  const { roles, ceiling } = order
  const terms = { of: 'dataset', subject: dataset.id, name: dataset.name, roles, ceiling, confirmed: names } as const
  return publish(hub, runtime, choose(hub, terms), bytes, { version: dataset.version, columns: names })
}

/** Shares a policy with the roles that may disclose. Its dataset has to be shared, too: a policy runs over a table. */
export function sharePolicy(hub: Hub, id: string, roles: readonly Role[]): ShareRecord {
  const policy = findPolicy(hub, id)
  if (hub.context.vault.records.get('colleague-copy', id)) throw new Refused('colleagues', 'from-colleague')
  const dataset = standingShare(hub, policy.datasetId)
  if (!dataset) throw new Refused('colleagues', 'policy-without-dataset')
  const runtime = sharingChannel(hub)
  const terms = { of: 'policy', subject: id, name: policy.name.en || policy.name.ar, roles, ceiling: 'private', confirmed: [] } as const // prettier-ignore
  const bytes = composePolicy(dataset.artifact, policy)
  return publish(hub, runtime, choose(hub, terms), bytes, { version: policy.version, columns: [] })
}

/** Tells colleagues what was said about approvals, or what became of it. */
export function tellApproval(hub: Hub, runtime: ChannelRuntime, { subject, roles, version, bytes }: Told): void {
  const terms = { of: 'approval', subject, name: '', roles, ceiling: 'private', confirmed: [] } as const
  publish(hub, runtime, choose(hub, terms), bytes(), { version, columns: [] })
}

type Terms = Pick<ShareRecord, 'of' | 'subject' | 'name' | 'roles' | 'ceiling' | 'confirmed'>

/** The standing share of the same thing under new terms, or a new one. */
function choose(hub: Hub, terms: Terms): ShareRecord {
  const { crypto } = hub.context
  const before = standingShare(hub, terms.subject)
  if (before) return { ...before, ...terms }
  const nonce = crypto.random(16)
  const { person, company } = certificateIn(hub.identity.certified)
  return { ...terms, artifact: colleagueShareIdOf(crypto, company, person, nonce), nonce, revisions: [], endedAt: null }
}

/** Seals a revision for the devices that hold a role now, in one transaction with its record and audit row. */
export function publish(
  hub: Hub,
  runtime: ChannelRuntime,
  share: ShareRecord,
  bytes: Uint8Array,
  what: { readonly version: number; readonly columns: readonly string[] },
): ShareRecord {
  const { crypto, clock, vault } = hub.context
  const { artifact, roles } = share
  const revision = Math.max(share.revisions.at(-1)?.revision ?? 0, statedRevision(runtime, share)) + 1
  const section = sliceSection(revision)
  const place = `${runtime.id}/${sealedSectionKey(artifact, section)}`
  return hub.change(() => {
    const key = crypto.random(32) as SymmetricKey
    vault.records.put('slice-key', place, key)
    // The rows are in this vault already: a second copy in memory would only be in the way.
    vault.records.put('forgotten-slice', place, true)
    hub.touch(runtime.id)
    const sealed = runtime.writeSlice(artifact, section, key, bytes)
    runtime.dropSlice(artifact, section)
    const slice = sliceIdOf(crypto, bytes)
    const boxes = boxSliceKey(crypto, key, coveredDevices(hub, runtime, roles))
    const shared = { type: 'colleague-shared' as const, artifact, revision, slice, roles: [...roles] }
    const sayings: Saying[] = [
      { kind: 'event', payload: writeArtifactEvent(shared) },
      ...sealed.writes.map((write): Saying => ({ kind: 'doc', payload: writeDoc([write]) })),
      ...(boxes.length === 0 ? [] : [control({ kind: 'slice-key', artifact, section, commitment: sealed.commitment, boxes })]), // prettier-ignore
    ]
    if (!runtime.facts.declared(artifact)) sayings.unshift({ kind: 'event', payload: declaration(share) })
    writeIn(hub, runtime.id, sayings)
    forgetEarlierKeys(hub, runtime, share)
    const saved = { ...share, revisions: [...share.revisions, { revision, slice, at: clock.now(), ...what }] }
    saveShare(hub, saved)
    note(hub, share, SHARED[share.of], {
      revision,
      version: what.version,
      roles: roles.join(' '),
      devices: boxes.length,
      ...(share.of === 'dataset' && { class: share.ceiling, columns: what.columns.join(', ') }),
    })
    return saved
  })
}

const SHARED = { dataset: 'dataset-shared', policy: 'policy-shared', approval: 'approval-told' } as const

/** The newest revision that the channel knows of: a vault restored from a backup may have forgotten some. */
export const statedRevision = (runtime: ChannelRuntime, { artifact }: ShareRecord): number =>
  Math.max(0, ...runtime.facts.eventsOf(artifact, 'colleague-shared').map(({ fact }) => fact.revision))

/** Without a title: a colleague outside the roles learns that something is shared, and not what. */
const declaration = ({ artifact, nonce }: ShareRecord) =>
  writeArtifactEvent({
    type: 'artifact-created',
    artifact,
    artifactType: ColleagueShare.type,
    nonce,
    title: { en: '', ar: '' },
  })

/** An older revision is handed to nobody any more. */
function forgetEarlierKeys(hub: Hub, runtime: ChannelRuntime, { artifact, revisions }: ShareRecord): void {
  for (const { revision } of revisions)
    hub.context.vault.records.remove('slice-key', `${runtime.id}/${sealedSectionKey(artifact, sliceSection(revision))}`)
}

/** No further revision, and this device's keys are destroyed. What colleagues have taken stays with them. */
export function endShare(hub: Hub, artifact: string): void {
  const share = shareOf(hub, artifact)
  const runtime = internalChannel(hub)
  if (!share || share.endedAt !== null || !runtime) throw new Refused('colleagues', 'no-such-share')
  hub.change(() => {
    // A policy without its table is of no use to anybody.
    if (share.of === 'dataset') for (const policy of policiesOver(hub, share)) endShare(hub, policy.artifact)
    writeIn(hub, runtime.id, [
      { kind: 'event', payload: writeArtifactEvent({ type: 'colleague-share-ended', artifact: share.artifact }) },
    ])
    forgetEarlierKeys(hub, runtime, share)
    saveShare(hub, { ...share, endedAt: hub.context.clock.now() })
    note(hub, share, 'sharing-ended', { revision: share.revisions.at(-1)?.revision ?? 0 })
    return undefined
  })
}

function policiesOver(hub: Hub, { subject }: ShareRecord): readonly ShareRecord[] {
  const { records } = hub.context.vault
  return records
    .list<{ readonly datasetId: string }>('policy')
    .filter(({ value }) => value.datasetId === subject)
    .flatMap(({ id }) => standingShare(hub, id) ?? [])
}

/** What goes of a dataset under a standing share now: its columns up to the class that was chosen. */
export const goingColumns = ({ columns }: DatasetRecord, { ceiling }: Pick<ShareRecord, 'ceiling'>) =>
  columnsUpTo(columns, ceiling)

function note(
  hub: Hub,
  { artifact, name }: ShareRecord,
  code: string,
  detail: Readonly<Record<string, string | number>>,
): void {
  const actor = certificateIn(hub.identity.certified).name.en
  record(hub.context, { kind: 'disclosure', code, actor, subject: { id: artifact, name }, detail })
}
