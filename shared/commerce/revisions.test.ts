import { describe, expect, it } from 'vitest'
import { BUYER, monthly } from '#shared/artifacts/sample.ts'
import type { ForecastContent } from '#shared/artifacts/shared-forecast.v1.ts'
import { calendarOf, hijriOf, publicHolidaysOf } from './calendar.ts'
import { projectForecast } from './project-forecast.ts'
import { deltaOf, differenceOf } from './revisions.ts'
import { bucket, day, sampleForecast } from './sample.ts'

const at = (revision: number, quantities: readonly number[], values = [100, 100, 100]): ForecastContent =>
  sampleForecast(
    monthly('A', 'N', '2025-01', values),
    '2025-12-31',
    {
      count: quantities.length,
      overrides: Object.fromEntries(
        quantities.map((quantity, month) => [
          `A|N|2025-${String(values.length + month + 1).padStart(2, '0')}`,
          { quantity, reason: 'x' },
        ]),
      ),
    },
    revision,
  )

describe('effect of a revision', () => {
  it('[COM-19] on quantity and on date', () => {
    const delta = deltaOf(at(2, [100, 50, 150]), at(1, [100, 100, 100]))
    expect(delta).toMatchObject({ from: 1, to: 2, before: 300, after: 300, unchanged: 1, firstBucket: '2025-05' })
    expect(delta.changes.map(({ bucket: month, change, percent }) => [month, change, percent])).toEqual([
      ['2025-05', -50, -50],
      ['2025-06', 50, 50],
    ])
    // The mean month moves from 1 to (50 + 2 × 150) / 300 = 7/6: a sixth of a month of 30.44 days.
    expect(delta.shiftDays).toBe(5)
    expect(deltaOf(at(2, [150, 50, 100]), at(1, [100, 100, 100])).shiftDays).toBe(-5)
  })

  it('[COM-19] a month that merely came into view, or left it, is no change', () => {
    const delta = deltaOf(at(2, [100, 100, 900], [100, 100, 100, 100]), at(1, [100, 100, 100]))
    expect(delta).toMatchObject({ changes: [], before: 200, after: 200, firstBucket: null, shiftDays: 0 })
    expect(delta.buckets).toEqual(['2025-05', '2025-06'])
  })

  it('[COM-19] what one revision does not know is no difference of quantity', () => {
    expect(differenceOf(null, 5)).toEqual({ change: null, percent: null })
    expect(differenceOf(0, 5)).toEqual({ change: 5, percent: null })
    expect(differenceOf(0, 0)).toEqual({ change: 0, percent: 0 })
    const gone = at(2, [100])
    const delta = deltaOf({ ...gone, rows: [] }, at(1, [100]))
    expect(delta.changes).toMatchObject([{ before: 100, after: null, change: null }])
    expect(delta).toMatchObject({ before: 0, after: 0, shiftDays: null })
  })

  it('[COM-19] the view compares with the newest earlier revision, whatever the order', () => {
    const current = at(3, [130])
    const view = projectForecast({
      current,
      previous: [at(1, [10]), at(2, [100]), at(4, [1])],
      plans: [],
      today: day('2026-01-01'),
    })
    expect(view.delta).toMatchObject({ from: 2, to: 3, before: 100, after: 130 })
    expect(projectForecast({ current, previous: [], plans: [], today: day('2026-01-01') }).delta).toBeNull()
  })

  it('[COM-20] a change beyond its month’s zone is the forecast owner’s exception', () => {
    const zones: ForecastContent['zones'] = [
      { zone: 'frozen', fromMonth: 1, toMonth: 1, upPercent: 0, downPercent: 0 },
      { zone: 'firm', fromMonth: 2, toMonth: 2, upPercent: 10, downPercent: 5 },
      { zone: 'flex', fromMonth: 3, toMonth: null, upPercent: 100, downPercent: 100 },
    ]
    const found = (...quantities: number[]) =>
      projectForecast({
        current: { ...at(2, quantities), zones },
        previous: [at(1, [100, 100, 100])],
        plans: [],
        today: day('2026-01-01'),
      })
        .exceptions.filter(({ code }) => code === 'zone-exceeded')
        .map(({ owner, place, detail, quantity }) => [owner, place?.bucket, detail.zone, quantity])
    const { series } = projectForecast({
      current: { ...at(1, [1, 1, 1, 1]), zones: zones.slice(0, 2) },
      previous: [],
      plans: [],
      today: day('2026-01-01'),
    })
    expect(series[0]?.cells.map(({ zone }) => zone)).toEqual(['frozen', 'firm', null, null])
    expect(found(101, 110, 200)).toEqual([[BUYER, '2025-04', 'frozen', 1]])
    expect(found(100, 94, 0)).toEqual([[BUYER, '2025-05', 'firm', 6]])
    expect(found(100, 95, 201)).toEqual([[BUYER, '2025-06', 'flex', 101]])
  })
})

describe('calendar', () => {
  it('[COM-21] Hijri by Umm al-Qura, not by the civil calendar, and only inside the table', () => {
    expect(hijriOf(day('2025-06-26'))).toEqual({ year: 1447, month: 1, day: 1 })
    expect(hijriOf(day('1900-04-30'))).toEqual({ year: 1318, month: 1, day: 1 })
    expect(hijriOf(day('2077-11-16'))).toEqual({ year: 1500, month: 12, day: 30 })
    expect(hijriOf(day('1900-04-29'))).toBeUndefined()
    expect(hijriOf(day('2077-11-17'))).toBeUndefined()
    expect(calendarOf(bucket('2100-03'))).toMatchObject({ hijri: null, occasions: [] })
  })

  it('[COM-21] a month’s occasions, cut at its ends, and its working days', () => {
    expect(calendarOf(bucket('2026-02')).occasions).toEqual([
      { id: 'ramadan', from: '2026-02-18', to: '2026-02-28', days: 11 },
      { id: 'founding-day', from: '2026-02-22', to: '2026-02-22', days: 1 },
    ])
    const march = calendarOf(bucket('2026-03'))
    expect(march.occasions).toMatchObject([
      { id: 'ramadan', to: '2026-03-19' },
      { id: 'eid-al-fitr', from: '2026-03-20', to: '2026-03-23' },
    ])
    // 31 days, 8 of them Fridays and Saturdays; Eid takes a Sunday and a Monday besides.
    expect(march).toMatchObject({ days: 31, workingDays: 21 })
    expect(march.hijri).toEqual({ from: { year: 1447, month: 9, day: 12 }, to: { year: 1447, month: 10, day: 12 } })
    expect(calendarOf(bucket('2026-05')).occasions).toMatchObject([{ id: 'eid-al-adha', from: '2026-05-26' }])
    expect(calendarOf(bucket('2026-09')).occasions).toMatchObject([{ id: 'national-day', from: '2026-09-23' }])
    expect(calendarOf(bucket('2021-02')).occasions).toEqual([])
  })

  it('[COM-21] the public holidays of a year, whole also over the end of a year', () => {
    expect(publicHolidaysOf(2026)).toEqual([
      { id: 'founding-day', from: '2026-02-22', to: '2026-02-22' },
      { id: 'eid-al-fitr', from: '2026-03-20', to: '2026-03-23' },
      { id: 'eid-al-adha', from: '2026-05-26', to: '2026-05-29' },
      { id: 'national-day', from: '2026-09-23', to: '2026-09-23' },
    ])
    // Two of Eid al-Adha begin in 2006, and the second ends in 2007, which has another in December.
    const adha = (year: number) => publicHolidaysOf(year).filter(({ id }) => id === 'eid-al-adha')
    expect(adha(2006).map(({ from, to }) => [from, to])).toEqual([['2006-01-09', '2006-01-12'], ['2006-12-30', '2007-01-02']]) // prettier-ignore
    expect(adha(2007).map(({ from }) => from)).toEqual(['2007-12-19'])
  })

  it('[COM-21] the weekend is a setting', () => {
    expect(calendarOf(bucket('2026-06'), []).workingDays).toBe(30)
    expect(calendarOf(bucket('2026-06'), [0, 6]).workingDays).toBe(22)
  })
})
