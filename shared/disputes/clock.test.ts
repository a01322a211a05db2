import { describe, expect, it } from 'vitest'
import type { Instant, IsoDate } from '#shared/kernel/time.ts'
import { daysLeft, endOfWindow } from './clock.ts'
import { USUAL_CALENDAR } from './path.ts'

const at = (text: string) => Date.parse(text) as Instant
const said = (moment: number) => new Date(moment).toISOString()
const working = (length: number) => ({ length, unit: 'working-days' as const })

describe('windows', () => {
  it('[ESC-4] working days end with the working hours of the last, days off and the week’s end left out', () => {
    // Sunday 29 November 2026, 10:00 in Riyadh: three working days end on Wednesday at 17:00, five on Sunday of the next week.
    const start = at('2026-11-29T07:00:00Z')
    expect(said(endOfWindow(start, working(3), USUAL_CALENDAR))).toBe('2026-12-02T14:00:00.000Z')
    expect(said(endOfWindow(start, working(5), USUAL_CALENDAR))).toBe('2026-12-06T14:00:00.000Z')
    const off = [{ from: '2026-12-01' as IsoDate, to: '2026-12-02' as IsoDate }]
    expect(said(endOfWindow(start, working(3), { ...USUAL_CALENDAR, off }))).toBe('2026-12-06T14:00:00.000Z')
  })

  it('[ESC-4] calendar days end at midnight, and the day of the beginning is not counted', () => {
    const days = { length: 15, unit: 'days' as const }
    expect(said(endOfWindow(at('2026-11-29T07:00:00Z'), days, USUAL_CALENDAR))).toBe('2026-12-14T21:00:00.000Z')
    // 23:30 in London on the 28th is already the 29th in Riyadh.
    expect(said(endOfWindow(at('2026-11-28T23:30:00Z'), days, USUAL_CALENDAR))).toBe('2026-12-14T21:00:00.000Z')
  })

  it('[ESC-4] says how many days are left, and none on the last', () => {
    const until = at('2026-12-03T14:00:00Z')
    expect(daysLeft(at('2026-11-30T07:00:00Z'), until, 'working-days', USUAL_CALENDAR)).toBe(3)
    expect(daysLeft(at('2026-11-26T07:00:00Z'), until, 'working-days', USUAL_CALENDAR)).toBe(5)
    expect(daysLeft(at('2026-11-26T07:00:00Z'), until, 'days', USUAL_CALENDAR)).toBe(7)
    expect(daysLeft(at('2026-12-03T07:00:00Z'), until, 'working-days', USUAL_CALENDAR)).toBe(0)
    // A window that ends at midnight ends with the day before.
    expect(daysLeft(at('2026-12-14T07:00:00Z'), at('2026-12-14T21:00:00Z'), 'days', USUAL_CALENDAR)).toBe(0)
  })
})
