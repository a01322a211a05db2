import { describe, expect, it } from 'vitest'
import type { Commitment, ShortfallAnswer } from '#shared/artifacts/capacity-plan.v1.ts'
import { BUYER, monthly, SELLER } from '#shared/artifacts/sample.ts'
import type { ForecastContent } from '#shared/artifacts/shared-forecast.v1.ts'
import type { CompanyId } from '#shared/kernel/ids.ts'
import type { Plan } from './capacity.ts'
import { projectForecast, type ForecastInput, type ForecastView } from './project-forecast.ts'
import { day, sampleForecast, samplePlan } from './sample.ts'
import { projectShortfalls } from './shortfall-view.ts'

/** 100 units a month from April 2025 on; as of 31 March, answers due 7 April, current until 10 May. */
const forecast = sampleForecast(monthly('A', 'N', '2025-01', [100, 100, 100]), '2025-03-31')
const APRIL = 'A|N|2025-04'
const answer = (given: ShortfallAnswer['answer'], on: string): ShortfallAnswer => ({
  answer: given,
  note: null,
  answeredOn: day(on),
})
const made = (committed: number, more: Partial<Commitment> = {}): Partial<Commitment> => ({
  committed,
  status: 'committed',
  committedOn: day('2025-04-05'),
  forRevision: 1,
  forQuantity: 100,
  ...more,
})
const view = (more: Partial<ForecastInput> = {}): ForecastView =>
  projectForecast({ current: forecast, previous: [], plans: [], today: day('2025-04-06'), ...more })
const april = (plans: readonly Plan[], more: Partial<ForecastInput> = {}) =>
  view({ plans, ...more }).series[0]?.cells.find((cell) => cell.key === APRIL)
const codes = (one: ForecastView) => one.exceptions.map((exception) => exception.code)
const metricOf = (one: ForecastView, id: string) => one.metrics.find((metric) => metric.id === id)

describe('what is committed', () => {
  it('[COM-14] a proposal is no commitment, nor is a quantity without a status', () => {
    for (const status of ['proposed', null] as const)
      expect(april([samplePlan({ [APRIL]: made(100, { status }) })])).toMatchObject({
        state: 'awaiting',
        committed: null,
        shortfall: null,
        coverage: null,
      })
    for (const status of ['committed', 'auto', 'shortfall'] as const)
      expect(april([samplePlan({ [APRIL]: made(100, { status }) })])).toMatchObject({
        state: 'covered',
        committed: 100,
      })
  })

  it('[COM-14] nothing committed is not 0 committed; 0 committed is', () => {
    expect(april([])).toMatchObject({ state: 'awaiting', committed: null, shortfall: null })
    expect(april([samplePlan({ [APRIL]: made(0) })])).toMatchObject({
      state: 'short',
      committed: 0,
      shortfall: 100,
      coverage: 0,
    })
  })

  it('[AR-8] coverage, shortfall and surplus of a cell; two suppliers add up', () => {
    const other: Plan = { ...samplePlan({ [APRIL]: made(50) }), company: 'cc'.repeat(32) as CompanyId }
    expect(april([samplePlan({ [APRIL]: made(80) })])).toMatchObject({ coverage: 80, shortfall: 20, surplus: 0 })
    expect(april([samplePlan({ [APRIL]: made(80) }), other])).toMatchObject({
      state: 'covered',
      committed: 130,
      coverage: 130,
      shortfall: 0,
      surplus: 30,
    })
  })

  it('[COM-15] totals keep a surplus and a shortfall apart', () => {
    const two = sampleForecast(
      [...monthly('A', 'N', '2025-01', [100, 100, 100]), ...monthly('B', 'N', '2025-01', [50, 50, 50])],
      '2025-03-31',
    )
    const plan = samplePlan({ [APRIL]: made(80), 'B|N|2025-04': made(90, { forQuantity: 50 }) })
    const whole = view({ current: two, plans: [plan] })
    expect(whole.totals[0]).toMatchObject({ forecast: 150, committed: 170, shortfall: 20, surplus: 40, awaiting: 0 })
    expect(whole.totals[1]).toMatchObject({ forecast: 150, committed: null, shortfall: null, awaiting: 2 })
    expect(metricOf(whole, 'commit-covered')?.numerator).toBe(130)
  })

  it('[COM-17] a line carries what was committed on it, and its room follows', () => {
    const june = { 'L1|2025-06': { resource: 'L1', bucket: '2025-06', capacity: 50 } }
    const slots = { 'L1|2025-04': { resource: 'L1', bucket: '2025-04', capacity: 150, upside: 20, downside: 30 } }
    const commitments = {
      [APRIL]: made(100, { resource: 'L1' }),
      'A|N|2025-05': made(90, { resource: 'L1' }),
      'A|N|2025-06': made(40, { resource: 'L1', status: 'proposed' }),
    }
    expect(view({ plans: [samplePlan(commitments, {}, { slots: { ...slots, ...june } })] }).slots).toMatchObject([
      { resource: 'L1', committed: 100, available: 50, best: 70, worst: 20 },
      { bucket: '2025-06', committed: 0, available: 50 },
    ])
    const full = view({ plans: [samplePlan({ [APRIL]: made(180, { resource: 'L1' }) }, {}, { slots })] })
    expect(full.slots[0]).toMatchObject({ available: -30 })
    expect(full.exceptions).toContainEqual(
      expect.objectContaining({ code: 'slot-overcommitted', owner: SELLER, quantity: 30 }),
    )
    const open = samplePlan({}, {}, { slots: { 'L1|2025-04': { resource: 'L1', bucket: '2025-04' } } })
    expect(view({ plans: [open] }).slots).toMatchObject([{ capacity: null, available: null, best: null }])
  })

  it('[COM-18] the supplier’s own terms flag what breaks them, the cell’s before the plan’s', () => {
    const commitments = {
      [APRIL]: made(95, { minimumOrder: 96 }),
      'A|N|2025-05': made(100, { leadTimeDays: 90, capacity: 60 }),
    }
    const one = view({ plans: [samplePlan(commitments, {}, { minimumOrder: 10, multiple: 10, leadTimeDays: 5 })] })
    const flagged = one.exceptions
      .filter((exception) => exception.owner === SELLER && exception.place !== null)
      .map(({ code, place }) => [place?.bucket, code])
    expect(flagged.toSorted()).toEqual([
      ['2025-04', 'below-minimum'],
      ['2025-04', 'off-multiple'],
      ['2025-05', 'inside-lead-time'],
      ['2025-05', 'over-capacity'],
    ])
    const fraction = samplePlan({ [APRIL]: made(0.3, { multiple: 0.1 }) })
    expect(codes(view({ plans: [fraction] }))).not.toContain('off-multiple')
  })
})

describe('shortfalls', () => {
  it('[TR-7] forecast above commitment is an exception with owner, quantity and clock', () => {
    const plans = [samplePlan({ [APRIL]: made(70, { status: 'shortfall', reason: 'One mould' }) })]
    const found = (today: string) =>
      view({ plans, today: day(today) }).exceptions.find((exception) => exception.code === 'shortfall')
    expect(found('2025-04-08')).toMatchObject({
      owner: BUYER,
      due: '2025-04-08',
      overdue: false,
      quantity: 30,
      place: { sku: 'A', region: 'N', bucket: '2025-04' },
      detail: { forecast: 100, committed: 70 },
    })
    expect(found('2025-04-09')).toMatchObject({ overdue: true })
    expect(codes(view({ plans: [samplePlan({ [APRIL]: made(100) })] }))).not.toContain('shortfall')
  })

  it('[TR-7] a missing answer is awaited until its day and overdue after it', () => {
    const plans = [samplePlan({ [APRIL]: made(100) })]
    const reminder = (today: string) =>
      view({ plans, today: day(today) }).exceptions.find((exception) => exception.code.startsWith('commit-'))
    expect(reminder('2025-04-07')).toMatchObject({
      code: 'commit-due',
      owner: SELLER,
      detail: { cells: 2 },
      due: '2025-04-07',
    })
    expect(reminder('2025-04-08')).toMatchObject({ code: 'commit-overdue', overdue: true })
    const rest = { 'A|N|2025-05': made(100), 'A|N|2025-06': made(100) }
    expect(codes(view({ plans: [samplePlan({ [APRIL]: made(100), ...rest })] }))).toEqual([])
  })

  it('[COM-22] [TR-7] a cell left without an answer is committed by the rule that its supplier agreed to, from the day after', () => {
    const agreed = (rule: 'remind' | 'as-forecast'): Plan => {
      const plan = samplePlan({ [APRIL]: made(70, { status: 'shortfall' }) })
      return { ...plan, own: { ...plan.own, unanswered: rule } }
    }
    const on = (today: string, plans: readonly Plan[]) => view({ plans, today: day(today) })
    const may = (one: ForecastView) => one.series[0]?.cells.find(({ bucket }) => bucket === '2025-05')
    expect(may(on('2025-04-07', [agreed('as-forecast')]))).toMatchObject({ state: 'awaiting', committed: null })
    const after = on('2025-04-08', [agreed('as-forecast')])
    expect(may(after)).toMatchObject({ state: 'covered', committed: 100, committedOn: '2025-04-08' })
    expect(may(after)?.promises).toMatchObject([{ counts: true, commitment: { status: 'auto', forQuantity: 100 } }])
    expect(codes(after)).not.toContain('commit-overdue')
    // What was answered stays as it was answered, and the rule is no answer in time.
    expect(after.series[0]?.cells.find(({ key }) => key === APRIL)).toMatchObject({ committed: 70, state: 'short' })
    expect(metricOf(after, 'commit-timeliness')).toMatchObject({ numerator: 1, denominator: 3 })
    expect(may(on('2025-04-08', [agreed('remind')]))).toMatchObject({ state: 'awaiting', committed: null })
    expect(codes(on('2025-04-08', [agreed('remind')]))).toContain('commit-overdue')
  })

  it('[COM-22] two suppliers with the rule commit once, a stale forecast and a proposal never', () => {
    const rule = (cells: Parameters<typeof samplePlan>[0]): Plan => {
      const plan = samplePlan(cells)
      return { ...plan, own: { ...plan.own, unanswered: 'as-forecast' } }
    }
    const other = { ...rule({}), company: 'cc'.repeat(32) as CompanyId }
    expect(april([rule({}), other], { today: day('2025-04-08') })).toMatchObject({ committed: 100, surplus: 0 })
    expect(april([rule({})], { today: day('2025-05-11') })).toMatchObject({ state: 'stale', committed: null })
    const proposed = rule({ [APRIL]: made(40, { status: 'proposed' }) })
    expect(april([proposed], { today: day('2025-04-08') })).toMatchObject({ state: 'awaiting', committed: null })
  })

  it('[COM-16] an answer closes it, a dispute keeps it open, an answer to an older commitment says nothing', () => {
    const short = { [APRIL]: made(70) }
    const state = (given: ShortfallAnswer) =>
      codes(view({ plans: [samplePlan(short, { [APRIL]: given })] })).filter((code) => code.startsWith('shortfall'))
    expect(state(answer('accepted', '2025-04-06'))).toEqual([])
    expect(state(answer('elsewhere', '2025-04-05'))).toEqual([])
    expect(state(answer('disputed', '2025-04-06'))).toEqual(['shortfall-disputed'])
    expect(state(answer('accepted', '2025-04-04'))).toEqual(['shortfall'])
    expect(state(answer(null, '2025-04-06'))).toEqual(['shortfall'])
  })

  it('[COM-16] of two suppliers’ cells the newest answer speaks', () => {
    const other = samplePlan({ [APRIL]: made(10) }, { [APRIL]: answer('disputed', '2025-04-07') })
    const plans = [
      samplePlan({ [APRIL]: made(20) }, { [APRIL]: answer('accepted', '2025-04-06') }),
      { ...other, company: 'cc'.repeat(32) as CompanyId },
    ]
    expect(april(plans)?.answer).toBe('disputed')
    expect(april(plans.toReversed())?.answer).toBe('disputed')
  })

  it('[TR-7] the shortfall list has the largest first, with reasons, total and first month', () => {
    const plans = [
      samplePlan(
        { [APRIL]: made(90), 'A|N|2025-05': made(20, { reason: 'Ramadan shifts' }), 'A|N|2025-06': made(120) },
        { [APRIL]: answer('accepted', '2025-04-06') },
      ),
    ]
    const list = projectShortfalls(view({ plans }))
    expect(list).toMatchObject({ quantity: 90, open: 1, firstBucket: '2025-04', unit: 'box' })
    expect(
      list.lines.map(({ cell, reasons, exception }) => [cell.bucket, cell.shortfall, reasons, exception?.code]),
    ).toEqual([
      ['2025-05', 80, ['Ramadan shifts'], 'shortfall'],
      ['2025-04', 10, [], undefined],
    ])
  })

  it('[COM-14] without a commitment that counts, the shortfall is unknown, not 0', () => {
    expect(projectShortfalls(view())).toMatchObject({ quantity: null, lines: [], firstBucket: null })
    expect(projectShortfalls(view({ plans: [samplePlan({ [APRIL]: made(100) })] })).quantity).toBe(0)
  })

  it('[TR-7] a cell whose forecast cannot be computed is no shortfall and awaits nobody', () => {
    const unknown = sampleForecast(monthly('A', 'N', '2025-02', [100, 100]), '2025-03-31')
    const one = view({ current: unknown, plans: [samplePlan({ [APRIL]: made(70, { forQuantity: null }) })] })
    expect(one.series[0]?.cells[1]).toMatchObject({ state: 'not-computable', net: null, shortfall: null })
    expect(codes(one)).toEqual(['commit-reopened'])
  })
})

describe('stale and invalidated', () => {
  const plans = [samplePlan({ [APRIL]: made(70), 'A|N|2025-05': made(100), 'A|N|2025-06': made(100) })]

  it('[TR-4] after its currency window a forecast takes no part in commitments and metrics', () => {
    const last = view({ plans, today: day('2025-05-10') })
    expect(last).toMatchObject({ stale: false, currentUntil: '2025-05-10' })
    expect(last.series[0]?.cells[0]?.state).toBe('short')
    const stale = view({ plans, today: day('2025-05-11') })
    expect(stale.stale).toBe(true)
    expect(stale.series[0]?.cells.map(({ state, committed, shortfall }) => [state, committed, shortfall])).toEqual([
      ['stale', null, null],
      ['stale', null, null],
      ['stale', null, null],
    ])
    expect(stale.exceptions).toMatchObject([{ code: 'forecast-stale', owner: BUYER, overdue: true }])
    for (const id of ['commit-coverage', 'commit-covered', 'commit-timeliness'])
      expect(metricOf(stale, id)?.value).toBeNull()
    expect(metricOf(last, 'commit-coverage')?.value).toBe(90)
  })

  const next = (april: number, more: Partial<ForecastContent> = {}) => ({
    ...sampleForecast(
      monthly('A', 'N', '2025-01', [100, 100, 100]),
      '2025-03-31',
      { overrides: { [APRIL]: { quantity: april, reason: 'Order book' } } },
      2,
    ),
    ...more,
  })

  it('[TR-5] a change beyond the agreed percentage reopens the commitment; up to it, the commitment stands', () => {
    for (const quantity of [110, 90]) {
      const one = view({ current: next(quantity), previous: [forecast], plans })
      expect(one.series[0]?.cells[0]).toMatchObject({ committed: 70, shortfall: quantity - 70 })
      expect(codes(one)).not.toContain('commit-reopened')
    }
    for (const quantity of [110.1, 89.9, 0]) {
      const one = view({ current: next(quantity), previous: [forecast], plans })
      expect(one.series[0]?.cells[0]).toMatchObject({ state: 'reopened', committed: null, shortfall: null })
      expect(one.exceptions).toContainEqual(
        expect.objectContaining({
          code: 'commit-reopened',
          owner: SELLER,
          quantity: 70,
          detail: { reason: 'change-over', before: 100, now: quantity },
        }),
      )
      expect(one.series[0]?.cells[1]).toMatchObject({ state: 'covered', committed: 100 })
    }
  })

  it('[TR-5] an answer to this revision, or to one that has not arrived here yet, stands', () => {
    for (const forRevision of [1, 2, null])
      expect(april([samplePlan({ [APRIL]: made(70, { forRevision, forQuantity: 50 }) })])).toMatchObject({
        state: 'short',
      })
    const older = { ...forecast, envelope: { ...forecast.envelope, revision: 2 } }
    expect(april([samplePlan({ [APRIL]: made(70, { forQuantity: 50 }) })], { current: older })?.state).toBe('reopened')
  })

  it('[TR-5] small steps do not add up unseen: the change counts from the quantity that was answered', () => {
    const third = next(118)
    const current = { ...third, envelope: { ...third.envelope, revision: 3 } }
    expect(view({ current, previous: [forecast, next(109)], plans }).series[0]?.cells[0]?.state).toBe('reopened')
  })

  it('[TR-5] a discontinued product or a cancelled promotion reopens it, when the rule is there', () => {
    const rules = (rule: ForecastContent['invalidation'][number]) =>
      view({ current: { ...forecast, invalidation: [rule] }, plans, facts })
    const facts = { discontinued: ['A'], cancelledPromotions: ['Summer'] }
    const reasons = (one: ForecastView) =>
      new Set(one.exceptions.filter(({ code }) => code === 'commit-reopened').map(({ detail }) => detail.reason))
    expect(reasons(view({ plans, facts }))).toEqual(new Set())
    expect(reasons(rules({ rule: 'sku-discontinued', percent: null, reference: null }))).toEqual(
      new Set(['sku-discontinued']),
    )
    expect(reasons(rules({ rule: 'sku-discontinued', percent: null, reference: 'B' }))).toEqual(new Set())
    expect(reasons(rules({ rule: 'promotion-cancelled', percent: null, reference: 'Summer' }))).toEqual(
      new Set(['promotion-cancelled']),
    )
    expect(reasons(rules({ rule: 'promotion-cancelled', percent: null, reference: 'Winter' }))).toEqual(new Set())
  })

  it('[TR-5] a quantity that can no longer be computed reopens it, and a rise from 0 is over any percentage', () => {
    const hidden = sampleForecast(monthly('A', 'N', '2025-01', [null, null, 100]), '2025-03-31', {}, 2)
    const gone = view({ current: hidden, previous: [forecast], plans })
    expect(gone.exceptions.find(({ code }) => code === 'commit-reopened')?.detail.reason).toBe('withdrawn')
    const zero = [samplePlan({ [APRIL]: made(0, { forQuantity: 0 }) })]
    expect(april(zero, { current: next(1) })?.state).toBe('reopened')
    expect(april(zero, { current: next(0) })?.state).toBe('covered')
  })
})
