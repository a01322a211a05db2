import { Stack } from '@mantine/core'
import { Extension } from '@tiptap/core'
import { Collaboration } from '@tiptap/extension-collaboration'
import { TableKit } from '@tiptap/extension-table'
import { EditorContent, useEditor } from '@tiptap/react'
import { StarterKit } from '@tiptap/starter-kit'
import { yCursorPlugin } from '@tiptap/y-tiptap'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { LiveDocument } from '#ui/app/live-document.ts'
import { useNotify } from '#ui/app/notify.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { useDesk } from './desk.tsx'
import { CaretFirst } from './caret-first.ts'
import { Broken } from './suggest-breaks.ts'
import { Proposed } from './suggest-blocks.ts'
import { Deletion, Insertion, Suggest } from './suggest.ts'
import { newSuggestionId } from './suggestions.ts'
import { Suggestions } from './suggestion-list.tsx'
import classes from './text.module.css'
import { Toolbar } from './text-toolbar.tsx'

/** Where the others' cursors are, under the names that the engine vouches for. */
const carets = (live: LiveDocument, nameOf: (client: number) => string) =>
  Extension.create({
    name: 'carets',
    addProseMirrorPlugins: () => [
      yCursorPlugin(live.awareness, {
        cursorBuilder: (_user: unknown, client: number) => {
          const caret = document.createElement('span')
          caret.className = classes['caret'] ?? ''
          const name = document.createElement('bdi')
          name.className = classes['caretName'] ?? ''
          name.textContent = nameOf(client)
          caret.append('\u2060', name, '\u2060')
          return caret
        },
        selectionBuilder: () => ({ class: 'ProseMirror-yjs-selection' }),
      }),
    ],
  })

/** One language of a clause, edited together: what each writes appears at the others letter by letter. */
export function TextEditor(props: {
  readonly clause: string
  readonly field: 'textEn' | 'textAr'
  readonly label: string
}) {
  const { clause, field, label } = props
  const { live } = useDesk()
  const { t } = useTranslation('standards')
  const { pick } = useLocale()
  const notify = useNotify()
  const language = field === 'textAr' ? 'ar' : 'en'
  const { doc } = live
  const extensions = useMemo(() => {
    const nameOf = (client: number): string => {
      const who = live.others.find((other) => other.client === client)?.who
      return who ? pick(who.person.name) : t('suggest.otherWindow')
    }
    return [
      StarterKit.configure({
        undoRedo: false, heading: false, codeBlock: false, code: false, blockquote: false, strike: false, underline: false,
        horizontalRule: false, link: false, trailingNode: false,
      }), // prettier-ignore
      TableKit.configure({ table: { resizable: false } }),
      CaretFirst,
      Insertion,
      Deletion,
      Broken,
      Proposed,
      Suggest.configure({
        client: () => live.client,
        newId: newSuggestionId,
        cannot: () => notify.done(t('suggest.cannot')),
      }),
      Collaboration.configure({ fragment: live.fragment('clauses', clause, field) }),
      carets(live, nameOf),
    ]
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- a new copy of the document has other types: the editor begins anew with it
  }, [live, doc, clause, field])
  const editor = useEditor(
    {
      extensions,
      injectCSS: false,
      editorProps: {
        attributes: {
          class: classes['text'] ?? '',
          lang: language,
          dir: language === 'ar' ? 'rtl' : 'ltr',
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-label': label,
        },
      },
    },
    [extensions],
  )
  if (!editor) return null
  return (
    <Stack gap="xs">
      <div className={classes['editor']}>
        <Toolbar editor={editor} />
        <EditorContent editor={editor} />
      </div>
      <Suggestions editor={editor} />
    </Stack>
  )
}
