import { getSchema } from '@tiptap/core'
import type { Node as ProseNode } from '@tiptap/pm/model'
import { EditorState, TextSelection } from '@tiptap/pm/state'
import { StarterKit } from '@tiptap/starter-kit'
import { initProseMirrorDoc, updateYFragment } from '@tiptap/y-tiptap'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { treeOfFragment } from '#shared/standards/fragment.ts'
import { blocksOf, openSuggestions, plainText, treeOf, type RichNode } from '#shared/standards/rich-text.ts'
import { paragraph } from '#shared/standards/sample.ts'
import { writeTree } from './shared-text.ts'
import { Broken, copied, linesOf, neighbour, suggestJoin } from './suggest-breaks.ts'
import { Deletion, Insertion, suggestReplacement } from './suggest.ts'
import { decide, suggestionsIn } from './suggestions.ts'

const schema = getSchema([StarterKit.configure({ undoRedo: false }), Insertion, Deletion, Broken])
const mark = { id: 'one', by: 7 }
const stateOf = (doc: ProseNode): EditorState => EditorState.create({ schema, doc })
const editor = (text: string): EditorState =>
  stateOf(schema.nodeFromJSON(treeOf(text.split('\n').map((line) => paragraph(line)))))
/** What a reader of the draft has while nobody has decided. */
const read = ({ doc }: EditorState): string => plainText(blocksOf(doc.toJSON() as RichNode))
const replace = (state: EditorState, from: number, to: number, text: string, id = 'one'): EditorState =>
  state.apply(suggestReplacement(state, from, to, text, { id, by: 7 }))
const decided = (state: EditorState, accept: boolean): EditorState => state.apply(decide(state, null, accept))
const sign = schema.text('¶', [schema.mark('insertion', { ...mark, breaks: 'join' })])
const join = (state: EditorState, cursor: number, back: boolean): EditorState => {
  const at = state.apply(state.tr.setSelection(TextSelection.create(state.doc, cursor)))
  return at.apply(suggestJoin(at.tr, neighbour(at, back) as number, back, sign))
}
/** Place of a letter of the text in the document, where every paragraph ends and begins by one step each. */
const placeOf = (text: string, at: number): number => 1 + at + (text.slice(0, at).match(/\n/g)?.length ?? 0)

describe('paragraphs as suggestions', () => {
  it('[STD-21] a new paragraph waits with its words, and is there once somebody accepts', () => {
    const state = replace(editor('Scope.\nLast.'), 7, 7, '\nMore.')
    expect(read(state)).toBe('Scope.\nLast.')
    expect(openSuggestions(state.doc.toJSON() as RichNode)).toBe(1)
    expect(suggestionsIn(state.doc)).toEqual([{ id: 'one', by: 7, inserted: '¶More.', deleted: '' }])
    expect(read(decided(state, true))).toBe('Scope.\nMore.\nLast.')
    expect(read(decided(state, false))).toBe('Scope.\nLast.')
    expect(openSuggestions(decided(state, true).doc.toJSON() as RichNode)).toBe(0)
  })
  it('[STD-21] a paragraph is split, two become one going back or forth, and a whole one goes', () => {
    expect(read(decided(replace(editor('one two'), 4, 4, '\n'), true))).toBe('one\n two')
    for (const joined of [join(editor('one\ntwo'), 6, true), join(editor('one\ntwo'), 4, false)]) {
      expect(read(joined)).toBe('one\ntwo')
      expect(suggestionsIn(joined.doc)).toEqual([{ ...mark, inserted: '', deleted: '¶' }])
      expect(read(decided(joined, true))).toBe('onetwo')
      expect(decided(joined, false).doc.eq(editor('one\ntwo').doc)).toBe(true)
    }
    const gone = replace(editor('one\ntwo\nthree'), 6, 11, '')
    expect(read(gone)).toBe('one\ntwo\nthree')
    expect(read(decided(gone, true))).toBe('one\nthree')
  })
  it('[STD-21] what was accepted is copied as a line of its own, and can be taken back by another suggestion', () => {
    const split = decided(replace(editor('one two'), 4, 4, '\n'), true)
    expect(linesOf(copied(split.doc.slice(1, split.doc.content.size - 1)))).toBe('one\n two')
    const back = replace(split, 4, 5, '', 'two')
    expect(read(back)).toBe('one\n two')
    expect(read(decided(back, true))).toBe('one two')
  })
  it('[STD-21] items of a list never become one', () => {
    const item = (text: string) => ({ type: 'listItem', content: treeOf([paragraph(text)]).content })
    const state = stateOf(schema.nodeFromJSON({ type: 'doc', content: [{ type: 'bulletList', content: [item('a'), item('b')] }] })) // prettier-ignore
    const gone = replace(state, 3, 9, '')
    expect(read(decided(gone, true))).toBe('• \n• ')
    expect(decided(gone, false).doc.eq(state.doc)).toBe(true)
  })
  const paragraphs = fc.array(fc.stringMatching(/^[a-z ]{0,6}$/), { minLength: 1, maxLength: 4 }).map((all) => all.join('\n')) // prettier-ignore
  const typed = fc.stringMatching(/^[A-Z\n]{0,4}$/)
  it('[STD-21] accepted it reads as if it had been written so', () => {
    fc.assert(
      fc.property(paragraphs, fc.nat(30), fc.nat(30), typed, (text, one, other, put) => {
        const [from, to] = [Math.min(one, other, text.length), Math.min(Math.max(one, other), text.length)]
        const state = replace(editor(text), placeOf(text, from), placeOf(text, to), put)
        expect(read(state)).toBe(text)
        expect(read(decided(state, true))).toBe(text.slice(0, from) + put + text.slice(to))
        expect(decided(state, false).doc.eq(editor(text).doc)).toBe(true)
      }),
    )
  })
  it('[STD-21] whatever is suggested, undecided reads as before and rejected is as before', () => {
    const step = fc.record({ from: fc.nat(40), length: fc.nat(12), text: typed })
    fc.assert(
      fc.property(paragraphs, fc.array(step, { maxLength: 12 }), (text, steps) => {
        let state = editor(text)
        for (const [at, { from, length, text: put }] of steps.entries()) {
          const size = state.doc.content.size
          const near = (place: number): number => TextSelection.near(state.doc.resolve(Math.min(place, size))).from
          const [start, end] = [near(from), near(from + length)]
          state = replace(state, start, Math.max(start, end), put, String(at))
          expect(read(state)).toBe(text)
        }
        expect(decided(state, false).doc.eq(editor(text).doc)).toBe(true)
        expect(openSuggestions(decided(state, true).doc.toJSON() as RichNode)).toBe(0)
      }),
    )
  })
})

describe('two who decide apart', () => {
  /** One copy of a shared text, in the hands of an editor. */
  class Copy {
    readonly doc = new Y.Doc()
    readonly text = this.doc.getXmlFragment('t')
    edit(change: (state: EditorState) => EditorState): void {
      const { doc, meta } = initProseMirrorDoc(this.text, schema)
      this.doc.transact(() => updateYFragment(this.doc, this.text, change(stateOf(doc)).doc, meta))
    }
    get read(): string {
      return plainText(blocksOf(treeOfFragment(this.text)))
    }
  }
  const exchange = (one: Copy, other: Copy): void => {
    Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(one.doc))
    Y.applyUpdate(one.doc, Y.encodeStateAsUpdate(other.doc))
  }
  function two(text: string): readonly [Copy, Copy] {
    const [one, other] = [new Copy(), new Copy()]
    writeTree(one.text, treeOf(text.split('\n').map((line) => paragraph(line))))
    exchange(one, other)
    return [one, other]
  }

  it('[STD-21] both accept the same break: it is there once, with every word once, and what a third hand wrote meanwhile', () => {
    const [one, other] = two('alpha beta\ngamma')
    one.edit((state) => replace(state, 6, 6, '\n'))
    one.edit((state) => join(state, state.doc.content.size - 6, true))
    exchange(one, other)
    one.edit((state) => decided(state, true))
    other.edit((state) => decided(state, true))
    other.edit((state) => state.apply(state.tr.insertText('!', state.doc.content.size - 1)))
    exchange(one, other)
    expect(one.read).toBe('alpha\n betagamma!')
    expect(other.read).toBe(one.read)
  })
  it('[STD-21] both suggest the same joining: accepted together it joins once', () => {
    const [one, other] = two('a\nb\nc')
    for (const copy of [one, other]) copy.edit((state) => join(state, 7, true))
    exchange(one, other)
    one.edit((state) => decided(state, true))
    exchange(one, other)
    expect(other.read).toBe('a\nbc')
  })
})
