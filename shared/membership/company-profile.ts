import type { Bilingual } from './types.ts'

/** What a company says about itself in its own vault. Numbers are text: as typed, digits of any script. */
export interface CompanyProfile {
  readonly name: Bilingual
  /** ISO 3166-1 alpha-2. The Saudi number formats are looked at only for `SA`. */
  readonly country: string
  /** Commercial registration. */
  readonly cr: string
  /** Unified national number (700 number). */
  readonly unified: string
  readonly vat: string
  readonly tin: string
  readonly address: NationalAddress
  /** BCP 47, in order of preference. */
  readonly languages: readonly string[]
}

export interface NationalAddress {
  readonly building: string
  readonly street: Bilingual
  readonly district: Bilingual
  readonly city: Bilingual
  readonly postal: string
  readonly additional: string
}

export type ProfileField = 'name.en' | 'name.ar' | 'cr' | 'unified' | 'vat' | 'tin' | 'building' | 'postal'
export type IdentifierField = ProfileField | 'national-id' | 'iqama'

/**
 * What is odd about a number. Never a refusal: only the register knows which numbers exist. `format-only` is said of every
 * number that looks right, because looking right is not being verified.
 */
export type IdentifierWarning =
  | 'missing'
  | 'cr-format'
  | 'unified-format'
  | 'vat-format'
  | 'vat-group'
  | 'tin-format'
  | 'national-id-format'
  | 'iqama-format'
  | 'building-format'
  | 'postal-format'
  | 'dummy-sequence'
  | 'format-only'

export interface ProfileWarning {
  readonly field: IdentifierField
  readonly code: IdentifierWarning
  readonly level: 'warning' | 'info'
}

interface Format {
  readonly pattern: RegExp
  readonly code: IdentifierWarning
  /** Digits that the format itself fixes at either end: what is between them must not be a made-up sequence. */
  readonly fixed: readonly [number, number]
}

/** Sources: ZATCA business rules BR-KSA-F-07..F-11, -37, -40, -41, -66; a VAT number has no check digit (no Luhn). */
const FORMATS: Readonly<Record<Exclude<IdentifierField, 'name.en' | 'name.ar'>, Format>> = {
  cr: { pattern: /^\d{10}$/, code: 'cr-format', fixed: [0, 0] },
  unified: { pattern: /^7\d{9}$/, code: 'unified-format', fixed: [1, 0] },
  vat: { pattern: /^3\d{13}3$/, code: 'vat-format', fixed: [1, 1] },
  tin: { pattern: /^3\d{9}$/, code: 'tin-format', fixed: [1, 0] },
  'national-id': { pattern: /^1\d{9}$/, code: 'national-id-format', fixed: [1, 0] },
  iqama: { pattern: /^2\d{9}$/, code: 'iqama-format', fixed: [1, 0] },
  building: { pattern: /^\d{4}$/, code: 'building-format', fixed: [0, 0] },
  postal: { pattern: /^\d{5}$/, code: 'postal-format', fixed: [0, 0] },
}

/** Warnings for one number; an empty one is `missing`. */
export function checkIdentifier(field: keyof typeof FORMATS, value: string): readonly ProfileWarning[] {
  const warn = (code: IdentifierWarning): ProfileWarning => ({ field, code, level: 'warning' })
  const info = (code: IdentifierWarning): ProfileWarning => ({ field, code, level: 'info' })
  const digits = plainDigits(value)
  if (digits === '') return [{ field, code: 'missing', level: 'info' }]
  const { pattern, code, fixed } = FORMATS[field]
  if (!pattern.test(digits)) return [warn(code)]
  const found: ProfileWarning[] = []
  if (digits.length >= 10 && isDummy(digits, fixed)) found.push(warn('dummy-sequence'))
  if (field === 'vat' && digits[10] === '1') found.push(info('vat-group'))
  return [...found, info('format-only')]
}

/** All warnings for a profile, in the order of its form. */
export function checkProfile(profile: CompanyProfile): readonly ProfileWarning[] {
  const found: ProfileWarning[] = []
  for (const script of ['en', 'ar'] as const) {
    if (profile.name[script].trim() === '') found.push({ field: `name.${script}`, code: 'missing', level: 'warning' })
  }
  if (profile.country !== 'SA') return found
  const { cr, unified, vat, tin, address } = profile
  return [
    ...found,
    ...checkIdentifier('cr', cr),
    ...checkIdentifier('unified', unified),
    ...checkIdentifier('vat', vat),
    ...checkIdentifier('tin', tin),
    ...checkIdentifier('building', address.building),
    ...checkIdentifier('postal', address.postal),
  ]
}

/** Arabic-Indic and Persian digits as 0-9; spaces and dashes, with which people group numbers, dropped. */
export const plainDigits = (value: string): string =>
  value
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replace(/[\s\u200e\u200f-]/g, '')

/** One digit repeated, or counting up or down (9 and 0 are neighbours), over the whole or over what is not fixed. */
function isDummy(digits: string, [front, back]: readonly [number, number]): boolean {
  return [digits, digits.slice(front, digits.length - back)].some((part) =>
    [0, 1, 9].some((step) =>
      [...part].every((digit, at) => at === 0 || (Number(digit) - Number(part[at - 1]) + 10) % 10 === step),
    ),
  )
}
