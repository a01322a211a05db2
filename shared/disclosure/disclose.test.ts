import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Column } from '#shared/artifacts/table.ts'
import { asRows, basePolicy, by, columns, context, crypto, disclosed, discloseOrders, permitOf, type Order } from '#test/support/disclosure.ts' // prettier-ignore
import { disclose, discloseInSteps } from './disclose.ts'
import { encodeSlice } from './encode-slice.ts'
import type { HeldSlice, SliceContent } from './slice.ts'

const keep = (column: string) => ({ column, transform: { kind: 'keep' as const }, clause: null })
const bySku = { fields: [keep('sku')] }

describe('disclose', () => {
  it('[DIS-1] [GV-1] the order of rows changes nothing; fractions included', () => {
    const decimal = columns.map((column): Column =>
      column.name === 'quantity' ? { ...column, type: 'decimal' } : column,
    )
    const permit = permitOf({}, decimal)
    const orders = ['A', 'B', 'C'].flatMap((sku, at) => by(4 + at, { sku, quantity: 0.1 + at / 3 }))
    const id = encodeSlice(crypto, disclosed(permit, orders).slice).id
    fc.assert(
      fc.property(fc.shuffledSubarray(orders, { minLength: orders.length }), (shuffled) => {
        expect(encodeSlice(crypto, disclosed(permit, shuffled).slice).id).toBe(id)
      }),
      { numRuns: 50 },
    )
  })

  it('[DIS-1] selects by list, exclusion, range and comparison, and counts what it left out', () => {
    const orders = [
      ...by(3, { sku: 'A', date: '2026-10-01', quantity: 5 }),
      ...by(3, { sku: 'A', date: '2026-11-01', quantity: 5 }), // after the range
      ...by(3, { sku: 'A', quantity: -5 }), // a return
      ...by(3, { sku: 'B', quantity: 5 }), // another product
      ...by(3, { sku: 'A', region: 'East', quantity: 5 }), // an excluded region
      ...by(3, { sku: 'A', date: null, quantity: 5 }), // no date: inside no range
    ]
    const { slice, report } = disclosed(
      permitOf({
        fields: [keep('sku')],
        rows: [
          { kind: 'in', column: 'sku', values: ['A'] },
          { kind: 'not-in', column: 'region', values: ['East'] },
          { kind: 'range', column: 'date', from: '2026-10-01', to: '2026-10-31' },
          { kind: 'compare', column: 'quantity', is: '>', value: 0 },
        ],
      }),
      orders,
    )
    expect(slice.rows).toEqual([['A', 15]])
    expect(report).toMatchObject({ rowsRead: 18, rowsSelected: 3, rowsExcluded: 15 })
    expect(discloseOrders(permitOf({ rows: [{ kind: 'in', column: 'sku', values: ['Z'] }] }), orders)).toMatchObject({ refusal: { code: 'no-rows-selected' } }) // prettier-ignore
  })

  it('[DIS-1] read in steps, rows give the same slice, and no step reads more than 4,096 of them', () => {
    const permit = permitOf(bySku)
    const orders = by(10_000, { sku: 'A', quantity: 1 })
    let read = 0
    const counted = function* () {
      for (const row of asRows(permit, orders)) {
        read++
        yield row
      }
    }
    const steps = discloseInSteps(permit, counted(), context)
    let step = steps.next()
    for (let before = 0; step.done !== true; step = steps.next()) {
      expect(read - before).toBeLessThanOrEqual(4_096)
      before = read
    }
    expect(read).toBe(10_000)
    if (!step.value.ok) throw new Error(step.value.refusal.code)
    expect(encodeSlice(crypto, step.value.value.slice).id).toBe(encodeSlice(crypto, disclosed(permit, orders).slice).id)
  })

  it('[DIS-3] k counts customers, not rows, and a missing customer is nobody', () => {
    const many = Array.from({ length: 20 }, (): Order => ({ sku: 'A', customer: 'c1' }))
    const nobody = Array.from({ length: 20 }, (): Order => ({ sku: 'B', customer: null }))
    const blank = Array.from({ length: 20 }, (): Order => ({ sku: 'C', customer: '' }))
    const { slice } = disclosed(permitOf(bySku), [...many, ...nobody, ...blank, ...by(3, { sku: 'D' })])
    expect(slice.rows).toEqual([['A', null], ['B', null], ['C', null], ['D', 3]]) // prettier-ignore
  })

  it('[DIS-3] customers whose amount is missing hide nobody', () => {
    const orders = [
      ...by(2, { sku: 'A', quantity: 7 }),
      ...by(9, { sku: 'A', quantity: null }, 10),
      ...by(3, { sku: 'B' }),
    ]
    expect(disclosed(permitOf(bySku), orders).slice.rows).toEqual([['A', null], ['B', 3]]) // prettier-ignore
  })

  it('[DIS-4] a cell below k is null and listed, and one with exactly k is shown', () => {
    const { slice, report } = disclosed(permitOf(bySku), [...by(2, { sku: 'A' }), ...by(3, { sku: 'B' })])
    expect(slice.rows).toEqual([['A', null], ['B', 3]]) // prettier-ignore
    expect(slice.suppressed).toEqual([[0, 1, 'below-k']])
    expect(report.cells).toEqual({ shown: 1, belowK: 1, complementary: 0 })
    expect(discloseOrders(permitOf(bySku), by(2, { sku: 'A' }))).toMatchObject({ refusal: { code: 'everything-suppressed' } }) // prettier-ignore
  })

  it('[DIS-5] the companion of a missing cell is the one with the fewest records', () => {
    const permit = permitOf({ fields: [keep('sku'), keep('region')], totals: [['sku']] })
    const orders = [
      ...by(9, { region: 'North' }),
      ...by(2, { region: 'South' }),
      ...by(4, { region: 'East' }),
      ...by(6, { region: 'West' }),
    ]
    const { slice } = disclosed(permit, orders)
    expect(slice.rows.filter((row) => row[2] === null).map((row) => row[1])).toEqual(['East', 'South'])
    expect(slice.suppressed.map(([, , why]) => why)).toEqual(['complementary', 'below-k'])
    expect(slice.totals).toEqual([{ over: [0], rows: [['A', null, 21]], suppressed: [] }])
  })

  it('[DIS-7] a total shows no extreme', () => {
    const open = columns.map((column): Column => ({ ...column, dataClass: 'shared-confidential' }))
    const permit = permitOf({ ...bySku, measures: [{ column: 'quantity', is: 'max' }], totals: [[]] }, open)
    const orders = [...by(3, { sku: 'A', quantity: 4 }), ...by(2, { sku: 'B', quantity: 90 }), ...by(5, { sku: 'C' })]
    const { slice } = disclosed(permit, orders)
    expect(slice.rows.at(-1)).toEqual(['C', 1])
    expect(slice.totals[0]?.rows).toEqual([[null, null]])
  })

  it('[DIS-16] the report tells group sizes, class changes and dominated cells', () => {
    const { report } = disclosed(permitOf(bySku), [
      ...by(2, { sku: 'A' }),
      ...by(3, { sku: 'B' }),
      ...by(7, { sku: 'C' }),
      { sku: 'C', customer: 'c1', quantity: 1000 },
    ])
    expect(report.groupSizes.filter(({ cells }) => cells > 0)).toEqual([
      { from: 0, to: 2, cells: 1 },
      { from: 3, to: 5, cells: 1 },
      { from: 6, to: 11, cells: 1 },
    ])
    expect(report.smallestShown).toBe(3)
    expect(report.suppressed).toEqual([{ group: ['A'], total: false, why: 'below-k' }])
    expect(report.classChanges).toEqual([{ column: 'quantity', from: 'private', to: 'shared-confidential', transform: 'sum' }]) // prettier-ignore
    expect(report.dominated).toEqual([{ group: ['C'], measure: 'quantity', share: 1001 / 1007 }])
  })

  it('[DIS-11] [PV-8] personal data in what would leave is refused, and let through by a clause', () => {
    const orders = [...by(3, { sku: 'A' }), ...by(3, { sku: 'call 0551234567' })]
    expect(discloseOrders(permitOf(bySku), orders)).toMatchObject({
      refusal: { code: 'personal-data-found', findings: [{ column: 'sku', kind: 'phone', values: 1 }] },
    })
    const clause = permitOf({ fields: [{ ...keep('sku'), clause: 'Clause 9.2' }] })
    expect(disclosed(clause, orders).report.findings).toMatchObject([{ kind: 'phone', clause: 'Clause 9.2' }])
    const masked = permitOf({ fields: [{ column: 'sku', transform: { kind: 'mask', shape: true, start: 0, end: 0 }, clause: null }] }) // prettier-ignore
    expect(discloseOrders(masked, orders).ok).toBe(true)
    expect(discloseOrders(permitOf({ ...bySku, purpose: 'Ask omar@firm.sa' }), by(3, {}))).toMatchObject({ refusal: { code: 'personal-data-found' } }) // prettier-ignore
  })

  it('[DIS-18] [PV-4] row detail lets out only rows that k customers share, sorted, with the reason', () => {
    const permit = permitOf({
      mode: 'detail',
      necessity: 'Recall of one batch, clause 7',
      fields: [
        keep('sku'),
        keep('region'),
        { column: 'customer', transform: { kind: 'replace', prefix: 'C-' }, clause: null },
      ],
    })
    const { slice, report } = disclosed(permit, [
      ...by(3, { sku: 'B' }),
      ...by(3, { sku: 'A' }),
      ...by(2, { region: 'South' }),
      { region: 'South', customer: 'c1' },
    ])
    expect(slice.rows.map((row) => row.slice(0, 2))).toEqual([...Array(3).fill(['A', 'North']), ...Array(3).fill(['B', 'North'])]) // prettier-ignore
    expect(new Set(slice.rows.map((row) => row[2])).size).toBe(3)
    expect(slice.necessity).toBe('Recall of one batch, clause 7')
    expect(report.rowsWithheld).toBe(3)
  })

  it('[DIS-20] revision, superseded slice and ledger have to belong together', () => {
    const permit = permitOf(bySku)
    const first = disclosed(permit, by(5, {}))
    const supersedes = encodeSlice(crypto, first.slice).id
    const outOfOrder = { refusal: { code: 'revision-out-of-order' } }
    expect(discloseOrders(permit, by(5, {}), { revision: 2 })).toMatchObject(outOfOrder)
    expect(discloseOrders(permit, by(5, {}), { supersedes })).toMatchObject(outOfOrder)
    expect(discloseOrders(permit, by(5, {}), { revision: 3, supersedes, previous: first.ledger })).toMatchObject(
      outOfOrder,
    )
    expect(discloseOrders(permit, by(5, {}), { revision: 2, supersedes, previous: first.ledger }).ok).toBe(true)
    const foreign = { ...first.ledger, policy: 'f'.repeat(32) as typeof first.ledger.policy }
    expect(discloseOrders(permit, by(5, {}), { revision: 2, supersedes, previous: foreign })).toMatchObject(outOfOrder)
  })

  it('[DIS-22] a missing measure is missing, and a sum that is no longer exact is refused', () => {
    const orders = [...by(3, { sku: 'A', quantity: null }), ...by(3, { sku: 'B', quantity: 2 })]
    const measures = [{ column: 'quantity', is: 'sum' as const }, { column: 'quantity', is: 'mean' as const }, { column: null, is: 'count' as const }] // prettier-ignore
    expect(disclosed(permitOf({ ...bySku, measures }), orders).slice.rows).toEqual([
      ['A', null, null, 3],
      ['B', 6, 2, 3],
    ])
    const huge = by(3, { quantity: Number.MAX_SAFE_INTEGER })
    expect(discloseOrders(permitOf(bySku), huge)).toMatchObject({ refusal: { code: 'number-out-of-range', column: 'quantity' } }) // prettier-ignore
  })

  it('[DIS-19] [POL-11] neither a permit nor a slice can be made elsewhere', () => {
    // The compiler is the test: each line would be an error without its directive, and the directive one without the error.
    const content: SliceContent = disclosed(permitOf(bySku), by(5, {})).slice
    // @ts-expect-error a policy is no permit
    const fromPolicy = () => disclose(basePolicy, [], context)
    // @ts-expect-error content, such as a received one, is no slice
    const fromContent = () => encodeSlice(crypto, content)
    // @ts-expect-error what is held is no slice before a person confirmed it
    const fromHeld = (held: HeldSlice) => encodeSlice(crypto, held)
    expect([fromPolicy, fromContent, fromHeld].every((made) => typeof made === 'function')).toBe(true)
  })
})
