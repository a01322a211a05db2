import { describe, expect, it } from 'vitest'
import type { CompanyId } from '#shared/kernel/ids.ts'
import type { Instant, IsoDate } from '#shared/kernel/time.ts'
import { reminderRefusal, type Remindable } from './reminders.ts'

const A = 'a1'.repeat(32) as CompanyId
const B = 'b2'.repeat(32) as CompanyId
const at = (text: string): Instant => Date.parse(text) as Instant
const OPEN: Remindable = {
  signatories: [{ id: 'a' }, { id: 'b' }],
  closedBy: A,
  signBy: '2026-12-01' as IsoDate,
  answered: () => false,
  declined: false,
  superseded: false,
  reminders: [],
}
const NOON = at('2026-11-26T12:00:00Z')
const refusal = (text: Partial<Remindable>, by: Partial<Parameters<typeof reminderRefusal>[1]> = {}) =>
  reminderRefusal({ ...OPEN, ...text }, { signatory: 'b', company: A, at: NOON, ...by })

describe('reminders', () => {
  it('[AGR-23] are for who closed the text, to a signatory who has not answered, while it can be signed', () => {
    expect(refusal({})).toBeUndefined()
    expect(refusal({}, { company: B })).toBe('not-yours-to-remind')
    expect(refusal({}, { signatory: 'c' })).toBe('no-such-signatory')
    expect(refusal({ answered: (id) => id === 'b' })).toBe('signatory-answered')
    expect(refusal({ answered: (id) => id === 'a' })).toBeUndefined()
    expect(refusal({ declined: true })).toBe('declined')
    expect(refusal({ superseded: true })).toBe('superseded')
    expect(refusal({}, { at: at('2026-12-01T23:59:00Z') })).toBeUndefined()
    expect(refusal({}, { at: at('2026-12-02T00:00:00Z') })).toBe('lapsed')
    expect(refusal({ signBy: null }, { at: at('2030-01-01T00:00:00Z') })).toBeUndefined()
  })

  it('[AGR-23] come once a day for each signatory, and no claim of an earlier day adds one', () => {
    const reminders = [{ signatory: 'b', at: NOON }]
    expect(refusal({ reminders })).toBe('reminded-today')
    expect(refusal({ reminders }, { at: at('2026-11-26T23:59:00Z') })).toBe('reminded-today')
    expect(refusal({ reminders }, { at: at('2026-11-25T12:00:00Z') })).toBe('reminded-today')
    expect(refusal({ reminders }, { at: at('2026-11-27T00:00:00Z') })).toBeUndefined()
    expect(refusal({ reminders }, { signatory: 'a' })).toBeUndefined()
  })
})
