import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeIn } from '#engine/workspaces/membership-steps.ts'
import { branchRuns, type KeptRun } from '#engine/workspaces/kept-runs.ts'
import { artifactIdOf, writeArtifactEvent } from '#shared/artifacts/artifact-event.ts'
import { CapacityPlan } from '#shared/artifacts/capacity-plan.v1.ts'
import type { ArtifactId, ChannelId, DeviceId, FeedId, SectionName } from '#shared/kernel/ids.ts'
import { writeSealedFile } from '#shared/seal/sealed-file.ts'
import { writeDoc } from '#shared/sync/doc-body.ts'
import { auditOf, importFile, openFile, type Company } from '#test/support/company.ts'
import { ledger, regularOrders } from '#test/support/orders.ts'
import { TITLE, twoCompanies, type TwoCompanies } from '#test/support/two-companies.ts'

const OWN = 'own' as SectionName
let two: TwoCompanies
beforeEach(async () => {
  two = await twoCompanies()
})
afterEach(() => two.end())

const hubOf = ({ engine }: Company) => engine.desk.session.hub

/** What a modified client of `company` may seal and everybody has to admit: a plan of its own that names any forecast. */
function writePlan(company: Company, forecast: string, key: string, committed: number, nonce: number): void {
  const hub = hubOf(company)
  const bytes = new Uint8Array(16).fill(nonce)
  const plan = artifactIdOf(hub.context.crypto, hub.identity.card.company, bytes)
  const declared = {
    type: 'artifact-created' as const, artifact: plan, artifactType: CapacityPlan.type, nonce: bytes, title: TITLE,
  } // prettier-ignore
  hub.change(() => {
    const runtime = hub.touch(two.channel as ChannelId)
    const update = runtime.edit(plan, OWN, (writer) => {
      writer.setKey('terms', 'forecast', forecast as ArtifactId)
      writer.setKey('commitments', key, { committed, status: 'committed', committedOn: '2026-11-21', forRevision: 1 })
    })
    if (!update) throw new Error('nothing written')
    writeIn(hub, runtime.id, [
      { kind: 'event', payload: writeArtifactEvent(declared) },
      { kind: 'doc', payload: writeDoc([{ artifact: plan, section: OWN, replica: 0, update }]) },
    ])
    return undefined
  })
}

describe('a partner with a modified client', () => {
  it("[AR-8] [TR-7] commits nothing in the supplier's name, and nothing twice", async () => {
    const dataset = await importFile(two.a, 'orders.csv', ledger(regularOrders()))
    const { artifact } = await two.disclose(await two.policy(dataset.id))
    await two.mail(two.a, two.b)
    const seen = await two.b.client.artifacts.open({ artifact })
    const cell = seen.forecast.series.flatMap(({ cells }) => cells).find(({ net }) => net !== null)
    if (!cell) throw new Error('nothing to commit to')
    const committedAt = async (company: Company) => {
      const { forecast } = await company.client.artifacts.open({ artifact })
      return forecast.series.flatMap(({ cells }) => cells).find(({ key }) => key === cell.key)?.committed
    }

    writePlan(two.a, artifact, cell.key, 777, 1)
    await two.mail(two.a, two.b)
    for (const company of [two.a, two.b]) {
      expect(await committedAt(company)).toBeNull()
      expect((await company.client.artifacts.open({ artifact })).plan).toBeNull()
    }

    writePlan(two.b, artifact, cell.key, 10, 2)
    writePlan(two.b, artifact, cell.key, 10, 3)
    await two.mail(two.b, two.a)
    expect(await committedAt(two.a)).toBe(10)
    expect(await committedAt(two.b)).toBe(10)
  })

  it('[PV-2] never reads why a disclosure was withdrawn: the reason is for the own record', async () => {
    const dataset = await importFile(two.a, 'orders.csv', ledger(regularOrders()))
    const { artifact } = await two.disclose(await two.policy(dataset.id))
    await two.a.client.disclosures.withdraw({ artifact, reason: 'margin of 41 % was about to show' })
    await two.mail(two.a, two.b)
    const told = hubOf(two.b)
      .runtime(two.channel as ChannelId)
      ?.facts.eventsOf(artifact, 'slice-withdrawn')
    expect(told?.map(({ fact }) => fact.reason)).toEqual([''])
    expect(JSON.stringify(await auditOf(two.a, ['disclosure']))).toContain('margin of 41 %')
  })

  it('[SYN-10] fills no disk with runs of versions that nobody can read', async () => {
    await importFile(two.a, 'orders.csv', ledger(regularOrders()))
    const { crypto, vault } = two.b.engine.desk.session.context
    const newer = (at: number) =>
      Uint8Array.from([0x4d, 0x54, 0x51, 0x52, 9, 9, at & 255, at >> 8, ...Array(200).fill(0)])
    const frames = Array.from({ length: 400 }, (_, at) => newer(at))
    await expect(openFile(two.b, writeSealedFile(crypto, { kind: 'sync', frames }))).rejects.toThrow()
    const parked = vault.records.list<KeptRun>('parked-run')
    expect(parked.length).toBeGreaterThan(0)
    expect(parked.length).toBeLessThanOrEqual(256)
  })

  it('[SYN-13] forks in one channel and is not forgotten for forking in another', () => {
    const { context } = two.a.engine.desk.session
    const feed = 'ab'.repeat(48) as FeedId
    const [first, second] = ['11'.repeat(32), '22'.repeat(32)] as [ChannelId, ChannelId]
    branchRuns(context, first).keep(feed, Uint8Array.of(1))
    branchRuns(context, second).keep(feed, Uint8Array.of(2))
    for (let at = 0; at < 100; at++) branchRuns(context, first).keep(feed, Uint8Array.of(3, at))
    const kept = context.vault.records.list<KeptRun>('fork-proof').map(({ value }) => value)
    expect(kept).toHaveLength(65)
    expect(branchRuns(context, second).list()).toEqual([Uint8Array.of(2)])
    expect(kept).toContainEqual({ channel: first, bytes: Uint8Array.of(1) })
    expect(kept).toContainEqual({ channel: second, bytes: Uint8Array.of(2) })
    for (const { id } of context.vault.records.list('fork-proof')) context.vault.records.remove('fork-proof', id)
  })
})

describe('a change that fails', () => {
  it('[SYN-16] leaves memory as the log is, also when the failure was inside another change', () => {
    const hub = hubOf(two.a)
    const channel = two.channel as ChannelId
    const lengths = () => hub.runtime(channel)?.admission.index.lines.map(({ hashes }) => hashes.length)
    const before = lengths()
    const withdrawn = { type: 'artifact-created' as const, artifactType: CapacityPlan.type, title: TITLE }
    const nonce = new Uint8Array(16)
    const artifact = artifactIdOf(hub.context.crypto, hub.identity.card.company, nonce)
    expect(() =>
      hub.change(() => {
        writeIn(hub, channel, [{ kind: 'event', payload: writeArtifactEvent({ ...withdrawn, artifact, nonce }) }])
        return hub.change((): undefined => {
          throw new Error('disk full')
        })
      }),
    ).toThrow('disk full')
    expect(lengths()).toEqual(before)
    expect(hub.runtime(channel)?.facts.declared(artifact)).toBeUndefined()
  })

  it('[SYN-16] leaves the identity as it was kept: nobody goes on under a certificate that was rolled back', () => {
    const hub = hubOf(two.a)
    const { identity } = hub
    const feeds = hub.runtime(two.channel as ChannelId)?.admission.index.lines.length
    expect(() =>
      hub.change((): undefined => {
        hub.become({ ...identity, device: { ...identity.device, id: 'cd'.repeat(32) as DeviceId } })
        throw new Error('disk full')
      }),
    ).toThrow('disk full')
    expect(hub.identity).toBe(identity)
    expect(hub.runtime(two.channel as ChannelId)?.admission.index.lines.length).toBe(feeds)
  })

  it('a listener that fails after the commit neither undoes the answer nor silences the others', () => {
    const hub = hubOf(two.a)
    const heard: string[] = []
    const stops = [
      hub.onGrown(() => {
        throw new Error('a closed pipe')
      }),
      hub.onGrown((channel) => heard.push(channel)),
    ]
    const nonce = new Uint8Array(16).fill(9)
    const artifact = artifactIdOf(hub.context.crypto, hub.identity.card.company, nonce)
    const event = { type: 'artifact-created' as const, artifact, artifactType: CapacityPlan.type, nonce, title: TITLE }
    expect(
      hub.change(() => {
        writeIn(hub, two.channel as ChannelId, [{ kind: 'event', payload: writeArtifactEvent(event) }])
        return 'done'
      }),
    ).toBe('done')
    expect(heard).toEqual([two.channel])
    expect(two.a.bugs.splice(0)).toHaveLength(1)
    for (const stop of stops) stop()
  })
})

describe('a vault that opens and cannot be read', () => {
  it('[PV-7] is closed again, and can be opened once more', async () => {
    const { client, passphrase, engine } = two.a
    const { vault } = engine.desk.session.context
    vault.records.put('workspace', 'ff'.repeat(32), { id: 'ff'.repeat(32), channels: null })
    await client.vault.lock()
    await expect(client.vault.unlock({ passphrase })).rejects.toThrow()
    expect((await client.app.state()).stage).toBe('locked')
    // Not refused as open elsewhere: nothing was left behind that holds it.
    await expect(client.vault.unlock({ passphrase })).rejects.not.toThrow(/open/i)
    expect(two.a.bugs.splice(0).length).toBeGreaterThan(0)
  })
})
