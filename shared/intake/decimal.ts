import { asciiDigits, bare } from './text.ts'

/** Which mark parts whole from fraction in a column. The other one groups thousands. */
export type DecimalMark = '.' | ','

/** A number as written: exact digits, so that money never passes through a binary fraction. */
export interface DecimalReading {
  readonly negative: boolean
  /** Digits before and after the decimal mark; `whole` without leading zeros, `fraction` without trailing ones. */
  readonly whole: string
  readonly fraction: string
  readonly percent: boolean
  /** ISO 4217 code of the currency mark, when there is one. */
  readonly currency: string | undefined
}

const CURRENCIES: readonly (readonly [RegExp, string])[] = [
  [/sar|s\.r\.?|sr|ر\.س\.?|ريال(?: سعودي)?|\u20c1|﷼/i, 'SAR'],
  [/aed|dhs?|د\.إ\.?|درهم/i, 'AED'],
  [/kwd|k\.d\.?|د\.ك\.?/i, 'KWD'],
  [/bhd|b\.d\.?|د\.ب\.?/i, 'BHD'],
  [/qar|ر\.ق\.?/i, 'QAR'],
  [/omr|ر\.ع\.?/i, 'OMR'],
  [/egp|ج\.م\.?/i, 'EGP'],
  [/usd|us\$|\$/i, 'USD'],
  [/eur|€/i, 'EUR'],
  [/gbp|£/i, 'GBP'],
]
const CURRENCY = CURRENCIES.map(
  ([pattern, code]) => [new RegExp(`^(?:${pattern.source})(?=[^a-z]|$)|(?:${pattern.source})$`, 'i'), code] as const,
)

/** Takes sign, percent and currency marks off; what is left should be digits and separators. */
function strip(text: string): { body: string; negative: boolean; percent: boolean; currency: string | undefined } {
  let body = asciiDigits(bare(text)).replaceAll('\u2212', '-')
  let negative = false
  let percent = false
  let currency: string | undefined
  if (/^\(.*\)$/.test(body)) {
    negative = true
    body = body.slice(1, -1).trim()
  }
  if (/[^\d.,\s'+-]/.test(body)) {
    const unmarked = body.replace(/[%٪]/, '').trim()
    percent = unmarked !== body
    body = unmarked
    const sign = /^[+-]/.exec(body)?.[0] ?? ''
    const unsigned = body.slice(sign.length)
    for (const [pattern, code] of CURRENCY) {
      if (!pattern.test(unsigned)) continue
      currency = code
      body = sign + unsigned.replace(pattern, '').trim()
      break
    }
  }
  const sign = /^[+-]|[+-]$/.exec(body)
  if (sign !== null) {
    // A sign on top of parentheses says the same thing twice or two things at once: not a number we can vouch for.
    if (negative) return { body: '', negative, percent, currency }
    negative = sign[0] === '-'
    body = (sign.index === 0 ? body.slice(1) : body.slice(0, -1)).trim()
  }
  return { body, negative, percent, currency }
}

const trimmed = (digits: string): string => digits.replace(/^0+(?=\d)/, '')
const PLAIN = /^\d+$/
const POINT = /^(?:\d{1,3}(?:([,' ])\d{3})(?:\1\d{3})*|\d+)?(?:\.\d*)?$/
const COMMA = /^(?:\d{1,3}(?:([.' ])\d{3})(?:\1\d{3})*|\d+)?(?:,\d*)?$/
const ARABIC = /^(?:\d{1,3}(?:٬\d{3})+|\d+)?(?:٫\d*)?$/

/** Reads one number under a column's decimal mark; undefined when it is not one. Arabic ٫ and ٬ mean the same under both. */
export function readDecimal(text: string, mark: DecimalMark): DecimalReading | undefined {
  const { body, negative, percent, currency } = strip(text)
  if (body === '' || !/\d/.test(body)) return undefined
  const reading = (whole: string, fraction: string): DecimalReading => ({
    negative, whole: trimmed(whole === '' ? '0' : whole), fraction: fraction.replace(/0+$/, ''), percent, currency,
  }) // prettier-ignore
  if (PLAIN.test(body)) return reading(body, '')
  const scientific = /^(\d)(?:[.,](\d+))?e\+(\d{1,2})$/i.exec(body)
  if (scientific !== null) return widened(scientific, reading)
  const arabic = /[٫٬]/.test(body)
  const pattern = arabic ? ARABIC : mark === '.' ? POINT : COMMA
  if (!pattern.test(body)) return undefined
  const at = body.lastIndexOf(arabic ? '٫' : mark)
  const whole = (at < 0 ? body : body.slice(0, at)).replace(/\D/g, '')
  return reading(whole, at < 0 ? '' : body.slice(at + 1))
}

/** `1.5E+05`: how spreadsheets write long numbers into a CSV. */
function widened(match: RegExpExecArray, reading: (whole: string, fraction: string) => DecimalReading): DecimalReading {
  const [, first = '', rest = '', power = '0'] = match
  const shift = Number(power)
  return reading(first + rest.slice(0, shift).padEnd(shift, '0'), rest.slice(shift))
}

/** What the spelling of one value says about the column's decimal mark: `either` fits both readings with different values. */
export function decimalEvidence(text: string): DecimalMark | 'either' | 'none' {
  const point = readDecimal(text, '.')
  const comma = readDecimal(text, ',')
  if (point === undefined) return comma === undefined ? 'none' : ','
  if (comma === undefined) return '.'
  return point.whole === comma.whole && point.fraction === comma.fraction ? 'none' : 'either'
}

/** The reading as a number; a percentage as its fraction (15 % is 0.15). undefined beyond what a double holds exactly. */
export function toNumber(reading: DecimalReading): number | undefined {
  const digits = reading.whole.length + reading.fraction.length
  const value = Number(`${reading.whole}.${reading.fraction || '0'}${reading.percent ? 'e-2' : ''}`)
  if (digits > 15 && Math.abs(value) > Number.MAX_SAFE_INTEGER) return undefined
  return reading.negative && value !== 0 ? -value : value
}

/** The reading in integer minor units (halalas for riyals), or why not: more decimals than the currency has, or too large. */
export function toMinorUnits(reading: DecimalReading, decimals: number): number | 'too-fine' | 'too-large' {
  if (reading.percent || reading.fraction.length > decimals) return 'too-fine'
  const value = Number(reading.whole + reading.fraction.padEnd(decimals, '0'))
  if (!Number.isSafeInteger(value)) return 'too-large'
  return reading.negative && value !== 0 ? -value : value
}
