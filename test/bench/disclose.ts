import Database from 'better-sqlite3'
import { createCrypto } from '#adapters/sodium/crypto.ts'
import type { Cell, Column } from '#shared/artifacts/table.ts'
import { disclose } from '#shared/disclosure/disclose.ts'
import type { CompanyId, DatasetId, PolicyId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { SymmetricKey } from '#shared/kernel/crypto.ts'
import type { Instant, IsoDate } from '#shared/kernel/time.ts'
import { addDays } from '#shared/kernel/time.ts'
import type { DisclosurePolicy } from '#shared/policy/disclosure-policy.ts'
import { evaluate } from '#shared/policy/evaluate.ts'
import { median, processorTime } from './clock.ts'
import type { BenchRow } from './row.ts'

const ROWS = 100_000
const ROUNDS = 7
const CITIES = ['Riyadh', 'Jeddah', 'Dammam', 'Makkah', 'Madinah', 'Abha', 'Tabuk', 'Khobar'] as const
const REGION = { Riyadh: 'Central', Jeddah: 'West', Makkah: 'West', Madinah: 'West', Dammam: 'East', Khobar: 'East', Abha: 'South', Tabuk: 'North' } // prettier-ignore

const columns: readonly Column[] = [
  { name: 'date', type: 'date', meaning: 'date', dataClass: 'shared-confidential' },
  { name: 'sku', type: 'text', meaning: 'sku', dataClass: 'shared-confidential' },
  { name: 'city', type: 'text', meaning: 'region', dataClass: 'private' },
  { name: 'account', type: 'text', meaning: 'other', dataClass: 'private' },
  { name: 'customer', type: 'text', meaning: 'customer', dataClass: 'private' },
  { name: 'quantity', type: 'integer', meaning: 'quantity', dataClass: 'private' },
  { name: 'status', type: 'text', meaning: 'status', dataClass: 'shared-confidential' },
]

/** Seeded: 18 months, 40 articles, 8 cities, 3,000 customers with a long tail, 4 % cancelled. */
function* orders(): Iterable<Cell[]> {
  let state = 20261121
  const random = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  for (let row = 0; row < ROWS; row++) {
    yield [
      addDays('2025-05-01' as IsoDate, random(548)),
      `SKU-${1000 + random(40)}`,
      CITIES[random(CITIES.length)]!,
      `AC-${100 + random(900)}`,
      `C${Math.min(random(3000), random(3000))}`,
      1 + random(40),
      random(25) === 0 ? 'cancelled' : 'done',
    ]
  }
}

const policy: DisclosurePolicy = {
  format: 'mithaq.policy.v1',
  id: '0'.repeat(32) as PolicyId,
  version: 1,
  name: { en: 'bench', ar: 'قياس' },
  datasetId: '1'.repeat(32) as DatasetId,
  workspaceId: '2'.repeat(64) as WorkspaceId,
  channelId: null,
  roles: ['coo'],
  purpose: 'Measuring',
  rows: [{ kind: 'not-in', column: 'status', values: ['cancelled'] }],
  mode: 'aggregate',
  necessity: null,
  fields: [
    { column: 'date', transform: { kind: 'generalise-date', to: 'month' }, clause: null },
    { column: 'sku', transform: { kind: 'keep' }, clause: null },
    { column: 'city', transform: { kind: 'generalise-place', map: REGION, other: 'Other' }, clause: null },
    { column: 'account', transform: { kind: 'mask', shape: true, start: 0, end: 0 }, clause: null },
  ],
  k: 5,
  entity: 'customer',
  measures: [{ column: 'quantity', is: 'sum' }],
  totals: [],
  currencyDays: 30,
  expiresOn: '2027-03-01' as IsoDate,
  reciprocity: null,
  ground: null,
}

/** Disclosure of 100,000 rows against the plain SQL aggregate over the same in-memory table; medians of alternating rounds, in processor time. */
export async function benchDisclose(): Promise<readonly BenchRow[]> {
  const crypto = await createCrypto()
  const db = new Database(':memory:')
  db.exec(
    'CREATE TABLE orders (date TEXT, sku TEXT, city TEXT, account TEXT, customer TEXT, quantity INTEGER, status TEXT)',
  )
  const insert = db.prepare('INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?)')
  db.transaction(() => {
    for (const row of orders()) insert.run(...row)
  })()
  const aggregate = db.prepare(
    `SELECT substr(date, 1, 7) AS month, sku, city AS region, sum(quantity), count(DISTINCT customer) AS entities
     FROM orders WHERE status <> 'cancelled' GROUP BY month, sku, region HAVING entities >= 5`,
  )

  const run = (totals: readonly (readonly string[])[]): void => {
    const permit = evaluate({ ...policy, totals: totals.map((names) => [...names]) }, columns, ['coo'], '2026-11-21' as IsoDate) // prettier-ignore
    if (!permit.ok) throw new Error(permit.refusal.map(({ code }) => code).join())
    const scan = db.prepare(`SELECT ${permit.value.scanColumns.join(', ')} FROM orders`).raw()
    const disclosed = disclose(permit.value, scan.iterate() as Iterable<Cell[]>, {
      crypto,
      secret: new Uint8Array(32) as SymmetricKey,
      owner: '3'.repeat(64) as CompanyId,
      recipients: ['4'.repeat(64) as CompanyId],
      title: { en: 'Bench', ar: 'قياس' },
      revision: 1,
      supersedes: null,
      asOf: '2026-11-21' as IsoDate,
      source: { system: 'bench', timestamp: 0 as Instant, version: '1' },
      previous: null,
      others: [],
    })
    if (!disclosed.ok) throw new Error(disclosed.refusal.code)
  }

  const plain: number[] = []
  const bare: number[] = []
  const withTotals: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    plain.push(processorTime(() => void aggregate.all()))
    bare.push(processorTime(() => run([])))
    withTotals.push(processorTime(() => run([['sku'], ['city'], []])))
  }
  db.close()
  const row = (name: string, times: readonly number[]): BenchRow => ({
    name,
    ratio: median(times) / median(plain),
    budget: 3,
    direction: 'at-most',
    detail: `${ROWS} rows: ${Math.round(median(times))} ms against ${Math.round(median(plain))} ms of GROUP BY with COUNT(DISTINCT)`,
  })
  return [row('disclose', bare), row('disclose with totals by product, region and overall', withTotals)]
}
