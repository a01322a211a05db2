import { Extension } from '@tiptap/core'
import { Fragment, type Node as ProseNode, type NodeType, type ResolvedPos } from '@tiptap/pm/model'
import { Selection, type EditorState, type Transaction } from '@tiptap/pm/state'
import { breakOf, PROPOSED, proposedOf, writeProposed } from '#shared/standards/rich-text.ts'
import { asRich } from './suggest-breaks.ts'
import { decide, DELETION, INSERTION, OWN, removeNode } from './suggestions.ts'

const LISTS: ReadonlySet<string> = new Set(['bulletList', 'orderedList'])
const ITEMS: ReadonlySet<string> = new Set(['listItem'])
const CELLS: ReadonlySet<string> = new Set(['tableCell', 'tableHeader'])

/** Nodes as a whole can be to come or to go: an attribute merges where the binding keeps no marks of nodes. */
export const Proposed = Extension.create({
  name: PROPOSED,
  addGlobalAttributes: () => [
    {
      types: ['paragraph', 'bulletList', 'orderedList', 'listItem', 'table', 'tableRow', 'tableCell', 'tableHeader'],
      attributes: {
        [PROPOSED]: {
          default: null,
          keepOnSplit: false,
          parseHTML: () => null,
          renderHTML: (attrs: Readonly<Record<string, unknown>>) => {
            const change = proposedOf({ attrs })?.change
            return change ? { [`data-${PROPOSED}`]: change } : {}
          },
        },
      },
    },
  ],
})

export type By = { readonly id: string; readonly by: number }
const toCome = (mark: By) => ({ [PROPOSED]: writeProposed({ change: 'add', ...mark }) })
const toGo = (mark: By): string => writeProposed({ change: 'remove', ...mark })

/** Depth of the innermost node around a place that is one of these; undefined outside them. */
function depthOf($at: ResolvedPos, types: ReadonlySet<string>): number | undefined {
  for (let depth = $at.depth; depth > 0; depth--) if (types.has($at.node(depth).type.name)) return depth
  return undefined
}

/** What a person adds inside a node that they propose themselves belongs to that proposal. */
export function ownBlock(doc: ProseNode, at: number, by: number): string | undefined {
  const $at = doc.resolve(at)
  for (let depth = $at.depth; depth > 0; depth--) {
    const proposed = proposedOf($at.node(depth))
    if (proposed?.change === 'add' && proposed.by === by) return proposed.id
  }
  return undefined
}

const asSuggestion = (state: EditorState): Transaction => state.tr.setMeta(OWN, true)
const cursorIn = (tr: Transaction, at: number): Transaction =>
  tr.setSelection(Selection.near(tr.doc.resolve(at))).scrollIntoView()

/** The node at a place is to go; one that is only to come by the same person goes at once. */
function propose(tr: Transaction, at: number, mark: By): void {
  const proposed = proposedOf(tr.doc.nodeAt(at) ?? {})
  if (proposed?.change === 'add' && proposed.by === mark.by) removeNode(tr, at)
  else if (proposed === undefined) tr.setNodeAttribute(at, PROPOSED, toGo(mark))
}

/** Content as it would be if every suggestion in it were accepted. */
const clean = (content: Fragment): Fragment =>
  Fragment.fromArray(
    content.content.flatMap((node) => {
      if (proposedOf(node)?.change === 'remove' || node.marks.some(({ type }) => type.name === DELETION)) return []
      if (!node.isText) return [node.type.create({ ...node.attrs, [PROPOSED]: null }, clean(node.content))]
      const breaks = breakIn(node)
      if (breaks !== undefined) return [node.mark([node.type.schema.mark('broken', { breaks })])]
      return [node.mark(node.marks.filter(({ type }) => type.name !== INSERTION))]
    }),
  )

/** What a sign stands for, or would stand for once it is accepted. */
const breakIn = ({ marks }: ProseNode) =>
  marks.map((mark) => breakOf(asRich(mark)) ?? breakOf(asRich(mark), 'broken')).find((one) => one !== undefined)

/** What an item takes of a paragraph: in it there is no paragraph before to be one with. */
const apart = (content: Fragment): Fragment =>
  Fragment.fromArray(content.content.filter((node) => breakIn(node) !== 'join'))

/** Whether a paragraph is read as one with the paragraph before it. */
const isJoined = (node: ProseNode | undefined): boolean =>
  node?.firstChild?.marks.some((mark) => breakOf(asRich(mark), 'broken') === 'join') === true

/**
 * Proposes that the paragraphs of the selection become a list, that a list becomes one of the other kind, or paragraphs again. The old is
 * to go and stays; the new is to come behind it. Undefined where that cannot be, as in a list that another proposes.
 */
export function suggestList(state: EditorState, kind: 'bulletList' | 'orderedList', mark: By): Transaction | undefined {
  const { $from, $to } = state.selection
  const { [kind]: list, listItem: item, paragraph } = state.schema.nodes
  if (!list || !item || !paragraph) return undefined
  const tr = asSuggestion(state)
  const depth = depthOf($from, LISTS)
  if (depth !== undefined) {
    const old = $from.node(depth)
    const [at, after] = [$from.before(depth), $from.after(depth)]
    const proposed = proposedOf(old)
    if (proposed?.change === 'add' && proposed.by === mark.by)
      return old.type === list
        ? decide(state, proposed.id, false)
        : tr.setNodeMarkup(at, list, { [PROPOSED]: writeProposed(proposed) })
    if (proposed || $to.pos > after) return undefined
    const items = clean(old.content)
    const fresh =
      old.type === list
        ? items.content.flatMap(({ content }) => content.content.map((node) => withProposal(node, mark)))
        : [list.create(toCome(mark), items)]
    tr.insert(after, fresh).setNodeAttribute(at, PROPOSED, toGo(mark))
    return cursorIn(tr, after + 1)
  }
  const range = $from.blockRange($to)
  if (!range) return undefined
  const begin = range.depth === 0 ? 0 : $from.start(range.depth)
  const siblings: { readonly node: ProseNode; readonly at: number }[] = []
  range.parent.forEach((node, offset) => siblings.push({ node, at: begin + offset }))
  // What is read as one paragraph becomes one item, however many nodes it is.
  let [first, end] = [range.startIndex, range.endIndex]
  while (first > 0 && isJoined(siblings[first]?.node)) first--
  while (isJoined(siblings[end]?.node)) end++
  const olds = siblings.slice(first, end)
  if (olds.some(({ node }) => node.type.name !== 'paragraph' || proposedOf(node))) return undefined
  const texts: Fragment[] = []
  for (const { node } of olds) {
    const before = isJoined(node) ? texts.pop() : undefined
    texts.push((before ?? Fragment.empty).append(apart(clean(node.content))))
  }
  const items = texts.map((text) => item.create(null, [paragraph.create(null, text)]))
  const last = olds.at(-1)
  if (!last) return undefined
  const place = last.at + last.node.nodeSize
  tr.insert(place, list.create(toCome(mark), items))
  for (const { at } of olds) tr.setNodeAttribute(at, PROPOSED, toGo(mark))
  return cursorIn(tr, place + 2 + (items[0]?.content.size ?? 0) - 1)
}

const withProposal = (node: ProseNode, mark: By): ProseNode =>
  node.type.create({ ...node.attrs, ...toCome(mark) }, node.content)

/** Proposes a table of empty cells, its first row of headings, behind the block in which the cursor is. */
export function suggestTable(state: EditorState, size: number, mark: By): Transaction | undefined {
  const { $from } = state.selection
  const { table, tableRow, tableHeader, tableCell, paragraph } = state.schema.nodes
  if (!table || !tableRow || !tableHeader || !tableCell || !paragraph || depthOf($from, CELLS) !== undefined)
    return undefined
  const row = (cell: NodeType): ProseNode =>
    tableRow.create(
      null,
      Array.from({ length: size }, () => cell.create(null, paragraph.create())),
    )
  const rows = Array.from({ length: size }, (_, at) => row(at === 0 ? tableHeader : tableCell))
  const at = $from.after(1)
  return cursorIn(asSuggestion(state).insert(at, table.create(toCome(mark), rows)), at + 4)
}

export type TableChange = 'addRow' | 'addColumn' | 'removeRow' | 'removeColumn' | 'removeTable'

/** Proposes a row, a column or the table around the cursor to come or to go; undefined outside a table. */
export function suggestInTable(state: EditorState, change: TableChange, mark: By): Transaction | undefined {
  const { $from } = state.selection
  const cell = depthOf($from, CELLS)
  if (cell === undefined) return undefined
  const [row, table] = [cell - 1, cell - 2]
  const tr = asSuggestion(state)
  const column = $from.index(row)
  const rows: number[] = []
  $from.node(table).forEach((_row, offset) => rows.push($from.start(table) + offset))
  switch (change) {
    case 'removeTable':
      propose(tr, $from.before(table), mark)
      return tr
    case 'removeRow':
      propose(tr, $from.before(row), mark)
      return tr
    case 'addRow': {
      const { tableRow, tableCell, paragraph } = state.schema.nodes
      if (!tableRow || !tableCell || !paragraph) return undefined
      const cells = Array.from({ length: $from.node(row).childCount }, () => tableCell.create(null, paragraph.create()))
      return cursorIn(tr.insert($from.after(row), tableRow.create(toCome(mark), cells)), $from.after(row) + 3)
    }
    case 'addColumn':
    case 'removeColumn': {
      const steps = tr.mapping.maps.length
      for (const at of rows.toReversed()) {
        const place = tr.mapping.slice(steps).map(at)
        const found = tr.doc.nodeAt(place)
        const inner = found && Math.min(column, found.childCount - 1)
        if (!found || inner === null || inner < 0) continue
        const { node, offset } = childAt(found, inner)
        const start = place + 1 + offset
        if (change === 'removeColumn') propose(tr, start, mark)
        else tr.insert(start + node.nodeSize, node.type.create(toCome(mark), state.schema.nodes['paragraph']?.create()))
      }
      return tr
    }
  }
}

function childAt(parent: ProseNode, index: number): { readonly node: ProseNode; readonly offset: number } {
  let offset = 0
  for (let at = 0; at < index; at++) offset += parent.child(at).nodeSize
  return { node: parent.child(index), offset }
}

/** Enter at the end of an item proposes another one behind it; on an own empty one it takes that back. Undefined elsewhere. */
export function suggestItem(state: EditorState, mark: By): Transaction | undefined {
  const { $from, empty } = state.selection
  const depth = depthOf($from, ITEMS)
  if (!empty || depth === undefined || $from.depth !== depth + 1 || $from.pos !== $from.end(depth) - 1) return undefined
  const item = $from.node(depth)
  const paragraph = state.schema.nodes['paragraph']
  const proposed = proposedOf(item)
  const tr = asSuggestion(state)
  if (item.textContent === '' && proposed?.change === 'add' && proposed.by === mark.by) {
    removeNode(tr, $from.before(depth))
    return tr
  }
  return cursorIn(
    tr.insert($from.after(depth), item.type.create(toCome(mark), paragraph?.create())),
    $from.after(depth) + 2,
  )
}

/** Going back from the beginning of an item of which no letter stays: the item itself is to go. Undefined elsewhere. */
export function suggestItemGone(state: EditorState, mark: By): Transaction | undefined {
  const { $from } = state.selection
  const depth = depthOf($from, ITEMS)
  if (depth === undefined) return undefined
  const rest = clean($from.node(depth).content)
  if (rest.textBetween(0, rest.size) !== '') return undefined
  const tr = asSuggestion(state)
  propose(tr, $from.before(depth), mark)
  return tr
}
