import type { Plain } from './register.ts'

/** Rich text as plain data, in the shape that ProseMirror's JSON has: what exports, comparisons and imports work with. */
export type RichNode = RichElement | RichText
export interface RichElement {
  readonly type: string
  readonly attrs?: Readonly<Record<string, Plain>>
  readonly content?: readonly RichNode[]
}
export interface RichText {
  readonly type: 'text'
  readonly text: string
  readonly marks?: readonly RichMark[]
}
export interface RichMark {
  readonly type: string
  readonly attrs?: Readonly<Record<string, Plain>>
}

export const isRichText = (node: RichNode): node is RichText => node.type === 'text'

/** Letters alone: one line per block that holds text. */
export function plainText(nodes: readonly RichNode[]): string {
  const lines: string[] = []
  const walk = (node: RichNode): string => (isRichText(node) ? node.text : block(node))
  const block = ({ type, content = [] }: RichElement): string => {
    if (type === 'hardBreak') return '\n'
    const inline = content.every(isRichText) || content.some((one) => one.type === 'hardBreak')
    const text = content.map(walk).join('')
    if (!inline) return text
    lines.push(text)
    return ''
  }
  const rest = nodes.map(walk).join('')
  if (rest !== '') lines.push(rest)
  return lines.join('\n')
}
