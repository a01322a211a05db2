import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CompanyId } from '#shared/kernel/ids.ts'
import type { IsoDate } from '#shared/kernel/time.ts'
import { blank, emptyPlan } from './blank.ts'
import { budgetOf } from './budget.ts'
import { eventsOf } from './calendar.ts'
import { daysIn, monthsOf } from './days.ts'
import { gatesOf, nextGate } from './gate.ts'
import { kpiOf } from './kpi.ts'
import { loadOf, spread, usedOf } from './load.ts'
import type { Of } from './plan.ts'
import { raciId, raciOf } from './raci.ts'
import { cellOf, riskMatrix } from './risk.ts'

const day = (text: string) => text as IsoDate
const A = 'aa'.repeat(32) as CompanyId
const B = 'bb'.repeat(32) as CompanyId
const PLAN = emptyPlan()
const SAR = { ...PLAN.about, currency: 'SAR' as const }

describe('roles', () => {
  const raci = (activity: string, company: CompanyId, part: Of<'raci'>['part']) =>
    blank('raci', raciId(activity, company), { activity, company, part })

  it('[INI-5, AR-3] exactly one accountable, at least one responsible', () => {
    const rows = raciOf({
      milestones: [blank('milestones', 'fine'), blank('milestones', 'two'), blank('milestones', 'none')],
      activities: [blank('activities', 'own')],
      raci: [
        raci('fine', A, 'ra'),
        raci('fine', B, 'c'),
        raci('two', A, 'a'),
        raci('two', B, 'ra'),
        raci('own', A, 'a'),
        raci('own', B, 'i'),
      ],
    })
    expect(rows.map(({ id, kind, problems }) => [id, kind, problems])).toEqual([
      ['fine', 'milestone', []],
      ['two', 'milestone', ['several-accountable']],
      ['none', 'milestone', ['nobody-accountable', 'nobody-responsible']],
      ['own', 'activity', ['nobody-responsible']],
    ])
    expect(rows[0]?.parts.get(B)).toBe('c')
  })

  it('[INI-5] a cleared cell counts for nobody', () => {
    const [row] = raciOf({ milestones: [blank('milestones', 'm')], activities: [], raci: [raci('m', A, null)] })
    expect(row?.parts.size).toBe(0)
  })
})

describe('budget', () => {
  const item = (
    party: CompanyId | null,
    amount: number | null,
    share: number | null,
    more: Partial<Of<'budget'>> = {},
  ) => blank('budget', Math.random().toString(36).slice(2), { party, amount, share, ...more })

  it('[INI-6, AR-3] sums are whole minor units per company and currency', () => {
    const { currencies } = budgetOf({
      about: SAR,
      budget: [item(A, 10_01, 40), item(A, 20_02, 20), item(B, 20_02, 40), item(B, 5_000, 100, { currency: 'KWD' })],
    })
    expect(currencies).toEqual([
      { currency: 'KWD', total: 5_000, sharesComplete: true, sharesOff: 0, parties: [{ party: B, amount: 5_000, actualShare: 10_000, agreedShare: 10_000 }] },
      { currency: 'SAR', total: 50_05, sharesComplete: true, sharesOff: 0, parties: [
        { party: A, amount: 30_03, actualShare: 6_000, agreedShare: 6_000 },
        { party: B, amount: 20_02, actualShare: 4_000, agreedShare: 4_000 },
      ] },
    ]) // prettier-ignore
  })

  it('[INI-6] a missing amount, or a sum beyond what is exact, is not computable', () => {
    const missing = budgetOf({ about: SAR, budget: [item(A, null, 50), item(B, 100, 50)] }).currencies[0]
    expect(missing).toMatchObject({ total: null, sharesComplete: true })
    expect(missing?.parties.map(({ amount, actualShare }) => [amount, actualShare])).toEqual([[null, null], [100, null]]) // prettier-ignore
    const huge = budgetOf({ about: SAR, budget: Array.from({ length: 10 }, () => item(A, 1e15, 10)) }).currencies[0]
    expect(huge?.total).toBeNull()
    const [unplaced] = budgetOf({ about: PLAN.about, budget: [item(A, 1, 100)] }).unplaced
    expect(unplaced).toBeDefined()
  })

  it('[INI-7] thirds written as 33.33 miss 100 % by a hundredth; 0.1 and its like add up exactly', () => {
    const off = (...shares: (number | null)[]) =>
      budgetOf({ about: SAR, budget: shares.map((share, at) => item(at % 2 ? A : B, 1, share)) }).currencies[0]
    expect(off(33.33, 33.33, 33.33)).toMatchObject({ sharesComplete: false, sharesOff: -1 })
    expect(off(0.1, 0.2, 99.7)).toMatchObject({ sharesComplete: true, sharesOff: 0 })
    expect(off(60, null)).toMatchObject({ sharesComplete: null, sharesOff: null })
  })
})

describe('KPIs', () => {
  const kpi = (values: Partial<Of<'kpis'>>) => blank('kpis', 'k', values)
  const reading = (id: string, on: string, value: number | null, of = 'k') =>
    blank('readings', id, { kpi: of, on: day(on), value })
  const today = day('2026-06-30')

  it('[INI-8, AR-3] progress runs from baseline to target in either direction', () => {
    const rising = kpi({ baseline: 80, target: 100, direction: 'up' })
    expect(kpiOf(rising, [reading('a', '2026-06-01', 95)], today)).toMatchObject({
      progress: 0.75,
      gap: null,
      met: false,
    })
    const falling = kpi({ baseline: 400, target: 100, direction: 'down' })
    expect(kpiOf(falling, [reading('a', '2026-06-01', 100)], today)).toMatchObject({ progress: 1, met: true })
    expect(kpiOf(falling, [reading('a', '2026-06-01', 460)], today)).toMatchObject({ progress: -0.2, met: false })
  })

  it('[INI-8] what is missing is named, and nothing is computed', () => {
    const one = [reading('a', '2026-06-01', 5)]
    const gap = (values: Partial<Of<'kpis'>>, readings = one) => {
      const found = kpiOf(kpi(values), readings, today)
      return [found.gap, found.progress]
    }
    expect(gap({ baseline: 1, direction: 'up' })).toEqual(['no-target', null])
    expect(gap({ target: 1, direction: 'up' })).toEqual(['no-baseline', null])
    expect(gap({ baseline: 7, target: 7, direction: 'up' })).toEqual(['no-distance', null])
    expect(gap({ baseline: 1, target: 2 })).toEqual(['no-direction', null])
    expect(gap({ baseline: 1, target: 2, direction: 'down' })).toEqual(['wrong-way', null])
    expect(gap({ baseline: 1, target: 2, direction: 'up' }, [])).toEqual(['no-reading', null])
  })

  it('[INI-9] the latest reading up to today counts; an undated, empty or foreign one never', () => {
    const readings = [
      reading('later', '2026-07-01', 100),
      reading('z', '2026-06-20', 90),
      reading('a', '2026-05-01', 85),
      reading('null', '2026-06-25', null),
      reading('other', '2026-06-25', 99, 'another'),
    ]
    const found = kpiOf(kpi({ baseline: 80, target: 100, direction: 'up', by: day('2026-06-29') }), readings, today)
    expect(found.readings.map(({ id }) => id)).toEqual(['a', 'z', 'later'])
    expect(found).toMatchObject({ progress: 0.5, missed: true })
  })
})

describe('risks', () => {
  it('[INI-10] are placed by likelihood and impact; closed ones leave, unrated ones are told', () => {
    const risk = (
      id: string,
      likelihood: number | null,
      impact: number | null,
      status: Of<'risks'>['status'] = 'open',
    ) => blank('risks', id, { likelihood, impact, status })
    const matrix = riskMatrix({ risks: [risk('low', 1, 5), risk('high', 3, 5), risk('gone', 5, 5, 'closed'), risk('new', 4, null), risk('mid', 2, 3)] }) // prettier-ignore
    expect(matrix.ranked.map(({ risk: { id }, score, band }) => [id, score, band])).toEqual([
      ['high', 15, 'high'],
      ['mid', 6, 'medium'],
      ['low', 5, 'low'],
    ])
    expect(matrix.unrated.map(({ id }) => id)).toEqual(['new'])
    expect(matrix.cells.get(cellOf(3, 5))?.map(({ id }) => id)).toEqual(['high'])
  })
})

describe('resources', () => {
  const resource = (values: Partial<Of<'resources'>>) => blank('resources', 'r', { party: A, ...values })

  it('[INI-11, UC-3] people and slots count by the days they cover', () => {
    const { loads, incomplete } = loadOf({
      about: SAR,
      resources: [
        resource({ kind: 'people', amount: 3, unit: 'FTE', from: day('2026-01-16'), to: day('2026-02-28') }),
        resource({ kind: 'people', amount: 1, unit: 'FTE ', from: day('2026-02-01'), to: day('2026-02-28') }),
        resource({ kind: 'lab', amount: 2, unit: 'slot', from: day('2026-02-15'), to: day('2026-02-14') }),
      ],
    })
    expect(loads.map(({ kind, unit, months }) => [kind, unit, [...months]])).toEqual([
      ['people', 'FTE', [['2026-01', (3 * 16) / 31], ['2026-02', 4]]],
    ]) // prettier-ignore
    expect(incomplete).toEqual(['r'])
  })

  it('[INI-11, AR-3] money over months comes to the whole amount exactly', () => {
    const { loads } = loadOf({
      about: SAR,
      resources: [resource({ kind: 'money', money: 100_01, from: day('2026-01-01'), to: day('2026-03-31') })],
    })
    expect([...(loads[0]?.months ?? [])]).toEqual([['2026-01', 3444], ['2026-02', 3112], ['2026-03', 3445]]) // prettier-ignore
    fc.assert(
      fc.property(fc.nat(1e12), fc.array(fc.integer({ min: 1, max: 31 }), { minLength: 1 }), (amount, weights) => {
        const parts = spread(amount, weights)
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(amount)
        expect(parts.every((part) => Number.isInteger(part) && part >= 0)).toBe(true)
      }),
    )
  })

  it('[INI-11] months have their own days, and what was used is added up', () => {
    expect(monthsOf(day('2027-12-31'), day('2028-02-01'))).toEqual(['2027-12', '2028-01', '2028-02'])
    expect(['2026-02', '2028-02', '2026-12'].map((month) => daysIn(month as never))).toEqual([28, 29, 31])
    const usage = [blank('usage', 'a', { resource: 'r', amount: 2 }), blank('usage', 'b', { resource: 'r', amount: 3 })]
    expect(usedOf('r', { usage })).toBe(5)
    expect(usedOf('r', { usage: [...usage, blank('usage', 'c', { resource: 'r' })] })).toBeNull()
    expect(usedOf('other', { usage })).toBe(0)
  })
})

describe('gates', () => {
  const gate = (id: string, due: string | null, more: Partial<Of<'milestones'>> = {}) =>
    blank('milestones', id, { gate: 'yes', due: due as IsoDate, ...more })
  const criterion = (milestone: string, level: 'must' | 'should', met: 'met' | 'not-met' | null) =>
    blank('criteria', `${milestone}-${level}`, { milestone, level, met })

  it('[INI-12, AR-3] "go" with an open must, and a past gate without a result, are told', () => {
    const gates = gatesOf(
      {
        milestones: [
          gate('later', '2026-09-01'),
          gate('go', '2026-03-01', { gateResult: 'go', gateDecidedOn: day('2026-03-01') }),
          gate('past', '2026-04-01'),
          blank('milestones', 'plain', { due: day('2026-01-01') }),
          gate('sound', '2026-05-01', { gateResult: 'go', gateDecidedOn: day('2026-05-02') }),
        ],
        criteria: [
          criterion('go', 'must', 'not-met'),
          criterion('past', 'must', 'met'),
          criterion('sound', 'must', 'met'),
          criterion('sound', 'should', 'not-met'),
        ],
      },
      '2026-06-01',
    )
    expect(gates.map(({ milestone, problems }) => [milestone.id, problems])).toEqual([
      ['go', ['must-not-met']],
      ['past', ['undecided-past']],
      ['sound', []],
      ['later', ['no-criteria']],
    ])
    expect(nextGate(gates)?.milestone.id).toBe('past')
  })
})

describe('calendar', () => {
  it('[INI-14, AR-3] one entry per dated milestone, its id the same whatever changes, removed ones cancelled', () => {
    const artifact = '11'.repeat(16) as never
    const title = { en: 'Plan', ar: 'خطة' }
    const stone = blank('milestones', 'm1', { titleEn: 'Pilot', titleAr: 'تجربة', due: day('2026-05-03'), gate: 'yes' })
    const [first] = eventsOf({ milestones: [stone, blank('milestones', 'open')] }, artifact, title)
    const [moved, gone] = eventsOf(
      { milestones: [{ ...stone, titleEn: 'Trial', due: day('2026-05-17') }] },
      artifact,
      title,
      [blank('milestones', 'm2', { titleAr: 'أزيل', due: day('2026-06-01') })],
    )
    expect(first).toMatchObject({ day: '2026-05-03', kind: 'gate', status: 'confirmed', description: 'Plan · خطة' })
    expect(first?.summary).toBe('Gate · بوابة: Pilot · تجربة')
    expect([moved?.uid, moved?.day]).toEqual([first?.uid, '2026-05-17'])
    expect(gone).toMatchObject({ status: 'cancelled', summary: 'أزيل' })
    expect(gone?.uid).not.toBe(moved?.uid)
  })
})
