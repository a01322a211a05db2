import { describe, expect, it } from 'vitest'
import type { Instant, IsoDate } from '#shared/kernel/time.ts'
import { formattersOf } from './formatters.ts'

const ar = formattersOf('ar')
const en = formattersOf('en')
const day = (text: string) => text as IsoDate

describe('formatters', () => {
  it('write numbers in the digits of the language', () => {
    expect(en.number(1234567.5)).toBe('1,234,567.5')
    expect(ar.number(1234567.5)).toBe('١٬٢٣٤٬٥٦٧٫٥')
    expect(ar.digits('48213-ab')).toBe('٤٨٢١٣-ab')
    expect(en.digits('48213')).toBe('48213')
  })

  it('show the Gregorian date first and the Umm al-Qura date from the same day', () => {
    expect(en.date(day('2026-11-21'))).toBe('21 Nov 2026')
    expect(ar.date(day('2026-11-21'))).toBe('٢١ نوفمبر ٢٠٢٦')
    expect(en.hijri(day('2025-03-01'))).toMatch(/^1 Ramadan 1446/)
    expect(ar.hijri(day('2025-03-01'))).toMatch(/^١ رمضان ١٤٤٦/)
  })

  it('has no Hijri date outside the Umm al-Qura tables', () => {
    expect(en.hijri(day('1900-04-29'))).toBeNull()
    expect(en.hijri(day('1900-04-30'))).toMatch(/1318/)
    expect(en.hijri(day('2077-11-17'))).toBeNull()
    expect(en.hijri(day('2077-11-16'))).toMatch(/1500/)
  })

  it('name months without moving them across a time zone', () => {
    expect(en.month('2027-01')).toBe('Jan 2027')
    expect(ar.month('2027-01')).toBe('يناير ٢٠٢٧')
  })

  it('write fractions as percentages and halalas as riyals', () => {
    expect(en.percent(0.118)).toBe('11.8%')
    expect(ar.percent(0.5, 0)).toMatch(/٥٠/)
    expect(en.money(12345)).toMatch(/123\.45/)
  })

  it('say how long ago from the instant handed in', () => {
    const now = 10 * 86_400_000
    expect(en.ago((now - 2 * 86_400_000) as Instant, now as Instant)).toBe('2 days ago')
    expect(en.ago((now - 3_600_000) as Instant, now as Instant)).toBe('1 hour ago')
    expect(ar.ago((now - 2 * 86_400_000) as Instant, now as Instant)).toBe('أول أمس')
  })
})
