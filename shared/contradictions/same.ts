import type { TermValue } from '#shared/artifacts/agreement-terms.ts'
import type { Words } from '#shared/artifacts/words.ts'

/** Text as it is compared: no vowel marks or stretching, Western digits, one space, lower case. How it is typed is no contradiction. */
export const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\u064B-\u0652\u0670\u0640]/g, '')
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replaceAll('\u066B', '.')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()

/** Both languages folded, as one key. */
export const keyOf = ({ en, ar }: Words): string => `${folded(en)}\u0000${folded(ar)}`

/** Whether two values say the same; texts in both languages do. */
export function same(left: TermValue, right: TermValue): boolean {
  if (typeof left === 'object' && typeof right === 'object') return keyOf(left) === keyOf(right)
  if (typeof left === 'string' && typeof right === 'string') return folded(left) === folded(right)
  return left === right
}

/** A value as one text: a date, a code, a choice, figures; of a text in both languages the English one. */
export const written = (value: TermValue): string => (typeof value === 'object' ? value.en : String(value))
