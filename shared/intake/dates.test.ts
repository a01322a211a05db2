import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, type IsoDate } from '#shared/kernel/time.ts'
import { dateEvidence, readDate } from './calendar.ts'
import { fromHijri, toHijri } from '#shared/kernel/hijri.ts'

describe('dates', () => {
  it.each([
    ['2026-03-04', 'dmy', '2026-03-04'], ['2026/3/4', 'mdy', '2026-03-04'], ['4/3/2026', 'dmy', '2026-03-04'], ['4/3/2026', 'mdy', '2026-04-03'],
    ['04.03.26', 'dmy', '2026-03-04'], ['٤/٣/٢٠٢٦', 'dmy', '2026-03-04'], ['20260304', 'dmy', '2026-03-04'],
    ['2026-03-04T10:20:30Z', 'dmy', '2026-03-04'], ['4/3/2026 10:20 PM', 'dmy', '2026-03-04'], ['31/12/99', 'dmy', '1999-12-31'],
  ] as const)('[INT-5] %s read %s is %s', (text, order, date) => {
    expect(readDate(text, order)).toBe(date)
  }) // prettier-ignore

  it('[INT-5] refuses days that do not exist and texts that are no dates', () => {
    for (const text of [
      '30/2/2026',
      '2026-02-29',
      '0/1/2026',
      '2026-13-01',
      '1/2/3',
      '2026',
      'soon',
      '13/13/2026',
      '1/1/0999',
    ]) {
      expect(readDate(text, 'dmy'), text).toBe('not-a-date')
    }
    expect(readDate('13/2/2026', 'mdy')).toBe('not-a-date')
  })

  it('[INT-5] knows which spellings settle the order', () => {
    expect(dateEvidence('13/2/2026')).toBe('dmy')
    expect(dateEvidence('2/13/2026')).toBe('mdy')
    expect(dateEvidence('1/2/2026')).toBe('either')
    expect(dateEvidence('2/2/2026')).toBe('none')
    expect(dateEvidence('2026-02-01')).toBe('ymd')
    expect(dateEvidence('1 Feb 2026')).toBe('none')
  })

  it.each([
    ['04-Mar-2026', '2026-03-04'], ['4 March 2026', '2026-03-04'], ['March 4, 2026', '2026-03-04'], ['٤ مارس ٢٠٢٦', '2026-03-04'],
    ['4 آذار 2026', '2026-03-04'], ['12 أكتوبر 2025', '2025-10-12'], ['Jan-26', '2026-01-01'], ['2026-05', '2026-05-01'],
    ['05/2026', '2026-05-01'], ['يناير 2026', '2026-01-01'], ['4mar26', '2026-03-04'],
  ])('[INT-6] %s is %s', (text, date) => {
    expect(readDate(text, 'mdy')).toBe(date)
  }) // prettier-ignore

  it.each([
    ['1447-01-01', '2025-06-26'], ['1/1/1447', '2025-06-26'], ['١/١/١٤٤٧ هـ', '2025-06-26'], ['1 محرم 1447', '2025-06-26'],
    ['1 رمضان 1446', '2025-03-01'], ['1318/01/01', '1900-04-30'], ['12 ذو القعدة 1446 هـ', '2025-05-10'],
  ])('[INT-7] %s is %s', (text, date) => {
    expect(readDate(text, 'dmy')).toBe(date)
  }) // prettier-ignore

  it('[INT-7] refuses Hijri years outside the table and days that the month has not', () => {
    expect(readDate('1/1/1317', 'dmy')).toBe('hijri-out-of-range')
    expect(readDate('1501-01-01', 'dmy')).toBe('hijri-out-of-range')
    expect(readDate('31/1/1447', 'dmy')).toBe('not-a-date')
    expect(fromHijri(1500, 12, 29)).toBe('2077-11-15')
  })

  it('[INT-7] there and back is the same day, over the whole table', () => {
    const day = fc.integer({ min: 0, max: 64_840 }).map((offset) => addDays('1900-04-30' as IsoDate, offset))
    fc.assert(
      fc.property(day, (date) => {
        const hijri = toHijri(date)
        return hijri !== undefined && fromHijri(hijri.year, hijri.month, hijri.day) === date
      }),
      { seed: 11, numRuns: 500 },
    )
  })
})
