/**
 * Hides a text. With `shape` letters become `x` and digits `#`, separators stay, so that a reader still sees what kind of
 * value it was; without it every text becomes the same three dots and not even its length is told.
 *
 * `start` and `end` characters stay readable, but never more than a third of the letters and digits in all: four visible
 * characters of a five-letter name would be no mask.
 */
export function maskText(text: string, options: { shape: boolean; start: number; end: number }): string {
  const characters = [...text]
  const meaningful = characters.filter((character) => /[\p{L}\p{N}]/u.test(character)).length
  const allowed = Math.floor(meaningful / 3)
  const end = Math.min(options.end, allowed)
  const start = Math.min(options.start, allowed - end)

  let seen = 0
  let hidden = ''
  for (const character of characters) {
    const isDigit = /\p{N}/u.test(character)
    if (!isDigit && !/\p{L}/u.test(character)) {
      // Combining marks (Arabic vowels) and format characters would spell the word out: only plain separators stay.
      if (options.shape && !/[\p{M}\p{C}]/u.test(character)) hidden += character
      continue
    }
    seen++
    if (seen <= start || seen > meaningful - end) hidden += character
    else if (options.shape) hidden += isDigit ? '#' : 'x'
    else if (seen === start + 1) hidden += '•••'
  }
  return hidden === '' ? '•••' : hidden
}
