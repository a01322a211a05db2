import type { Words } from '#shared/artifacts/words.ts'
import type { Party } from '#shared/artifacts/agreement-content.ts'

/** What one language of a clause says and the other does not (TR-21). */
export interface Inequality {
  readonly kind: 'number' | 'party' | 'address'
  readonly inEnglish: readonly string[]
  readonly inArabic: readonly string[]
}

/**
 * Compares what can be compared without understanding the languages: numbers (figures of both scripts, with their separators),
 * e-mail and web addresses, and the names of the parties. Words that spell numbers are not read.
 */
export function inequalities({ en, ar }: Words, parties: readonly Pick<Party, 'name'>[]): readonly Inequality[] {
  const found: Inequality[] = []
  const compare = (kind: Inequality['kind'], left: readonly string[], right: readonly string[]): void => {
    const [inEnglish, inArabic] = [without(left, right), without(right, left)]
    if (inEnglish.length > 0 || inArabic.length > 0) found.push({ kind, inEnglish, inArabic })
  }
  compare('address', addressesIn(en), addressesIn(ar))
  compare('number', numbersIn(en), numbersIn(ar))
  // A party without a name in a language is a gate of its own; an empty name stands in every text.
  const named = parties
    .filter(({ name }) => name.en.trim() && name.ar.trim())
    .filter(({ name }) => en.includes(name.en) !== ar.includes(name.ar))
  compare(
    'party',
    named.filter(({ name }) => en.includes(name.en)).map(({ name }) => name.en),
    named.filter(({ name }) => ar.includes(name.ar)).map(({ name }) => name.ar),
  )
  return found
}

const ADDRESS = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?:\/\/[^\s)،؛]+/g
const addressesIn = (text: string): readonly string[] => text.match(ADDRESS)?.map((one) => one.toLowerCase()) ?? []

/** Every number in figures, written one way: `١٬٢٥٠٫٥٠` and `1,250.50` are both `1250.5`. */
export function numbersIn(text: string): readonly string[] {
  const western = text
    .replace(ADDRESS, ' ')
    .replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
    .replace(/(\d)٬(?=\d{3})/g, '$1')
    .replace(/(\d)٫(?=\d)/g, '$1.')
    .replace(/(\d),(?=\d{3}(?!\d))/g, '$1')
  return (western.match(/\d+(?:\.\d+)?/g) ?? []).map((one) =>
    one.includes('.') ? one.replace(/^0+(?=\d)/, '').replace(/\.?0+$/, '') : one.replace(/^0+(?=\d)/, ''),
  )
}

/** What stands more often in one list than in the other. */
function without(list: readonly string[], other: readonly string[]): readonly string[] {
  const rest = [...other]
  return list.filter((one) => {
    const at = rest.indexOf(one)
    if (at >= 0) rest.splice(at, 1)
    return at < 0
  })
}
