import { Extension, Mark } from '@tiptap/core'
import { Fragment, type Node as ProseNode } from '@tiptap/pm/model'
import { Plugin, PluginKey, type EditorState, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { breakOf, SIGN } from '#shared/standards/rich-text.ts'
import { ownBlock, suggestItem, suggestItemGone, type By } from './suggest-blocks.ts'
import { asRich, copied, linesOf, neighbour, pastJoin, seamBefore, seamsIn, suggestJoin } from './suggest-breaks.ts'
import { DELETION, INSERTION, OWN } from './suggestions.ts'

const attributes = () => ({ id: { default: '' }, by: { default: 0 } })

/**
 * Letters that are to come, and letters that are to go, once somebody accepts. One letter is one or the other. With `breaks` the
 * letter stands for a paragraph that is to end there (`split`), or to become one with the paragraph before it (`join`).
 */
export const Insertion = Mark.create({
  name: INSERTION,
  excludes: `${INSERTION} ${DELETION}`,
  inclusive: false,
  addAttributes: () => ({ ...attributes(), breaks: { default: '' } }),
  renderHTML: ({ mark }) => ['ins', mark.attrs['breaks'] ? { 'data-breaks': String(mark.attrs['breaks']) } : {}, 0],
})
export const Deletion = Mark.create({
  name: DELETION,
  excludes: `${INSERTION} ${DELETION}`,
  inclusive: false,
  addAttributes: attributes,
  renderHTML: () => ['del', 0],
})

const key = new PluginKey<boolean>('suggest')

export const isSuggesting = (state: EditorState): boolean => key.getState(state) === true
export const suggesting = (state: EditorState, on: boolean): Transaction => state.tr.setMeta(key, on).setMeta(OWN, true)

/**
 * While it is on, what the person types or removes becomes a suggestion: typed letters are marked as to come, removed ones as to go.
 * So is the end of a paragraph, by a sign that is a letter. Items of lists come and go as nodes (`suggest-blocks.ts`), and what else would
 * change the text here does not happen.
 */
export const Suggest = Extension.create<{ client: () => number; newId: () => string; cannot: () => void }>({
  name: 'suggest',
  priority: 1_000,
  addOptions: () => ({ client: () => 0, newId: () => '', cannot: () => {} }),
  addProseMirrorPlugins() {
    const { client, newId, cannot } = this.options
    let last: { id: string; at: number } | undefined
    /** What is typed and removed in one place, one behind the other, is one suggestion. */
    const idAt = ({ doc }: EditorState, from: number): string =>
      ownBlock(doc, from, client()) ?? (last?.at === from ? last.id : newId())
    /** Does what can be proposed about nodes here; false where nothing can. */
    const whole = (view: EditorView, make: (state: EditorState, mark: By) => Transaction | undefined): boolean => {
      const tr = make(view.state, {
        id: ownBlock(view.state.doc, view.state.selection.from, client()) ?? newId(),
        by: client(),
      })
      if (tr) view.dispatch(tr)
      return tr !== undefined
    }
    const replace = (view: EditorView, from: number, to: number, text: string): void => {
      const id = idAt(view.state, from)
      const tr = suggestReplacement(view.state, from, to, text, { id, by: client() })
      last = { id, at: tr.selection.from }
      view.dispatch(tr.scrollIntoView())
    }
    const remove = (view: EditorView, back: boolean, word: boolean): boolean => {
      const { selection } = view.state
      if (!selection.empty) {
        replace(view, selection.from, selection.to, '')
        return true
      }
      const range = rangeBeside(view.state, back, word)
      if (range) {
        const id = idAt(view.state, selection.from)
        const tr = suggestReplacement(
          view.state,
          range.from,
          range.to,
          '',
          { id, by: client() },
          back ? 'before' : 'after',
        )
        last = { id, at: tr.selection.from }
        view.dispatch(tr.scrollIntoView())
      } else join(view, back)
      return true
    }
    const join = (view: EditorView, back: boolean): void => {
      if (back && whole(view, suggestItemGone)) return
      const start = neighbour(view.state, back)
      if (start === undefined) return
      if (seamBefore(view.state.doc, start) === undefined) return cannot()
      const id = idAt(view.state, view.state.selection.from)
      const tr = suggestJoin(
        view.state.tr.setMeta(OWN, true),
        start,
        back,
        sign(view.state, { id, by: client() }, 'join'),
      )
      last = { id, at: tr.selection.from }
      view.dispatch(tr.scrollIntoView())
    }
    return [
      new Plugin<boolean>({
        key,
        state: { init: () => false, apply: (tr, was) => (tr.getMeta(key) as boolean | undefined) ?? was },
        props: {
          transformCopied: copied,
          clipboardTextSerializer: ({ content }) => content.textBetween(0, content.size, '\n\n', '\n'),
          handleTextInput: (view, from, to, text) => {
            if (isSuggesting(view.state)) replace(view, from, to, text)
            else if (from === to && pastJoin(view.state.doc, from) > from)
              view.dispatch(view.state.tr.insertText(text, pastJoin(view.state.doc, from)).scrollIntoView())
            else return false
            return true
          },
          handleKeyDown: (view, event) => {
            if (!isSuggesting(view.state)) return false
            if (event.key === 'Backspace' || event.key === 'Delete')
              return remove(view, event.key === 'Backspace', event.ctrlKey || event.altKey)
            if (event.key === 'Enter' && !event.shiftKey) {
              const { from, to } = view.state.selection
              if (!whole(view, suggestItem)) replace(view, from, to, '\n')
              return true
            }
            return false
          },
          handlePaste: (view, _event, slice) => {
            if (!isSuggesting(view.state)) return false
            const { from, to } = view.state.selection
            replace(view, from, to, linesOf(slice))
            return true
          },
          handleDOMEvents: {
            cut: (view, event) => {
              const { from, to, empty } = view.state.selection
              if (!isSuggesting(view.state) || empty) return false
              event.preventDefault()
              event.clipboardData?.setData('text/plain', linesOf(copied(view.state.doc.slice(from, to))))
              replace(view, from, to, '')
              return true
            },
            drop: (view, event) => {
              if (!isSuggesting(view.state)) return false
              event.preventDefault()
              return true
            },
          },
        },
        // Whatever else would change letters or paragraphs here (a shortcut, a drop) does not happen while suggestions are made.
        filterTransaction: (tr, state) =>
          !tr.docChanged || !isSuggesting(state) || tr.getMeta(OWN) === true || isRemote(tr),
      }),
    ]
  },
})

/** What the shared document brings, undo included. */
const isRemote = (tr: Transaction): boolean => tr.getMeta('y-sync$') !== undefined

const sign = ({ schema }: EditorState, mark: By, breaks: 'split' | 'join'): ProseNode =>
  schema.text(SIGN, [schema.mark(INSERTION, { ...mark, breaks })])

/**
 * Marks the range as to go (one's own undecided letters simply go) and puts the text behind it as to come. Paragraphs that the range
 * begins in different ones are to become one; a line break in the text is to begin another.
 */
export function suggestReplacement(
  state: EditorState,
  from: number,
  to: number,
  text: string,
  mark: By,
  cursor: 'before' | 'after' = 'after',
): Transaction {
  const { schema } = state
  const [insertion, deletion] = [schema.marks[INSERTION], schema.marks[DELETION]]
  const tr = state.tr.setMeta(OWN, true)
  if (!insertion || !deletion) return tr
  const ranges: { from: number; to: number; own: boolean }[] = []
  state.doc.nodesBetween(from, to, (node, at) => {
    if (!node.isText || node.marks.some((one) => breakOf(asRich(one)) === 'join')) return
    const isInserted = node.marks.some(({ type }) => type === insertion)
    ranges.push({ from: Math.max(from, at), to: Math.min(to, at + node.nodeSize), own: isInserted })
  })
  const seams = [...seamsIn(state.doc, from, to)]
  const joinBehind = (place: number): void => {
    for (let seam = seams.at(-1); seam !== undefined && seam >= place; seam = seams.at(-1)) {
      tr.insert(seam, sign(state, mark, 'join'))
      seams.pop()
    }
  }
  for (const range of ranges.toReversed()) {
    joinBehind(range.to)
    if (range.own) tr.delete(range.from, range.to)
    else tr.addMark(range.from, range.to, deletion.create(mark))
  }
  joinBehind(0)
  const end = pastJoin(tr.doc, tr.mapping.map(to))
  if (text !== '') {
    const kept = tr.doc
      .resolve(end)
      .marks()
      .filter(({ type }) => type !== insertion && type !== deletion)
    const parts = text
      .split('\n')
      .flatMap((part, at) => [
        ...(at > 0 ? [sign(state, mark, 'split')] : []),
        ...(part === '' ? [] : [schema.text(part, [...kept, insertion.create(mark)])]),
      ])
    tr.insert(end, Fragment.from(parts))
  }
  // Each break is one letter, too.
  const place = text !== '' ? end + text.length : cursor === 'before' ? tr.mapping.map(from) : end
  return tr.setSelection(selectionAt(tr, place))
}

const selectionAt = (tr: Transaction, at: number) =>
  (tr.selection.constructor as unknown as { near(place: unknown): Transaction['selection'] }).near(tr.doc.resolve(at))

/** The letter, or the word, beside the cursor within its paragraph; letters that are already to go are passed over. */
export function rangeBeside(
  state: EditorState,
  back: boolean,
  word: boolean,
): { from: number; to: number } | undefined {
  const { $from } = state.selection
  const start = $from.start()
  const letters: { at: number; letter: string }[] = []
  $from.parent.descendants((node, at) => {
    if (!node.isText || node.marks.some(({ type }) => type.name === DELETION)) return
    let offset = 0
    for (const letter of node.text ?? '') {
      letters.push({ at: start + at + offset, letter })
      offset += letter.length
    }
  })
  const beside = back
    ? letters.filter(({ at }) => at < $from.pos).toReversed()
    : letters.filter(({ at }) => at >= $from.pos)
  const [first] = beside
  if (!first) return undefined
  const taken = [first]
  if (word)
    for (const one of beside.slice(1)) {
      if (/\s/.test(one.letter) && taken.some(({ letter }) => /\S/.test(letter))) break
      taken.push(one)
    }
  const places = taken.map(({ at, letter }) => ({ from: at, to: at + letter.length }))
  return { from: Math.min(...places.map(({ from }) => from)), to: Math.max(...places.map(({ to }) => to)) }
}
