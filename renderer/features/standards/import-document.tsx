import { Alert, Button, Group, Modal, Paper, ScrollArea, SegmentedControl, Stack, Text } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportedStandard } from '#shared/standards/imported.ts'
import { depthOf, numberClauses } from '#shared/standards/number-clauses.ts'
import { plainText } from '#shared/standards/rich-text.ts'
import { useClient } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { upload } from '#ui/app/transfer.ts'
import { FileDrop } from '#ui/parts/file-drop.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { useDesk } from './desk.tsx'
import { writeImported } from './write-imported.ts'

/** A Word or Markdown file as clauses: first what would come, then all of it as one change. */
export function ImportDocument() {
  const { t } = useTranslation('standards')
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconFileImport size={18} aria-hidden="true" />}
        onClick={() => setOpen(true)}
      >
        {t('import.action')}
      </Button>
      {open ? <ImportModal onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function ImportModal({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['standards', 'common'])
  const { f, locale } = useLocale()
  const { live, rows } = useDesk()
  const client = useClient()
  const notify = useNotify()
  const [language, setLanguage] = useState<'en' | 'ar'>(locale)
  const reading = useMutation({
    mutationFn: async (file: File) => {
      const id = await upload(client, file)
      return client.standards.readDocument({ upload: id })
    },
  })
  const found = reading.data
  const existing = rows('clauses').map(({ id, values }) => ({ id, order: values.order }))
  const here = new Set(existing.map(({ id }) => id))
  const changed = found?.clauses.filter(({ anchor }) => anchor !== null && here.has(anchor)).length ?? 0
  const write = (imported: ImportedStandard): void => {
    const done = writeImported(live, imported, language, existing)
    notify.done(t('import.done', { count: done.added + done.changed }))
    onClose()
  }
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={t('import.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack>
        <Text fz="sm" fw={500} mb={-10}>
          {t('import.language')}
        </Text>
        <SegmentedControl
          aria-label={t('import.language')}
          value={language}
          onChange={(value) => setLanguage(value as 'en' | 'ar')}
          data={[
            { value: 'en', label: t('common:english') },
            { value: 'ar', label: t('common:arabic') },
          ]}
        />
        <FileDrop
          label={t('import.drop')}
          hint={t('import.hint')}
          endings={['docx', 'md', 'markdown', 'txt']}
          busy={reading.isPending}
          onFile={(file) => reading.mutate(file)}
        />
        {reading.error ? <RefusalAlert refusal={refusalOf(reading.error)} /> : null}
        {found ? (
          <>
            <Text>
              {t('import.found', { count: found.clauses.length })}{' '}
              {changed > 0 ? t('import.changes', { count: changed }) : null}
            </Text>
            {found.dropped.length > 0 ? (
              <Alert color="amber">
                {t('import.dropped', { what: f.list(found.dropped.map((what) => t(`dropped.${what}`))) })}
              </Alert>
            ) : null}
            <Preview imported={found} language={language} />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t('common:cancel')}
              </Button>
              <Button disabled={!live.mayWrite} onClick={() => write(found)}>
                {t('import.take')}
              </Button>
            </Group>
          </>
        ) : null}
      </Stack>
    </Modal>
  )
}

function Preview({ imported, language }: { readonly imported: ImportedStandard; readonly language: 'en' | 'ar' }) {
  const { t } = useTranslation('standards')
  const { f } = useLocale()
  const numbers = numberClauses(imported.clauses)
  return (
    <Paper withBorder p="sm">
      <ScrollArea.Autosize mah={320} type="auto" viewportProps={{ tabIndex: 0, 'aria-label': t('import.preview') }}>
        <Stack gap={6} lang={language} dir={language === 'ar' ? 'rtl' : 'ltr'}>
          {imported.clauses.map(({ heading, blocks }, at) => (
            <div key={at} style={{ paddingInlineStart: `${String((depthOf(numbers[at] ?? '1') - 1) * 1.2)}rem` }}>
              <Text fw={600} fz="sm">
                <bdi>{f.digits(numbers[at] ?? '')}</bdi> <bdi>{heading}</bdi>
              </Text>
              <Text fz="xs" c="dimmed" lineClamp={2}>
                <bdi>{plainText(blocks)}</bdi>
              </Text>
            </div>
          ))}
        </Stack>
      </ScrollArea.Autosize>
    </Paper>
  )
}
