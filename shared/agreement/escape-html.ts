/**
 * Text as HTML text or attribute. What would reorder or hide other people's words on paper is left out: control characters,
 * and the marks that embed, override or isolate a direction. The canonical text still has them.
 */
export function escapeHtml(text: string): string {
  return legible(text).replaceAll(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`)
}

/** Text as a CSS string, for the boxes in a page's margin. All but letters, digits and spaces is written as a number. */
export function cssString(text: string): string {
  const line = legible(text).replaceAll(/\s+/g, ' ')
  return `"${line.replaceAll(/[^\p{L}\p{M}\p{N} ]/gu, (sign) => `\\${sign.codePointAt(0)?.toString(16)} `)}"`
}

const legible = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/(?!\n|\t)[\p{Cc}\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]/gu, '')
