/**
 * Text of a clause: paragraphs, lists and tables of bold and italic words, and nothing that could carry a link, a picture or
 * a script. The window edits it as a tree of nodes (the JSON of its editor); everything else reads these blocks.
 */
export type Block =
  | { readonly kind: 'paragraph'; readonly text: readonly Span[] }
  | { readonly kind: 'bullets' | 'numbers'; readonly items: readonly (readonly Block[])[] }
  | { readonly kind: 'table'; readonly rows: readonly TableRow[] }
export interface TableRow {
  readonly header: boolean
  readonly cells: readonly (readonly Block[])[]
}
export interface Span {
  readonly text: string
  readonly bold?: true
  readonly italic?: true
}

/** A node of the editor's tree. */
export interface RichNode {
  readonly type: string
  readonly text?: string
  readonly attrs?: unknown
  readonly content?: readonly RichNode[]
  readonly marks?: readonly { readonly type: string; readonly attrs?: unknown }[]
}

/** Deeper lists and tables than these are not read, and no version holds them: a hostile tree must not overflow anybody's stack. */
export const DEEPEST = 12

/** Marks of a suggestion that nobody has decided about. */
const INSERTED = 'insertion'
const DELETED = 'deletion'
const SUGGESTED: ReadonlySet<string> = new Set([INSERTED, DELETED, 'modification'])

/** Stands for the end of a paragraph, where it carries one of the marks below: letters are all that keeps marks when two edit apart. */
export const SIGN = '\u00b6'

/** Attribute of a list, a table, a part of one or a paragraph that is to come or to go, as `add:ID:CLIENT` or `remove:ID:CLIENT`. */
export const PROPOSED = 'proposed'
export interface ProposedBlock {
  readonly change: 'add' | 'remove'
  readonly id: string
  /** The client that proposes it. */
  readonly by: number
}

/** What is proposed about a node as a whole; undefined for none, and for what is not written so. */
export function proposedOf({ attrs }: Pick<RichNode, 'attrs'>): ProposedBlock | undefined {
  const value = (attrs as { readonly [PROPOSED]?: unknown } | null | undefined)?.[PROPOSED]
  const [, change, id = '', by] =
    (typeof value === 'string' && /^(add|remove):([a-z0-9]{1,32}):(\d{1,16})$/.exec(value)) || []
  return change === 'add' || change === 'remove' ? { change, id, by: Number(by) } : undefined
}

export const writeProposed = ({ change, id, by }: ProposedBlock): string => `${change}:${id}:${String(by)}`

type Mark = NonNullable<RichNode['marks']>[number]

/**
 * What a sign that is to come stands for: the paragraph ends there (`split`), or becomes one with the paragraph before it (`join`).
 * Once accepted the sign stays, under the mark `broken`.
 */
export function breakOf({ type, attrs }: Mark, under: 'insertion' | 'broken' = INSERTED): 'split' | 'join' | undefined {
  const breaks = (attrs as { breaks?: unknown } | null | undefined)?.breaks
  return type === under && (breaks === 'split' || breaks === 'join') ? breaks : undefined
}

/**
 * The tree with every accepted break as what it stands for. It is read so, never written: a paragraph that two cut apart from each other
 * would have its words twice.
 */
export function settled(node: RichNode, depth = 0): RichNode {
  if (!node.content || depth > 4 * DEEPEST) return node
  const content: { type: string; content?: readonly RichNode[] }[] = []
  /** What the last paragraph holds that is there: one that is only to come neither takes up what follows nor parts it from what was before. */
  let open: RichNode[] | undefined
  for (const inner of node.content) {
    const isComing = proposedOf(inner)?.change === 'add'
    if (inner.type !== 'paragraph') {
      if (!isComing) open = undefined
      content.push(settled(inner, depth + 1))
      continue
    }
    const leading = inner.content?.[0]?.marks?.some((mark) => breakOf(mark, 'broken') === 'join') === true
    const begun = (): RichNode[] => {
      const held: RichNode[] = []
      content.push({ ...inner, content: held })
      return held
    }
    let held = !isComing && leading && open ? open : begun()
    for (const letters of inner.content ?? []) {
      const breaks = letters.marks?.map((mark) => breakOf(mark, 'broken')).find((one) => one !== undefined)
      if (breaks === undefined) held.push(letters)
      else
        for (const letter of letters.text ?? '') {
          if (letter !== SIGN) held.push({ ...letters, text: letter })
          else if (breaks === 'split') held = begun()
        }
    }
    if (!isComing) open = held
  }
  return { ...node, content }
}

const marked = (node: RichNode, type: string): boolean => node.marks?.some((mark) => mark.type === type) === true

/** Not there before somebody accepts it. */
const isToCome = (node: RichNode): boolean => marked(node, INSERTED) || proposedOf(node)?.change === 'add'

/** What the text is while suggestions are undecided: what is to be inserted is not there yet, what is to go still is. */
export const blocksOf = (root: RichNode): readonly Block[] => blocks(settled(root).content ?? [], 0)

function blocks(nodes: readonly RichNode[], depth: number): readonly Block[] {
  if (depth > DEEPEST) return []
  const found: Block[] = []
  for (const node of nodes) {
    if (isToCome(node)) continue
    const inside = node.content ?? []
    const isNested = node.type === 'bulletList' || node.type === 'orderedList' || node.type === 'table'
    if (isNested && depth === DEEPEST) continue
    if (node.type === 'bulletList' || node.type === 'orderedList') {
      const items = inside.filter((item) => !isToCome(item)).map((item) => blocks(item.content ?? [], depth + 1))
      if (items.length > 0) found.push({ kind: node.type === 'bulletList' ? 'bullets' : 'numbers', items })
    } else if (node.type === 'table') {
      const rows = inside.filter((row) => !isToCome(row)).map((row) => tableRow(row, depth))
      if (rows.length > 0) found.push({ kind: 'table', rows })
    } else if (node.type === 'paragraph' || node.type === 'heading')
      found.push({ kind: 'paragraph', text: spans(inside) })
    else found.push(...blocks(inside, depth + 1))
  }
  return found
}

function tableRow(row: RichNode, depth: number): TableRow {
  const cells = (row.content ?? []).filter((cell) => !isToCome(cell))
  return {
    header: cells.length > 0 && cells.every(({ type }) => type === 'tableHeader'),
    cells: cells.map((cell) => blocks(cell.content ?? [], depth + 1)),
  }
}

function spans(nodes: readonly RichNode[]): readonly Span[] {
  const found: Span[] = []
  for (const node of nodes) {
    if (marked(node, INSERTED)) continue
    const text = node.type === 'hardBreak' ? '\n' : (node.text ?? '')
    if (text !== '') found.push(span(text, marked(node, 'bold'), marked(node, 'italic')))
  }
  return joined(found)
}

export const span = (text: string, bold = false, italic = false): Span => ({
  text,
  ...(bold ? { bold: true } : {}),
  ...(italic ? { italic: true } : {}),
})

/** Neighbours of one look become one span, so that equal text has equal bytes however it was typed. */
export function joined(found: readonly Span[]): readonly Span[] {
  const result: Span[] = []
  for (const one of found) {
    const last = result.at(-1)
    if (last && last.bold === one.bold && last.italic === one.italic)
      result[result.length - 1] = { ...last, text: last.text + one.text }
    else if (one.text !== '') result.push(one)
  }
  return result
}

/** Suggestions that are still undecided: distinct ids of marks and of whole nodes anywhere in the tree. */
export function openSuggestions(root: RichNode): number {
  const ids = new Set<string>()
  const walk = (node: RichNode, depth: number): void => {
    for (const { type, attrs } of node.marks ?? [])
      if (SUGGESTED.has(type)) ids.add(JSON.stringify((attrs as { id?: unknown } | null | undefined)?.id ?? null))
    const proposed = proposedOf(node)
    if (proposed) ids.add(JSON.stringify(proposed.id))
    if (depth < 4 * DEEPEST) for (const inner of node.content ?? []) walk(inner, depth + 1)
  }
  walk(root, 0)
  return ids.size
}

/** Blocks as the editor's tree: what an import hands to the window. */
export const treeOf = (of: readonly Block[]): RichNode => ({ type: 'doc', content: of.map(nodeOf) })

function nodeOf(block: Block): RichNode {
  switch (block.kind) {
    case 'paragraph':
      return { type: 'paragraph', content: block.text.flatMap(textNodes) }
    case 'bullets':
    case 'numbers':
      return {
        type: block.kind === 'bullets' ? 'bulletList' : 'orderedList',
        content: block.items.map((item) => ({ type: 'listItem', content: filled(item) })),
      }
    case 'table':
      return {
        type: 'table',
        content: block.rows.map(({ header, cells }) => ({
          type: 'tableRow',
          content: cells.map((cell) => ({ type: header ? 'tableHeader' : 'tableCell', content: filled(cell) })),
        })),
      }
  }
}
/** The editor wants a paragraph in every cell and item. */
const filled = (of: readonly Block[]): readonly RichNode[] =>
  of[0]?.kind === 'paragraph' ? of.map(nodeOf) : [{ type: 'paragraph', content: [] }, ...of.map(nodeOf)]

function textNodes({ text, bold, italic }: Span): readonly RichNode[] {
  const marks = [...(bold ? [{ type: 'bold' }] : []), ...(italic ? [{ type: 'italic' }] : [])]
  return text
    .split('\n')
    .flatMap((part, at): readonly RichNode[] => [
      ...(at > 0 ? [{ type: 'hardBreak' }] : []),
      ...(part === '' ? [] : [{ type: 'text', text: part, ...(marks.length > 0 ? { marks } : {}) }]),
    ])
}

/** The words alone, a line per paragraph: what is compared and searched. */
export function plainText(of: readonly Block[]): string {
  return of
    .map((block) => {
      switch (block.kind) {
        case 'paragraph':
          return block.text.map(({ text }) => text).join('')
        case 'bullets':
        case 'numbers':
          return block.items
            .map((item, at) => `${block.kind === 'bullets' ? '•' : `${String(at + 1)})`} ${plainText(item)}`)
            .join('\n')
        case 'table':
          return block.rows.map(({ cells }) => cells.map(plainText).join(' | ')).join('\n')
      }
    })
    .join('\n')
}
