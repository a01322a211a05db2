/**
 * Brings a text to the form in which the detectors look: compatibility forms unified (NFKC turns full-width digits and Arabic
 * presentation forms into ordinary ones), Arabic-Indic and Persian digits as 0–9, and everything invisible removed, because a
 * zero-width space in the middle of a number hides it from a pattern and from nobody's eye.
 */
export function normalise(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/[\p{Cf}\p{Cc}\u0640]/gu, (mark) => (/\s/.test(mark) ? ' ' : ''))
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/\p{Zs}/gu, ' ')
}

/** For names: without Arabic vowel marks, with the forms of alef, yeh and teh marbuta folded, Latin in lower case without accents. */
export function foldName(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[\u0671\u0622\u0623\u0625]/g, '\u0627')
    .replace(/\u0649/g, '\u064a')
    .replace(/\u0629/g, '\u0647')
    .toLowerCase()
}
