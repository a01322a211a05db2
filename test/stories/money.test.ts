import { afterEach, expect, it } from 'vitest'
import { DEMO_HEADERS, generateTransactions, transactionsCsv } from '#demo/transactions.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import { importFile } from '#test/support/company.ts'
import { twoCompanies, type TwoCompanies } from '#test/support/two-companies.ts'

let two: TwoCompanies
afterEach(() => two.end())

it('[DIS-4] money leaves in the unit that the screens show, and a condition on it means that unit', async () => {
  two = await twoCompanies()
  const orders = { rows: 4_000, seed: 9 }
  const dataset = await importFile(two.a, 'orders.csv', utf8(transactionsCsv(orders)))
  const policy = await two.policy(dataset.id, (proposed) => ({
    ...proposed,
    rows: [{ kind: 'compare', column: 'Amount (SAR)', is: '>', value: 500 }],
    fields: [{ column: 'Region', transform: { kind: 'keep' }, clause: null }],
    measures: [{ column: 'Amount (SAR)', is: 'sum' }],
    totals: [],
  }))
  const outcome = await two.a.client.disclosures.preview({ policy, title: { en: 'Sales', ar: 'المبيعات' } })
  if (outcome.outcome !== 'preview') throw new Error(JSON.stringify(outcome))
  const [status, region, amount] = ['Status', 'Region', 'Amount (SAR)'].map((header) => DEMO_HEADERS.indexOf(header as never)) // prettier-ignore
  let halalas = 0
  for (const row of generateTransactions(orders)) {
    const value = Math.round(Number(row[amount ?? -1]) * 100)
    if (row[region ?? -1] === 'Riyadh' && value > 50_000 && !['Cancelled', 'ملغي'].includes(row[status ?? -1] ?? '')) halalas += value // prettier-ignore
  }
  expect(outcome.view.slice.rows.find(([name]) => name === 'Riyadh')?.[1]).toBe(halalas / 100)
})
