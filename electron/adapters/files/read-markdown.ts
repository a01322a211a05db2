import { Lexer, type MarkedToken, type Token, type Tokens } from 'marked'
import type { Dropped, RawDocument } from '#shared/standards/imported.ts'
import { joined, span, type Block, type Span } from '#shared/standards/rich-text.ts'
import { gatherClauses, type Piece } from './gather-clauses.ts'

/** Markdown (GFM) as clauses. @throws on text that nests beyond what can be walked. */
export function readMarkdown(text: string): RawDocument {
  const dropped = new Set<Dropped>()
  const tokens = new Lexer({ gfm: true }).lex(text.replace(/^\uFEFF/, ''))
  const pieces = tokens.flatMap((token): readonly Piece[] => {
    if (token.type === 'heading') return [heading(token as Tokens.Heading, dropped)]
    return blocks([token], dropped).map((block) => ({ kind: 'block', block }))
  })
  return gatherClauses(pieces, dropped)
}

/** `## 1.2 Scope {#id}`. */
function heading({ depth, tokens }: Tokens.Heading, dropped: Set<Dropped>): Piece {
  const words = spans(tokens, dropped).map(({ text }) => text).join('').trim() // prettier-ignore
  const [, text = words, anchor = null] = /^(.*?)\s*\{#([A-Za-z0-9_-]+)\}$/s.exec(words) ?? []
  return { kind: 'heading', level: depth, text: text.replaceAll(/\s+/g, ' '), anchor }
}

function blocks(tokens: readonly Token[], dropped: Set<Dropped>): readonly Block[] {
  return tokens.flatMap((given): readonly Block[] => {
    const token = given as MarkedToken
    switch (token.type) {
      case 'paragraph':
      case 'text': {
        const text = spans(('tokens' in token ? token.tokens : undefined) ?? [given], dropped)
        return text.length > 0 ? [{ kind: 'paragraph', text }] : []
      }
      case 'list':
        return [
          {
            kind: token.ordered ? 'numbers' : 'bullets',
            items: token.items.map(({ tokens: inner }) => blocks(inner, dropped)),
          },
        ]
      case 'table': {
        const cells = (row: readonly Tokens.TableCell[]) =>
          row.map((cell): readonly Block[] => [{ kind: 'paragraph', text: spans(cell.tokens, dropped) }])
        const head = token.header.some(({ text }) => text !== '') ? [{ header: true, cells: cells(token.header) }] : []
        return [{ kind: 'table', rows: [...head, ...token.rows.map((row) => ({ header: false, cells: cells(row) }))] }]
      }
      case 'blockquote':
        return blocks(token.tokens, dropped)
      case 'heading':
        // Inside a list or a quotation: emphasis, not a clause.
        return [{ kind: 'paragraph', text: spans(token.tokens, dropped).map(({ text }) => span(text, true)) }]
      case 'code':
        dropped.add('code')
        return [{ kind: 'paragraph', text: [span(token.text)] }]
      default:
        return []
    }
  })
}

function spans(tokens: readonly Token[], dropped: Set<Dropped>): readonly Span[] {
  const found: Span[] = []
  const look = { bold: 0, italic: 0 }
  const walk = (given: readonly Token[]): void => {
    for (const each of given) {
      const token = each as MarkedToken
      switch (token.type) {
        case 'strong':
        case 'em': {
          const which = token.type === 'strong' ? 'bold' : 'italic'
          look[which]++
          walk(token.tokens)
          look[which]--
          break
        }
        case 'html': {
          const [, closing, name = ''] = /^<(\/?)(b|strong|i|em)>$/i.exec(token.text.trim()) ?? []
          const which = /^(b|strong)$/i.test(name) ? 'bold' : 'italic'
          if (name !== '') look[which] = Math.max(0, look[which] + (closing ? -1 : 1))
          else if (/^<br\s*\/?>$/i.test(token.text.trim())) add('\n')
          break
        }
        case 'br':
          add('\n')
          break
        case 'link':
          dropped.add('links')
          walk(token.tokens)
          break
        case 'image':
          dropped.add('images')
          break
        case 'codespan':
          add(token.text)
          break
        default:
          if ('tokens' in token && token.tokens) walk(token.tokens)
          else if ('text' in token) add(token.text.replaceAll(/\s*\n\s*/g, ' '))
      }
    }
  }
  const add = (text: string): void => {
    found.push(span(text, look.bold > 0, look.italic > 0))
  }
  walk(tokens)
  return joined(found.filter(({ text }) => text !== ''))
}
