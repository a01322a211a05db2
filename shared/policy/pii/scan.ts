import type { Cell, ColumnMeaning } from '#shared/artifacts/table.ts'
import { looksLikeName } from './names.ts'
import { normalise } from './normalise.ts'
import { isIban, isPhone, isSaudiId, isVatNumber, looksLikeCommercialRegistration } from './numbers.ts'
import { PII_KINDS, type PiiFinding, type PiiKind } from './finding.ts'

type Certainty = PiiFinding['certainty']
type Hits = Map<PiiKind, Certainty>

const EMAIL = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})*\.\p{L}{2,24}/u
const IBAN = /\b[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]){11,30}/g
/** Runs of digits with the separators of phone numbers; the run must not touch a letter, or every article number would match. */
const NUMBER = /(?<![\p{L}\p{N}_/.-])(?:\+|00)?\(?\d[\d ().-]{6,22}\d(?![\p{L}\p{N}_/])/gu
const CR_WORD = /\b(cr|c\.r|commercial registration)\b|سجل تجاري|س\.? ?ت/iu

/** Kinds of personal data in one text. `meaning` says what the column holds, so that a bare shape there counts. */
export function detect(text: string, meaning: ColumnMeaning = 'other'): ReadonlyMap<PiiKind, Certainty> {
  const hits: Hits = new Map()
  const clean = normalise(text)
  if (EMAIL.test(clean)) hits.set('email', 'certain')
  for (const [candidate] of clean.matchAll(IBAN)) if (someIban(candidate)) hits.set('iban', 'certain')
  if (!hits.has('iban')) for (const [candidate] of clean.matchAll(NUMBER)) detectNumber(candidate, clean, meaning, hits)
  if (meaning !== 'sku' && meaning !== 'product' && looksLikeName(clean)) hits.set('person-name', 'likely')
  return hits
}

/** A sentence may go on after an IBAN, so every length that the standard knows is tried. */
function someIban(candidate: string): boolean {
  const bare = candidate.replaceAll(' ', '')
  for (let length = Math.min(bare.length, 34); length >= 15; length--) if (isIban(bare.slice(0, length))) return true
  return false
}

function detectNumber(candidate: string, whole: string, meaning: ColumnMeaning, hits: Hits): void {
  const digits = candidate.replace(/[ ().-]/g, '')
  if (isVatNumber(digits)) hits.set('vat-number', 'certain')
  else if (isPhone(candidate)) hits.set('phone', 'certain')
  else if (isSaudiId(digits)) hits.set(digits.startsWith('1') ? 'national-id' : 'iqama', 'certain')
  else if (meaning === 'national-id' && /^[12]\d{9}$/.test(digits)) {
    hits.set(digits.startsWith('1') ? 'national-id' : 'iqama', 'likely')
  } else if (meaning === 'phone' && digits.length >= 8) hits.set('phone', 'likely')
  else if (looksLikeCommercialRegistration(digits) && (meaning === 'tax-id' || CR_WORD.test(whole))) {
    hits.set('commercial-registration', 'likely')
  }
}

/**
 * Scans the distinct values of one column. Numbers are looked at only where a column of numbers is not an amount: there a
 * few values that happen to pass a checksum (one in ten does) say nothing, so more than half of them must.
 */
export function scanColumn(column: string, meaning: ColumnMeaning, values: Iterable<Cell>): readonly PiiFinding[] {
  if (meaning === 'quantity' || meaning === 'price' || meaning === 'amount' || meaning === 'date') {
    return scanText(column, [...values].filter((value) => typeof value === 'string')) // prettier-ignore
  }
  const texts: string[] = []
  const numbers: string[] = []
  for (const value of values) {
    if (typeof value === 'string') texts.push(value)
    else if (typeof value === 'number' && Number.isSafeInteger(value)) numbers.push(String(value))
  }
  const telling = numbers.filter((digits) => detect(digits, meaning).size > 0).length * 2 > numbers.length
  const inNumbers = telling ? tally(column, numbers, meaning) : []
  const merged = new Map<PiiKind, PiiFinding>()
  for (const finding of [...tally(column, texts, meaning), ...inNumbers]) {
    const known = merged.get(finding.kind)
    merged.set(finding.kind, known === undefined ? finding : { ...known, values: known.values + finding.values })
  }
  return PII_KINDS.flatMap((kind) => merged.get(kind) ?? [])
}

export const scanText = (name: string, texts: readonly string[]): readonly PiiFinding[] => tally(name, texts, 'other')

function tally(column: string, texts: readonly string[], meaning: ColumnMeaning): readonly PiiFinding[] {
  const found = new Map<PiiKind, { certainty: Certainty; values: number }>()
  for (const text of texts) {
    for (const [kind, certainty] of detect(text, meaning)) {
      const known = found.get(kind)
      if (known === undefined) found.set(kind, { certainty, values: 1 })
      else {
        known.values++
        if (certainty === 'certain') known.certainty = certainty
      }
    }
  }
  return PII_KINDS.flatMap((kind) => {
    const hit = found.get(kind)
    return hit === undefined ? [] : [{ column, kind, ...hit, clause: null }]
  })
}
