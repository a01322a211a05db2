import { describe, expect, it } from 'vitest'
import ar from '#ui/locales/ar/refusals.sync.json' with { type: 'json' }
import en from '#ui/locales/en/refusals.sync.json' with { type: 'json' }
import { MESSAGE_REFUSALS } from './message.ts'
import { ENTRY_REFUSALS, PUBLIC_CODES, publicCode, RUN_REFUSALS, runRefusal, WAITS } from './refusal.ts'

describe('refusals', () => {
  it('[SYN-60] every code has a coarse public one, and a stranger learns no more than that', () => {
    for (const code of [...ENTRY_REFUSALS, ...RUN_REFUSALS, ...WAITS]) expect(PUBLIC_CODES).toContain(publicCode(code))
    expect(publicCode('no-certificate')).toBe(publicCode('epoch-unsafe'))
    expect(publicCode('bad-signature')).toBe(publicCode('wrong-channel'))
    expect(runRefusal('seq-gap')).toBe('broken-chain')
    expect(runRefusal('already-held')).toBe('replayed')
    expect(runRefusal('forked')).toBe('forked')
  })

  it('[SYN-60] every code has a sentence in both languages, and no sentence is left without a code', () => {
    const codes = [...ENTRY_REFUSALS, ...RUN_REFUSALS, ...WAITS, ...PUBLIC_CODES, ...MESSAGE_REFUSALS, 'slice-key-mismatch', 'not-a-recipient'] // prettier-ignore
    expect(Object.keys(en).sort()).toEqual([...new Set(codes)].sort())
    expect(Object.keys(ar)).toEqual(Object.keys(en))
    for (const sentence of Object.values(ar)) expect(sentence).toMatch(/[\u0600-\u06ff].*[.؟]$/)
    for (const sentence of Object.values(en)) expect(sentence).toMatch(/^[A-Z].*\.$/)
  })
})
