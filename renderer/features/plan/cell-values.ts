import { CURRENCIES, type Currency } from '#shared/artifacts/joint-initiative-plan.v1.ts'
import { readDate } from '#shared/intake/calendar.ts'
import { readDecimal, toMinorUnits, toNumber } from '#shared/intake/decimal.ts'
import type { Plain } from '#shared/living/register.ts'
import type { FieldKind } from './field-kind.ts'

export type TypedKind = Extract<FieldKind, 'date' | 'money' | 'number' | 'note' | 'line'>

/** Fields whose numbers have no less than zero. */
const COUNTED: readonly string[] = ['amount', 'share']

/** What somebody typed, in either digits and any spelling of a date: the value, null for nothing, undefined for what is none. */
export function readTyped(kind: TypedKind, field: string, text: string, currency: Currency | null): Plain | undefined {
  if (text.trim() === '') return null
  switch (kind) {
    case 'line':
    case 'note':
      return text
    case 'date': {
      const date = readDate(text, 'dmy')
      return date === 'not-a-date' || date === 'hijri-out-of-range' ? undefined : date
    }
    case 'number': {
      const reading = readDecimal(text, '.')
      const value = reading && toNumber({ ...reading, percent: false })
      const most = field === 'share' ? 1e6 : 1e15
      return value === undefined || (COUNTED.includes(field) && value < 0) || Math.abs(value) > most ? undefined : value
    }
    case 'money': {
      const reading = readDecimal(text, '.')
      if (reading === undefined || currency === null) return undefined
      const minor = toMinorUnits(reading, CURRENCIES[currency].decimals)
      return typeof minor === 'number' && minor >= 0 && minor <= 1e15 ? minor : undefined
    }
  }
}

/** A value as it is typed: exact, in plain digits, so that typing nothing changes nothing. */
export function typedOf(kind: TypedKind, value: Plain, currency: Currency | null): string {
  if (value === null) return ''
  if (typeof value !== 'number') return typeof value === 'string' ? value : ''
  if (kind !== 'money' || currency === null) return String(value)
  const { decimals } = CURRENCIES[currency]
  const digits = String(value).padStart(decimals + 1, '0')
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}
