import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Cell } from '#shared/artifacts/table.ts'
import { context, crypto } from '#test/support/disclosure.ts'
import { compileTransform, transformKeys } from './apply.ts'
import { maskText } from './mask.ts'
import type { FieldTransform } from './transform.ts'

const keysOf = (workspace: string, recipient: string) => transformKeys(crypto, context.secret, workspace, recipient)
const keys = keysOf('w1', 'r1')
const apply = (transform: FieldTransform, cell: Cell, by = keys) =>
  compileTransform(transform, 'column', crypto, by)(cell)

describe('transforms', () => {
  it('[POL-8] each gives the form that it names', () => {
    const date = (to: 'week' | 'month' | 'quarter' | 'year') => apply({ kind: 'generalise-date', to }, '2027-01-02')
    expect([date('week'), date('month'), date('quarter'), date('year')]).toEqual(['2026-W53', '2027-01', '2027-Q1', '2027']) // prettier-ignore
    const band = (value: number) => apply({ kind: 'generalise-number', edges: [10, 100] }, value)
    expect([band(9), band(10), band(99), band(100)]).toEqual(['< 10', '10 – < 100', '10 – < 100', '≥ 100'])
    expect(apply({ kind: 'bucket', size: 50 }, -1)).toBe('-50 – < 0')
    expect(apply({ kind: 'round', step: 25 }, 1037)).toBe(1025)
    expect(apply({ kind: 'suppress' }, 'x')).toBeNull()
  })

  it('[POL-8] what a transform does not know does not pass', () => {
    const place: FieldTransform = { kind: 'generalise-place', map: { Riyadh: 'Central' }, other: 'Elsewhere' }
    expect([apply(place, ' riyadh '), apply(place, 'Secret Base'), apply(place, null)]).toEqual(['Central', 'Elsewhere', null]) // prettier-ignore
    expect(apply({ kind: 'generalise-date', to: 'month' }, 'next Tuesday')).toBeNull()
    expect(apply({ kind: 'round', step: 10 }, 'secret')).toBeNull()
    expect(apply({ kind: 'date-shift', most: 30 }, 'secret')).toBeNull()
  })

  it('[POL-9] [PV-8] pseudonyms are stable in a workspace and unrelated elsewhere', () => {
    const replace: FieldTransform = { kind: 'replace', prefix: 'C-' }
    expect(apply(replace, 'Sara')).toBe(apply(replace, 'Sara', keysOf('w1', 'another')))
    expect(apply(replace, 'Sara')).not.toBe(apply(replace, 'Sara', keysOf('w2', 'r1')))
    expect(apply(replace, 'Sara')).toMatch(/^C-[B-Z]{10}$/)
    expect(apply({ kind: 'hash' }, 'Sara')).not.toBe(apply({ kind: 'hash' }, 'Sara', keysOf('w1', 'r2')))
    expect(apply({ kind: 'hash' }, 1)).not.toBe(apply({ kind: 'hash' }, '1'))
  })

  it('[POL-9] a date shift keeps intervals, is never zero and stays within its bound', () => {
    const shift: FieldTransform = { kind: 'date-shift', most: 30 }
    const at = (cell: Cell, workspace: string) => Date.parse(String(apply(shift, cell, keysOf(workspace, 'r')))) / 86_400_000 // prettier-ignore
    for (let workspace = 0; workspace < 50; workspace++) {
      const moved = at('2026-03-01', `w${workspace}`) - Date.parse('2026-03-01') / 86_400_000
      expect(Math.abs(moved)).toBeGreaterThanOrEqual(1)
      expect(Math.abs(moved)).toBeLessThanOrEqual(30)
      expect(at('2026-03-11', `w${workspace}`) - at('2026-03-01', `w${workspace}`)).toBe(10)
    }
  })

  it('[POL-10] [PV-8] a mask keeps the pattern and hides the rest', () => {
    expect(maskText('sara.n@firm.sa', { shape: true, start: 1, end: 0 })).toBe('sxxx.x@xxxx.xx')
    expect(maskText('+966 50 123 4567', { shape: true, start: 0, end: 4 })).toBe('+### ## ### 4567')
    expect(maskText('عبدالله', { shape: false, start: 1, end: 0 })).toBe('ع•••')
    expect(maskText('مُحَمَّد', { shape: true, start: 0, end: 0 })).toBe('xxxx')
    expect(maskText('Ali', { shape: true, start: 4, end: 4 })).toBe('xxi')
  })

  it('[POL-10] never more than a third stays readable', () => {
    const bound = fc.integer({ min: 0, max: 4 })
    fc.assert(
      fc.property(fc.stringMatching(/^[A-WYZ0-9]{1,20}$/), bound, bound, fc.boolean(), (text, start, end, shape) => {
        const readable = maskText(text, { shape, start, end }).replace(/[x#•]/g, '')
        expect(readable.length).toBeLessThanOrEqual(text.length / 3)
      }),
    )
  })
})
