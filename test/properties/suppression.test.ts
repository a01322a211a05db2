import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { by, discloseOrders, permitOf, type Order } from '#test/support/disclosure.ts'
import { recoverBySubtraction } from '#test/support/subtraction-attacker.ts'

const order = fc.record({
  sku: fc.constantFrom('A', 'B', 'C'),
  region: fc.constantFrom('North', 'South', 'East'),
  customer: fc.option(fc.constantFrom('c1', 'c2', 'c3', 'c4', 'c5', 'c6'), { freq: 12 }),
  quantity: fc.integer({ min: 1, max: 2 }),
})
const totals = fc.subarray([['sku'], ['region'], ['sku', 'region'], []], { minLength: 1 })

const groups = [
  { column: 'sku', transform: { kind: 'keep' as const }, clause: null },
  { column: 'region', transform: { kind: 'keep' as const }, clause: null },
]

function slice(orders: readonly Order[], over: readonly (readonly string[])[], is: 'sum' | 'count') {
  const measure = is === 'sum' ? { column: 'quantity', is } : { column: null, is }
  const permit = permitOf({ fields: groups, totals: over.map((names) => [...names]), measures: [measure] })
  const outcome = discloseOrders(permit, orders)
  return outcome.ok ? outcome.value.slice : undefined
}

describe('suppression against a reader who subtracts', () => {
  it.each(['sum', 'count'] as const)('[DIS-5] [PV-8] no missing %s has only one possible value', (is) => {
    let attacked = 0
    fc.assert(
      fc.property(fc.array(order, { minLength: 6, maxLength: 34 }), totals, (orders, over) => {
        const content = slice(orders, over, is)
        if (content === undefined) return
        if (content.suppressed.length > 0) attacked++
        expect(recoverBySubtraction(content, 2, is === 'count' ? 1 : 0)).toEqual([])
      }),
      { numRuns: 600 },
    )
    expect(attacked).toBeGreaterThan(100)
  })

  it('[DIS-6] what a total gives away about its missing cells together is about at least k entities', () => {
    fc.assert(
      fc.property(fc.array(order, { minLength: 6, maxLength: 40 }), totals, (orders, over) => {
        const content = slice(orders, over, 'sum')
        for (const { over: kept, rows } of content?.totals ?? []) {
          for (const total of rows.filter((row) => row[2] !== null)) {
            const gone = content!.rows.filter((row) => row[2] === null && kept.every((at) => row[at] === total[at]))
            if (gone.length === 0) continue
            const there = orders.filter((one) => gone.some((row) => row[0] === one.sku && row[1] === one.region))
            expect(new Set(there.map((one) => one.customer).filter(Boolean)).size).toBeGreaterThanOrEqual(3)
          }
        }
      }),
      { numRuns: 400 },
    )
  })

  it('[DIS-5] the attacker succeeds against a table without complementary suppression', () => {
    // Control: the same attacker, a slice whose only companion cell was put back by hand.
    const orders = [
      ...by(5, { sku: 'A', region: 'North' }),
      ...by(2, { sku: 'A', region: 'South', quantity: 4 }),
      ...by(4, { sku: 'A', region: 'East' }),
    ]
    const content = slice(orders, [['sku']], 'sum')!
    expect(content.rows.filter((row) => row[2] === null)).toHaveLength(2)
    const careless = content.rows.map((row) => (row[1] === 'East' ? ['A', 'East', 4] : row))
    expect(recoverBySubtraction({ ...content, rows: careless }, 2, 0)).toEqual(['2'])
  })
})
