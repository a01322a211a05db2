import { withinConfirmed } from '#shared/policy/colleague-columns.ts'
import type { DisclosurePolicy } from '#shared/policy/disclosure-policy.ts'
import type { Situation } from '#shared/projection/today.ts'
import { boxSliceKey, sliceKeyCommitment } from '#shared/sync/slice-key.ts'
import { sealedSectionKey } from '#shared/sync/update.ts'
import { toldByThisDevice } from '../approvals/tell.ts'
import { sliceSection } from '../artifacts/read-slice.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import { record } from '../context.ts'
import { findDataset } from '../datasets/dataset.ts'
import { sliceKeyOf } from '../disclosures/hand-over.ts'
import type { Hub } from '../workspaces/hub.ts'
import { control, writeIn } from '../workspaces/membership-steps.ts'
import { composePolicy, composeTable, type Steps } from './compose.ts'
import { coveredDevices } from './covered.ts'
import { listShares, standingShare, type ShareRecord } from './records.ts'
import { internalChannel } from './internal.ts'
import { endShare, goingColumns, publish, statedRevision, tellApproval } from './share.ts'

/**
 * Hands the newest revision's key to devices that came to hold a role since. By the sharer's engine alone, which looks whenever
 * the channel grew: nobody has to remember. True when something was written.
 */
export function handOver(hub: Hub, runtime: ChannelRuntime): boolean {
  let wrote = false
  for (const share of standingShares(hub)) {
    const { artifact, roles } = share
    const revision = share.revisions.at(-1)?.revision ?? 0
    const section = sliceSection(revision)
    const sealed = sealedSectionKey(artifact, section)
    const key = sliceKeyOf(hub, runtime, artifact, revision)
    const boxed = new Set(runtime.facts.sliceKeysOf(sealed).flatMap(({ boxes }) => boxes.map(({ device }) => device)))
    const owed = coveredDevices(hub, runtime, roles).filter(({ device }) => !boxed.has(device))
    if (!key || owed.length === 0) continue
    const { crypto } = hub.context
    const commitment = sliceKeyCommitment(crypto, { channel: runtime.id, section: sealed }, key)
    hub.change(() => {
      const boxes = boxSliceKey(crypto, key, owed)
      writeIn(hub, runtime.id, [control({ kind: 'slice-key', artifact, section, commitment, boxes })])
      record(hub.context, {
        kind: 'disclosure',
        code: 'share-key-handed',
        // By the engine itself: nobody pressed a button.
        actor: '',
        subject: { id: artifact, name: share.name },
        detail: { revision, devices: owed.length },
      })
      return undefined
    })
    wrote = true
  }
  return wrote
}

/** What became of a share's subject since its last revision. */
export type ShareStanding = 'current' | 'due' | 'waits' | 'gone'

/** `waits`: a column would go that nobody has seen going; a person has to look. `due`: a new revision goes by itself. */
export function shareStanding(hub: Hub, share: ShareRecord): ShareStanding {
  const last = share.revisions.at(-1)
  const runtime = internalChannel(hub)
  // A restored backup holds no key of what went after it, and a workspace founded anew has nothing: both are sent anew.
  const behind = runtime !== undefined && statedRevision(runtime, share) !== last?.revision
  if (share.of === 'approval') {
    const told = toldByThisDevice(hub).find(({ subject }) => subject === share.subject)
    if (!told) return 'gone'
    const same = told.version === last?.version && told.roles.join(' ') === share.roles.join(' ')
    return same && !behind ? 'current' : 'due'
  }
  if (share.of === 'policy') {
    const policy = hub.context.vault.records.get<DisclosurePolicy>('policy', share.subject)
    if (!policy || !standingShare(hub, policy.datasetId)) return 'gone'
    return policy.version === last?.version && !behind ? 'current' : 'due'
  }
  const dataset = findDataset(hub.context.vault, share.subject)
  if (!dataset.ok) return 'gone'
  const going = goingColumns(dataset.value, share)
  if (going.length === 0) return 'gone'
  if (!withinConfirmed(going, share.confirmed)) return 'waits'
  const same = going.map(({ name }) => name).join('\n') === last?.columns.join('\n')
  return same && !behind && dataset.value.version === last?.version ? 'current' : 'due'
}

/** Datasets whose share waits for a person, with how many columns they have to look at. */
export const waitingShares = (hub: Hub): NonNullable<Situation['shares']> =>
  standingShares(hub).flatMap((share) => {
    if (shareStanding(hub, share) !== 'waits') return []
    const dataset = findDataset(hub.context.vault, share.subject)
    if (!dataset.ok) return []
    const columns = goingColumns(dataset.value, share).filter(({ name }) => !share.confirmed.includes(name)).length
    return [{ dataset: dataset.value.id, name: share.name, columns }]
  })

/** Sends what changed under a standing choice, and ends what has nothing behind it any more. True when something was written. */
export async function renewShares(hub: Hub, runtime: ChannelRuntime, isOver: () => boolean): Promise<boolean> {
  let wrote = false
  for (const share of standingShares(hub)) {
    const standing = shareStanding(hub, share)
    if (standing === 'gone') endShare(hub, share.artifact)
    else if (standing !== 'due' || !(await renew(hub, runtime, share, isOver))) continue
    wrote = true
  }
  return wrote
}

/** Tells colleagues what was said here about approvals since. True when something was written. */
export function tellApprovals(hub: Hub, runtime: ChannelRuntime): boolean {
  const untold = toldByThisDevice(hub).filter(({ subject }) => !standingShare(hub, subject))
  for (const told of untold) tellApproval(hub, runtime, told)
  return untold.length > 0
}

async function renew(hub: Hub, runtime: ChannelRuntime, share: ShareRecord, isOver: () => boolean): Promise<boolean> {
  if (share.of === 'approval') {
    const told = toldByThisDevice(hub).find(({ subject }) => subject === share.subject)
    if (told) tellApproval(hub, runtime, told)
    return told !== undefined
  }
  if (share.of === 'policy') {
    const policy = hub.context.vault.records.get<DisclosurePolicy>('policy', share.subject)
    const dataset = policy && standingShare(hub, policy.datasetId)
    if (!policy || !dataset) return false
    publish(hub, runtime, share, composePolicy(dataset.artifact, policy), { version: policy.version, columns: [] })
    return true
  }
  const found = findDataset(hub.context.vault, share.subject)
  if (!found.ok) return false
  const going = goingColumns(found.value, share)
  const bytes = await composeTable(hub, found.value, going, until(isOver))
  // While the table was read the person may have ended or changed the sharing, or locked the vault.
  if (isOver() || standingShare(hub, share.subject)?.revisions.length !== share.revisions.length) return false
  const name = found.value.name
  publish(hub, runtime, { ...share, name }, bytes, { version: found.value.version, columns: going.map((one) => one.name) }) // prettier-ignore
  return true
}

/** Nobody watches this work; it ends when the vault is locked. */
const until = (isOver: () => boolean): Steps => ({
  signal: {
    get aborted() {
      return isOver()
    },
  },
  report: () => {},
})

const standingShares = (hub: Hub): readonly ShareRecord[] => listShares(hub).filter(({ endedAt }) => endedAt === null)
