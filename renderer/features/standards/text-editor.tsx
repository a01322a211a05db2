import { ActionIcon, Button, Group, Menu, Paper, Stack, Switch, Text, Tooltip } from '@mantine/core'
import {
  IconArrowBackUp, IconArrowForwardUp, IconBold, IconCheck, IconItalic, IconList, IconListNumbers, IconTable, IconX,
} from '@tabler/icons-react' // prettier-ignore
import { Extension } from '@tiptap/core'
import { Collaboration } from '@tiptap/extension-collaboration'
import { TableKit } from '@tiptap/extension-table'
import { EditorContent, useEditor, useEditorState, type Editor } from '@tiptap/react'
import { StarterKit } from '@tiptap/starter-kit'
import { yCursorPlugin } from '@tiptap/y-tiptap'
import { useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { LiveDocument } from '#ui/app/live-document.ts'
import { useAuthorText, useWritten } from '#ui/app/author.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { useDesk } from './desk.tsx'
import { CaretFirst } from './caret-first.ts'
import { Broken } from './suggest-breaks.ts'
import {
  decide,
  Deletion,
  Insertion,
  isSuggesting,
  Suggest,
  suggesting,
  suggestionsIn,
  type Suggestion,
} from './suggest.ts'
import classes from './text.module.css'

const newSuggestionId = (): string => {
  const [one = 0, two = 0] = crypto.getRandomValues(new Uint32Array(2))
  return one.toString(36) + two.toString(36)
}

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

function Toolbar({ editor }: { readonly editor: Editor }) {
  const { t } = useTranslation('standards')
  const now = useEditorState({
    editor,
    selector: ({ editor: { state, isActive } }) => ({
      suggests: isSuggesting(state),
      bold: isActiveIn(editor, isActive, 'bold'),
      italic: isActiveIn(editor, isActive, 'italic'),
      bullets: isActiveIn(editor, isActive, 'bulletList'),
      numbers: isActiveIn(editor, isActive, 'orderedList'),
      table: isActiveIn(editor, isActive, 'table'),
    }),
  })
  const tool = (name: 'bold' | 'italic' | 'bullets' | 'numbers', icon: ReactNode, run: () => void) => (
    <Tooltip label={t(`tool.${name}`)}>
      <ActionIcon
        variant={now[name] ? 'light' : 'subtle'}
        color="gray"
        aria-label={t(`tool.${name}`)}
        aria-pressed={now[name]}
        disabled={now.suggests}
        onClick={run}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  )
  const chain = () => editor.chain().focus()
  return (
    <Group gap={2} className={classes['toolbar'] ?? ''} role="toolbar" aria-label={t('tool.bar')}>
      {tool('bold', <IconBold size={17} />, () => chain().toggleBold().run())}
      {tool('italic', <IconItalic size={17} />, () => chain().toggleItalic().run())}
      {tool('bullets', <IconList size={17} />, () => chain().toggleBulletList().run())}
      {tool('numbers', <IconListNumbers size={17} />, () => chain().toggleOrderedList().run())}
      <Menu position="bottom-start">
        <Menu.Target>
          <Tooltip label={t('tool.table')}>
            <ActionIcon
              variant={now.table ? 'light' : 'subtle'}
              color="gray"
              aria-label={t('tool.table')}
              disabled={now.suggests}
            >
              <IconTable size={17} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          {now.table ? (
            <>
              <Menu.Item onClick={() => chain().addRowAfter().run()}>{t('tool.addRow')}</Menu.Item>
              <Menu.Item onClick={() => chain().addColumnAfter().run()}>{t('tool.addColumn')}</Menu.Item>
              <Menu.Item onClick={() => chain().deleteRow().run()}>{t('tool.removeRow')}</Menu.Item>
              <Menu.Item onClick={() => chain().deleteColumn().run()}>{t('tool.removeColumn')}</Menu.Item>
              <Menu.Item color="red" onClick={() => chain().deleteTable().run()}>
                {t('tool.removeTable')}
              </Menu.Item>
            </>
          ) : (
            <Menu.Item onClick={() => chain().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run()}>
              {t('tool.addTable')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Tooltip label={t('tool.undo')}>
        <ActionIcon variant="subtle" color="gray" aria-label={t('tool.undo')} onClick={() => chain().undo().run()}>
          <IconArrowBackUp size={17} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('tool.redo')}>
        <ActionIcon variant="subtle" color="gray" aria-label={t('tool.redo')} onClick={() => chain().redo().run()}>
          <IconArrowForwardUp size={17} />
        </ActionIcon>
      </Tooltip>
      <Switch
        size="sm"
        ms="auto"
        label={t('suggest.mode')}
        checked={now.suggests}
        onChange={(event) => {
          editor.view.dispatch(suggesting(editor.state, event.currentTarget.checked))
          editor.commands.focus()
        }}
      />
    </Group>
  )
}

const isActiveIn = (editor: Editor, isActive: Editor['isActive'], name: string): boolean => isActive.call(editor, name)

/** What others propose, each with its author, to be accepted or rejected. */
function Suggestions({ editor }: { readonly editor: Editor }) {
  const { t } = useTranslation('standards')
  const { artifact } = useDesk()
  const author = useAuthorText()
  const found = useEditorState({
    editor,
    selector: ({ editor: { state } }) => suggestionsIn(state.doc),
    equalityFn: same,
  })
  const written = useWritten(
    artifact,
    found.map(({ by }) => ({ client: by, clock: 0, value: null })),
  )
  if (found.length === 0) return null
  const answer = (id: string | null, accept: boolean): void => editor.view.dispatch(decide(editor.state, id, accept))
  return (
    <Paper withBorder p="xs">
      <Stack gap={6}>
        <Group justify="space-between">
          <Text fz="sm" fw={600}>
            {t('suggest.count', { count: found.length })}
          </Text>
          <Group gap={4}>
            <Button size="compact-xs" variant="default" onClick={() => answer(null, true)}>
              {t('suggest.acceptAll')}
            </Button>
            <Button size="compact-xs" variant="default" onClick={() => answer(null, false)}>
              {t('suggest.rejectAll')}
            </Button>
          </Group>
        </Group>
        {found.map((one) => {
          const by = written({ client: one.by, clock: 0, value: null })
          return (
            <Group key={one.id} gap="xs" wrap="nowrap" justify="space-between" align="flex-start">
              <div style={{ minWidth: 0 }}>
                <Text fz="sm" dir="auto" className={classes['text'] ?? ''}>
                  {one.deleted ? <del>{one.deleted}</del> : null} {one.inserted ? <ins>{one.inserted}</ins> : null}
                </Text>
                {by ? (
                  <Text fz="xs" c="dimmed">
                    {author(by.by)}
                  </Text>
                ) : null}
              </div>
              <Group gap={4} wrap="nowrap">
                <Tooltip label={t('suggest.accept')}>
                  <ActionIcon
                    variant="light"
                    color="leaf"
                    aria-label={t('suggest.accept')}
                    onClick={() => answer(one.id, true)}
                  >
                    <IconCheck size={16} />
                  </ActionIcon>
                </Tooltip>
                <Tooltip label={t('suggest.reject')}>
                  <ActionIcon
                    variant="light"
                    color="red"
                    aria-label={t('suggest.reject')}
                    onClick={() => answer(one.id, false)}
                  >
                    <IconX size={16} />
                  </ActionIcon>
                </Tooltip>
              </Group>
            </Group>
          )
        })}
      </Stack>
    </Paper>
  )
}

const same = (left: readonly Suggestion[], right: readonly Suggestion[] | null): boolean =>
  JSON.stringify(left) === JSON.stringify(right)
