import mammoth from 'mammoth'
import type { DocumentRefusal } from '#engine/ports.ts'
import { ok, refuse, type Result } from '#shared/kernel/result.ts'
import type { Dropped, RawDocument } from '#shared/standards/imported.ts'
import { joined, span, type Block, type Span } from '#shared/standards/rich-text.ts'
import { gatherClauses, type Piece } from './gather-clauses.ts'
import { repack } from './repack.ts'
import { openZip } from './zip.ts'

/** What the parts of a document may unpack to. */
const MOST_UNPACKED = 60 << 20

/** What mammoth makes of a document, as far as it is read here. */
interface Node {
  readonly type: string
  readonly children?: readonly Node[]
  readonly value?: string
  readonly name?: string
  readonly styleId?: string | null
  readonly styleName?: string | null
  readonly numbering?: { readonly level: number | string; readonly isOrdered: boolean } | null
  readonly isBold?: boolean
  readonly isItalic?: boolean
  readonly isHeader?: boolean
}

/** A Word document as clauses: its headings by their styles, its text without what only looks. */
export async function readDocx(bytes: Uint8Array): Promise<Result<RawDocument, DocumentRefusal>> {
  const entries = openZip(bytes, MOST_UNPACKED)
  if (!entries.ok) {
    if (entries.refusal === 'encrypted') return refuse('document-encrypted')
    return refuse(entries.refusal === 'too-large' ? 'document-too-large' : 'document-unreadable')
  }
  if (!entries.value.has('word/document.xml')) return refuse('document-unreadable')
  // Only text and its styles are handed on: no picture, no macro, no embedded object is ever opened.
  const parts = [...entries.value.values()].filter(({ name }) => /\.(?:xml|rels)$/.test(name))
  try {
    let document: Node | undefined
    const buffer = repack(parts.map((part) => ({ name: part.name, bytes: part.content() })))
    await mammoth.convertToHtml(
      { buffer },
      {
        // The document itself is wanted, not HTML made of it.
        transformDocument: (found: Node) => {
          document = found
          return { ...found, children: [] }
        },
      },
    )
    return document ? ok(clausesOf(document)) : refuse('document-unreadable')
  } catch {
    return refuse('document-unreadable')
  }
}

function clausesOf(document: Node): RawDocument {
  const dropped = new Set<Dropped>()
  const pieces: Piece[] = []
  let run: Node[] = []
  const flush = (): void => {
    if (run.length > 0) for (const block of lists(run, dropped)) pieces.push({ kind: 'block', block })
    run = []
  }
  for (const node of document.children ?? []) {
    const level = headingLevel(node)
    if (node.type === 'paragraph' && node.numbering && level === null) {
      run.push(node)
      continue
    }
    flush()
    if (level === null) for (const block of blockOf(node, dropped)) pieces.push({ kind: 'block', block })
    else {
      const text = spans(node, dropped).map((one) => one.text).join('').replaceAll(/\s+/g, ' ').trim() // prettier-ignore
      if (text !== '')
        pieces.push(level === 0 ? { kind: 'title', text } : { kind: 'heading', level, text, anchor: anchorIn(node) })
    }
  }
  flush()
  return gatherClauses(pieces, dropped)
}

/** 0 is the document's title; null is no heading. Names of styles are translated by Word, their ids are not always. */
function headingLevel({ type, styleId, styleName }: Node): number | null {
  if (type !== 'paragraph') return null
  if (styleName === 'Title' || styleId === 'Title') return 0
  const level = /^heading ?([1-9])$/i.exec(styleName ?? '')?.[1] ?? /^Heading([1-9])$/.exec(styleId ?? '')?.[1]
  return level === undefined ? null : Number(level)
}

/** The bookmark that an export of ours wrote; Word adds others of its own. */
function anchorIn(node: Node): string | null {
  if (node.type === 'bookmarkStart') return /^clause_([a-z0-9]{1,32})$/.exec(node.name ?? '')?.[1] ?? null
  for (const inner of node.children ?? []) {
    const found = anchorIn(inner)
    if (found !== null) return found
  }
  return null
}

function blockOf(node: Node, dropped: Set<Dropped>): readonly Block[] {
  if (node.type === 'paragraph') {
    const text = spans(node, dropped)
    return text.length > 0 ? [{ kind: 'paragraph', text }] : []
  }
  if (node.type !== 'table') return []
  const rows = (node.children ?? []).filter(({ type }) => type === 'tableRow')
  return [
    {
      kind: 'table',
      rows: rows.map((row) => ({
        header: row.isHeader === true,
        cells: (row.children ?? []).map((cell) => cellOf(cell, dropped)),
      })),
    },
  ]
}

function cellOf(cell: Node, dropped: Set<Dropped>): readonly Block[] {
  const found: Block[] = []
  let run: Node[] = []
  for (const node of [...(cell.children ?? []), undefined]) {
    if (node?.type === 'paragraph' && node.numbering) run.push(node)
    else {
      if (run.length > 0) found.push(...lists(run, dropped))
      run = []
      if (node) found.push(...blockOf(node, dropped))
    }
  }
  return found.length > 0 ? found : [{ kind: 'paragraph', text: [] }]
}

const levelOf = ({ numbering }: Node): number => Math.min(Math.max(Number(numbering?.level ?? 0), 0), 8)

/** Numbered paragraphs in a row as nested lists. */
function lists(nodes: readonly Node[], dropped: Set<Dropped>): readonly Block[] {
  const found: { kind: 'bullets' | 'numbers'; items: Block[][] }[] = []
  const base = Math.min(...nodes.map(levelOf))
  for (let at = 0; at < nodes.length;) {
    const node = nodes[at] as Node
    let end = at + 1
    while (end < nodes.length && levelOf(nodes[end] as Node) > base) end++
    const isOwn = levelOf(node) === base
    const inner = nodes.slice(isOwn ? at + 1 : at, end)
    const item: Block[] = [
      ...(isOwn ? [{ kind: 'paragraph' as const, text: spans(node, dropped) }] : []),
      ...(inner.length > 0 ? lists(inner, dropped) : []),
    ]
    const kind = node.numbering?.isOrdered === true ? 'numbers' : 'bullets'
    const last = found.at(-1)
    if (last?.kind === kind) last.items.push(item)
    else found.push({ kind, items: [item] })
    at = end
  }
  return found
}

function spans(node: Node, dropped: Set<Dropped>): readonly Span[] {
  const found: Span[] = []
  const walk = (inner: Node, bold: boolean, italic: boolean): void => {
    if (inner.type === 'text') found.push(span(inner.value ?? '', bold, italic))
    else if (inner.type === 'tab') found.push(span('\t', bold, italic))
    else if (inner.type === 'break') found.push(span('\n', bold, italic))
    else if (inner.type === 'image') dropped.add('images')
    else if (inner.type === 'noteReference') dropped.add('footnotes')
    else {
      if (inner.type === 'hyperlink') dropped.add('links')
      const strong = bold || inner.isBold === true
      const slanted = italic || inner.isItalic === true
      for (const one of inner.children ?? []) walk(one, strong, slanted)
    }
  }
  walk(node, false, false)
  return joined(found.filter(({ text }) => text !== ''))
}
