import { Slice, type Mark as ProseMark, type Node as ProseNode } from '@tiptap/pm/model'
import type { EditorState, Transaction } from '@tiptap/pm/state'
import { breakOf, PROPOSED, proposedOf } from '#shared/standards/rich-text.ts'
import { asRich, copied, linesOf } from './suggest-breaks.ts'

/** Names of the marks of letters that are to come, and that are to go. */
export const INSERTION = 'insertion'
export const DELETION = 'deletion'
/** Set on a transaction that is not to be turned into a suggestion. */
export const OWN = 'suggestion'

export const newSuggestionId = (): string => {
  const [one = 0, two = 0] = crypto.getRandomValues(new Uint32Array(2))
  return one.toString(36) + two.toString(36)
}

/** A change that somebody proposes. `by` is the client that wrote it: the engine says whose it is. */
export interface Suggestion {
  readonly id: string
  readonly by: number
  readonly inserted: string
  readonly deleted: string
  /** The kind of node that comes or goes as a whole, where one does. */
  readonly block?: string
}

/** All undecided suggestions of a text, in reading order. */
export function suggestionsIn(doc: ProseNode): readonly Suggestion[] {
  const found = new Map<string, { by: number; inserted: string; deleted: string; block?: string }>()
  const one = (id: string, by: number) => {
    const known = found.get(id) ?? { by, inserted: '', deleted: '' }
    found.set(id, known)
    return known
  }
  /** `whole`: suggestions that the node is part of and that are told with all its letters. */
  const walk = (node: ProseNode, whole: ReadonlySet<string>): void => {
    const proposed = proposedOf(node)
    if (proposed && !whole.has(proposed.id)) {
      const told = one(proposed.id, proposed.by)
      const side = proposed.change === 'add' ? 'inserted' : 'deleted'
      const words = linesOf(copied(new Slice(node.content, 0, 0)))
      told[side] += told[side] === '' || words === '' ? words : `\n${words}`
      // What comes tells more than what it takes the place of.
      if (told.block === undefined || side === 'inserted') told.block = node.type.name
    }
    for (const mark of node.marks) {
      const { type, attrs } = mark
      const id = String(attrs['id'])
      if ((type.name !== INSERTION && type.name !== DELETION) || whole.has(id)) continue
      const side = type.name === INSERTION && breakOf(asRich(mark)) !== 'join' ? 'inserted' : 'deleted'
      one(id, Number(attrs['by']))[side] += node.text ?? ''
    }
    const inside = proposed ? new Set([...whole, proposed.id]) : whole
    node.forEach((inner) => walk(inner, inside))
  }
  walk(doc, new Set())
  return [...found].map(([id, told]) => ({ id, ...told }))
}

/** Accepts or rejects one suggestion, or all (null). */
export function decide(state: EditorState, id: string | null, accept: boolean): Transaction {
  const tr = state.tr.setMeta(OWN, true)
  const ranges: { from: number; to: number; mark: ProseMark }[] = []
  state.doc.descendants((node, at) => {
    for (const mark of node.marks) {
      const { type, attrs } = mark
      if ((type.name === INSERTION || type.name === DELETION) && (id === null || attrs['id'] === id))
        ranges.push({ from: at, to: at + node.nodeSize, mark })
    }
  })
  for (const { from, to, mark } of ranges.toReversed()) {
    const breaks = breakOf(asRich(mark))
    const stays = (mark.type.name === INSERTION) === accept
    if (stays) tr.removeMark(from, to, mark.type)
    else tr.delete(from, to)
    const broken = state.schema.marks['broken']
    if (stays && breaks !== undefined && broken) tr.addMark(from, to, broken.create({ breaks }))
  }
  return decideBlocks(tr, id, accept)
}

function decideBlocks(tr: Transaction, id: string | null, accept: boolean): Transaction {
  const places: number[] = []
  tr.doc.descendants((node, at) => {
    const proposed = proposedOf(node)
    if (proposed && (id === null || proposed.id === id)) places.push(at)
  })
  const before = tr.mapping.maps.length
  for (const place of places.toReversed()) {
    const { pos, deleted } = tr.mapping.slice(before).mapResult(place)
    const node = deleted ? null : tr.doc.nodeAt(pos)
    const proposed = node && proposedOf(node)
    if (!proposed) continue
    if ((proposed.change === 'add') === accept) tr.setNodeAttribute(pos, PROPOSED, null)
    else removeNode(tr, pos)
  }
  return tr
}

/** Takes a node out, and with it what would be left with nothing in it; a cell and a text keep an empty paragraph. */
export function removeNode(tr: Transaction, at: number): void {
  const $at = tr.doc.resolve(at)
  const { parent, depth } = $at
  const size = $at.nodeAfter?.nodeSize ?? 0
  if (parent.childCount > 1) tr.delete(at, at + size)
  else if (depth > 0 && !parent.type.name.startsWith('tableCell') && parent.type.name !== 'tableHeader')
    removeNode(tr, $at.before())
  else {
    const paragraph = tr.doc.type.schema.nodes['paragraph']
    if (paragraph) tr.replaceWith(at, at + size, paragraph.create())
  }
}
