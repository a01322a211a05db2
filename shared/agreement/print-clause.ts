import type { Words } from '#shared/artifacts/words.ts'
import { arabicDigits } from './arabic-numerals.ts'
import { escapeHtml } from './escape-html.ts'
import { ar, en, heading, pair, sided } from './print-parts.ts'
import type { PrintedClause } from './printed-agreement.ts'

const paragraphs = (text: string): readonly string[] =>
  text
    .split(/\n\s*\n|\n(?=- )/u)
    .map((part) => part.trim())
    .filter((part) => part !== '')

/**
 * A clause with its paragraphs side by side: the n-th English one beside the n-th Arabic one, so that the eye finds what
 * belongs together. A paragraph without its twin keeps its side, and the other stays empty.
 */
export function clauseHtml(clause: PrintedClause): string {
  const { number } = clause
  // A dot between Arabic digits would be taken for a decimal; lawyers write a hyphen, the clause to its right.
  const counted = { en: number, ar: arabicDigits(number.replaceAll('.', '-')) }
  const left = paragraphs(clause.body.en)
  const right = paragraphs(clause.body.ar)
  const rows = Array.from({ length: Math.max(left.length, right.length) }, (_, at) => {
    const [first, second] = [left[at] ?? '', right[at] ?? '']
    const listed = first.startsWith('- ') || second.startsWith('- ')
    const lead = at === 0 && clause.heading === null
    return pair(
      `${lead ? numeral(counted.en) : ''}${lines(first, en)}`,
      `${lead ? numeral(counted.ar) : ''}${lines(second, ar)}`,
      'div',
      `pair text${listed ? ' listed' : ''}`,
    )
  })
  const head = clause.heading ? heading(2, clause.heading, '', counted) : ''
  return `<section class="clause">${head}${rows.join('')}${clause.table ? tableHtml(clause.table) : ''}</section>`
}

const numeral = (text: string): string => `<span class="number">${escapeHtml(text)}</span>`
const lines = (text: string, write: (line: string) => string): string =>
  write(text.replace(/^- /u, '')).replaceAll('\n', '<br>')

/** One table with the columns of both languages, so that a row stands beside its twin and both break together. */
function tableHtml({ columns, rows }: NonNullable<PrintedClause['table']>): string {
  const row = (cells: readonly (Words | string)[], tag: 'th' | 'td') => {
    const open = tag === 'th' ? 'th scope="col"' : 'td'
    const left = cells.map((cell) => `<${open} lang="en" dir="ltr">${en(sided(cell).en)}</${tag}>`)
    // The table runs from left to right: the first Arabic column is the last of all.
    const right = cells.map((cell) => `<${open} lang="ar" dir="rtl">${ar(sided(cell).ar)}</${tag}>`).toReversed()
    return `<tr>${left.join('')}<td class="between"></td>${right.join('')}</tr>`
  }
  return `<table dir="ltr"><thead>${row(columns, 'th')}</thead><tbody>${rows.map((cells) => row(cells, 'td')).join('')}</tbody></table>`
}
