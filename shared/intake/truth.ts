import { folded } from './text.ts'

const TRUE = new Set(['true', 'yes', 'y', 't', 'نعم', 'صح', 'صحيح'].map(folded))
const FALSE = new Set(['false', 'no', 'n', 'f', 'لا', 'خطا', 'خاطئ'].map(folded))

/** 1, 0, or undefined for what is neither. The digits 1 and 0 are numbers until the column's choice says boolean. */
export function readBoolean(text: string): 0 | 1 | undefined {
  const word = folded(text)
  if (TRUE.has(word) || word === '1') return 1
  return FALSE.has(word) || word === '0' ? 0 : undefined
}
