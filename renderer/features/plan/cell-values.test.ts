import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CURRENCIES, type Currency } from '#shared/artifacts/joint-initiative-plan.v1.ts'
import { readTyped, typedOf } from './cell-values.ts'

describe('[AR-3] what is typed into a cell', () => {
  it('money reads back to the very minor units, in every currency', () => {
    const currency = fc.constantFrom(...(Object.keys(CURRENCIES) as Currency[]))
    fc.assert(
      fc.property(currency, fc.nat(1e15), (code, minor) => {
        expect(readTyped('money', 'amount', typedOf('money', minor, code), code)).toBe(minor)
      }),
    )
    expect(readTyped('money', 'amount', '١٬٢٥٠٫٥', 'SAR')).toBe(125_050)
    expect(readTyped('money', 'amount', '1.005', 'SAR')).toBeUndefined()
    expect(readTyped('money', 'amount', '1', null)).toBeUndefined()
  })

  it('dates read in any spelling, and what is none is none', () => {
    expect(readTyped('date', 'due', '3/5/2026', null)).toBe('2026-05-03')
    expect(readTyped('date', 'due', '١ رمضان ١٤٤٧', null)).toBe('2026-02-18')
    expect(readTyped('date', 'due', 'soon', null)).toBeUndefined()
    expect(readTyped('date', 'due', ' ', null)).toBeNull()
  })

  it('amounts and shares are never below zero, measures may be', () => {
    expect(readTyped('number', 'amount', '-1', null)).toBeUndefined()
    expect(readTyped('number', 'share', '60%', null)).toBe(60)
    expect(readTyped('number', 'baseline', '-1.5', null)).toBe(-1.5)
  })
})
