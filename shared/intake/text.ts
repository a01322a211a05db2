/** Marks that steer direction and never carry meaning in a cell: they come with text copied out of right-to-left documents. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\u061c\ufeff]/g
const SPACES = /[\u00a0\u2007\u202f\t\r\n ]+/g

/** Arabic-Indic (٠-٩) and Persian (۰-۹) digits as 0-9; everything else as it was. */
export const asciiDigits = (text: string): string =>
  text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))

/** What the parsers compare: without invisible marks, one kind of space, ends trimmed. The stored text cell keeps its own spelling. */
export const bare = (text: string): string => text.replace(INVISIBLE, '').replace(SPACES, ' ').trim()

/** For comparing words in either script: digits, case, Arabic vowel signs, tatweel and the letter forms people mix up. */
export const folded = (text: string): string =>
  asciiDigits(bare(text))
    .toLowerCase()
    .replace(/[\u064b-\u0652\u0640]/g, '')
    .replace(/[أإآ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/ة/g, 'ه')

const MISSING = new Set(
  [
    '', '-', '--', '–', '—', '.', '?', 'n/a', 'na', '#n/a', 'n.a.', 'null', '(null)', 'nil', 'none', 'nan', 'missing', 'unknown',
    'not available', 'غير متوفر', 'غير متاح', 'غير معروف', 'غير محدد', 'لا يوجد', 'لا ينطبق', 'بدون', 'فارغ',
  ].map(folded),
) // prettier-ignore

/** True for an empty cell and for the words, English and Arabic, that people write into one. */
export const isMissing = (text: string): boolean => text.length <= 24 && MISSING.has(folded(text))

const SPREADSHEET_ERRORS = new Set(
  ['#DIV/0!', '#VALUE!', '#REF!', '#NAME?', '#NUM!', '#NULL!', '#SPILL!', '#CALC!', '#GETTING_DATA'],
) // prettier-ignore

/** A formula that failed. `#N/A` is not among them: it is how spreadsheets write "missing". */
export const isSpreadsheetError = (text: string): boolean => SPREADSHEET_ERRORS.has(text.trim().toUpperCase())
