import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChannelRuntime } from '#engine/channels/channel-runtime.ts'
import { toHex } from '#shared/kernel/bytes.ts'
import type { ArtifactId, ChannelId, SectionName } from '#shared/kernel/ids.ts'
import { toStored } from '#shared/kernel/storable.ts'
import { sectionKey } from '#shared/sync/update.ts'
import { importFile, until, type Company } from '#test/support/company.ts'
import { ledger, regularOrders } from '#test/support/orders.ts'
import { twoCompanies, type TwoCompanies } from '#test/support/two-companies.ts'
import { kept, openWindow } from '#test/support/window.ts'

const JOINT = 'joint' as SectionName
let two: TwoCompanies
let plan: ArtifactId
let forecast: ArtifactId
/** How many edits were made, so that each has a name of its own. */
let edits = 0

beforeAll(async () => {
  two = await twoCompanies()
  const dataset = await importFile(two.a, 'orders.csv', ledger(regularOrders()))
  forecast = (await two.disclose(await two.policy(dataset.id))).artifact as ArtifactId
  const title = { en: 'Pilot line', ar: 'خط تجريبي' }
  plan = (await two.a.client.documents.create({ channel: two.channel, type: 'JointInitiativePlan.v1', title })).artifact as ArtifactId // prettier-ignore
  await together()
}, 60_000)
afterAll(() => two.end())

/** Both work on the plan and the forecast, apart from each other, and meet. */
async function together(): Promise<void> {
  const wire = two.wire()
  await two.level(wire)
  wire.cut()
  for (const company of [two.a, two.b]) {
    const live = await openWindow(company, plan)
    for (let at = 0; at < 4; at++)
      live.add('milestones', { titleEn: `step ${edits++}`, due: '2027-05-03', order: `a${edits}` })
    await kept(live)
    live.close()
  }
  const seen = await two.b.client.artifacts.open({ artifact: forecast })
  const cell = seen.forecast.series.flatMap(({ cells }) => cells).find(({ net }) => net !== null)
  if (!cell) throw new Error('no cell')
  const { sku, region, bucket } = cell
  for (const company of [two.a, two.b])
    await company.client.artifacts.agree({
      artifact: forecast,
      cells: [{ sku, region, bucket, quantity: edits++, note: null }],
    })
  const again = two.wire()
  await two.level(again)
  again.cut()
}

const runtimeOf = ({ engine }: Company): ChannelRuntime => {
  const runtime = engine.desk.session.hub.runtime(two.channel as ChannelId)
  return runtime ?? expect.fail('no channel')
}
const recordsOf = ({ engine }: Company) => engine.desk.session.context.vault.records
function store(company: Company): void {
  const { hub } = company.engine.desk.session
  hub.change(() => {
    hub.touch(two.channel as ChannelId).store()
    return undefined
  })
}
async function reopen(company: Company): Promise<void> {
  await company.client.vault.lock()
  await company.client.vault.unlock({ passphrase: company.passphrase })
}
/** Whether the channel went on from its stored state when it was opened. */
const wentOn = (company: Company): boolean => {
  const { judged, since } = runtimeOf(company).unstored
  return since < judged
}

/** All that a channel knows, and what its screens show. */
async function standing(company: Company) {
  const runtime = runtimeOf(company)
  const { index } = runtime.admission
  return {
    lines: index.lines.map((line) => ({
      id: line.id,
      hashes: Array.from({ length: line.hashes.length }, (_, at) => line.hashes.of(at + 1)),
      admitted: line.admitted,
      lamports: line.lamports,
      seen: line.lamports.map((_, at) => index.lines.map(({ number }) => index.seqSeen(line, at + 1, number))),
      waiting: line.waiting.map(({ hash }) => hash),
    })),
    members: toHex(toStored([...runtime.members.certificates.keys(), ...runtime.members.epochs.keys(), ...runtime.members.revocations.keys()])), // prettier-ignore
    keys: runtime.epochKeys(),
    events: runtime.facts.events,
    receipts: runtime.facts.receipts,
    kept: runtime.facts.kept,
    changes: [plan, forecast].map((artifact) => runtime.facts.changes.of(sectionKey(artifact, JOINT))),
    bytes: [plan, forecast].map((artifact) => toHex(runtime.stateOf(artifact, JOINT))),
    next: [plan, forecast].map((artifact) => runtime.admission.clocks.own(index.lines[0] as never, sectionKey(artifact, JOINT), 0)), // prettier-ignore
    merged: runtime.mergedTexts(plan, JOINT),
    opened: await company.client.artifacts.open({ artifact: forecast }),
    documents: await company.client.documents.list({}),
    history: await company.client.documents.history({ artifact: plan }),
  }
}

describe('a workspace that has grown old', () => {
  it('[SYN-16] opens from its stored state and the entries since, and knows byte for byte what its whole log says', async () => {
    for (const company of [two.a, two.b]) store(company)
    await together()
    for (const company of [two.a, two.b]) {
      await reopen(company)
      expect(wentOn(company)).toBe(true)
      const fromState = await standing(company)
      recordsOf(company).remove('channel-state', two.channel)
      await reopen(company)
      expect(wentOn(company)).toBe(false)
      expect(fromState).toEqual(await standing(company))
      store(company)
    }
    // What is written after such an opening counts on the other side, and the other way round.
    for (const company of [two.a, two.b]) await reopen(company)
    await together()
    expect(toHex(runtimeOf(two.a).stateOf(plan, JOINT))).toBe(toHex(runtimeOf(two.b).stateOf(plan, JOINT)))
  })

  it('[SYN-16] reads its log when the stored state is damaged, of another version, or ahead of the log', async () => {
    store(two.b)
    await reopen(two.b)
    const before = await standing(two.b)
    type Stored = { made: string; digest: Uint8Array; bytes: Uint8Array }
    const change = (spoil: (stored: Stored) => Stored) => {
      const stored = recordsOf(two.b).get<Stored>('channel-state', two.channel) ?? expect.fail('nothing stored')
      recordsOf(two.b).put('channel-state', two.channel, spoil(stored))
    }
    for (const spoil of [
      (stored: Stored) => ({ ...stored, bytes: stored.bytes.map((byte, at) => (at === 900 ? byte ^ 1 : byte)) }),
      (stored: Stored) => ({ ...stored, bytes: stored.bytes.subarray(0, 500) }),
      (stored: Stored) => ({ ...stored, made: '[0]' }),
    ]) {
      change(spoil)
      await reopen(two.b)
      expect(wentOn(two.b)).toBe(false)
      expect(await standing(two.b)).toEqual(before)
      store(two.b)
    }
  })

  it('[SYN-16] reads of the log what is missing beside the state: a document, or who changed what', async () => {
    store(two.b)
    await reopen(two.b)
    const before = await standing(two.b)
    for (const { id } of recordsOf(two.b).list('channel-document')) recordsOf(two.b).remove('channel-document', id)
    for (const { id } of recordsOf(two.b).list('channel-changes')) recordsOf(two.b).remove('channel-changes', id)
    await reopen(two.b)
    expect(wentOn(two.b)).toBe(true)
    expect(await standing(two.b)).toEqual(before)
    expect(two.b.bugs.splice(0).length).toBeGreaterThan(0)
  })

  it('[SYN-51] stores no plaintext of a slice: destroying its key destroys what can be read', async () => {
    store(two.a)
    const kinds = ['channel-state', 'channel-document', 'channel-changes']
    const bytes = kinds.flatMap((kind) =>
      recordsOf(two.a)
        .list<{ bytes: Uint8Array }>(kind)
        .map(({ value }) => value.bytes),
    )
    expect(bytes.length).toBeGreaterThan(2)
    const { content } = await two.a.client.artifacts.open({ artifact: forecast })
    const word = Buffer.from(content.envelope.purpose)
    const slice =
      runtimeOf(two.a).readSlice(forecast, 'slice:1' as SectionName) ?? expect.fail('A cannot read its own slice')
    expect(word.length).toBeGreaterThan(5)
    expect(Buffer.from(slice).includes(word)).toBe(true)
    expect(bytes.some((one) => Buffer.from(one).includes(word))).toBe(false)
    await two.a.client.disclosures.withdraw({ artifact: forecast, reason: '' })
    await reopen(two.a)
    expect(wentOn(two.a)).toBe(true)
    expect(runtimeOf(two.a).readSlice(forecast, 'slice:1' as SectionName)).toBeUndefined()
  })

  it('[SYN-16] stores by itself: after many entries, and when the vault closes', async () => {
    const live = await openWindow(two.b, plan)
    const record = live.add('milestones', { titleEn: 'x', due: '2027-05-03', order: 'b0' })
    for (let at = 0; at < 300; at++) live.set('milestones', record, 'titleEn', `x ${at}`)
    await until('all is kept', () => live.unkept === 0)
    live.close()
    expect(runtimeOf(two.b).unstored.since).toBeGreaterThan(300)
    await reopen(two.b)
    expect(wentOn(two.b)).toBe(true)
    expect(runtimeOf(two.b).unstored.since).toBe(0)
  })
})
