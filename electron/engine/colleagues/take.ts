import { ColleagueShare } from '#shared/artifacts/colleague-share.v1.ts'
import { sliceIdOf } from '#shared/disclosure/encode-slice.ts'
import { pages, readHead, readRows, type TableHead } from '#shared/intake/shared-table.ts'
import type { Canonical } from '#shared/kernel/canonical.ts'
import type { ArtifactId, DatasetId, PersonId, Role } from '#shared/kernel/ids.ts'
import { certificateOf } from '#shared/membership/certificate-of.ts'
import { writeControl } from '#shared/membership/control.ts'
import { sealedSectionKey } from '#shared/sync/update.ts'
import { sliceSection } from '../artifacts/read-slice.ts'
import type { ChannelRuntime } from '../channels/channel-runtime.ts'
import type { StatedEvent } from '../channels/facts.ts'
import { takeTold } from '../approvals/tell.ts'
import { newId, record } from '../context.ts'
import { DATASET, findDataset, type DatasetRecord } from '../datasets/dataset.ts'
import type { Hub } from '../workspaces/hub.ts'
import { writeIn } from '../workspaces/membership-steps.ts'
import { noteArrival } from '../today/journal.ts'
import { decodePolicy } from './policy-page.ts'
import { copyOf, listShares, saveCopy, type CopyEnd, type CopyRecord } from './records.ts'

/** A share of a colleague as the channel's facts have it. */
export interface Offered {
  readonly artifact: ArtifactId
  readonly created: StatedEvent
  readonly newest: Stated
  readonly ended: boolean
}
type Stated = ReturnType<typeof sharedEvents>[number]

const sharedEvents = (runtime: ChannelRuntime, artifact: ArtifactId) =>
  runtime.facts.eventsOf(artifact, 'colleague-shared')

/** What colleagues share in the channel, whether it is for this device or not. */
export function offered(hub: Hub, runtime: ChannelRuntime): readonly Offered[] {
  const own = new Set(listShares(hub).map(({ artifact }) => artifact))
  return runtime.facts.artifacts(ColleagueShare.type).flatMap(({ id, created }): readonly Offered[] => {
    const stated = sharedEvents(runtime, id)
    const newest = stated.toSorted((one, other) => one.fact.revision - other.fact.revision).at(-1)
    if (own.has(id) || !newest) return []
    const ended = runtime.facts.eventsOf(id, 'colleague-share-ended').length > 0
    return [{ artifact: id, created, newest, ended }]
  })
}

/** The roles that this device holds now, as the channel certifies them. */
export const ownRoles = (hub: Hub, { members }: ChannelRuntime): readonly Role[] =>
  certificateOf(members, hub.identity.device.id, hub.context.clock.now())?.roles ?? []

/**
 * Takes what colleagues shared with this device's roles into the vault, and ends what is no longer for it: its key is forgotten
 * and no revision follows; what was read stays. True when something changed.
 */
export async function takeShares(hub: Hub, runtime: ChannelRuntime, isOver: () => boolean): Promise<boolean> {
  let changed = false
  const all = offered(hub, runtime)
  const policies = new Set<ArtifactId>()
  for (const offer of all) if (await takeOne(hub, runtime, offer, isOver, policies)) changed = true
  // A policy that came before its table is looked at again after it.
  for (const offer of all) {
    if (policies.has(offer.artifact) && (await takeOne(hub, runtime, offer, isOver, new Set()))) changed = true
  }
  return changed
}

async function takeOne(
  hub: Hub,
  runtime: ChannelRuntime,
  { artifact, created, newest, ended }: Offered,
  isOver: () => boolean,
  waiting: Set<ArtifactId>,
): Promise<boolean> {
  if (isOver()) return false
  const copy = copyOf(hub, artifact)
  const roles = ownRoles(hub, runtime)
  const mine = newest.fact.roles.some((role) => roles.includes(role))
  if (ended || !mine) return copy?.ended === null && endCopy(hub, runtime, copy, ended ? 'withdrawn' : 'role-lost')
  const again = copy?.ended ? reopen(hub, runtime, copy) : false
  const { revision, slice } = newest.fact
  if (copy && revision <= copy.revision) return again
  const section = sliceSection(revision)
  const bytes = runtime.readSlice(artifact, section)
  if (bytes === undefined || isRefused(hub, artifact, revision)) return again
  const { name, roles: held } = newest.author
  const by = { artifact, person: created.author.person, name, revision, sharedAt: newest.at }
  const content = pages(bytes)
  const first = content.next().value ?? undefined
  const [kind, value] = Array.isArray(first) ? (first as readonly Canonical[]) : []
  let read: Read = 'unreadable'
  if (sliceIdOf(runtime.crypto, bytes) !== slice) read = 'unreadable'
  else if (kind === 'table' && value !== undefined) read = await readTable(hub, by, readHead(value), content, isOver)
  else if (kind === 'policy' && value !== undefined) read = readPolicy(hub, by, value)
  else if (kind === 'approval' && value !== undefined) read = readTold(hub, { ...by, roles: held }, value)
  if (read === 'over') return again
  if (read === 'waits') {
    waiting.add(artifact)
    return again
  }
  if (read === 'unreadable') refuseCopy(hub, artifact, revision, newest.author.name.en)
  else keep(hub, runtime, by, read)
  return true
}

/** Who shares what, when. */
interface By {
  readonly artifact: ArtifactId
  readonly person: PersonId
  readonly name: CopyRecord['by']
  readonly revision: number
  readonly sharedAt: CopyRecord['sharedAt']
}
/** What was made of a content: how to keep it, and under which name. */
interface Kept {
  readonly of: CopyRecord['of']
  readonly name: string
  keep(): void
}
type Read = Kept | 'unreadable' | 'waits' | 'over'

/** Reads a table into staging, page by page; it becomes visible when it is kept. */
async function readTable(
  hub: Hub,
  { artifact }: By,
  head: TableHead | undefined,
  content: Generator<Canonical | undefined>,
  isOver: () => boolean,
): Promise<Read> {
  if (!head) return 'unreadable'
  const { vault, crypto, scheduler } = hub.context
  const id = artifact as string as DatasetId
  const before = findDataset(vault, id)
  // An id that somebody's own table has is no share's: nothing of this vault is written over.
  if (before.ok && before.value.colleague !== artifact) return 'unreadable'
  const table = newId<DatasetId>(crypto)
  vault.datasets.stage(table, head.columns)
  let rows = 0
  let sound = true
  for (const part of content) {
    const [kind, value] = Array.isArray(part) ? (part as readonly Canonical[]) : []
    const read = kind === 'rows' && value !== undefined ? readRows(value, head.columns) : undefined
    if (!read) sound = false
    if (!sound || isOver()) break
    if (read && read.length > 0) vault.datasets.append(table, read)
    rows += read?.length ?? 0
    await scheduler.breathe()
  }
  if (isOver()) return 'over'
  if (!sound || rows !== head.rows) {
    vault.datasets.drop(table)
    return 'unreadable'
  }
  const { name, version, columns, moneyDecimals, cancellation, excluded, defectiveRows, synthetic, source } = head
  const dataset: DatasetRecord = {
    id, name, version, table, columns, rows, moneyDecimals, cancellation, excluded, defectiveRows, defects: {}, source,
    colleague: artifact, ...(synthetic && { synthetic: true as const }),
  } // prettier-ignore
  const keepIt = (): void => {
    vault.datasets.publish(table, before.ok ? before.value.table : undefined)
    vault.records.put(DATASET, id, dataset)
  }
  return { of: 'dataset', name, keep: keepIt }
}

/** A policy counts over a table of the same person's only, and once that table is here. */
function readPolicy(hub: Hub, { artifact, person }: By, value: Canonical): Read {
  const read = decodePolicy(value, artifact)
  if (!read) return 'unreadable'
  const table = copyOf(hub, read.dataset)
  if (table && table.person !== person) return 'unreadable'
  const { records } = hub.context.vault
  const before = records.get('policy', artifact)
  if (before && !copyOf(hub, artifact)) return 'unreadable'
  if (!table || table.removed) return 'waits'
  const { policy } = read
  return { of: 'policy', name: policy.name.en || policy.name.ar, keep: () => records.put('policy', policy.id, policy) }
}

/** Something about an approval: it counts as its author's, whom the certificate names, with the roles that it gives them. */
function readTold(hub: Hub, { person, name, roles }: By & { readonly roles: readonly Role[] }, value: Canonical): Read {
  const told = takeTold(hub, value, { person, name, roles })
  return told ? { of: 'approval', name: told.name, keep: () => told.keep() } : 'unreadable'
}

const ARRIVAL = {
  approval: { first: { code: 'approval-news' }, again: { code: 'approval-news' } },
  dataset: { first: { code: 'dataset-received-from-colleague' }, again: { code: 'dataset-updated-by-colleague' } },
  policy: { first: { code: 'policy-received-from-colleague' }, again: { code: 'policy-updated-by-colleague' } },
} as const

function keep(hub: Hub, runtime: ChannelRuntime, by: By, { of, name, keep: store }: Kept): void {
  const { artifact, person, revision, sharedAt } = by
  const { clock } = hub.context
  const before = copyOf(hub, artifact)
  hub.change(() => {
    store()
    const takenAt = clock.now()
    saveCopy(hub, { artifact, of, name, by: by.name, person, revision, sharedAt, takenAt, ended: null, removed: false })
    forget(hub, runtime, artifact, revision)
    if (ownRoles(hub, runtime).length > 0) {
      const section = sliceSection(revision)
      const slice = runtime.facts.eventsOf(artifact, 'colleague-shared').find(({ fact }) => fact.revision === revision)?.fact.slice // prettier-ignore
      if (slice)
        writeIn(hub, runtime.id, [
          { kind: 'control', payload: writeControl({ kind: 'receipt', artifact, section, slice, openedAt: takenAt }) },
        ])
    }
    const { code } = ARRIVAL[of][before ? 'again' : 'first']
    record(hub.context, { kind: 'opening', code, actor: by.name.en, subject: { id: artifact, name }, detail: { revision } }) // prettier-ignore
    if (of === 'dataset') noteArrival(hub, runtime, by, name, code)
    return undefined
  })
}

/** The rows are in the vault: what was opened in memory is let go, here and after a restart. */
function forget(hub: Hub, runtime: ChannelRuntime, artifact: ArtifactId, upTo: number): void {
  hub.touch(runtime.id)
  for (let revision = 1; revision <= upTo; revision++) {
    const section = sliceSection(revision)
    const place = `${runtime.id}/${sealedSectionKey(artifact, section)}`
    if (hub.context.vault.records.get('forgotten-slice', place) !== undefined) continue
    hub.context.vault.records.put('forgotten-slice', place, true)
    runtime.dropSlice(artifact, section)
  }
}

function endCopy(hub: Hub, runtime: ChannelRuntime, copy: CopyRecord, why: CopyEnd): true {
  const last = sharedEvents(runtime, copy.artifact).map(({ fact }) => fact.revision)
  hub.change(() => {
    forget(hub, runtime, copy.artifact, Math.max(copy.revision, ...last))
    saveCopy(hub, { ...copy, ended: why })
    record(hub.context, {
      kind: 'opening',
      code: why === 'withdrawn' ? 'colleague-ended-sharing' : 'share-not-for-roles',
      actor: copy.by.en,
      subject: { id: copy.artifact, name: copy.name },
      detail: { revision: copy.revision },
    })
    return undefined
  })
  return true
}

/** The roles came back: what was closed may be read again, from the log. */
function reopen(hub: Hub, runtime: ChannelRuntime, copy: CopyRecord): true {
  const { records } = hub.context.vault
  hub.change(() => {
    for (const { fact } of sharedEvents(runtime, copy.artifact))
      if (fact.revision > copy.revision)
        records.remove('forgotten-slice', `${runtime.id}/${sealedSectionKey(copy.artifact, sliceSection(fact.revision))}`) // prettier-ignore
    saveCopy(hub, { ...copy, ended: null })
    hub.touch(runtime.id).rebuild()
    return undefined
  })
  return true
}

const refusedAt = (artifact: ArtifactId, revision: number): string => `${artifact}/${revision}`
const isRefused = ({ context }: Hub, artifact: ArtifactId, revision: number): boolean =>
  context.vault.records.get('colleague-refused', refusedAt(artifact, revision)) !== undefined

/** Told once: it would come to the same every time. */
function refuseCopy(hub: Hub, artifact: ArtifactId, revision: number, actor: string): void {
  hub.change(() => {
    hub.context.vault.records.put('colleague-refused', refusedAt(artifact, revision), true)
    const subject = { id: artifact, name: '' }
    record(hub.context, { kind: 'refusal', code: 'share-unreadable', actor, subject, detail: { revision } })
    return undefined
  })
}
