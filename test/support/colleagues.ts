import { internalChannel } from '#engine/colleagues/internal.ts'
import type { ChannelRuntime } from '#engine/channels/channel-runtime.ts'
import { feedOf } from '#engine/identity/identity.ts'
import { writableEpoch } from '#shared/membership/epoch.ts'
import { findWorkspace } from '#engine/workspaces/workspace-record.ts'
import type { DataClass } from '#shared/artifacts/table.ts'
import type { ArtifactId, Role } from '#shared/kernel/ids.ts'
import type { CopyView } from '#shared/projection/colleague-views.ts'
import type { Body } from '#shared/seal/entry.ts'
import { openEntry } from '#shared/seal/open.ts'
import { parseRun } from '#shared/seal/parse.ts'
import { sealEntry, signRun, startRun } from '#shared/seal/seal.ts'
import { verifyRun } from '#shared/seal/verify.ts'
import { download, ended, openFile, until, type Company } from './company.ts'

export const hubOf = ({ engine }: Company) => engine.desk.session.hub

/** A company's internal channel as one device has it. @throws while it has none. */
export function internalOf(company: Company): ChannelRuntime {
  const runtime = internalChannel(hubOf(company))
  if (!runtime) throw new Error('no internal workspace')
  return runtime
}

/** The internal workspace's entries as a file. */
export const packed = async (from: Company): Promise<Uint8Array> =>
  download(from, await from.client.workspaces.exportSync({ workspace: internalOf(from).workspace }))
export const carry = async (from: Company, to: Company) => openFile(to, await packed(from))

/** Nothing that a device does by itself is outstanding. */
export const settled = (company: Company): Promise<true> =>
  until('the device has done what it does by itself', () => !company.engine.desk.session.colleagues.isBusy)

/** All devices exchange files until nobody has news. */
export async function meet(...companies: readonly Company[]): Promise<void> {
  const frontier = () => JSON.stringify(companies.map((one) => [...hubOf(one).context.vault.log.frontier(internalOf(one).id)].sort())) // prettier-ignore
  for (let before = ''; before !== frontier();) {
    before = frontier()
    for (const from of companies)
      for (const to of companies) {
        await settled(from)
        if (from !== to) await carry(from, to)
      }
    for (const one of companies) await settled(one)
  }
}

/** Looks at what would go, and shares it. */
export async function share(company: Company, dataset: string, roles: Role[], ceiling: DataClass): Promise<ArtifactId> {
  const { columns } = await company.client.colleagues.preview({ dataset, roles, ceiling })
  const going = columns.filter(({ goes }) => goes).map(({ name }) => name)
  const { job } = await company.client.colleagues.share({ dataset, roles, ceiling, columns: going })
  const { state, result, refusal } = await ended(company, job)
  if (state !== 'done') throw new Error(`sharing ${state}: ${refusal?.code}`)
  await settled(company)
  return result as ArtifactId
}

export const copyIn = async (company: Company, artifact: string): Promise<CopyView | undefined> =>
  (await company.client.colleagues.get()).copies.find((one) => one.artifact === artifact)

/** How many entries of a device's internal channel `thief` opens with any key that it holds; those from `fromSeq` of its feed on. */
export function openedBy(thief: Company, by: Company, isCounted: (feed: string, seq: number) => boolean = () => true) {
  const { context } = hubOf(thief)
  const { workspace, admission, id } = internalOf(by)
  const keys = [...hubOf(thief).runtimes()].flatMap((runtime) => runtime.epochKeys())
  const count = { opened: 0, sealed: 0 }
  for (const { firstSeq, bytes } of hubOf(by).context.vault.log.replay(id)) {
    const run = parseRun(bytes)
    const line = run.ok ? admission.index.line(run.value.feed) : undefined
    if (!run.ok || run.value.channel === null || !line) continue
    const place = { workspace, channel: id, nextSeq: firstSeq, previousHash: line.hashes.of(firstSeq - 1) ?? null }
    const verified = verifyRun(context.crypto, run.value, place)
    if (!verified.ok) throw new Error(verified.refusal)
    for (const entry of verified.value) {
      if (entry.epoch === null || !isCounted(entry.feed, entry.seq)) continue
      count.sealed++
      if (keys.some(({ key }) => openEntry(context.crypto, entry, key).ok)) count.opened++
    }
  }
  return count
}

/** A changed client seals whatever it likes under its own keys, at its honest place; its engine is not asked. */
export function sealedBy(company: Company, bodies: readonly Omit<Body, 'at'>[]): Uint8Array {
  const { hub, context } = company.engine.desk.session
  const runtime = internalOf(company)
  const feed = feedOf(hub.identity, context.unlocked.incarnation())
  const held = runtime.admission.index.line(feed)?.hashes
  const epoch = writableEpoch(runtime.members)
  const key = runtime.epochKeys().find((one) => one.epoch === epoch?.id)?.key
  if (!epoch || !key) throw new Error('no key to write under')
  const position = { workspace: runtime.workspace, channel: runtime.id, feed, nextSeq: (held?.length ?? 0) + 1, previous: held?.last ?? null } // prettier-ignore
  const draft = startRun(context.crypto, position, { id: epoch.id, key })
  bodies.forEach((body, at) => {
    const heads = at > 0 ? [] : runtime.admission.index.tips(feed)
    const sealed = sealEntry(context.crypto, draft, { at: context.clock.now(), ...body }, heads)
    if (!sealed.ok) throw new Error(sealed.refusal)
  })
  return signRun(context.crypto, draft, hub.identity.device.secret).bytes
}

/** Hands a run to a device as if it had come over a link. */
export function handed(to: Company, run: Uint8Array) {
  const { hub, context } = to.engine.desk.session
  const { workspace, id } = internalOf(to)
  const record = findWorkspace(context, workspace)
  if (!record) throw new Error('no record of the workspace')
  return hub.receive(record, id, [run], 'a changed client')
}
