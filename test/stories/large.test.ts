import { afterEach, expect, it } from 'vitest'
import { transactionsCsv } from '#demo/transactions.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import { importFile } from '#test/support/company.ts'
import { FORECAST, twoCompanies, type TwoCompanies } from '#test/support/two-companies.ts'

let two: TwoCompanies
afterEach(() => two.end())

const keep = (column: string) => ({ column, transform: { kind: 'keep' as const }, clause: null })

it(
  '[AR-19] [PV-4] row detail beyond one entry travels in parts, reads whole, and survives a restart of both',
  { timeout: 120_000 },
  async () => {
    two = await twoCompanies()
    const { a, b } = two
    const dataset = await importFile(a, 'orders.csv', utf8(transactionsCsv({ rows: 100_000, seed: 11 })))
    const policy = await two.policy(dataset.id, (proposed) => ({
      ...proposed,
      mode: 'detail',
      necessity: 'The carrier settles every delivery by itself.',
      k: 1,
      entity: null,
      measures: [],
      totals: [],
      fields: ['SKU', 'Region', 'Order date', 'Quantity'].map(keep),
    }))
    const title = { en: 'Deliveries', ar: 'التوريدات' }
    const outcome = await a.client.disclosures.preview({ policy, title })
    if (outcome.outcome !== 'preview') throw new Error('refused')
    const { sliceId, slice } = outcome.view
    const { artifact } = await a.client.disclosures.disclose({ policy: policy.id, title, sliceId, confirmHeld: false })
    await two.mail(a, b)
    const opened = await b.client.artifacts.openSlice({ artifact })
    expect(opened.sliceId).toBe(sliceId)
    expect(opened.slice.rows).toEqual(slice.rows)
    expect(slice.rows.length).toBeGreaterThan(90_000)
    await two.mail(b, a)
    for (const { client, passphrase } of [a, b]) {
      await client.vault.lock()
      await client.vault.unlock({ passphrase })
      expect((await client.artifacts.openSlice({ artifact })).sliceId).toBe(sliceId)
      expect((await client.audit.verify()).intact).toBe(true)
    }
    expect((await a.client.artifacts.openSlice({ artifact })).receipts).toHaveLength(1)
  },
)

it('[AR-8] commitments beyond one entry arrive whole', { timeout: 120_000 }, async () => {
  two = await twoCompanies()
  const { a, b } = two
  const dataset = await importFile(a, 'orders.csv', utf8(transactionsCsv({ rows: 40_000, seed: 12 })))
  const { artifact } = await two.disclose(await two.policy(dataset.id), { ...FORECAST, horizon: 24 })
  await two.mail(a, b)
  const { forecast } = await b.client.artifacts.open({ artifact })
  const cells = forecast.series.flatMap((series) => series.cells).filter(({ net }) => net !== null)
  expect(cells.length).toBeGreaterThan(1_200)
  const reason = 'ع'.repeat(400)
  await b.client.artifacts.commit({
    artifact,
    commitments: cells.map(({ sku, region, bucket, net }) => ({ sku, region, bucket, committed: net, status: 'committed', reason, resource: null })), // prettier-ignore
  })
  await two.mail(b, a)
  const seen = await a.client.artifacts.open({ artifact })
  const promised = seen.forecast.series.flatMap((series) => series.cells).filter(({ committed }) => committed !== null)
  expect(promised).toHaveLength(cells.length)
  expect(promised.every(({ promises }) => promises[0]?.commitment.reason === reason)).toBe(true)
})
