import { describe, expect, it } from 'vitest'
import { icalCalendars } from '#adapters/calendar/ical.ts'
import type { CalendarEvent } from '#shared/initiatives/calendar.ts'
import { fromUtf8 } from '#shared/kernel/bytes.ts'
import type { Instant, IsoDate } from '#shared/kernel/time.ts'

const event = (more: Partial<CalendarEvent> = {}): CalendarEvent => ({
  uid: 'plan-m1@mithaq.invalid',
  day: '2026-12-31' as IsoDate,
  summary: 'Pilot; in Jubail, phase 1 · تجربة في الجبيل',
  description: 'Joint plan\nSigned \\ sealed',
  kind: 'milestone',
  status: 'confirmed',
  ...more,
})
const write = (events: readonly CalendarEvent[], at = Date.UTC(2026, 4, 3, 10)) =>
  icalCalendars.write({ name: 'Plan · خطة', at: at as Instant, events })

/** Lines as RFC 5545 §3.1 unfolds them. */
const unfolded = (bytes: Uint8Array) => fromUtf8(bytes).replaceAll('\r\n ', '').split('\r\n')
/** Text values as §3.3.11 escapes them. */
const plain = (text: string) => text.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter))
const value = (bytes: Uint8Array, name: string) =>
  plain(
    unfolded(bytes)
      .find((line) => line.startsWith(`${name}:`))
      ?.slice(name.length + 1) ?? '',
  )

describe('calendar files', () => {
  it('[AR-3] hold whole days, without a time zone that could move them', () => {
    const lines = unfolded(write([event()]))
    expect(lines).toContain('DTSTART;VALUE=DATE:20261231')
    expect(lines).toContain('DTEND;VALUE=DATE:20270101')
    expect(lines.filter((line) => /^DT(START|END)/.test(line))).toHaveLength(2)
  })

  it('[AR-3] keep both languages and every special character', () => {
    const bytes = write([event({ summary: `${'مرحلة طويلة جدا '.repeat(20)}end` })])
    expect(value(bytes, 'SUMMARY')).toBe(`${'مرحلة طويلة جدا '.repeat(20)}end`)
    expect(value(write([event()]), 'SUMMARY')).toBe(event().summary)
    expect(value(write([event()]), 'DESCRIPTION')).toBe(event().description)
    // Lines of at most 75 octets, folded between characters and never inside one, or a calendar shows broken letters.
    expect(fromUtf8(bytes)).not.toContain('\ufffd')
    for (const line of fromUtf8(bytes).split('\r\n'))
      expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(76)
    expect(fromUtf8(bytes).replaceAll('\r\n', '')).not.toContain('\n')
  })

  it('[AR-3] carry the same id and a greater sequence next time, so that importing again updates', () => {
    const first = write([event()])
    const second = write([event({ day: '2027-01-14' as IsoDate })], Date.UTC(2026, 4, 3, 10, 1))
    expect(value(second, 'UID')).toBe(value(first, 'UID'))
    expect(Number(value(second, 'SEQUENCE'))).toBeGreaterThan(Number(value(first, 'SEQUENCE')))
    expect(Number(value(second, 'SEQUENCE'))).toBeLessThan(2 ** 31)
  })

  it('[AR-3] say what is a gate and what was cancelled', () => {
    const lines = unfolded(write([event({ kind: 'gate', status: 'cancelled' })]))
    expect(lines).toContain('CATEGORIES:Gate')
    expect(lines).toContain('STATUS:CANCELLED')
  })
})
