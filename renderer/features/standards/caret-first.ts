import { Extension } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'

/**
 * A key acts where the caret is, also in a window that was busy: the browser tells of a moved caret after the keys that waited
 * behind the one that moved it, and the editor would apply those where it was before.
 */
export const CaretFirst = Extension.create({
  name: 'caretFirst',
  priority: 2_000,
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        handleDOMEvents: {
          keydown: (view) => {
            // Within a composition the caret is the input method's.
            if (!view.composing) view.dom.ownerDocument.dispatchEvent(new Event('selectionchange'))
            return false
          },
        },
      },
    }),
  ],
})
