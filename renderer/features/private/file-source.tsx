import { Button, Group, Paper, Stack, Tabs, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { upload } from '#ui/app/transfer.ts'
import { FileDrop } from '#ui/parts/file-drop.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { Share } from '#ui/parts/share.tsx'
import type { Source } from './plan.ts'

/** A file, or cells pasted from a spreadsheet. */
export function FileSource({ onSource }: { readonly onSource: (source: Source, name: string) => void }) {
  const { t } = useTranslation(['private', 'common'])
  const client = useClient()
  const [done, setDone] = useState<number | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [pasted, setPasted] = useState('')
  const take = async (file: File): Promise<void> => {
    setError(null)
    setDone(0)
    try {
      onSource({ upload: await upload(client, file, setDone) }, file.name.replace(/\.[^.]+$/, ''))
    } catch (failed) {
      setError(failed)
    } finally {
      setDone(null)
    }
  }
  return (
    <Paper>
      <Tabs defaultValue="file">
        <Tabs.List>
          <Tabs.Tab value="file">{t('import.file')}</Tabs.Tab>
          <Tabs.Tab value="paste">{t('import.paste')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="file" pt="md">
          <Stack>
            <FileDrop
              label={t('import.drop')}
              hint={t('import.dropHint')}
              endings={['csv', 'tsv', 'txt', 'xlsx']}
              busy={done !== null}
              onFile={(file) => void take(file)}
            />
            {done === null ? null : <Share of={done} label={t('import.reading')} />}
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="paste" pt="md">
          <Stack>
            <Textarea
              label={t('import.pasteLabel')}
              description={t('import.pasteHint')}
              autosize
              minRows={6}
              maxRows={14}
              value={pasted}
              onChange={(event) => setPasted(event.currentTarget.value)}
            />
            <Group justify="flex-end">
              <Button disabled={pasted.trim() === ''} onClick={() => onSource({ pasted }, t('import.pastedName'))}>
                {t('common:next')}
              </Button>
            </Group>
          </Stack>
        </Tabs.Panel>
      </Tabs>
      <Text fz="sm" c="dimmed" mt="sm">
        {t('import.stays')}
      </Text>
      <RefusalAlert refusal={error ? refusalOf(error) : null} mt="sm" />
    </Paper>
  )
}
