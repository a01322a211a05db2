import { describe, expect, it } from 'vitest'
import type { PolicyId } from '#shared/kernel/ids.ts'
import { toHex, utf8 } from '#shared/kernel/bytes.ts'
import { encode, type Canonical } from '#shared/kernel/canonical.ts'
import type { DisclosurePolicy } from '#shared/policy/disclosure-policy.ts'
import { by, context, crypto, disclosed, discloseOrders, permitOf, type Order } from '#test/support/disclosure.ts'
import type { Disclosure, DisclosureContext } from './context.ts'
import { confirmHeld } from './disclose.ts'
import { encodeSlice, previewId } from './encode-slice.ts'

const keep = (column: string) => ({ column, transform: { kind: 'keep' as const }, clause: null })
const bySku = { fields: [keep('sku')] }

/** Revision 2 over `orders` after `first`; the held cells when it is held, else undefined. */
function revise(
  first: Disclosure,
  changes: Partial<DisclosurePolicy>,
  orders: readonly Order[],
  more: Partial<DisclosureContext> = {},
) {
  // prettier-ignore
  const supersedes = encodeSlice(crypto, first.slice).id
  const outcome = discloseOrders(permitOf(changes), orders, {
    revision: 2,
    supersedes,
    previous: first.ledger,
    ...more,
  })
  if (outcome.ok) return undefined
  if (outcome.refusal.code !== 'revision-isolates') throw new Error(outcome.refusal.code)
  return outcome.refusal.held
}

const isolated = (held: ReturnType<typeof revise>) =>
  held?.cells.filter(({ why }) => why === 'isolates').map(({ group, entities }) => [...group, entities])

describe('differencing', () => {
  const orders = [...by(6, { sku: 'A' }), ...by(6, { sku: 'B' })]
  const first = disclosed(permitOf(bySku), orders)

  it('[DIS-8] one new customer in a cell holds the revision; nothing new, or enough new, does not', () => {
    expect(revise(first, bySku, orders)).toBeUndefined()
    expect(isolated(revise(first, bySku, [...orders, ...by(1, { sku: 'A' }, 50)]))).toEqual([
      [1], // and so does the sum over both products, which a reader can compute
      ['A', 1],
    ])
    expect(revise(first, bySku, [...orders, ...by(3, { sku: 'A' }, 50)])).toBeUndefined()
  })

  it('[DIS-8] a further or changed order of a customer who was there, and one who is gone, isolate too', () => {
    const changed = orders.map((order, at) => (at === 0 ? { ...order, quantity: 9 } : order))
    for (const next of [[...orders, orders[0]!], changed, orders.slice(1)]) {
      expect(isolated(revise(first, bySku, next))).toContainEqual(['A', 1])
    }
  })

  it('[DIS-8] a changed order of nobody is about no entity at all', () => {
    expect(isolated(revise(first, bySku, [...orders, { sku: 'A', customer: null }]))).toContainEqual(['A', 0])
  })

  it('[DIS-8] a new cell or a new month is no difference', () => {
    const months = { fields: [{ column: 'date', transform: { kind: 'generalise-date' as const, to: 'month' as const }, clause: null }] } // prettier-ignore
    const october = by(6, { date: '2026-10-05' })
    const before = disclosed(permitOf(months), october)
    expect(revise(before, months, [...october, ...by(5, { date: '2026-11-05' }, 40)])).toBeUndefined()
  })

  it('[DIS-8] a held slice is previewed under the id that it keeps when a person lets it go', () => {
    const held = revise(first, bySku, [...orders, ...by(1, { sku: 'A' }, 50)])!
    expect(encodeSlice(crypto, confirmHeld(held).slice).id).toBe(previewId(crypto, held.slice))
  })

  it('[DIS-8] a total is compared although cells below it are missing', () => {
    const totals = { ...bySku, totals: [[]] }
    const some = [...by(6, { sku: 'A' }), ...by(2, { sku: 'B' }), ...by(4, { sku: 'C' })]
    const before = disclosed(permitOf(totals), some)
    expect(isolated(revise(before, totals, [...some, { sku: 'B', customer: 'c1' }]))).toEqual([[1]])
  })

  const other = (changes: Partial<DisclosurePolicy>, more: Partial<DisclosureContext> = {}) => {
    const permit = permitOf({ ...bySku, id: 'f'.repeat(32) as PolicyId, ...changes })
    const outcome = discloseOrders(permit, orders, { others: [first.ledger], ...more })
    return outcome.ok ? undefined : outcome.refusal.code
  }

  it('[DIS-9] two policies whose rows differ by one customer are held for a recipient of both', () => {
    const without: Partial<DisclosurePolicy> = { rows: [{ kind: 'not-in', column: 'customer', values: ['c1'] }] }
    expect(other(without)).toBe('revision-isolates')
    expect(other({ rows: [{ kind: 'not-in', column: 'customer', values: ['c1', 'c2', 'c3'] }] })).toBeUndefined()
    expect(other({ ...without, roles: ['coo', 'legal'] })).toBe('revision-isolates')
    // Another company, and a role that never sees the first slice, have nothing to subtract from.
    expect(other(without, { recipients: ['9'.repeat(64) as (typeof context.recipients)[number]] })).toBeUndefined()
    const legalOnly: DisclosureContext['others'] = [{ ...first.ledger, roles: ['legal'] }]
    expect(other(without, { others: legalOnly })).toBeUndefined()
  })

  it('[DIS-9] a finer grouping that adds up to a coarser one is compared with it', () => {
    const finer = { fields: [keep('sku'), keep('region')] }
    expect(other(finer)).toBeUndefined()
    expect(other({ ...finer, rows: [{ kind: 'not-in', column: 'customer', values: ['c1'] }] })).toBe(
      'revision-isolates',
    )
  })

  it('[DIS-10] an unchanged table of many cells is suppressed as before, so nothing is held', () => {
    const pairs = { fields: [keep('sku'), keep('region')], totals: [['sku'], ['region'], []] }
    const some = Array.from({ length: 40 }, (_, cell) =>
      by(2 + ((cell * 7) % 5), { sku: `S${cell % 8}`, region: `R${cell % 5}`, quantity: 1 + cell }, cell),
    ).flat()
    const before = disclosed(permitOf(pairs), some)
    expect(before.report.cells.complementary).toBeGreaterThan(0)
    expect(revise(before, pairs, some)).toBeUndefined()
  })

  it('[DIS-10] the pattern stays, and a companion that is shown again is held', () => {
    const totals = { ...bySku, totals: [[]] }
    const some = [...by(2, { sku: 'A' }), ...by(4, { sku: 'B' }), ...by(5, { sku: 'C' })]
    const before = disclosed(permitOf(totals), some)
    expect(before.slice.rows.map((row) => row[1])).toEqual([null, null, 5])
    // B grew past C: without memory C would be the cheaper companion, and B minus the old sums gives A away.
    const grown = [...some, ...by(4, { sku: 'B' }, 40)]
    expect(revise(before, totals, grown)).toBeUndefined()
    // A has enough customers now and needs no companion.
    const enough = [...some, ...by(3, { sku: 'A' }, 60)]
    expect(revise(before, totals, enough)?.cells.map(({ why, group }) => [why, ...group])).toContainEqual(['suppression-lifted', 'B']) // prettier-ignore
  })

  it('[DIS-21] the ledger names no customer and no quantity, and survives storage', () => {
    const some = by(6, { sku: 'A', quantity: 987654321 }).map((order) => ({
      ...order,
      customer: `Canary ${order.customer}`,
    }))
    const { ledger, slice } = disclosed(permitOf(bySku), some)
    const bytes = toHex(encode(ledger as unknown as Canonical))
    expect(bytes).not.toContain(toHex(utf8('Canary')))
    expect(bytes).not.toContain((987654321).toString(16))
    const more = [...some, { sku: 'A', customer: 'Canary c1', quantity: 1 }]
    expect(isolated(revise({ ledger: structuredClone(ledger), slice } as Disclosure, bySku, more))).toEqual([
      [1],
      ['A', 1],
    ])
  })
})
