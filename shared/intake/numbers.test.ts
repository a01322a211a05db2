import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalEvidence, readDecimal, toMinorUnits, toNumber, type DecimalMark } from './decimal.ts'

const number = (text: string, mark: DecimalMark = '.') => {
  const reading = readDecimal(text, mark)
  return reading === undefined ? undefined : toNumber(reading)
}

describe('numbers', () => {
  it.each([
    ['١٢٣', 123], ['۱۲۳٫۵', 123.5], ['١٬٢٣٤٫٥٦', 1234.56], ['\u200f٤٢\u200f', 42], ['1\u00a0234', 1234], ['−7', -7],
  ])('[INT-1] %s is %d', (text, value) => {
    expect(number(text)).toBe(value)
    expect(number(text, ',')).toBe(value)
  }) // prettier-ignore

  it.each([
    ['1,234.5', '.', 1234.5], ['1.234,5', ',', 1234.5], ['1.234', '.', 1.234], ['1.234', ',', 1234], ['12,5', ',', 12.5],
    ["1'234.50", '.', 1234.5], ['.5', '.', 0.5], ['1234,', ',', 1234], ['1.5E+05', '.', 150_000],
  ] as const)('[INT-2] %s with %s is %d', (text, mark, value) => {
    expect(number(text, mark)).toBe(value)
  }) // prettier-ignore

  it('[INT-2] refuses groups that are none', () => {
    for (const text of [
      '1,23,456',
      '12,34.5',
      '1.2.3',
      '1,234,56',
      '1 23',
      '1,,234',
      '1,234.5.6',
      '12a',
      'a12',
      '1E5',
      '',
    ]) {
      expect(number(text), text).toBeUndefined()
    }
  })

  it('[INT-2] knows which spellings settle the mark', () => {
    expect(decimalEvidence('1,234.50')).toBe('.')
    expect(decimalEvidence('12.5')).toBe('.')
    expect(decimalEvidence('12,5')).toBe(',')
    expect(decimalEvidence('1.234,50')).toBe(',')
    expect(decimalEvidence('1,234')).toBe('either')
    expect(decimalEvidence('1234')).toBe('none')
    expect(decimalEvidence('١٢٫٥')).toBe('none')
    expect(decimalEvidence('word')).toBe('none')
  })

  it.each([
    ['(1,250.00)', -1250], ['-5', -5], ['5-', -5], ['+5', 5], ['15%', 0.15], ['١٥٪', 0.15], ['SAR 1,200.50', 1200.5], ['1200 ر.س', 1200],
    ['ر.س. ١٢٠', 120], ['$-3', -3], ['-$3', -3], ['12 ريال', 12], ['€ 5', 5], ['(SAR 7)', -7],
  ])('[INT-3] %s is %d', (text, value) => {
    expect(number(text)).toBe(value)
  }) // prettier-ignore

  it('[INT-3] keeps the currency it saw and refuses a doubled sign', () => {
    expect(readDecimal('SAR 5', '.')?.currency).toBe('SAR')
    expect(readDecimal('5', '.')?.currency).toBeUndefined()
    expect(readDecimal('(-5)', '.')).toBeUndefined()
    expect(readDecimal('--5', '.')).toBeUndefined()
  })

  it('[INT-4] gives exact minor units or says why not', () => {
    const minor = (text: string, decimals = 2) => {
      const reading = readDecimal(text, '.')
      return reading === undefined ? undefined : toMinorUnits(reading, decimals)
    }
    expect(minor('1.10')).toBe(110)
    expect(minor('4503599627370.49')).toBe(450359962737049)
    expect(minor('-0.29')).toBe(-29)
    expect(minor('0.290000')).toBe(29)
    expect(minor('1.005')).toBe('too-fine')
    expect(minor('1.005', 3)).toBe(1005)
    expect(minor('99999999999999999')).toBe('too-large')
    expect(minor('15%')).toBe('too-fine')
  })

  it('[INT-4] never loses a halala', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), fc.boolean(), (halalas, arabic) => {
        const text = `${halalas < 0 ? '-' : ''}${Math.floor(Math.abs(halalas) / 100)}.${String(Math.abs(halalas) % 100).padStart(2, '0')}`
        const written = arabic
          ? text.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit))).replace('.', '٫')
          : text
        const reading = readDecimal(written, '.')
        return reading !== undefined && toMinorUnits(reading, 2) === halalas
      }),
      { seed: 7 },
    )
  })

  it('[INT-16] says too large rather than rounding', () => {
    expect(number('12345678901234567890')).toBeUndefined()
    expect(number('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER)
  })
})
