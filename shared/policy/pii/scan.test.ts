import { describe, expect, it } from 'vitest'
import type { ColumnMeaning } from '#shared/artifacts/table.ts'
import { isIban, isSaudiId, isVatNumber } from './numbers.ts'
import { detect, scanColumn } from './scan.ts'

const kinds = (text: string, meaning?: ColumnMeaning) => [...detect(text, meaning).keys()]

describe('personal data', () => {
  it('[PII-1] [PV-8] finds each kind where it stands', () => {
    expect(kinds('reach me: sara.n@firm.com.sa, thanks')).toEqual(['email'])
    expect(kinds('call 055 123 4567')).toEqual(['phone'])
    expect(kinds('+966 (55) 123-4567')).toEqual(['phone'])
    expect(kinds('00442071234567')).toEqual(['phone'])
    expect(kinds('pay SA03 8000 0000 6080 1016 7519 today')).toEqual(['iban'])
    expect(kinds('id 1000000008')).toEqual(['national-id'])
    expect(kinds('2000000006')).toEqual(['iqama'])
    expect(kinds('VAT 300000000000003')).toEqual(['vat-number'])
    expect(kinds('C.R 1010123456')).toContain('commercial-registration')
    expect(kinds('1010123456', 'tax-id')).toContain('commercial-registration')
  })

  it('[PII-1] checks what can be checked', () => {
    expect(isIban('SA0380000000608010167519')).toBe(true)
    expect(isIban('SA0380000000608010167518')).toBe(false)
    expect(isIban('GB82 WEST 1234 5698 7654 32')).toBe(true)
    expect(isSaudiId('1000000008')).toBe(true)
    expect(isSaudiId('1000000009')).toBe(false)
    expect(isSaudiId('3000000008')).toBe(false)
    // The tax authority's own test number fails a Luhn check and is valid.
    expect(isVatNumber('399999999900003')).toBe(true)
    expect(isVatNumber('399999999900004')).toBe(false)
  })

  it('[PII-2] disguises hide nothing', () => {
    expect(kinds('٠٥٥١٢٣٤٥٦٧')).toEqual(['phone'])
    expect(kinds('۰۵۵ ۱۲۳ ۴۵۶۷')).toEqual(['phone'])
    expect(kinds('055\u200b123\u200d4567')).toEqual(['phone'])
    expect(kinds('sara\u200f@firm\u00ad.sa')).toEqual(['email'])
    expect(kinds('055–123–4567')).toEqual(['phone'])
    expect(kinds('SA٠٣ ٨٠٠٠ ٠٠٠٠ ٦٠٨٠ ١٠١٦ ٧٥١٩')).toEqual(['iban'])
  })

  it('[PII-3] names in both scripts', () => {
    for (const name of [
      'Fahad Al-Otaibi',
      'MOHAMMED BIN SALEH',
      'Dr. Sara Nasser',
      'محمد بن صالح العتيبي',
      'م. نورة السالم',
      'مُحَمَّد الحربي',
      'أبو محمد',
      'José García',
    ]) {
      // prettier-ignore
      expect.soft(kinds(name), name).toEqual(['person-name'])
    }
  })

  it('[PII-3] companies, products, places and single words are no names', () => {
    for (const text of [
      'Mohammed Al-Jasser Trading Co',
      'شركة عبدالله التجارية',
      'مؤسسة فهد للتجارة',
      'Noor',
      'Central Region',
      'المنطقة الشرقية',
      'Steel pipe 40mm',
      'Sultan Street',
      'P-BCDFGHJKLM',
      '2026-11',
    ]) {
      // prettier-ignore
      expect.soft(kinds(text), text).toEqual([])
    }
  })

  it('[PII-4] a finding tells how many values, and no value', () => {
    const findings = scanColumn('note', 'note', ['0551234567', '0557654321', 'fine', null])
    expect(findings).toEqual([{ column: 'note', kind: 'phone', certainty: 'certain', values: 2, clause: null }])
  })

  it('[PII-5] amounts, article numbers and stray checksums are no identity numbers', () => {
    expect(scanColumn('amount', 'amount', [1000000008, 2000000006])).toEqual([])
    expect(scanColumn('code', 'other', [1000000008, 17, 18, 19])).toEqual([])
    expect(scanColumn('id', 'other', [1000000008, 2000000006]).map(({ kind }) => kind)).toEqual([
      'national-id',
      'iqama',
    ])
    expect(kinds('SKU-1000000008')).toEqual([])
    expect(kinds('1234567890')).toEqual([])
    expect(kinds('2026-10-05 – 2026-11-05')).toEqual([])
  })
})
