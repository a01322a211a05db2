import { diffArrays } from 'diff'
import { mostOf, type TermSpec, type Terms } from '#shared/artifacts/agreement-terms.ts'
import type { Words } from '#shared/artifacts/words.ts'
import { numbersIn } from './equality.ts'
import { wordsOf } from './word-diff.ts'

/** A term whose words somebody changed: to a value that can be read out of them, or to words that say none. */
export interface TouchedTerm {
  readonly term: string
  readonly value: number | null
}
export interface RestoredText {
  /** The text with the names of its terms where their words still stand, or stand with another value. */
  readonly text: string
  readonly touched: readonly TouchedTerm[]
}

type Fill = Readonly<Record<string, Words | undefined>>
interface Span {
  readonly name: string
  /** First and one past the last of its words in the filled text. */
  readonly from: number
  readonly to: number
}
const TOKEN = /\{([a-z][A-Za-z]*)\}/g
const MOST_EDITS = 4_000

/**
 * Puts names of terms back into a text that was filled, went out and came back edited. `raw` is the text before it was filled. Where a
 * term's words are untouched its name returns; where they hold exactly one other number, its name returns with that value; anything
 * else stays as it was typed, and is told.
 */
export function restoreTerms(
  raw: string,
  fill: Fill,
  language: 'en' | 'ar',
  edited: string,
  terms: Terms,
): RestoredText {
  const { words, spans } = filledWords(raw, fill, language)
  const now = wordsOf(edited)
  const parts = diffArrays([...words], [...now], { maxEditLength: MOST_EDITS })
  if (parts === undefined) return { text: edited, touched: spans.map(({ name }) => ({ term: name, value: null })) }
  // Of each old word the place that it has now.
  const places: (number | undefined)[] = []
  let to = 0
  for (const { added, removed, count } of parts)
    if (added) to += count
    else for (let each = 0; each < count; each++) places.push(removed ? undefined : to++)
  const touched: TouchedTerm[] = []
  const pieces = [...now]
  for (const { name, from, to: end } of spans) {
    const [start, stop] = [placeBehind(places, from), placeBefore(places, end, now.length)]
    const found = now.slice(start, stop).join('')
    if (found === words.slice(from, end).join('')) replace(pieces, start, stop, `{${name}}`)
    else {
      const value = readValue(found, terms[name], fill[name]?.[language] ?? '')
      if (value !== null) replace(pieces, start, stop, `{${name}}`)
      touched.push({ term: name, value })
    }
  }
  return { text: pieces.join(''), touched }
}

/** Where a range of new words begins: right behind the new place of the nearest old word before it that still stands. */
function placeBehind(places: readonly (number | undefined)[], from: number): number {
  for (let at = from - 1; at >= 0; at--) if (places[at] !== undefined) return (places[at] ?? 0) + 1
  return 0
}
function placeBefore(places: readonly (number | undefined)[], end: number, last: number): number {
  for (let at = end; at < places.length; at++) if (places[at] !== undefined) return places[at] ?? last
  return last
}

function replace(pieces: string[], from: number, to: number, text: string): void {
  for (let at = from; at < to; at++) pieces[at] = at === from ? text : ''
}

/** The filled text in words, and which of them each term gave. */
function filledWords(
  raw: string,
  fill: Fill,
  language: 'en' | 'ar',
): { readonly words: readonly string[]; readonly spans: readonly Span[] } {
  const words: string[] = []
  const spans: Span[] = []
  let end = 0
  for (const match of raw.matchAll(TOKEN)) {
    const [token, name = ''] = match
    const text = fill[name]?.[language]
    words.push(...wordsOf(raw.slice(end, match.index)))
    const from = words.length
    words.push(...wordsOf(text ?? token))
    if (text !== undefined) spans.push({ name, from, to: words.length })
    end = match.index + token.length
  }
  words.push(...wordsOf(raw.slice(end)))
  return { words, spans }
}

/** The one number of some words, as a term of this unit keeps it; null when there is none, several, or the one it had. */
export function readValue(text: string, spec: TermSpec | undefined, before: string): number | null {
  if (spec === undefined || ['date', 'choice', 'words', 'code'].includes(spec.unit)) return null
  const numbers = [...new Set(numbersIn(text))]
  const [only] = numbers
  if (numbers.length !== 1 || only === undefined || numbersIn(before).includes(only)) return null
  const hundredths = spec.unit === 'halalas' || spec.unit === 'basis-points'
  const value = hundredths ? Math.round(Number(only) * 100) : Number(only)
  return Number.isSafeInteger(value) && value <= mostOf(spec.unit) ? value : null
}
