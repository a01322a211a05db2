import type { StandardContent } from './content.ts'
import { depthOf } from './number-clauses.ts'
import type { Block, Span } from './rich-text.ts'

/**
 * A version as Markdown in one language: the title, then each clause as a heading with its number and its anchor (`{#id}`), so that
 * the file reads well anywhere and comes back clause by clause.
 */
export function writeMarkdown(
  { title, clauses }: Pick<StandardContent, 'title' | 'clauses'>,
  language: 'en' | 'ar',
): string {
  const parts = [`# ${escaped(title[language])}`]
  for (const { id, number, heading, text } of clauses) {
    parts.push(
      `${'#'.repeat(Math.min(depthOf(number) + 1, 6))} ${number} ${escaped(heading[language])} {#${id}}`.replace(
        / {2,}/g,
        ' ',
      ),
    )
    const body = blocksToMarkdown(text[language])
    if (body !== '') parts.push(body)
  }
  return `${parts.join('\n\n')}\n`
}

function blocksToMarkdown(blocks: readonly Block[]): string {
  return blocks
    .map((block) => {
      switch (block.kind) {
        case 'paragraph':
          return spans(block.text)
        case 'bullets':
        case 'numbers':
          return block.items
            .map((item, at) => {
              const sign = block.kind === 'bullets' ? '- ' : `${String(at + 1)}. `
              return sign + blocksToMarkdown(item).replaceAll('\n', `\n${' '.repeat(sign.length)}`)
            })
            .join('\n')
        case 'table':
          return table(block)
      }
    })
    .filter((text) => text !== '')
    .join('\n\n')
}

function table({ rows }: Extract<Block, { kind: 'table' }>): string {
  const width = Math.max(...rows.map(({ cells }) => cells.length))
  const [first] = rows
  const head = first?.header ? first.cells : []
  const line = (cells: readonly (readonly Block[])[]): string =>
    `| ${Array.from({ length: width }, (_, at) => blocksToMarkdown(cells[at] ?? []).replaceAll('\n', ' ')).join(
      ' | ',
    )} |`
  const body = first?.header ? rows.slice(1) : rows
  return [line(head), `|${' --- |'.repeat(width)}`, ...body.map(({ cells }) => line(cells))].join('\n')
}

/**
 * Spaces stay outside the marks: `** bold**` would be read as stars. A mark within a word or beside a dot may be, too, so there the tags
 * of HTML stand in its place.
 */
const spans = (text: readonly Span[]): string =>
  text
    .map(({ text: letters, bold, italic }, at) => {
      const [, before = '', middle = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(letters) ?? []
      if (middle === '') return letters
      const written = escaped(middle).replaceAll('\n', '\\\n')
      const isFree = (before !== '' || opens(text[at - 1], middle)) && (after !== '' || closes(middle, text[at + 1]))
      return before + marked(written, isFree ? SIGNS : TAGS, bold === true, italic === true) + after
    })
    .join('')
    .replaceAll(
      /^(\s*)(#{1,6}(?=\s|$)|[-+=]+(?=\s|$)|\d+[.)](?=\s|$))/gm,
      (_, space: string, sign: string) => `${space}${sign.slice(0, -1)}\\${sign.slice(-1)}`,
    )

/** May a mark stand between these two: after a gap or at an edge, or where a word meets ordinary punctuation. */
const opens = (last: Span | undefined, word: string): boolean =>
  last === undefined ||
  /\s$/.test(last.text) ||
  (isPlain(last) && /[("«]$/u.test(last.text) && /^[\p{L}\p{N}]/u.test(word))
const closes = (word: string, next: Span | undefined): boolean =>
  next === undefined ||
  /^\s/.test(next.text) ||
  (isPlain(next) && /^[.,;:!?)"»،؛؟]/u.test(next.text) && /[\p{L}\p{N}]$/u.test(word))
const isPlain = ({ bold, italic }: Span): boolean => bold !== true && italic !== true

const SIGNS = { bold: ['**', '**'], italic: ['*', '*'] } as const
const TAGS = { bold: ['<b>', '</b>'], italic: ['<i>', '</i>'] } as const
function marked(text: string, signs: typeof SIGNS | typeof TAGS, bold: boolean, italic: boolean): string {
  const inner = italic ? signs.italic[0] + text + signs.italic[1] : text
  return bold ? signs.bold[0] + inner + signs.bold[1] : inner
}

/** Signs that Markdown would take for its own. */
const escaped = (text: string): string => text.replaceAll(/[\\`*_[\]<>{}|~&]/g, (sign) => `\\${sign}`)
