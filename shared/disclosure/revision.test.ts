import { describe, expect, it } from 'vitest'
import type { IsoDate } from '#shared/kernel/time.ts'
import { by, disclosed, permitOf } from '#test/support/disclosure.ts'
import { sliceFor } from './audience.ts'
import { freshness } from './freshness.ts'
import { diffSlices, newlyVisible } from './revision.ts'
import type { SliceContent } from './slice.ts'

const keep = (column: string) => ({ column, transform: { kind: 'keep' as const }, clause: null })
const groups = [keep('sku'), keep('region')]
const orders = [...by(4, { sku: 'A' }), ...by(2, { sku: 'B' }), ...by(3, { sku: 'C' })]
const before: SliceContent = disclosed(permitOf({ fields: groups }), orders).slice

describe('revisions', () => {
  it('[DIS-14] numbers that appear, vanish and change are told apart', () => {
    const after = disclosed(permitOf({ fields: groups }), [
      ...by(4, { sku: 'A', quantity: 2 }),
      ...by(5, { sku: 'B' }), // was below k
      ...by(2, { sku: 'C' }), // is below k
      ...by(3, { sku: 'D' }),
    ]).slice
    const { added, removed, changed } = diffSlices(before, after)
    expect(changed.map(({ group, before: old, after: now }) => [group[0], old, now])).toEqual([['A', 4, 8]])
    expect(added.map(({ group, after: now }) => [group[0], now])).toEqual([['B', 5], ['D', 3]]) // prettier-ignore
    expect(removed.map(({ group, before: old }) => [group[0], old])).toEqual([['C', 3]])
    expect(newlyVisible(before, after)).toMatchObject({
      roles: [],
      columns: [],
      groupValues: [{ column: 'sku', values: ['D'] }],
      all: false,
    })
  })

  it('[DIS-14] [GV-1] a new role, column, transform and total are newly visible', () => {
    const after = disclosed(
      permitOf({
        fields: [keep('sku'), { column: 'region', transform: { kind: 'replace', prefix: 'R-' }, clause: null }],
        measures: [{ column: 'quantity', is: 'sum' }, { column: null, is: 'count' }],
        roles: ['coo', 'account-lead', 'legal'],
        totals: [[]],
      }),
      [...by(4, { sku: 'A' }), ...by(3, { sku: 'C' })],
    ).slice // prettier-ignore
    const seen = newlyVisible(before, after)
    expect(seen.roles).toEqual(['legal'])
    expect(seen.columns).toEqual(['region · replace', 'count · count'])
    expect(seen.cells.filter(({ total }) => total).map(({ after: now }) => now)).toEqual([7, 7])
    expect(newlyVisible(null, before)).toMatchObject({
      all: true,
      roles: ['coo', 'account-lead'],
      cells: { length: 2 },
    })
    expect(newlyVisible(before, before)).toEqual({ roles: [], columns: [], groupValues: [], cells: [], rows: 0, all: false }) // prettier-ignore
  })

  it('[DIS-14] rows of detail are counted against equal ones', () => {
    const permit = permitOf({ mode: 'detail', necessity: 'Recall of one batch', fields: [keep('sku')], k: 1 })
    const two = disclosed(permit, by(2, {})).slice
    const three = disclosed(permit, [...by(2, {}), { sku: 'B' }]).slice
    expect(newlyVisible(two, three).rows).toBe(1)
    expect(newlyVisible(three, two).rows).toBe(0)
    expect(newlyVisible(null, three).rows).toBe(3)
  })

  it('[DIS-15] [PV-5] current to the last day of its window, then stale, then expired', () => {
    const on = (day: string) => freshness(before, day as IsoDate)
    expect(['2026-11-21', '2026-12-21', '2026-12-22', '2027-02-01', '2027-02-02'].map(on)).toEqual([
      'current', 'current', 'stale', 'stale', 'expired',
    ]) // prettier-ignore
    expect(freshness({ ...before, currencyDays: 3000 }, '2027-02-02' as IsoDate)).toBe('expired')
  })

  it('[DIS-17] [GV-4] a role sees the whole slice or nothing of it', () => {
    expect(sliceFor('coo', before)).toEqual({ opens: true, content: before })
    expect(sliceFor('cfo', before)).toEqual({ opens: false })
  })
})
