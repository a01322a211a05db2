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
  // A dot between Arabic digits would be taken for a decimal; lawyers write a hyphen, right to left.
  const counted = { en: number, ar: arabicDigits(number.split('.').reverse().join('-')) }
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

function tableHtml({ columns, rows }: NonNullable<PrintedClause['table']>): string {
  const side = (of: 'en' | 'ar') => {
    const write = of === 'en' ? en : ar
    const head = columns.map((column) => `<th scope="col">${write(column[of])}</th>`).join('')
    const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${write(sided(cell)[of])}</td>`).join('')}</tr>`)
    return `<table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`
  }
  return pair(side('en'), side('ar'))
}
