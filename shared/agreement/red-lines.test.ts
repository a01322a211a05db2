import { describe, expect, it } from 'vitest'
import type { AgreementContent } from '#shared/artifacts/agreement-content.ts'
import { CONTRACT_TERMS, ContractTerms } from '#shared/artifacts/contract-terms.v1.ts'
import { NO_RANGE, privatePositionSchema, type PrivateRange } from '#shared/artifacts/private-position.ts'
import { readRegister, registerKey, type Plain, type Register } from '#shared/living/register.ts'
import { readDraft } from './draft.ts'
import { redLinesOfContent, redLinesOfDraft } from './red-lines.ts'

const position = (ranges: Readonly<Record<string, Partial<PrivateRange>>>) => ({
  clauses: {},
  ranges: Object.fromEntries(Object.entries(ranges).map(([name, range]) => [name, { ...NO_RANGE, ...range }])),
})
const content = (terms: Readonly<Record<string, number | string>>, prices: readonly (number | null)[] = []) =>
  ({
    terms: Object.fromEntries(Object.entries(terms).map(([name, value]) => [name, { value, text: { en: '', ar: '' } }])),
    tables: {
      prices: {
        rows: prices.map((price) => ({ cells: price === null ? {} : { price: { value: price, text: { en: '', ar: '' } } } })),
      },
    },
  }) as unknown as AgreementContent // prettier-ignore
const broken = (ranges: Parameters<typeof position>[0], said: AgreementContent) =>
  redLinesOfContent(CONTRACT_TERMS, position(ranges), said).map(({ range, row, code }) => [range, row, code])

describe('red lines', () => {
  it('[AGR-12] a bound itself is kept, one step beyond is not, for numbers, choices and what must or must never be', () => {
    const ranges = { payment: { least: 30, most: 60 } }
    expect(broken(ranges, content({ payment: 30 }))).toEqual([])
    expect(broken(ranges, content({ payment: 60 }))).toEqual([])
    expect(broken(ranges, content({ payment: 29 }))).toEqual([['payment', null, 'below-least']])
    expect(broken(ranges, content({ payment: 61 }))).toEqual([['payment', null, 'above-most']])
    expect(broken({ pricing: { must: 'fixed' } }, content({ pricing: 'index' }))).toEqual([['pricing', null, 'not-must']]) // prettier-ignore
    expect(broken({ pricing: { never: ['index', 'cost-plus'] } }, content({ pricing: 'index' }))).toEqual([['pricing', null, 'never']]) // prettier-ignore
    expect(broken({ pricing: { never: ['index'] } }, content({ pricing: 'fixed' }))).toEqual([])
    // A number is not compared with a word, so a limit that was typed for another unit breaks nothing.
    expect(broken({ payment: { least: 'a' } }, content({ payment: 1 }))).toEqual([])
  })

  it('[AGR-12] every row of a column is measured, and says which', () => {
    expect(broken({ 'prices.price': { least: 9_000 } }, content({}, [9_000, 8_999, null]))).toEqual([
      ['prices.price', 2, 'below-least'],
      ['prices.price', 3, 'not-said'],
    ])
    expect(broken({ 'nowhere.price': { least: 1 }, 'prices.nothing': { least: 1 } }, content({}, [0]))).toEqual([])
  })

  it('[AGR-12] what is missing is not said, what is contradicted is unsettled, and words are left to people', () => {
    const register = (field: string, value: Plain, client: number): Register =>
      readRegister(registerKey('terms', 'it', field, client), value, client, 1) as Register
    const draft = readDraft(
      CONTRACT_TERMS,
      [register('payment', 45, 1), register('payment', 90, 2), register('seat', { en: 'Paris', ar: 'باريس' }, 1)],
      ContractTerms.sections.joint.fields,
    )
    const ranges = { payment: { most: 60 }, noticeDays: { most: 60 }, yearlyValue: { most: 1 }, seat: { must: 'Riyadh' } } // prettier-ignore
    expect(redLinesOfDraft(CONTRACT_TERMS, position(ranges), draft).map(({ range, code }) => [range, code])).toEqual([
      ['payment', 'unsettled'],
      ['noticeDays', 'not-said'],
    ])
  })

  it('[AGR-12] a note alone is no limit, and what is kept reads back only in its own form', () => {
    expect(broken({ payment: { note: 'thirty if they insist' } }, content({}))).toEqual([])
    expect(privatePositionSchema.safeParse(position({ payment: { most: 60 } })).success).toBe(true)
    expect(privatePositionSchema.safeParse({ ranges: { 'a.b.c': NO_RANGE }, clauses: {} }).success).toBe(false)
  })
})
