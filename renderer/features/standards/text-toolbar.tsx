import { ActionIcon, Group, Menu, Switch, Tooltip } from '@mantine/core'
import {
  IconArrowBackUp, IconArrowForwardUp, IconBold, IconItalic, IconList, IconListNumbers, IconTable,
} from '@tabler/icons-react' // prettier-ignore
import type { EditorState, Transaction } from '@tiptap/pm/state'
import { useEditorState, type Editor } from '@tiptap/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNotify } from '#ui/app/notify.ts'
import { useDesk } from './desk.tsx'
import { ownBlock, suggestInTable, suggestList, suggestTable, type By, type TableChange } from './suggest-blocks.ts'
import { isSuggesting, suggesting } from './suggest.ts'
import { newSuggestionId } from './suggestions.ts'
import classes from './text.module.css'

/** Looks, lists and tables of a text; while suggestions are made, lists and tables are suggested and looks rest. */
export function Toolbar({ editor }: { readonly editor: Editor }) {
  const { t } = useTranslation('standards')
  const { live } = useDesk()
  const notify = useNotify()
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
        disabled={now.suggests && (name === 'bold' || name === 'italic')}
        onClick={run}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  )
  const chain = () => editor.chain().focus()
  /** Does it, or suggests it. */
  const change = (run: () => void, suggest: (state: EditorState, mark: By) => Transaction | undefined) => (): void => {
    if (!now.suggests) return run()
    const { state } = editor
    const tr = suggest(state, {
      id: ownBlock(state.doc, state.selection.from, live.client) ?? newSuggestionId(),
      by: live.client,
    })
    if (tr) editor.view.dispatch(tr)
    else notify.done(t('suggest.cannot'))
    editor.commands.focus()
  }
  const inTable = (name: TableChange, run: () => void) => (
    <Menu.Item
      {...(name === 'removeTable' ? { color: 'red' } : {})}
      onClick={change(run, (state, mark) => suggestInTable(state, name, mark))}
    >
      {t(`tool.${name}`)}
    </Menu.Item>
  )
  return (
    <Group gap={2} className={classes['toolbar'] ?? ''} role="toolbar" aria-label={t('tool.bar')}>
      {tool('bold', <IconBold size={17} />, () => chain().toggleBold().run())}
      {tool('italic', <IconItalic size={17} />, () => chain().toggleItalic().run())}
      {tool(
        'bullets',
        <IconList size={17} />,
        change(
          () => chain().toggleBulletList().run(),
          (state, mark) => suggestList(state, 'bulletList', mark),
        ),
      )}
      {tool(
        'numbers',
        <IconListNumbers size={17} />,
        change(
          () => chain().toggleOrderedList().run(),
          (state, mark) => suggestList(state, 'orderedList', mark),
        ),
      )}
      <Menu position="bottom-start">
        <Menu.Target>
          <Tooltip label={t('tool.table')}>
            <ActionIcon variant={now.table ? 'light' : 'subtle'} color="gray" aria-label={t('tool.table')}>
              <IconTable size={17} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          {now.table ? (
            <>
              {inTable('addRow', () => chain().addRowAfter().run())}
              {inTable('addColumn', () => chain().addColumnAfter().run())}
              {inTable('removeRow', () => chain().deleteRow().run())}
              {inTable('removeColumn', () => chain().deleteColumn().run())}
              {inTable('removeTable', () => chain().deleteTable().run())}
            </>
          ) : (
            <Menu.Item
              onClick={change(
                () => chain().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
                (state, mark) => suggestTable(state, 3, mark),
              )}
            >
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
