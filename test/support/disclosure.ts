import { createCrypto } from '#adapters/sodium/crypto.ts'
import type { Cell, Column } from '#shared/artifacts/table.ts'
import type { DisclosureContext, Disclosure, DisclosureRefusal } from '#shared/disclosure/context.ts'
import { disclose } from '#shared/disclosure/disclose.ts'
import type { SymmetricKey } from '#shared/kernel/crypto.ts'
import type { CompanyId, DatasetId, PolicyId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Result } from '#shared/kernel/result.ts'
import type { Instant, IsoDate } from '#shared/kernel/time.ts'
import type { DisclosurePolicy } from '#shared/policy/disclosure-policy.ts'
import { evaluate } from '#shared/policy/evaluate.ts'
import type { Permit } from '#shared/policy/permit.ts'

export const crypto = await createCrypto()
export const today = '2026-11-21' as IsoDate

/** A small order book: the columns of the disclosure tests, by name. */
export const columns: readonly Column[] = [
  { name: 'date', type: 'date', meaning: 'date', dataClass: 'shared-confidential' },
  { name: 'sku', type: 'text', meaning: 'sku', dataClass: 'shared-confidential' },
  { name: 'region', type: 'text', meaning: 'region', dataClass: 'shared-confidential' },
  { name: 'customer', type: 'text', meaning: 'customer', dataClass: 'private' },
  { name: 'quantity', type: 'integer', meaning: 'quantity', dataClass: 'private' },
  { name: 'note', type: 'text', meaning: 'note', dataClass: 'private' },
]

export interface Order {
  readonly date?: string | null
  readonly sku?: string | null
  readonly region?: string | null
  readonly customer?: string | null
  readonly quantity?: number | null
  readonly note?: string | null
}

export const basePolicy: DisclosurePolicy = {
  format: 'mithaq.policy.v1',
  id: 'a'.repeat(32) as PolicyId,
  version: 1,
  name: { en: 'Demand', ar: 'الطلب' },
  datasetId: 'b'.repeat(32) as DatasetId,
  workspaceId: 'c'.repeat(64) as WorkspaceId,
  channelId: null,
  roles: ['coo', 'account-lead'],
  purpose: 'Joint capacity planning',
  rows: [],
  mode: 'aggregate',
  necessity: null,
  fields: [
    { column: 'date', transform: { kind: 'generalise-date', to: 'month' }, clause: null },
    { column: 'sku', transform: { kind: 'keep' }, clause: null },
    { column: 'region', transform: { kind: 'keep' }, clause: null },
  ],
  k: 3,
  entity: 'customer',
  measures: [{ column: 'quantity', is: 'sum' }],
  totals: [],
  currencyDays: 30,
  expiresOn: '2027-02-01' as IsoDate,
  reciprocity: null,
  ground: null,
}

export function permitOf(changes: Partial<DisclosurePolicy> = {}, over: readonly Column[] = columns): Permit {
  const permit = evaluate({ ...basePolicy, ...changes }, over, ['coo'], today)
  if (!permit.ok) throw new Error(JSON.stringify(permit.refusal))
  return permit.value
}

export const context: DisclosureContext = {
  crypto,
  secret: crypto.hash('test') as Uint8Array as SymmetricKey,
  owner: 'd'.repeat(64) as CompanyId,
  recipients: ['e'.repeat(64) as CompanyId],
  title: { en: 'Monthly demand', ar: 'الطلب الشهري' },
  revision: 1,
  supersedes: null,
  asOf: today,
  source: { system: 'ERP', timestamp: 1_795_000_000_000 as Instant, version: '2026-11' },
  previous: null,
  others: [],
}

const filler: Required<Order> = {
  date: '2026-10-05', sku: 'A', region: 'North', customer: 'c1', quantity: 1, note: null,
} // prettier-ignore

export const asRows = (permit: Permit, orders: readonly Order[]): Cell[][] =>
  orders.map((order) => permit.scanColumns.map((name) => ({ ...filler, ...order })[name as keyof Order] ?? null))

export const discloseOrders = (
  permit: Permit,
  orders: readonly Order[],
  changes: Partial<DisclosureContext> = {},
): Result<Disclosure, DisclosureRefusal> => disclose(permit, asRows(permit, orders), { ...context, ...changes })

/** As `discloseOrders`, for tests in which a refusal would be a mistake of the test. */
export function disclosed(
  permit: Permit,
  orders: readonly Order[],
  changes: Partial<DisclosureContext> = {},
): Disclosure {
  const outcome = discloseOrders(permit, orders, changes)
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  return outcome.value
}

/** The same order placed once by each of `count` customers, named from `first` on. */
export const by = (count: number, order: Order, first = 1): Order[] =>
  Array.from({ length: count }, (_, at) => ({ ...order, customer: `c${first + at}` }))
