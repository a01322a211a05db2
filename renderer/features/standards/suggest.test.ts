import { getSchema } from '@tiptap/core'
import { EditorState, TextSelection } from '@tiptap/pm/state'
import { StarterKit } from '@tiptap/starter-kit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blocksOf, openSuggestions, plainText, type RichNode } from '#shared/standards/rich-text.ts'
import { Deletion, Insertion, rangeBeside, suggestReplacement } from './suggest.ts'
import { decide, suggestionsIn } from './suggestions.ts'

const schema = getSchema([StarterKit.configure({ undoRedo: false }), Insertion, Deletion])
const editor = (text: string): EditorState => {
  const paragraph = schema.node('paragraph', null, text === '' ? [] : [schema.text(text)])
  return EditorState.create({ schema, doc: schema.node('doc', null, [paragraph]) })
}
const tree = (state: EditorState): RichNode => state.doc.toJSON() as RichNode
/** What a reader of the draft has while nobody has decided. */
const undecided = (state: EditorState): string => plainText(blocksOf(tree(state)))
const replace = (state: EditorState, from: number, to: number, text: string, id = 'one', by = 7): EditorState =>
  state.apply(suggestReplacement(state, from, to, text, { id, by }))

describe('suggestions', () => {
  it('[STD-4] what is typed waits, what is removed stays, and both are one suggestion of their author', () => {
    const state = replace(editor('old words'), 1, 4, 'new')
    expect(state.doc.textContent).toBe('oldnew words')
    expect(undecided(state)).toBe('old words')
    expect(openSuggestions(tree(state))).toBe(1)
    expect(suggestionsIn(state.doc)).toEqual([{ id: 'one', by: 7, inserted: 'new', deleted: 'old' }])
    expect(state.selection.from).toBe(7)
  })
  it('[STD-4] accepting makes it so, rejecting leaves the text as it was', () => {
    const state = replace(editor('old words'), 1, 4, 'new')
    const decided = (accept: boolean) => state.apply(decide(state, 'one', accept))
    expect(undecided(decided(true))).toBe('new words')
    expect(undecided(decided(false))).toBe('old words')
    expect(openSuggestions(tree(decided(true)))).toBe(0)
    expect(openSuggestions(tree(decided(false)))).toBe(0)
  })
  it('[STD-4] one is decided and the other waits', () => {
    const state = replace(replace(editor('a b'), 3, 4, 'c', 'two', 8), 1, 2, 'x', 'one', 7)
    const first = state.apply(decide(state, 'one', true))
    expect(undecided(first)).toBe('x b')
    expect(suggestionsIn(first.doc).map(({ id, by }) => [id, by])).toEqual([['two', 8]])
    expect(undecided(first.apply(decide(first, null, true)))).toBe('x c')
  })
  it('[STD-4] letters that were only suggested go for good when they are removed', () => {
    const typed = replace(editor('ab'), 3, 3, 'cd')
    const removed = replace(typed, 3, 5, '')
    expect(removed.doc.textContent).toBe('ab')
    expect(openSuggestions(tree(removed))).toBe(0)
  })
  it('[STD-4] suggested letters take on no mark of what is to go', () => {
    const gone = replace(editor('ab'), 1, 3, '')
    const typed = replace(gone, 3, 3, 'x', 'two')
    expect(undecided(typed.apply(decide(typed, null, true)))).toBe('x')
    expect(undecided(typed.apply(decide(typed, null, false)))).toBe('ab')
  })
  it('[STD-4] backspace takes the letter before, a word with its modifier, and passes over what is to go already', () => {
    const at = (state: EditorState, place: number) =>
      state.apply(state.tr.setSelection(TextSelection.create(state.doc, place)))
    const state = at(editor('one two'), 8)
    expect(rangeBeside(state, true, false)).toEqual({ from: 7, to: 8 })
    expect(rangeBeside(state, true, true)).toEqual({ from: 5, to: 8 })
    const marked = at(replace(state, 7, 8, ''), 8)
    expect(rangeBeside(marked, true, false)).toEqual({ from: 6, to: 7 })
    expect(rangeBeside(at(editor(''), 1), true, false)).toBeUndefined()
    expect(rangeBeside(at(editor('🙂'), 1), false, false)).toEqual({ from: 1, to: 3 })
  })
  it('[STD-4] whatever is suggested, undecided and rejected read as before', () => {
    const step = fc.record({ from: fc.nat(30), length: fc.nat(10), text: fc.string({ maxLength: 4 }) })
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 20 }).filter((text) => !/[\r\n]/.test(text)),
        fc.array(step, { maxLength: 12 }),
        (text, steps) => {
          let state = editor(text)
          for (const [at, { from, length, text: typed }] of steps.entries()) {
            const size = state.doc.content.size - 1
            const start = Math.min(1 + from, size)
            state = replace(state, start, Math.min(start + length, size), typed.replaceAll(/[\r\n]/g, ''), String(at))
            expect(undecided(state)).toBe(text)
          }
          expect(undecided(state.apply(decide(state, null, false)))).toBe(text)
          const accepted = state.apply(decide(state, null, true))
          expect(openSuggestions(tree(accepted))).toBe(0)
        },
      ),
    )
  })
})
