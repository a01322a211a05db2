const ARABIC = /[٠-٩]/g
const PERSIAN = /[۰-۹]/g

/**
 * A number as people type it or paste it from a spreadsheet, in Western or Arabic-Indic digits, with or without thousands
 * separators. null for an empty text; undefined for what is no number of zero or more.
 */
export function readNumber(text: string): number | null | undefined {
  const plain = text
    .replace(ARABIC, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(PERSIAN, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replaceAll('٫', '.')
    .replace(/[٬,\s  '‎‏]/g, '')
  if (plain === '' || plain === '-' || plain === '—') return null
  if (!/^\d+(\.\d+)?$/.test(plain)) return undefined
  const value = Number(plain)
  return Number.isFinite(value) ? value : undefined
}
