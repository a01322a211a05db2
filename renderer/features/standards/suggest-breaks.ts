import { Mark as TiptapMark } from '@tiptap/core'
import { Fragment, Slice, type Mark, type Node as ProseNode } from '@tiptap/pm/model'
import { Selection, type EditorState, type Transaction } from '@tiptap/pm/state'
import { breakOf } from '#shared/standards/rich-text.ts'

/**
 * A break that was accepted. Its sign stays where it is and is read as what it stands for: cutting the paragraph in two would copy
 * its words, twice where two accept apart from each other.
 */
export const Broken = TiptapMark.create({
  name: 'broken',
  inclusive: false,
  addAttributes: () => ({ breaks: { default: '' } }),
  renderHTML: ({ mark }) => ['span', { 'data-broken': String(mark.attrs['breaks']) }, 0],
})

export const asRich = ({ type, attrs }: Mark) => ({ type: type.name, attrs })

/** Where the paragraph around `at` meets the one before it; undefined where what is before is none. */
export function seamBefore(doc: ProseNode, at: number): number | undefined {
  const $at = doc.resolve(at)
  const seam = $at.before()
  return doc.resolve(seam).nodeBefore?.type === $at.parent.type && $at.parent.type.name === 'paragraph'
    ? seam
    : undefined
}

/** Beginnings of paragraphs inside a range that become one with the paragraph before when the range goes. */
export function seamsIn(doc: ProseNode, from: number, to: number): readonly number[] {
  const found: number[] = []
  doc.nodesBetween(from, to, (node, at) => {
    const start = at + 1
    if (node.isTextblock && start > from && start <= to && seamBefore(doc, start) !== undefined && !isJoined(node))
      found.push(start)
  })
  return found
}

const isJoined = ({ firstChild }: ProseNode): boolean => firstChild !== null && isJoin(firstChild)

/** The beginning of the paragraph that would become one with the one before it, going back or forth from the cursor. */
export function neighbour({ doc, selection: { $from } }: EditorState, back: boolean): number | undefined {
  if (back) return $from.pos === 1 ? undefined : $from.start()
  let next: number | undefined
  doc.nodesBetween($from.end(), doc.content.size, (node, at) => {
    if (node.isTextblock && at >= $from.end()) next ??= at + 1
  })
  return next
}

/** Behind the signs that join a paragraph to the one before: what is written at its beginning is written there, or it would part them. */
export function pastJoin(doc: ProseNode, at: number): number {
  const $at = doc.resolve(at)
  let past = at
  if ($at.parentOffset === 0)
    for (let next = $at.parent.firstChild; next && isJoin(next); next = doc.nodeAt(past)) past += next.nodeSize
  return past
}

const isJoin = ({ marks }: ProseNode): boolean =>
  marks.some((mark) => (breakOf(asRich(mark)) ?? breakOf(asRich(mark), 'broken')) === 'join')

/** What is copied, with line breaks for signs: elsewhere a sign would be a letter like others. */
export const copied = ({ content, openStart, openEnd }: Slice): Slice =>
  new Slice(unsigned(content), openStart, openEnd)

/** The words alone, a line for each paragraph and each line break. */
export const linesOf = ({ content }: Slice): string => content.textBetween(0, content.size, '\n', '\n')

const unsigned = (content: Fragment): Fragment =>
  Fragment.fromArray(
    content.content.flatMap((node) => {
      const breaks = node.marks
        .map((mark) => breakOf(asRich(mark)) ?? breakOf(asRich(mark), 'broken'))
        .find((one) => one !== undefined)
      const line = node.type.schema.nodes['hardBreak']
      if (breaks === undefined || !line) return [node.isText ? node : node.copy(unsigned(node.content))]
      return breaks === 'split' ? Array.from({ length: node.nodeSize }, () => line.create()) : []
    }),
  )

/** Proposes that the paragraph which begins at `start` becomes one with the one before; the cursor goes on in its direction. */
export function suggestJoin(tr: Transaction, start: number, back: boolean, sign: ProseNode): Transaction {
  const seam = seamBefore(tr.doc, start)
  if (seam !== undefined && !isJoined(tr.doc.resolve(start).parent)) tr.insert(start, sign)
  const place = back && seam !== undefined ? tr.doc.resolve(seam) : tr.doc.resolve(start + 1)
  return tr.setSelection(Selection.near(place, back ? -1 : 1))
}
