import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { DatasetView } from '#shared/projection/data-views.ts'
import type { DisclosureSummary } from '#shared/projection/disclosure-views.ts'
import type { ForecastScreen } from '#shared/projection/forecast-views.ts'
import type { DisclosurePolicy } from '#shared/policy/disclosure-policy.ts'
import { auditOf, ended, importFile, planFor, refusalOf } from '#test/support/company.ts'
import { ledger, MONTHS, regularOrders, type Order } from '#test/support/orders.ts'
import { FORECAST, TITLE, twoCompanies, type TwoCompanies } from '#test/support/two-companies.ts'
import type { Wire } from '#test/support/wire.ts'

const LAST = MONTHS.at(-1) ?? ''
let two: TwoCompanies
let wire: Wire
let dataset: DatasetView
let policy: DisclosurePolicy
let first: DisclosureSummary

beforeEach(async () => {
  two = await twoCompanies({ rolesB: ['coo', 'delivery-lead'], channelRoles: ['coo', 'cfo'] })
  dataset = await importFile(two.a, 'orders.csv', ledger(regularOrders()))
  policy = await two.policy(dataset.id, (proposed) => ({ ...proposed, roles: ['coo'] }))
  first = await two.disclose(policy)
  wire = two.wire()
  await two.level(wire)
})
afterEach(() => two.end())

const open = (who: 'a' | 'b', compareWith?: number): Promise<ForecastScreen> =>
  two[who].client.artifacts.open({ artifact: first.artifact, ...(compareWith && { compareWith }) })

/** A takes a newer file of the same orders: first what would change, then yes. */
async function reimport(orders: Iterable<Order>) {
  const { client } = two.a
  const plan = await planFor(two.a, 'orders-2.csv', ledger(orders))
  const { job } = await client.datasets.reimport({ dataset: dataset.id, plan, key: ['Order no'] })
  const view = await ended(two.a, job)
  if (view.state !== 'done') throw new Error(view.refusal?.code ?? view.state)
  const diff = await client.datasets.reimportDiff({ job })
  await client.datasets.confirmReimport({ token: diff.token })
  return diff
}

const cellsOf = (screen: ForecastScreen) => screen.forecast.series.flatMap((series) => series.cells)

/** B commits to everything that the forecast asks for. */
async function commitAll(): Promise<void> {
  const commitments = cellsOf(await open('b')).flatMap(({ sku, region, bucket, net }) =>
    net === null ? [] : [{ sku, region, bucket, committed: net, status: 'committed' as const, reason: null, resource: null }],
  ) // prettier-ignore
  await two.b.client.artifacts.commit({ artifact: first.artifact, commitments })
  await two.level(wire)
}

describe('[story 1] a disclosure over its life', () => {
  it('[DIS-14] a second revision shows its differences and what became newly visible, the same on both sides', async () => {
    // Every customer orders 10 more in the last month: no difference stands on fewer than eight customers.
    const more = [...regularOrders()].map((order) => (order.month === LAST ? { ...order, quantity: order.quantity + 10 } : order)) // prettier-ignore
    const diff = await reimport(more)
    expect(diff).toMatchObject({ added: 0, removed: 0, changed: 4 * 8 })
    const next: DisclosurePolicy = { ...policy, roles: ['coo', 'cfo'] }
    const saved = await two.a.client.disclosures.savePolicy(next)
    expect(saved.version).toBe(2)
    const preview = await two.preview(saved)
    expect(preview.held).toEqual([])
    expect(preview.newlyVisible).toMatchObject({ roles: ['cfo'], columns: [], all: false, cells: [] })
    const second = await two.disclose(saved)
    expect(second).toMatchObject({ artifact: first.artifact, revision: 2, sliceId: preview.sliceId })
    await two.level(wire)
    const [own, seen] = [await open('a'), await open('b')]
    expect(seen.sliceId).toBe(second.sliceId)
    expect(seen.diff).toEqual(own.diff)
    expect(seen.diff).toMatchObject({ from: 1, to: 2, added: [], removed: [] })
    expect(
      seen.diff?.changed.filter(({ total }) => !total).map(({ before, after }) => Number(after) - Number(before)),
    ).toEqual([80, 80, 80, 80])
    expect(seen.revisions.map(({ revision, sliceId }) => [revision, sliceId])).toEqual([[1, first.sliceId], [2, second.sliceId]]) // prettier-ignore
    expect(seen.forecast.delta).toMatchObject({ from: 1, to: 2 })
  })

  it('[DIS-8] a revision that would isolate one customer is held until a person confirms it', async () => {
    const orders = [...regularOrders()]
    const victim = orders.findIndex(({ month, customer }) => month === LAST && customer === 3)
    const changed = orders.map((order, at) => (at === victim ? { ...order, quantity: order.quantity + 777 } : order))
    await reimport(changed)
    const { held, sliceId } = await two.preview(policy)
    expect(held.length).toBeGreaterThan(0)
    const order = { policy: policy.id, title: TITLE, forecast: FORECAST, sliceId }
    expect(await refusalOf(two.a.client.disclosures.disclose({ ...order, confirmHeld: false }))).toBe('disclosures:held') // prettier-ignore
    expect((await two.a.client.disclosures.list())[0]?.revision).toBe(1)
    const second = await two.a.client.disclosures.disclose({ ...order, confirmHeld: true })
    expect(second.revision).toBe(2)
    const [row] = (await auditOf(two.a, ['disclosure'])).filter(({ detail }) => detail['revision'] === 2)
    expect(row?.detail['held']).toBe(true)
  })

  it('[DIS-12] what changed since the preview is not disclosed', async () => {
    const { sliceId } = await two.preview(policy)
    const more = [...regularOrders()].map((order) => ({ ...order, quantity: order.quantity + 1 }))
    await reimport(more)
    const order = { policy: policy.id, title: TITLE, forecast: FORECAST, sliceId, confirmHeld: true }
    expect(await refusalOf(two.a.client.disclosures.disclose(order))).toBe('disclosures:changed-since-preview')
    expect((await two.a.client.disclosures.list())[0]?.revision).toBe(1)
  })

  it('[TR-4] a stale forecast takes no commitment and no part in the metrics, on either side; a new revision revives it', async () => {
    await commitAll()
    const coverage = async (who: 'a' | 'b') => (await open(who)).forecast.metrics.find(({ id }) => id === 'commit-coverage') // prettier-ignore
    expect((await coverage('a'))?.value).toBe(100)
    wire = await two.sleep(31)
    for (const who of ['a', 'b'] as const) {
      const screen = await open(who)
      expect(screen.artifact.state).toBe('stale')
      expect(new Set(cellsOf(screen).map(({ state }) => state))).toEqual(new Set(['stale']))
      expect((await coverage(who))?.value ?? null).toBeNull()
    }
    const [cell] = cellsOf(await open('b'))
    if (!cell) throw new Error('no cell')
    const { sku, region, bucket } = cell
    const commitments = [{ sku, region, bucket, committed: 1, status: 'committed' as const, reason: null, resource: null }] // prettier-ignore
    expect(await refusalOf(two.b.client.artifacts.commit({ artifact: first.artifact, commitments }))).toBe('artifacts:forecast-stale') // prettier-ignore
    // What revives it is newer data, not a newer file of the same.
    await reimport([...regularOrders()].map((order) => ({ ...order, quantity: order.quantity + 1 })))
    await two.disclose(policy, FORECAST, true)
    await two.level(wire)
    expect((await open('b')).artifact).toMatchObject({ state: 'stale', revision: 2 })
    await reimport(regularOrders(8, [...MONTHS, '2026-11']))
    await two.disclose(policy, FORECAST, true)
    await two.level(wire)
    expect((await open('b')).artifact).toMatchObject({ state: 'current', revision: 3 })
  })

  it('[AR-8] [TR-7] a shortfall comes with what is offered instead; what stays unanswered is committed by the agreed rule after its day', async () => {
    const { artifact } = first
    const computable = cellsOf(await open('b')).filter(({ net }) => net !== null)
    const [short] = computable
    if (!short) throw new Error('nothing to commit to')
    const { sku, region, bucket } = short
    await two.b.client.artifacts.commit({
      artifact,
      terms: { unanswered: 'as-forecast' },
      commitments: [{ sku, region, bucket, committed: 1, status: 'shortfall', reason: 'One mould', alternate: 'Lid B from June', resource: null }],
    }) // prettier-ignore
    await two.level(wire)
    const [line] = (await open('a')).shortfalls.lines
    expect(line).toMatchObject({ cell: { key: short.key }, reasons: ['One mould'], alternates: ['Lid B from June'] })
    const states = async () => cellsOf(await open('a')).filter(({ net }) => net !== null).map(({ state }) => state) // prettier-ignore
    expect(new Set((await states()).slice(1))).toEqual(new Set(['awaiting']))
    wire = await two.sleep(FORECAST.commitDays + 1)
    expect((await states()).toSorted()).toEqual([...computable.slice(1).map(() => 'covered'), 'short'])
    const sides = [await open('a'), await open('b')].map((screen) => cellsOf(screen).map(({ committed, promises }) => [committed, promises[0]?.commitment.status])) // prettier-ignore
    expect(sides[0]).toEqual(sides[1])
    expect(sides[0]?.filter(([, status]) => status === 'auto')).toHaveLength(computable.length - 1)
  })

  it('[AR-8] a slot that is left out of the list is gone, on both sides', async () => {
    const { artifact } = first
    const slot = (resource: string) => ({
      resource,
      skuGroup: null,
      bucket: '2026-12',
      capacity: 10,
      upside: null,
      downside: null,
    })
    const resources = async (who: 'a' | 'b') =>
      (await open(who)).forecast.slots.map(({ resource }) => resource).toSorted()
    await open('b')
    await two.b.client.artifacts.commit({ artifact, slots: [slot('Line 1'), slot('Line 2')] })
    await two.level(wire)
    expect(await resources('a')).toEqual(['Line 1', 'Line 2'])
    await two.b.client.artifacts.commit({ artifact, slots: [slot('Line 2')] })
    await two.level(wire)
    expect([await resources('a'), await resources('b')]).toEqual([['Line 2'], ['Line 2']])
  })

  it('[TR-5] a stated fact and a change over the agreed percentage each reopen the commitments that they touch', async () => {
    await commitAll()
    expect(cellsOf(await open('a')).filter(({ net }) => net !== null).every(({ state }) => state === 'covered')).toBe(true) // prettier-ignore
    expect(await refusalOf(two.b.client.artifacts.declare({ artifact: first.artifact, fact: 'sku-discontinued', reference: 'CF-0201' }))).toBe('artifacts:only-owner') // prettier-ignore
    await two.a.client.artifacts.declare({ artifact: first.artifact, fact: 'sku-discontinued', reference: 'CF-0201' })
    await two.level(wire)
    for (const who of ['a', 'b'] as const) {
      const screen = await open(who)
      expect(screen.artifact.state).toBe('invalidated')
      for (const { sku, net, state } of cellsOf(screen))
        if (net !== null) expect(state).toBe(sku === 'CF-0201' ? 'reopened' : 'covered')
    }
    // Doubling every order of the other product in all months is far over 20 per cent.
    await reimport([...regularOrders()].map((order) => (order.sku === 'DT-0101' ? { ...order, quantity: order.quantity * 2 } : order))) // prettier-ignore
    await two.disclose(policy, FORECAST, true)
    await two.level(wire)
    const screen = await open('b')
    const reopened = cellsOf(screen).flatMap(({ sku, promises }) => promises.flatMap(({ reopened: why }) => (why ? [`${sku} ${why}`] : []))) // prettier-ignore
    expect(new Set(reopened)).toEqual(new Set(['DT-0101 change-over', 'CF-0201 sku-discontinued']))
    expect((await open('a')).forecast).toEqual(screen.forecast)
  })

  it('[PV-7] withdrawn: both sides stop showing it, the owner\u2019s key is gone, and it stays so after a restart', async () => {
    await open('b')
    const { records } = two.a.engine.desk.session.context.vault
    expect(records.list('slice-key')).toHaveLength(1)
    await two.a.client.disclosures.withdraw({ artifact: first.artifact, reason: 'No longer needed' })
    await two.level(wire)
    expect(records.list('slice-key')).toEqual([])
    for (const who of ['a', 'b'] as const) {
      expect(await refusalOf(open(who))).toBe('artifacts:withdrawn')
      expect((await two[who].client.artifacts.list({}))[0]?.state).toBe('withdrawn')
    }
    // The owner still reads when it went, to whom, and who opened it; not what it said.
    const told = await two.a.client.disclosures.get({ artifact: first.artifact })
    expect(told).toMatchObject({ state: 'withdrawn', slice: null, diff: null, revisions: [{ sliceId: first.sliceId }] })
    expect(told.receipts).toHaveLength(1)
    expect(await refusalOf(two.a.client.disclosures.withdraw({ artifact: first.artifact, reason: 'again' }))).toBe('disclosures:already-withdrawn') // prettier-ignore
    wire.cut()
    await two.a.client.vault.lock()
    await two.a.client.vault.unlock({ passphrase: two.a.passphrase })
    expect(await refusalOf(open('a'))).toBe('artifacts:withdrawn')
    // The same policy disclosed again begins a new artifact: a withdrawn one gets no revision.
    const again = await two.disclose(policy)
    expect(again.revision).toBe(1)
    expect(again.artifact).not.toBe(first.artifact)
  })

  it('[DIS-15] expired: not opened by anybody, and said so', async () => {
    await two.sleep(91)
    for (const who of ['a', 'b'] as const) {
      expect(await refusalOf(open(who))).toBe('artifacts:expired')
      expect((await two[who].client.artifacts.list({}))[0]?.state).toBe('expired')
    }
    expect((await two.a.client.disclosures.list())[0]?.state).toBe('expired')
  })

  it('[PV-3] one receipt per revision, signed by who opened it, however often they look', async () => {
    expect((await two.a.client.disclosures.list())[0]?.receipts).toEqual([])
    const openedAt = two.clock.now()
    await open('b')
    two.clock.passMinutes(5)
    await open('b')
    await open('a')
    await two.level(wire)
    const person = { en: 'Badr Al-Qahtani', ar: 'بدر القحطاني' }
    expect((await two.a.client.disclosures.list())[0]?.receipts).toEqual([
      { company: { en: 'Gulf Supply Company', ar: 'شركة الخليج للتوريد' }, person, revision: 1, openedAt },
    ])
    const { facts } = two.a.engine.desk.session.hub.runtime(two.channel as never) ?? {}
    expect(facts?.receipts.map(({ fact, author }) => [fact.slice, author.company === two.b.engine.desk.session.hub.identity.card.company])).toEqual([[first.sliceId, true]]) // prettier-ignore
  })

  it('[AR-7] the first opening tells the windows that something changed; no look after it does, or they would ask for ever', async () => {
    const said = vi.spyOn(two.b.engine.changes, 'say')
    await open('b')
    expect(said.mock.calls).toContainEqual(expect.arrayContaining(['artifacts', 'today', 'audit']))
    const { artifact } = first
    for (const who of ['a', 'b'] as const) {
      const { client, engine } = two[who]
      const heard = vi.spyOn(engine.changes, 'say').mockClear()
      const { workspace } = two
      await open(who)
      await client.artifacts.list({})
      await client.app.state()
      await client.today.get()
      await client.company.get()
      await client.workspaces.list()
      await client.workspaces.get({ workspace })
      await client.datasets.list()
      await client.disclosures.list()
      await client.disclosures.policies()
      await client.audit.search({ offset: 0, limit: 10 })
      await client.audit.verify()
      if (who === 'a') {
        await client.datasets.page({ dataset: dataset.id, offset: 0, limit: 10 })
        await client.disclosures.get({ artifact })
        await client.disclosures.seeAs({ workspace, role: 'coo' })
        await client.disclosures.preview({ policy, title: TITLE, forecast: FORECAST })
      }
      expect(heard.mock.calls).toEqual([])
    }
  })

  it('[WS-6] the outcome stands beside its measures, on both sides alike; what cannot be computed is no 0', async () => {
    const measures = async (who: 'a' | 'b') =>
      Object.fromEntries(
        (await two[who].client.workspaces.get({ workspace: two.workspace })).measures.map(({ metric, value }) => [metric, value]),
      ) // prettier-ignore
    await open('b')
    const before = { disclosures: 1, 'open-shortfalls': 0, wape: null, 'commit-coverage': null }
    expect([await measures('a'), await measures('b')]).toEqual([before, before])
    await commitAll()
    const after = { ...before, 'commit-coverage': 100 }
    expect([await measures('a'), await measures('b')]).toEqual([after, after])
  })

  it('[DIS-17] the owner sees through a partner role\u2019s eyes exactly what that role opens', async () => {
    const seen = await open('b')
    const sight = await two.a.client.disclosures.seeAs({ workspace: two.workspace, role: 'coo' })
    expect(sight).toMatchObject({ role: 'coo', hidden: 0 })
    expect(sight.slices.map(({ sliceId, slice }) => [sliceId, slice])).toEqual([[seen.sliceId, seen.content.slice]])
    const other = await two.a.client.disclosures.seeAs({ workspace: two.workspace, role: 'cfo' })
    expect(other).toMatchObject({ slices: [], hidden: 1 })
  })
})
