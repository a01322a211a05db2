import { ActionIcon, Button, Group, Paper, Stack, Text, Tooltip } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useEditorState, type Editor } from '@tiptap/react'
import { useTranslation } from 'react-i18next'
import { useAuthorText, useWritten } from '#ui/app/author.tsx'
import { useDesk } from './desk.tsx'
import { decide, suggestionsIn, type Suggestion } from './suggestions.ts'
import classes from './text.module.css'

/** What others propose, each with its author, to be accepted or rejected. */
export function Suggestions({ editor }: { readonly editor: Editor }) {
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
                {one.block ? (
                  <Text fz="xs" fw={600}>
                    {t(`suggest.block.${one.block}`, { defaultValue: '' })}
                  </Text>
                ) : null}
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
