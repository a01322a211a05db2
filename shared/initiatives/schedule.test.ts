import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, type IsoDate } from '#shared/kernel/time.ts'
import { blank, emptyPlan } from './blank.ts'
import { daysBetween } from './days.ts'
import { effectOn, thenEffect } from './effect.ts'
import type { Milestone, Plan } from './plan.ts'
import { finishOf, scheduleOf, standingOf } from './schedule.ts'

const day = (text: string) => text as IsoDate
const TODAY = day('2026-05-10')
const stone = (
  id: string,
  start: string | null,
  due: string | null,
  depends: string[] = [],
  more: Partial<Milestone> = {},
) => blank('milestones', id, { start: start as IsoDate, due: due as IsoDate, depends, titleEn: id, ...more })
const about = (values: Partial<Plan['about']>) => ({ ...emptyPlan().about, ...values })
const schedule = (milestones: Milestone[], values: Partial<Plan['about']> = {}, today = TODAY) =>
  scheduleOf({ about: about(values), milestones }, today)
const slackOf = (milestones: Milestone[], values: Partial<Plan['about']> = {}) =>
  Object.fromEntries([...schedule(milestones, values).timed].map(([id, { slack }]) => [id, slack]))

describe('dependencies', () => {
  it('[INI-1, AR-3] each cycle is told once, and a milestone that is not there', () => {
    const { problems } = schedule([
      stone('a', null, '2026-06-01', ['c']),
      stone('b', null, '2026-06-01', ['a']),
      stone('c', null, '2026-06-01', ['b']),
      stone('d', null, '2026-06-01', ['a', 'gone']),
      stone('e', null, '2026-06-01', ['e']),
    ])
    expect(problems.filter(({ code }) => code === 'cycle')).toEqual([
      { code: 'cycle', milestones: ['a', 'c', 'b'] },
      { code: 'cycle', milestones: ['e'] },
    ])
    expect(problems).toContainEqual({ code: 'unknown-dependency', milestone: 'd', on: 'gone' })
  })

  it('[INI-1] a chain of twenty thousand is no cycle and overflows nothing', () => {
    const chain = Array.from({ length: 20_000 }, (_, at) =>
      stone(`m${at}`, null, '2026-06-01', at ? [`m${at - 1}`] : []),
    )
    expect(schedule(chain).problems).toEqual([])
    const closed = [stone('m0', null, '2026-06-01', ['m19999']), ...chain.slice(1)]
    expect(schedule(closed).problems.map((one) => one.code === 'cycle' && one.milestones.length)).toEqual([20_000])
  })

  it('[INI-1] any graph whose edges go one way has no cycle, and turning one path round makes one', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(30), { maxLength: 4 }), { minLength: 2, maxLength: 30 }), (graph) => {
        const stones = graph.map((edges, at) =>
          stone(String(at), null, null, edges.filter((to) => to < at).map(String)),
        )
        const cycles = (all: Milestone[]) => schedule(all).problems.filter(({ code }) => code === 'cycle')
        expect(cycles(stones)).toEqual([])
        const last = stones.at(-1)!
        const target = last.depends?.[0]
        if (target === undefined) return
        const turned = stones.map((one) =>
          one.id === target ? { ...one, depends: [...(one.depends ?? []), last.id] } : one,
        )
        expect(cycles(turned).length).toBeGreaterThan(0)
      }),
    )
  })
})

describe('dates', () => {
  it('[INI-2] beginning before what it waits for is told with the days; the same day is allowed', () => {
    const { problems } = schedule(
      [
        stone('design', '2026-05-01', '2026-05-20'),
        stone('build', '2026-05-17', '2026-06-20', ['design']),
        stone('review', null, '2026-05-20', ['design']),
        stone('back', '2026-06-10', '2026-06-01'),
        stone('late', null, '2026-07-03'),
        stone('early', null, '2026-04-28'),
        stone('open', null, null),
      ],
      { start: day('2026-05-01'), end: day('2026-06-30') },
    )
    expect(problems).toEqual([
      { code: 'too-early', milestone: 'build', on: 'design', days: 3 },
      { code: 'ends-before-start', milestone: 'back' },
      { code: 'after-plan-end', milestone: 'late', days: 3 },
      { code: 'before-plan-start', milestone: 'early', days: 3 },
      { code: 'undated', milestone: 'open' },
    ])
  })

  it('[INI-2] what is done counts by the day it was done, and done ahead of what it waits for is told', () => {
    const done = { doneOn: day('2026-05-05') }
    const { problems } = schedule([
      stone('design', '2026-05-01', '2026-05-20', [], done),
      stone('build', '2026-05-05', '2026-06-20', ['design']),
      stone('test', null, '2026-06-25', ['build'], done),
    ])
    expect(problems).toEqual([{ code: 'done-ahead-of', milestone: 'test', on: 'build' }])
  })

  it('[INI-4] late begins the day after, and days late are counted', () => {
    expect(standingOf(stone('a', null, '2026-05-10'), TODAY)).toBe('due-soon')
    expect(standingOf(stone('a', null, '2026-05-09'), TODAY)).toBe('late')
    expect(standingOf(stone('a', null, '2026-05-24'), TODAY)).toBe('due-soon')
    expect(standingOf(stone('a', '2026-05-10', '2026-05-25'), TODAY)).toBe('under-way')
    expect(standingOf(stone('a', '2026-05-11', '2026-05-25'), TODAY)).toBe('ahead')
    expect(standingOf(stone('a', null, '2026-01-01', [], { doneOn: day('2026-03-01') }), TODAY)).toBe('done')
    expect(standingOf(stone('a', null, null), TODAY)).toBe('undated')
    expect(schedule([stone('a', null, '2026-04-30')]).timed.get('a')?.daysLate).toBe(10)
  })
})

describe('slack', () => {
  const network = [
    stone('a', '2026-05-01', '2026-05-11'),
    stone('b', '2026-05-11', '2026-05-31', ['a']), // 20 days
    stone('c', '2026-05-11', '2026-05-16', ['a']), // 5 days, 15 of slack
    stone('d', '2026-05-31', '2026-06-10', ['b', 'c']),
  ]

  it('[INI-3] the worked network: a, b, d have none, c has fifteen days', () => {
    expect(slackOf(network)).toEqual({ a: 0, b: 0, c: 15, d: 0 })
    expect(schedule(network).criticalPath).toEqual(['a', 'b', 'd'])
    // Five days to the plan's end are everybody's; without a network of dates there is no path.
    expect(slackOf(network, { end: day('2026-06-15') })).toEqual({ a: 5, b: 5, c: 20, d: 5 })
    expect(schedule(network, { end: day('2026-06-15') }).criticalPath).toEqual([])
    expect(slackOf(network, { end: day('2026-06-01') })).toEqual({ a: -9, b: -9, c: 6, d: -9 })
  })

  it('[INI-3] an undated milestone passes on what waits for it; a cycle ahead makes it not computable', () => {
    const undated = [
      stone('a', null, '2026-05-11'),
      stone('x', null, null, ['a']),
      stone('d', '2026-05-20', '2026-06-10', ['x']),
    ]
    expect(slackOf(undated)).toEqual({ a: 9, x: null, d: 0 })
    const cycle = [
      stone('a', null, '2026-05-11'),
      stone('x', null, '2026-05-12', ['a', 'y']),
      stone('y', null, '2026-05-12', ['x']),
    ]
    expect(slackOf(cycle)).toEqual({ a: null, x: null, y: null })
  })

  it('[INI-3] moving one milestone by its slack breaks nothing, one day more does', () => {
    const dates = fc.tuple(fc.nat(60), fc.nat(20))
    fc.assert(
      fc.property(
        fc.array(fc.tuple(dates, fc.array(fc.nat(12), { maxLength: 3 })), { minLength: 1, maxLength: 12 }),
        (plan) => {
          const start = day('2026-01-01')
          const stones: Milestone[] = []
          for (const [at, [[offset, length], edges]] of plan.entries()) {
            const depends = edges.filter((to) => to < at)
            // Sound by construction: each begins after all that it waits for.
            const ready = Math.max(0, ...depends.map((to) => daysBetween(start, finishOf(stones[to]!)!)))
            const begin = addDays(start, ready + offset)
            stones.push(stone(String(at), begin, addDays(begin, length), depends.map(String)))
          }
          const end = stones
            .map((one) => finishOf(one)!)
            .toSorted()
            .at(-1)!
          const { timed, criticalPath } = schedule(stones, { end })
          expect(criticalPath.length).toBeGreaterThan(0)
          for (const moved of stones) {
            const slack = timed.get(moved.id)!.slack!
            expect(slack).toBeGreaterThanOrEqual(0)
            expect(pushed(stones, moved.id, slack) <= end).toBe(true)
            expect(pushed(stones, moved.id, slack + 1) > end).toBe(true)
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})

/** The plan's last day once `id` finishes `days` later and each that waits is pushed no further than it must. */
function pushed(stones: readonly Milestone[], id: string, days: number): IsoDate {
  const finish = new Map<string, IsoDate>()
  for (const one of stones) {
    const length = daysBetween(one.start!, one.due!)
    const ready = (one.depends ?? [])
      .map((on) => finish.get(on)!)
      .toSorted()
      .at(-1)
    const begin = ready !== undefined && ready > one.start! ? ready : one.start!
    const own = addDays(begin, length)
    finish.set(one.id, one.id === id && addDays(one.due!, days) > own ? addDays(one.due!, days) : own)
  }
  return [...finish.values()].toSorted().at(-1)!
}

describe('effect on dates', () => {
  it('[INI-13, AR-3] says which milestone moved from when to when, and what it did to the end', () => {
    const before = [stone('x', null, '2026-05-03'), stone('y', null, '2026-05-10'), stone('z', null, null)]
    const after = [
      stone('x', null, '2026-05-17'),
      stone('z', null, '2026-05-12', [], { doneOn: day('2026-05-12'), gateResult: 'go' }),
      stone('new', null, '2026-05-09'),
    ]
    const title = (id: string) => ({ milestone: id, title: { en: id, ar: '' } })
    expect(effectOn({ about: about({}), milestones: before }, { about: about({}), milestones: after })).toEqual({
      moves: [
        { code: 'moved', ...title('x'), from: '2026-05-03', to: '2026-05-17', days: 14 },
        { code: 'dated', ...title('z'), to: '2026-05-12' },
        { code: 'done', ...title('z'), to: '2026-05-12' },
        { code: 'decided', ...title('z'), result: 'go' },
        { code: 'added', ...title('new'), to: '2026-05-09' },
        { code: 'removed', ...title('y'), from: '2026-05-10' },
      ],
      end: { from: '2026-05-10', to: '2026-05-17' },
    })
  })

  it('[INI-13] nothing moved is no effect', () => {
    const same = { about: about({}), milestones: [stone('x', null, '2026-05-03')] }
    expect(effectOn(same, structuredClone(same))).toEqual({ moves: [], end: null })
  })

  it('[INI-13] two dates written apart are contested, not moved', () => {
    const plan = (due: string, ...dates: string[]) => ({
      about: about({}),
      milestones: [stone('x', null, due)],
      contested: new Map(dates.length > 0 ? [['x', dates as IsoDate[]]] : []),
    })
    const [first, second] = ['2026-05-17', '2026-06-01']
    const found = effectOn(plan('2026-05-03'), plan(first!, first!, second!))
    expect(found.moves).toMatchObject([{ code: 'contested', milestone: 'x', dates: [first, second] }])
    // Known already: nothing new happened.
    expect(effectOn(plan(first!, first!, second!), plan(first!, first!, second!)).moves).toEqual([])
  })

  it('[INI-13] effects one after the other come to one', () => {
    const at = (due: string) => ({
      about: about({}),
      milestones: [stone('x', null, due), stone('y', null, '2026-06-01')],
    })
    const effect = (from: string, to: string) => effectOn(at(from), at(to))
    const both = thenEffect(effect('2026-05-03', '2026-05-10'), effect('2026-05-10', '2026-06-17'))
    expect(both).toMatchObject({
      moves: [{ code: 'moved', from: '2026-05-03', to: '2026-06-17', days: 45 }],
      end: { from: '2026-06-01', to: '2026-06-17' },
    })
    expect(thenEffect(effect('2026-05-03', '2026-05-10'), effect('2026-05-10', '2026-05-03')).moves).toEqual([])
    expect(thenEffect(effect('2026-05-03', '2026-06-10'), effect('2026-06-10', '2026-05-03'))).toEqual({
      moves: [],
      end: null,
    })
  })
})
