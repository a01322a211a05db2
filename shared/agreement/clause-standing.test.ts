import { describe, expect, it } from 'vitest'
import { NO_RANGE } from '#shared/artifacts/private-position.ts'
import { clauseStanding, clauseStandings } from './clause-standing.ts'

const PRICE = { id: 'c1', unit: 'halalas' } as const
const buyer = { ...NO_RANGE, least: 8000, most: 9600, walkAway: 9900 }
const seller = { ...NO_RANGE, least: 9400, walkAway: 9000 }

describe('where a clause stands for a company', () => {
  it('[DP-7] is inside at both bounds, outside beyond them, and beyond the walk-away on the side of its bound alone', () => {
    const buys = (value: number) => clauseStanding(PRICE, buyer, value)
    expect([8000, 9600].map(buys)).toEqual(['inside', 'inside'])
    expect([7999, 9601, 9900].map(buys)).toEqual(['outside', 'outside', 'outside'])
    expect(buys(9901)).toBe('beyond-walk-away')
    expect([9400, 9399, 9000, 8999].map((value) => clauseStanding(PRICE, seller, value))).toEqual(['inside', 'outside', 'outside', 'beyond-walk-away']) // prettier-ignore
  })

  it('[DP-7] reads dates by time and choices by name, and says when nobody has thought about a clause', () => {
    const dates = { ...NO_RANGE, most: '2026-12-01', walkAway: '2026-12-31' }
    expect(['2026-12-01', '2026-12-02', '2027-01-01'].map((value) => clauseStanding({ id: 'c2', unit: 'date' }, dates, value))).toEqual(['inside', 'outside', 'beyond-walk-away']) // prettier-ignore
    const terms = { ...NO_RANGE, never: ['o2'], walkAway: null }
    expect(['o1', 'o2'].map((value) => clauseStanding({ id: 'c3', unit: 'choice' }, terms, value))).toEqual([
      'inside',
      'outside',
    ])
    expect(clauseStanding(PRICE, { ...NO_RANGE, note: 'ask the board', walkAway: 9900 }, 9000)).toBe('no-range')
    expect(clauseStandings({ c1: buyer }, [PRICE, { id: 'c2', unit: 'number' }], { c1: 9000, c2: 5 })).toEqual({ c1: 'inside', c2: 'no-range' }) // prettier-ignore
  })
})
