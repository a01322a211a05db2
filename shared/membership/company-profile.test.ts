import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkIdentifier, checkProfile, plainDigits, type CompanyProfile } from './company-profile.ts'

const codes = (field: Parameters<typeof checkIdentifier>[0], value: string) =>
  checkIdentifier(field, value).map((warning) => warning.code)
const good: CompanyProfile = {
  name: { en: 'Najd Foods', ar: 'أغذية نجد' },
  country: 'SA',
  cr: '1010456789',
  unified: '7001398265',
  vat: '310417725300003',
  tin: '3104177253',
  address: {
    building: '2929',
    street: { en: 'King Fahd Road', ar: 'طريق الملك فهد' },
    district: { en: 'Olaya', ar: 'العليا' },
    city: { en: 'Riyadh', ar: 'الرياض' },
    postal: '12214',
    additional: '8118',
  },
  languages: ['ar', 'en'],
}

describe('company numbers', () => {
  it.each([
    ['cr', '1010456789', '101045678'],
    ['unified', '7001398265', '1001398265'],
    ['tin', '3104177253', '2104177253'],
    ['national-id', '1084236751', '2084236751'],
    ['iqama', '2084236751', '1084236751'],
    ['vat', '310417725300003', '310417725300004'],
    ['building', '2929', '29291'],
    ['postal', '12214', '1221'],
  ] as const)('[MEM-21] %s: a good format is said to be no verification, a bad one warns', (field, right, wrong) => {
    expect(codes(field, right)).toEqual(['format-only'])
    expect(codes(field, wrong)).toEqual([`${field}-format`])
    expect(checkIdentifier(field, wrong)[0]?.level).toBe('warning')
    expect(codes(field, '')).toEqual(['missing'])
  })

  it('[MEM-21] a VAT number has no check digit; an eleventh digit of 1 marks a group', () => {
    expect(codes('vat', '399999999900003')).toEqual(['format-only'])
    expect(checkIdentifier('vat', '310417725310003')).toEqual([
      { field: 'vat', code: 'vat-group', level: 'info' },
      { field: 'vat', code: 'format-only', level: 'info' },
    ])
    expect(codes('vat', '310417725301003')).toEqual(['format-only'])
  })

  it('[MEM-21] made-up sequences are flagged', () => {
    for (const value of ['1111111111', '1234567890', '0123456789', '9876543210', '0000000000']) {
      expect(codes('cr', value), value).toEqual(['dummy-sequence', 'format-only'])
    }
    for (const value of ['7000000000', '7123456789', '7777777777'])
      expect(codes('unified', value)).toContain('dummy-sequence')
    expect(codes('vat', '300000000000003')).toContain('dummy-sequence')
    expect(codes('building', '1234')).toEqual(['format-only'])
  })

  it('[MEM-21] digits count in any script, grouped or not', () => {
    expect(codes('cr', '١٠١٠٤٥٦٧٨٩')).toEqual(['format-only'])
    expect(codes('cr', '۱۰۱۰ ۴۵۶ ۷۸۹')).toEqual(['format-only'])
    expect(plainDigits('\u200f١٢-٣ ٤')).toBe('1234')
  })

  it('[MEM-21] nothing typed is ever refused or thrown at', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        for (const warning of checkProfile({ ...good, cr: value, vat: value }))
          expect(['info', 'warning']).toContain(warning.level)
      }),
      { seed: 71, numRuns: 300 },
    )
  })
})

describe('a profile', () => {
  it('[MEM-21] warns in the order of its form, and for Saudi companies alone', () => {
    expect(checkProfile(good).every((warning) => warning.code === 'format-only')).toBe(true)
    const odd = { ...good, name: { en: 'Najd', ar: ' ' }, cr: '12', address: { ...good.address, postal: '1' } }
    const warnings = checkProfile(odd).filter((warning) => warning.level === 'warning')
    expect(warnings.map(({ field, code }) => [field, code])).toEqual([
      ['name.ar', 'missing'],
      ['cr', 'cr-format'],
      ['postal', 'postal-format'],
    ])
    expect(checkProfile({ ...odd, country: 'DE' }).map(({ field }) => field)).toEqual(['name.ar'])
  })
})
