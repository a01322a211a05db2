import { afterEach, describe, expect, it } from 'vitest'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import { DEMO_HEADERS, generateTransactions, transactionsCsv } from '#demo/transactions.ts'
import { sliceIdOf } from '#shared/disclosure/encode-slice.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import { encode, type Canonical } from '#shared/kernel/canonical.ts'
import type { ForecastScreen } from '#shared/projection/forecast-views.ts'
import { auditOf, importFile, type Company } from '#test/support/company.ts'
import { contradicted } from '#test/support/contradicting.ts'
import { twoCompanies, type TwoCompanies } from '#test/support/two-companies.ts'

const ROWS = 100_000
const SEED = 7
const K = 5
const at = (header: (typeof DEMO_HEADERS)[number]): number => DEMO_HEADERS.indexOf(header)

/** The monthly aggregate worked out from the file alone: sum and distinct customers per month, product and region. */
function truth(): Map<string, { sum: number; customers: Set<string> }> {
  const cells = new Map<string, { sum: number; customers: Set<string> }>()
  for (const row of generateTransactions({ rows: ROWS, seed: SEED })) {
    const status = row[at('Status')]
    const quantity = Number(row[at('Quantity')])
    if (status === 'Cancelled' || status === 'ملغي' || quantity <= 0) continue
    const key = [row[at('Order date')]?.slice(0, 7), row[at('SKU')], row[at('Region')]].join('|')
    const cell = cells.get(key) ?? { sum: 0, customers: new Set() }
    cell.sum += quantity
    cell.customers.add(row[at('Customer')] ?? '')
    cells.set(key, cell)
  }
  return cells
}

let two: TwoCompanies
afterEach(() => two.end())

/** B's answer: one cell ten short with a reason, one covered. Returns both. */
async function commitTo(company: Company, screen: ForecastScreen) {
  const known = screen.forecast.series.flatMap(({ cells }) => cells).filter(({ net }) => net !== null && net > 100)
  const [short, full] = known
  if (!short || !full) throw new Error('the forecast has no two cells to commit to')
  const reason = 'The second line is in maintenance.'
  await company.client.artifacts.commit({
    artifact: screen.artifact.id,
    terms: { leadTimeDays: 10 },
    slots: [{ resource: 'Line 1', skuGroup: null, bucket: short.bucket, capacity: 900_000, upside: null, downside: null }], // prettier-ignore
    commitments: [
      { sku: short.sku, region: short.region, bucket: short.bucket, committed: (short.net ?? 0) - 10, status: 'shortfall', reason, resource: 'Line 1' }, // prettier-ignore
      { sku: full.sku, region: full.region, bucket: full.bucket, committed: full.net, status: 'committed', reason: null, resource: null }, // prettier-ignore
    ],
  })
  return { short, full, reason }
}

describe('[story 1] a private file of 100,000 rows to the partner and back', () => {
  it.each(['direct link', 'two files'] as const)(
    '[TR-7] [DIS-4] [DIS-12] crosses over %s as a monthly aggregate with k = 5 customers, and the shortfall comes back',
    async (way) => {
      two = await twoCompanies({ by: way === 'two files' ? 'file' : 'link' })
      const { a, b } = two
      const dataset = await importFile(a, 'orders.csv', utf8(transactionsCsv({ rows: ROWS, seed: SEED })))
      expect(dataset.rows + dataset.excludedCancellations).toBe(ROWS)
      expect(dataset.defects).toBe(0)

      const policy = await two.policy(dataset.id)
      expect({ mode: policy.mode, k: policy.k, entity: policy.entity }).toEqual({ mode: 'aggregate', k: K, entity: 'Customer' }) // prettier-ignore
      const preview = await two.preview(policy)
      const disclosed = await two.disclose(policy)
      expect(disclosed.sliceId).toBe(preview.sliceId)

      // What was previewed is the plain aggregate of the file where five customers stand behind a number, and nothing elsewhere.
      const cells = truth()
      expect(preview.slice.rows).toHaveLength(cells.size)
      let withheld = 0
      for (const [month, sku, region, quantity] of preview.slice.rows) {
        const cell = cells.get([month, sku, region].join('|'))
        if (quantity === null) withheld++
        else expect([cell?.sum, (cell?.customers.size ?? 0) >= K]).toEqual([quantity, true])
      }
      expect(withheld).toBeGreaterThanOrEqual([...cells.values()].filter(({ customers }) => customers.size < K).length)
      expect(withheld).toBeLessThan(cells.size)

      const wire = way === 'direct link' ? two.wire() : undefined
      if (wire) await two.level(wire)
      else expect(await two.mail(a, b)).toMatchObject({ refused: 0, parked: 0 })

      const [listed] = await b.client.artifacts.list({})
      expect(listed).toMatchObject({ unopened: true, mine: false, revision: 1, state: 'current' })
      const artifact = listed?.id ?? ''
      const seen = await b.client.artifacts.open({ artifact })
      const own = await a.client.artifacts.open({ artifact })
      expect(seen.sliceId).toBe(preview.sliceId)
      expect(own.sliceId).toBe(preview.sliceId)
      expect(sliceIdOf(await createCrypto(), encode(seen.content as unknown as Canonical))).toBe(preview.sliceId)
      expect(seen.content.slice.rows).toEqual(preview.slice.rows)
      expect(seen.forecast).toEqual(own.forecast)
      expect([seen.mayCommit, own.mayCommit]).toEqual([true, false])

      const { short, full, reason } = await commitTo(b, seen)
      if (wire) await two.level(wire)
      else expect(await two.mail(b, a)).toMatchObject({ refused: 0, parked: 0 })

      const back = await a.client.artifacts.open({ artifact })
      expect(back.shortfalls).toMatchObject({ open: 1, quantity: 10, firstBucket: short.bucket })
      const [line] = back.shortfalls.lines
      expect(line).toMatchObject({ reasons: [reason], exception: { code: 'shortfall', quantity: 10 }, cell: { key: short.key, state: 'short' } }) // prettier-ignore
      const cellOf = (screen: ForecastScreen, key: string) =>
        screen.forecast.series.flatMap((series) => series.cells).find((cell) => cell.key === key)
      expect(cellOf(back, full.key)).toMatchObject({ state: 'covered', shortfall: 0 })
      expect(back.artifact.shortfalls).toBe(1)
      const needs = (await a.client.today.get()).needs.map(({ code }) => code)
      // [CON-6] Where forecast and commitment stand side by side, too, until it is answered; Today has one line for it.
      expect([needs.includes('resolve-shortfall'), needs.includes('settle-contradiction')]).toEqual([true, false])
      expect((await contradicted(a)).map((one) => (one as readonly string[])[0])).toEqual(['CON-6'])
      expect(await contradicted(b)).toEqual(await contradicted(a))

      const [receipt] = (await a.client.disclosures.list())[0]?.receipts ?? []
      expect(receipt).toMatchObject({ company: { en: 'Gulf Supply Company' }, revision: 1, openedAt: two.clock.now() })

      const { sku, region, bucket } = short
      await a.client.artifacts.answer({ artifact, answers: [{ sku, region, bucket, answer: 'elsewhere', note: null }] })
      if (wire) await two.level(wire)
      else await two.mail(a, b)
      const settled = await b.client.artifacts.open({ artifact })
      expect(settled.shortfalls.open).toBe(0)
      expect([await contradicted(a), await contradicted(b)]).toEqual([[], []])
      expect(cellOf(settled, short.key)).toMatchObject({ answer: 'elsewhere', shortfall: 10 })

      for (const company of [a, b]) {
        expect(await company.client.audit.verify()).toMatchObject({ intact: true, firstBroken: null })
        expect(await auditOf(company, ['refusal'])).toEqual([])
      }
      expect((await auditOf(a, ['disclosure'])).map(({ code, detail }) => [code, detail['slice']])).toEqual([['slice-disclosed', preview.sliceId]]) // prettier-ignore
      expect((await auditOf(b, ['opening'])).map(({ code, detail }) => [code, detail['slice']])).toEqual([['slice-opened', preview.sliceId]]) // prettier-ignore
    },
    120_000,
  )
})
