import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, type IsoDate } from '#shared/kernel/time.ts'
import { blank, emptyPlan } from '#shared/initiatives/blank.ts'
import { barOf, daysOver, linkPath, movedBy, scaleOf, ticksOf, widthOf, xOf } from './timeline-layout.ts'

const day = (text: string) => text as IsoDate
const TODAY = day('2026-05-10')
const stone = (start: string | null, due: string | null) =>
  blank('milestones', 'm', { start: start as IsoDate, due: due as IsoDate })
const scale = (rtl = false, zoom: 'month' | 'quarter' = 'month') =>
  scaleOf({ about: emptyPlan().about, milestones: [stone('2026-03-01', '2026-08-20')] }, TODAY, zoom, rtl)

describe('[AR-3] the timeline', () => {
  it('shows whole months around everything that has a date, and today', () => {
    expect(scale()).toMatchObject({ from: '2026-02-01', days: 28 + 31 + 30 + 31 + 30 + 31 + 31 + 30 })
    const empty = scaleOf(emptyPlan(), TODAY, 'month', false)
    expect(xOf(empty, TODAY)).toBeGreaterThan(0)
    expect(ticksOf(scale(false, 'quarter')).map(({ month }) => month)).toEqual(['2026-04', '2026-07'])
  })

  it('mirrors: what is so far from the left in one direction is so far from the right in the other', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200 }),
        fc.constantFrom('month' as const, 'quarter' as const),
        (days, zoom) => {
          const date = addDays(day('2026-02-01'), days)
          const [ltr, rtl] = [scale(false, zoom), scale(true, zoom)]
          expect(xOf(ltr, date) + xOf(rtl, date)).toBeCloseTo(widthOf(ltr))
        },
      ),
    )
    const [ltr, rtl] = [false, true].map((one) => barOf(scale(one), stone('2026-03-01', '2026-03-10'))!) as never as [
      NonNullable<ReturnType<typeof barOf>>,
      NonNullable<ReturnType<typeof barOf>>,
    ]
    expect(ltr.width).toBeCloseTo(rtl.width)
    expect([ltr.begin < ltr.end, rtl.begin > rtl.end]).toEqual([true, true])
  })

  it('covers the last day whole, draws a day where there is no start, and nothing where there is no date', () => {
    expect(barOf(scale(), stone('2026-03-01', '2026-03-01'))?.width).toBe(7)
    expect(barOf(scale(), stone(null, '2026-03-01'))?.width).toBe(7)
    expect(barOf(scale(), stone('2026-04-01', '2026-03-01'))?.width).toBe(7)
    expect(barOf(scale(), stone('2026-04-01', null))).toBeUndefined()
  })

  it('a drag means later towards the end of the line of writing', () => {
    expect([daysOver(scale(), 15), daysOver(scale(true), 15), daysOver(scale(true), 2)]).toEqual([2, -2, 0])
  })

  it('moving shifts both dates, resizing the end alone and never before the start', () => {
    expect(movedBy(stone('2026-03-01', '2026-03-10'), 3, 'whole')).toEqual({ start: '2026-03-04', due: '2026-03-13' })
    expect(movedBy(stone('2026-03-01', '2026-03-10'), -30, 'end')).toEqual({ start: '2026-03-01', due: '2026-03-01' })
    expect(movedBy(stone(null, '2026-03-10'), -1, 'whole')).toEqual({ start: null, due: '2026-03-09' })
    expect(movedBy(stone('2026-03-01', null), 1, 'whole')).toBeUndefined()
  })

  it('a link goes around when it has to go back', () => {
    expect(linkPath({ x: 0, y: 10 }, { x: 50, y: 46 }, false)).toBe('M0 10H42V46H50')
    expect(linkPath({ x: 50, y: 10 }, { x: 0, y: 46 }, false)).toBe('M50 10h8V32H-8V46H0')
    expect(linkPath({ x: 50, y: 10 }, { x: 0, y: 46 }, true)).toBe('M50 10H8V46H0')
  })
})
