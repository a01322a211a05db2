import type { Words } from '#shared/artifacts/words.ts'
import { arabicDigits } from './arabic-numerals.ts'
import { columnWidths } from './column-widths.ts'
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

/** More columns than these do not stand side by side in two languages on A4. */
const MOST_BESIDE = 3

/** A wide table stands once in each language over the whole page; the rows are numbered, so that they are found in both. */
function wideTable({ columns, rows }: Table): string {
  const one = (language: 'en' | 'ar') => {
    const write = language === 'en' ? en : ar
    const number = (at: number) => (language === 'en' ? String(at + 1) : arabicDigits(String(at + 1)))
    const head = columns.map((column) => `<th scope="col">${write(column[language])}</th>`).join('')
    const body = rows.map((cells, at) => `<tr><td class="row">${number(at)}</td>${cells.map((cell) => `<td>${write(sided(cell)[language])}</td>`).join('')}</tr>`) // prettier-ignore
    return `<table class="wide" lang="${language}" dir="${language === 'en' ? 'ltr' : 'rtl'}"><thead><tr><th class="row" scope="col">${language === 'en' ? 'No.' : 'م'}</th>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`
  }
  return one('en') + one('ar')
}

type Table = NonNullable<PrintedClause['table']>

/** One table with the columns of both languages, so that a row stands beside its twin and both break together. */
function tableHtml(table: Table): string {
  const { columns, rows } = table
  const widths = columns.length > MOST_BESIDE ? undefined : columnWidths(columns.map((head, at) => textsIn(head, rows.map((cells) => cells[at] ?? '')))) // prettier-ignore
  if (!widths) return wideTable(table)
  const row = (cells: readonly (Words | string)[], tag: 'th' | 'td') => {
    const open = tag === 'th' ? 'th scope="col"' : 'td'
    const left = cells.map((cell) => `<${open} lang="en" dir="ltr">${en(sided(cell).en)}</${tag}>`)
    // The table runs from left to right: the first Arabic column is the last of all.
    const right = cells.map((cell) => `<${open} lang="ar" dir="rtl">${ar(sided(cell).ar)}</${tag}>`).toReversed()
    return `<tr>${left.join('')}<td class="between"></td>${right.join('')}</tr>`
  }
  const cols = widths.map((width) => `<col style="width:${String(width)}mm">`)
  const group = `<colgroup>${cols.join('')}<col class="between">${cols.toReversed().join('')}</colgroup>`
  return `<table dir="ltr">${group}<thead>${row(columns, 'th')}</thead><tbody>${rows.map((cells) => row(cells, 'td')).join('')}</tbody></table>`
}

const textsIn = (head: Words, cells: readonly (Words | string)[]): readonly string[] =>
  [head, ...cells].flatMap((cell) => [sided(cell).en, sided(cell).ar])
