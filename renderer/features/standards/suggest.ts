import { Extension, Mark } from '@tiptap/core'
import type { Node as ProseNode } from '@tiptap/pm/model'
import { Plugin, PluginKey, type EditorState, type Transaction } from '@tiptap/pm/state'
import { canSplit } from '@tiptap/pm/transform'
import type { EditorView } from '@tiptap/pm/view'

/** A change that somebody proposes. `by` is the client that wrote it: the engine says whose it is. */
export interface Suggestion {
  readonly id: string
  readonly by: number
  readonly inserted: string
  readonly deleted: string
}

const INSERTION = 'insertion'
const DELETION = 'deletion'
const attributes = () => ({ id: { default: '' }, by: { default: 0 } })

/** Letters that are to come, and letters that are to go, once somebody accepts. One letter is one or the other. */
export const Insertion = Mark.create({
  name: INSERTION,
  excludes: `${INSERTION} ${DELETION}`,
  inclusive: false,
  addAttributes: attributes,
  renderHTML: () => ['ins', 0],
})
export const Deletion = Mark.create({
  name: DELETION,
  excludes: `${INSERTION} ${DELETION}`,
  inclusive: false,
  addAttributes: attributes,
  renderHTML: () => ['del', 0],
})

/** Set on a transaction that is not to be turned into a suggestion. */
const OWN = 'suggestion'
const key = new PluginKey<boolean>('suggest')

export const isSuggesting = (state: EditorState): boolean => key.getState(state) === true
export const suggesting = (state: EditorState, on: boolean): Transaction => state.tr.setMeta(key, on).setMeta(OWN, true)

/**
 * While it is on, what the person types or removes becomes a suggestion: typed letters are marked as to come, removed ones as to go.
 * What is not letters (a new paragraph, a list, a table) cannot be suggested and does not happen: the shared document keeps marks of
 * letters alone.
 */
export const Suggest = Extension.create<{ client: () => number; newId: () => string; cannot: () => void }>({
  name: 'suggest',
  priority: 1_000,
  addOptions: () => ({ client: () => 0, newId: () => '', cannot: () => {} }),
  addProseMirrorPlugins() {
    const { client, newId, cannot } = this.options
    let last: { id: string; at: number } | undefined
    /** What is typed and removed in one place, one behind the other, is one suggestion. */
    const idAt = (from: number): string => (last?.at === from ? last.id : newId())
    const replace = (view: EditorView, from: number, to: number, text: string): void => {
      const id = idAt(from)
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
        const id = idAt(selection.from)
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
      }
      return true
    }
    return [
      new Plugin<boolean>({
        key,
        state: { init: () => false, apply: (tr, was) => (tr.getMeta(key) as boolean | undefined) ?? was },
        props: {
          handleTextInput: (view, from, to, text) => {
            if (!isSuggesting(view.state)) return false
            replace(view, from, to, text)
            return true
          },
          handleKeyDown: (view, event) => {
            if (!isSuggesting(view.state)) return false
            if (event.key === 'Backspace' || event.key === 'Delete')
              return remove(view, event.key === 'Backspace', event.ctrlKey || event.altKey)
            if (event.key === 'Enter' && canSplit(view.state.doc, view.state.selection.from)) {
              cannot()
              return true
            }
            return false
          },
          handlePaste: (view, _event, slice) => {
            if (!isSuggesting(view.state)) return false
            const { from, to } = view.state.selection
            replace(view, from, to, slice.content.textBetween(0, slice.content.size, ' '))
            return true
          },
          handleDOMEvents: {
            cut: (view, event) => {
              const { from, to, empty } = view.state.selection
              if (!isSuggesting(view.state) || empty) return false
              event.preventDefault()
              event.clipboardData?.setData('text/plain', view.state.doc.textBetween(from, to, '\n'))
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

/** Marks the range as to go (one's own undecided letters simply go) and puts the text behind it as to come. */
export function suggestReplacement(
  state: EditorState,
  from: number,
  to: number,
  text: string,
  mark: { readonly id: string; readonly by: number },
  cursor: 'before' | 'after' = 'after',
): Transaction {
  const { schema } = state
  const [insertion, deletion] = [schema.marks[INSERTION], schema.marks[DELETION]]
  const tr = state.tr.setMeta(OWN, true)
  if (!insertion || !deletion) return tr
  const ranges: { from: number; to: number; own: boolean }[] = []
  state.doc.nodesBetween(from, to, (node, at) => {
    if (!node.isText) return
    const isInserted = node.marks.some(({ type }) => type === insertion)
    ranges.push({ from: Math.max(from, at), to: Math.min(to, at + node.nodeSize), own: isInserted })
  })
  for (const range of ranges.toReversed()) {
    if (range.own) tr.delete(range.from, range.to)
    else tr.addMark(range.from, range.to, deletion.create(mark))
  }
  const end = tr.mapping.map(to)
  if (text !== '') {
    const kept = tr.doc
      .resolve(end)
      .marks()
      .filter(({ type }) => type !== insertion && type !== deletion)
    tr.insert(end, schema.text(text, [...kept, insertion.create(mark)]))
  }
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

/** All undecided suggestions of a text, in reading order. */
export function suggestionsIn(doc: ProseNode): readonly Suggestion[] {
  const found = new Map<string, { by: number; inserted: string; deleted: string }>()
  doc.descendants((node) => {
    for (const { type, attrs } of node.marks) {
      if (type.name !== INSERTION && type.name !== DELETION) continue
      const id = String(attrs['id'])
      const one = found.get(id) ?? { by: Number(attrs['by']), inserted: '', deleted: '' }
      if (type.name === INSERTION) one.inserted += node.text ?? ''
      else one.deleted += node.text ?? ''
      found.set(id, one)
    }
  })
  return [...found].map(([id, one]) => ({ id, ...one }))
}

/** Accepts or rejects one suggestion, or all (null). */
export function decide(state: EditorState, id: string | null, accept: boolean): Transaction {
  const tr = state.tr.setMeta(OWN, true)
  const ranges: { from: number; to: number; type: string }[] = []
  state.doc.descendants((node, at) => {
    for (const { type, attrs } of node.marks)
      if ((type.name === INSERTION || type.name === DELETION) && (id === null || attrs['id'] === id))
        ranges.push({ from: at, to: at + node.nodeSize, type: type.name })
  })
  for (const { from, to, type } of ranges.toReversed()) {
    const stays = (type === INSERTION) === accept
    const mark = state.schema.marks[type]
    if (stays && mark) tr.removeMark(from, to, mark)
    else tr.delete(from, to)
  }
  return tr
}
