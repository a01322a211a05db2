import { getSchema } from '@tiptap/core'
import { TableKit } from '@tiptap/extension-table'
import type { Node as ProseNode } from '@tiptap/pm/model'
import { EditorState, TextSelection, type Transaction } from '@tiptap/pm/state'
import { StarterKit } from '@tiptap/starter-kit'
import { initProseMirrorDoc, updateYFragment } from '@tiptap/y-tiptap'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { treeOfFragment } from '#shared/standards/fragment.ts'
import { blocksOf, openSuggestions, plainText, treeOf, type Block, type RichNode } from '#shared/standards/rich-text.ts'
import { paragraph } from '#shared/standards/sample.ts'
import { writeTree } from './shared-text.ts'
import {
  ownBlock, Proposed, suggestInTable, suggestItem, suggestItemGone, suggestList, suggestTable, type By, type TableChange,
} from './suggest-blocks.ts' // prettier-ignore
import { Broken } from './suggest-breaks.ts'
import { Deletion, Insertion, suggestReplacement } from './suggest.ts'
import { decide, suggestionsIn } from './suggestions.ts'

const schema = getSchema([
  StarterKit.configure({ undoRedo: false }),
  TableKit.configure({ table: { resizable: false } }),
  Insertion,
  Deletion,
  Broken,
  Proposed,
])
/** Client ids reach beyond 32 bits. */
const ME = Number.MAX_SAFE_INTEGER
type Make = (state: EditorState, mark: By) => Transaction | undefined

const lines = (...texts: string[]): readonly Block[] => texts.map(paragraph)
const list = (...texts: string[]): Block => ({ kind: 'bullets', items: texts.map((text) => [paragraph(text)]) })
const table = (...rows: string[][]): Block => ({
  kind: 'table',
  rows: rows.map((cells, at) => ({ header: at === 0, cells: cells.map((text) => [paragraph(text)]) })),
})
const stateOf = (doc: ProseNode): EditorState => EditorState.create({ schema, doc })
const editor = (blocks: readonly Block[]): EditorState => stateOf(schema.nodeFromJSON(treeOf(blocks)))
const read = ({ doc }: EditorState): string => plainText(blocksOf(doc.toJSON() as RichNode))
const open = ({ doc }: EditorState): number => openSuggestions(doc.toJSON() as RichNode)
const decided = (state: EditorState, accept: boolean): EditorState => state.apply(decide(state, null, accept))
/** The cursor behind the first place of these words, or over all of them. */
const at = (state: EditorState, words: string, over = false): EditorState => {
  let place = 0
  state.doc.descendants((node, pos) => {
    const found = node.isText ? (node.text ?? '').indexOf(words) : -1
    if (found >= 0 && place === 0) place = pos + found
  })
  if (place === 0) throw new Error(`not in the text: ${words}`)
  const end = place + words.length
  return state.apply(state.tr.setSelection(TextSelection.create(state.doc, over ? place : end, end)))
}
const all = (state: EditorState): EditorState =>
  state.apply(state.tr.setSelection(TextSelection.between(state.doc.resolve(1), state.doc.resolve(state.doc.content.size - 1)))) // prettier-ignore
const make = (state: EditorState, change: Make, id = 'one', by = ME): EditorState => {
  const tr = change(state, { id, by })
  if (tr === undefined) throw new Error('cannot be suggested')
  return state.apply(tr)
}
const bullets: Make = (state, mark) => suggestList(state, 'bulletList', mark)
const numbers: Make = (state, mark) => suggestList(state, 'orderedList', mark)
const inTable =
  (change: TableChange): Make =>
  (state, mark) =>
    suggestInTable(state, change, mark)
/** Types where the cursor is, as the plug-in does. */
const type = (state: EditorState, text: string, by = ME): EditorState => {
  const { from, to } = state.selection
  return state.apply(suggestReplacement(state, from, to, text, { id: ownBlock(state.doc, from, by) ?? 'typed', by }))
}

describe('lists as suggestions', () => {
  it('[STD-23] paragraphs become a list once somebody accepts, and are as before once rejected', () => {
    const before = editor(lines('Scope', 'Price', 'Dates'))
    const state = make(all(before), bullets)
    expect(read(state)).toBe('Scope\nPrice\nDates')
    expect(open(state)).toBe(1)
    expect(suggestionsIn(state.doc)).toEqual([
      { id: 'one', by: ME, inserted: 'Scope\nPrice\nDates', deleted: 'Scope\nPrice\nDates', block: 'bulletList' },
    ])
    expect(read(decided(state, true))).toBe('• Scope\n• Price\n• Dates')
    expect(decided(state, false).doc.eq(before.doc)).toBe(true)
    expect(open(decided(state, true))).toBe(0)
  })

  it('[STD-23] a list becomes one of the other kind, or paragraphs again; pressed again it is taken back', () => {
    const before = editor([...lines('First'), list('Price', 'Dates')])
    const numbered = make(at(before, 'Price'), numbers)
    expect(read(numbered)).toBe('First\n• Price\n• Dates')
    expect(read(decided(numbered, true))).toBe('First\n1) Price\n2) Dates')
    const flat = make(at(before, 'Price'), bullets)
    expect(read(decided(flat, true))).toBe('First\nPrice\nDates')
    expect(decided(flat, false).doc.eq(before.doc)).toBe(true)
    expect(make(numbered, numbers).doc.eq(before.doc)).toBe(true)
    expect(read(decided(make(make(all(editor(lines('Scope'))), bullets), numbers), true))).toBe('1) Scope')
    // What is already to go, and what another proposes, cannot be turned into something else again.
    expect(numbers(at(numbered, 'Price'), { id: 'two', by: 8 })).toBeUndefined()
    expect(bullets(numbered, { id: 'two', by: 8 })).toBeUndefined()
  })

  it('[STD-23] Enter adds an item, what is typed in it belongs to it, and an emptied item goes', () => {
    const before = editor([list('Price', 'Dates')])
    const added = type(make(at(before, 'Price'), suggestItem), 'Volume')
    expect(read(added)).toBe('• Price\n• Dates')
    expect(suggestionsIn(added.doc)).toEqual([
      { id: 'one', by: ME, inserted: 'Volume', deleted: '', block: 'listItem' },
    ])
    expect(read(decided(added, true))).toBe('• Price\n• Volume\n• Dates')
    expect(decided(added, false).doc.eq(before.doc)).toBe(true)
    // In a list of one's own the item belongs to the list.
    const own = make(all(editor(lines('Scope'))), bullets)
    const more = type(make(own, suggestItem, ownBlock(own.doc, own.selection.from, ME) ?? 'two'), 'Price')
    expect(suggestionsIn(more.doc)).toMatchObject([{ id: 'one', inserted: 'Scope\nPrice', deleted: 'Scope' }])
    // An own empty item is taken back by another Enter; in the middle of an item there is none.
    expect(make(make(at(before, 'Price'), suggestItem), suggestItem).doc.eq(before.doc)).toBe(true)
    expect(suggestItem(at(before, 'Pri'), { id: 'one', by: ME })).toBeUndefined()
    expect(suggestItemGone(at(before, 'Price'), { id: 'one', by: ME })).toBeUndefined()
    const emptied = make(type(at(before, 'Price', true), ''), suggestItemGone)
    expect(read(emptied)).toBe('• Price\n• Dates')
    expect(read(decided(emptied, true))).toBe('• Dates')
    expect(decided(emptied, false).doc.eq(before.doc)).toBe(true)
  })

  it('[STD-23] [STD-21] between paragraphs that are one by an accepted sign nothing is parted, and nothing is lost, before somebody decides', () => {
    const sign = schema.text('¶', [schema.mark('broken', { breaks: 'join' })])
    const joined = (...before: ProseNode[]): EditorState =>
      stateOf(schema.node('doc', null, [...before, schema.node('paragraph', null, [sign, schema.text(' Dates')])]))
    const one = joined(schema.node('paragraph', null, [schema.text('Price')]))
    expect(read(one)).toBe('Price Dates')
    const listed = make(at(one, 'Price'), bullets)
    expect(read(listed)).toBe('Price Dates')
    expect(read(decided(listed, false))).toBe('Price Dates')
    expect(read(decided(listed, true))).toBe('• Price Dates')
    expect(read(decided(make(at(one, ' Dates'), bullets), true))).toBe('• Price Dates')
    // Within an item, too: one of another kind, and paragraphs again, read as it did.
    const item = schema.node('listItem', null, [...one.doc.content.content])
    const inList = at(stateOf(schema.node('doc', null, [schema.node('bulletList', null, [item])])), 'Price')
    expect(read(inList)).toBe('• Price Dates')
    expect(read(decided(make(inList, numbers), true))).toBe('1) Price Dates')
    expect(read(decided(make(inList, bullets), true))).toBe('Price Dates')
    // A break that nobody has decided about is taken as it would be, and not as a letter.
    const parted = at(editor(lines('Price Dates')), 'Price')
    const { pos } = parted.selection.$from
    const broken = parted.apply(suggestReplacement(parted, pos, pos, '\n', { id: 'two', by: ME }))
    expect(read(decided(make(broken, bullets), true))).toBe('• Price\n Dates')
    // A paragraph that was made one with a paragraph which is only to come.
    const coming = schema.node('paragraph', { proposed: 'add:one:7' }, [schema.text('Price')])
    const behind = joined(schema.node('paragraph', null, [schema.text('Scope')]), coming)
    expect(read(behind)).toBe('Scope Dates')
    expect(read(joined(coming))).toBe(' Dates')
    expect(read(decided(behind, true))).toBe('Scope\nPrice Dates')
  })

  it('[STD-23] the last item takes the list with it, and a text keeps a paragraph', () => {
    const gone = make(type(at(editor([list('Price')]), 'Price', true), ''), suggestItemGone)
    expect(decided(gone, true).doc.childCount).toBe(1)
    expect(read(decided(gone, true))).toBe('')
  })
})

describe('tables as suggestions', () => {
  const prices = editor([...lines('Prices'), table(['Item', 'Price'], ['Pallet', '9'], ['Crate', '4'])])

  it('[STD-23] a table comes with what is written in it, or not at all', () => {
    const before = editor(lines('Prices', 'End'))
    const state = type(
      make(at(before, 'Prices'), (one, mark) => suggestTable(one, 2, mark)),
      'Item',
    )
    expect(read(state)).toBe('Prices\nEnd')
    expect(suggestionsIn(state.doc)).toMatchObject([{ id: 'one', block: 'table', deleted: '' }])
    expect(read(decided(state, true))).toBe('Prices\nItem | \n | \nEnd')
    expect(decided(state, false).doc.eq(before.doc)).toBe(true)
    expect(suggestTable(at(prices, 'Pallet'), 2, { id: 'one', by: ME })).toBeUndefined()
  })

  it('[STD-23] rows, columns and the table come and go', () => {
    const outcome = (change: TableChange): string => {
      const state = make(at(prices, 'Pallet'), inTable(change))
      expect(read(state)).toBe(read(prices))
      expect(decided(state, false).doc.eq(prices.doc)).toBe(true)
      return read(decided(state, true))
    }
    expect(outcome('addRow')).toBe('Prices\nItem | Price\nPallet | 9\n | \nCrate | 4')
    expect(outcome('removeRow')).toBe('Prices\nItem | Price\nCrate | 4')
    expect(outcome('addColumn')).toBe('Prices\nItem |  | Price\nPallet |  | 9\nCrate |  | 4')
    expect(outcome('removeColumn')).toBe('Prices\nPrice\n9\n4')
    expect(outcome('removeTable')).toBe('Prices')
    expect(suggestInTable(at(prices, 'Prices'), 'addRow', { id: 'one', by: ME })).toBeUndefined()
    // One's own row that nobody has accepted simply goes.
    const own = make(at(prices, 'Pallet'), inTable('addRow'))
    expect(make(own, inTable('removeRow'), 'two').doc.eq(prices.doc)).toBe(true)
  })
})

describe('suggested nodes between two who work apart', () => {
  /** Each edits a copy of the shared text; then both have everything. */
  const apart = (
    before: readonly Block[],
    ...works: readonly ((state: EditorState) => EditorState)[]
  ): readonly Y.Doc[] => {
    const first = new Y.Doc()
    writeTree(first.getXmlFragment('text'), treeOf(before))
    const docs = works.map(() => {
      const doc = new Y.Doc()
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(first))
      return doc
    })
    for (const [index, work] of works.entries()) edit(docs[index] as Y.Doc, work)
    return levelled(docs)
  }
  const levelled = (docs: readonly Y.Doc[]): readonly Y.Doc[] => {
    for (const one of docs) for (const other of docs) Y.applyUpdate(one, Y.encodeStateAsUpdate(other))
    return docs
  }
  const edit = (doc: Y.Doc, work: (state: EditorState) => EditorState): void => {
    const text = doc.getXmlFragment('text')
    const { doc: node, meta } = initProseMirrorDoc(text, schema)
    doc.transact(() => updateYFragment(doc, text, work(stateOf(node)).doc, meta))
  }
  const readIn = (doc: Y.Doc): string => plainText(blocksOf(treeOfFragment(doc.getXmlFragment('text'))))

  it('[STD-23] both accept the same: it is so once; what one writes meanwhile in what stays is kept', () => {
    const docs = apart(
      [list('Price', 'Dates')],
      (state) => make(at(state, 'Price'), suggestItem),
      (state) => state,
    )
    for (const doc of docs) edit(doc, (state) => decided(state, true))
    edit(docs[1] as Y.Doc, (state) => state.apply(state.tr.insertText(' and fees', at(state, 'Dates').selection.from)))
    for (const doc of levelled(docs)) {
      expect(readIn(doc)).toBe('• Price\n• \n• Dates and fees')
      expect(openSuggestions(treeOfFragment(doc.getXmlFragment('text')))).toBe(0)
    }
  })

  it('[STD-23] words that another changes in what is to go are there until somebody decides', () => {
    const [doc] = apart(
      lines('Price', 'Dates'),
      (state) => make(at(state, 'Price'), bullets),
      (state) => state.apply(state.tr.insertText('s', at(state, 'Price').selection.from)),
    )
    expect(readIn(doc as Y.Doc)).toBe('Prices\nDates')
    edit(doc as Y.Doc, (state) => decided(state, false))
    expect(readIn(doc as Y.Doc)).toBe('Prices\nDates')
  })

  it('[STD-23] [STD-4] whatever is suggested of lists and tables, undecided reads as before, rejected is as before, accepted leaves nothing open', () => {
    const changes: readonly Make[] = [bullets, numbers, suggestItem, suggestItemGone, (state, mark) => suggestTable(state, 2, mark), ...(['addRow', 'addColumn', 'removeRow', 'removeColumn', 'removeTable'] as const).map(inTable)] // prettier-ignore
    const plain = editor([
      ...lines('Scope', 'Price'),
      list('One', 'Two'),
      table(['A', 'B'], ['C', 'D']),
      ...lines('End'),
    ])
    const join = schema.text('¶', [schema.mark('broken', { breaks: 'join' })])
    const joined = schema.node('paragraph', null, [join, schema.text(' of all')])
    const start = stateOf(schema.node('doc', null, [...plain.doc.content.content, joined]))
    const step = fc.record({ place: fc.nat(70), change: fc.nat(changes.length), by: fc.constantFrom(ME, 8) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        let state = start
        for (const [index, { place, change, by }] of steps.entries()) {
          const { doc } = state
          const here = state.apply(state.tr.setSelection(TextSelection.near(doc.resolve(Math.min(place, doc.content.size))))) // prettier-ignore
          const tr = changes[change]?.(here, { id: `s${String(index)}`, by })
          state = change === changes.length ? type(here, 'x', by) : tr ? here.apply(tr) : state
          state.doc.check()
          expect(read(state)).toBe(read(start))
        }
        expect(read(decided(state, false))).toBe(read(start))
        const accepted = decided(state, true)
        accepted.doc.check()
        expect(open(accepted)).toBe(0)
      }),
      { numRuns: 300 },
    )
  })
})
