/** ISO 13616: country, two check digits, 11 to 30 characters; the whole modulo 97 is 1. Saudi IBANs have 24 characters. */
export function isIban(text: string): boolean {
  const bare = text.replaceAll(' ', '').toUpperCase()
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(bare)) return false
  if (bare.startsWith('SA') && bare.length !== 24) return false
  let remainder = 0
  for (const character of bare.slice(4) + bare.slice(0, 4)) {
    const value = Number.parseInt(character, 36)
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder === 1
}

/**
 * Saudi identity numbers: ten digits, the first 1 for a national ID and 2 for an Iqama, with the Luhn digit at the end that the
 * public validators check.
 */
export function isSaudiId(digits: string): boolean {
  if (!/^[12]\d{9}$/.test(digits) || isDummy(digits)) return false
  let sum = 0
  for (let at = 0; at < 10; at++) {
    const digit = Number(digits[at])
    const weighted = at % 2 === 0 ? digit * 2 : digit
    sum += weighted > 9 ? weighted - 9 : weighted
  }
  return sum % 10 === 0
}

/** Commercial registration by the prefix of its city, or a unified number by its 7. A shape only: nothing in it can be checked. */
export const looksLikeCommercialRegistration = (digits: string): boolean =>
  /^(7\d{9}|(1010|1110|1011|2050|2051|2052|2053|2055|2250|2511|3350|3400|3450|3550|4030|4031|4032|4650|4700|5800|5850|5855|5900|5950)\d{6})$/.test(
    digits,
  ) && !isDummy(digits)

/** VAT registration: 15 digits, first and last 3. No check digit: a Luhn test here would be wrong. */
export const isVatNumber = (digits: string): boolean => /^3\d{13}3$/.test(digits)

/** One digit over and over, which people type to fill a field. */
const isDummy = (digits: string): boolean => /^(.)\1*$/.test(digits.slice(1))

const MOBILE = /^(?:\+966|00966|966|0)5\d{8}$/
const LANDLINE = /^(?:\+966|00966|0)1[1-7]\d{7}$/
const FREEPHONE = /^(?:\+966|00966)?(?:9200\d{5}|800\d{7})$/
const ABROAD = /^(?:\+|00)[1-9]\d{7,14}$/

/** `text`: digits with the separators that people put between them. */
export function isPhone(text: string): boolean {
  const bare = text.replace(/[ ().-]/g, '')
  return MOBILE.test(bare) || LANDLINE.test(bare) || FREEPHONE.test(bare) || ABROAD.test(bare)
}
