import { escapeHtml } from './escape-html.ts'

const DIGITS = '٠١٢٣٤٥٦٧٨٩'
export const arabicDigits = (text: string): string => text.replaceAll(/\d/g, (digit) => DIGITS[Number(digit)] ?? digit)

const WORD = String.raw`(?:[\w./:#&-]*[A-Za-z](?:[\w./:#&-]*\w)?\+?)`
/** E-mail and web addresses, telephone numbers, anything with Latin letters: read from left to right, with their own digits. */
const FOREIGN = String.raw`(?:https?://|www\.)[^\s<>]*[\w/]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+\d[\d ()-]{6,}\d|${WORD}(?:[ \t]+(?:${WORD}|\d(?:[\w.,:/-]*\w)?))*`
const DATE = String.raw`\b\d{4}-\d{2}-\d{2}\b`
/** Ranges such as 3-5 and 24/7 stay on one line; the digits' own direction puts them in the order in which they are read. */
const RANGE = String.raw`\b\d+(?:[-–/:]\d+)+\b`
const NUMBER = String.raw`(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)*)%?`
const TOKEN = new RegExp(`(${FOREIGN})|(${DATE}|${RANGE})|(${NUMBER})`, 'gu')

/**
 * Text of an Arabic column as HTML: numbers in Arabic-Indic digits with their own separators, dates in one piece, and what is
 * not Arabic isolated so that it does not scatter. A number with one point after a word such as "clause" is a reference.
 */
export function arabicHtml(text: string): string {
  let html = ''
  let end = 0
  for (const match of text.matchAll(TOKEN)) {
    const [token, foreign, joined] = match
    html += escapeHtml(text.slice(end, match.index))
    if (foreign !== undefined) html += leftToRight(token)
    else if (joined !== undefined) html += `<span class="kept">${escapeHtml(arabicDigits(token))}</span>`
    else html += escapeHtml(arabicNumber(token, text.slice(end, match.index)))
    end = match.index + token.length
  }
  return html + escapeHtml(text.slice(end))
}

/** Something that reads from left to right and stays on one line. */
export const leftToRight = (text: string): string => {
  const kept = text.length > 40 ? '' : ' class="kept"'
  return `<bdi dir="ltr"${kept}>${escapeHtml(text)}</bdi>`
}

const REFERENCE = /(?:البند|بند|المادة|مادة|الفقرة|فقرة|البنود|المواد|الملحق|القسم)\s*\(?$/u

function arabicNumber(token: string, before: string): string {
  if (REFERENCE.test(before)) return arabicDigits(token.replaceAll('.', '-'))
  const grouped = token.replaceAll(',', '٬').replace('%', '٪')
  return arabicDigits(token.split('.').length === 2 ? grouped.replace('.', '٫') : grouped)
}
