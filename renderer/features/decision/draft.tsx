import { Button, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { DraftBoth, DraftChoice, DraftDate, DraftProse, DraftRemove } from '#ui/app/draft-field.tsx'
import { DraftAffected, DraftTopic } from '#ui/app/draft-topic.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { useDesk } from './desk.tsx'

/** What the companies write together before anybody votes: topic, expected benefits, documents concerned, options. */
export function Draft() {
  const { t } = useTranslation('decision')
  const { draft, decision } = useDesk()
  return (
    <Stack gap="lg">
      <Topic />
      <Options />
      {draft.affected.length > 0 || decision.documents.length > 0 ? (
        <Paper>
          <DraftAffected documents={decision.documents} rows={draft.affected} about={t('affected.about')} />
        </Paper>
      ) : null}
    </Stack>
  )
}

function Topic() {
  const { t } = useTranslation('decision')
  const { draft, decision } = useDesk()
  const place = { set: 'topic' as const, row: draft.topic }
  return (
    <Paper>
      <Title order={2} mb={4}>
        {t('topic.title')}
      </Title>
      {decision.rounds.length > 0 ? (
        <Text fz="sm" c="dimmed" mb="md">
          {t('topic.afterOpening')}
        </Text>
      ) : null}
      <Stack>
        <DraftTopic row={draft.topic}>
          <DraftChoice {...place} field="urgency" />
          <DraftDate {...place} field="deadline" hint={t('topic.deadlineHint')} />
        </DraftTopic>
        <Title order={3}>{t('after.title')}</Title>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <DraftProse {...place} field="reopenAr" language="ar" />
          <DraftProse {...place} field="reopenEn" language="en" />
          <DraftDate {...place} field="reviewOn" />
        </SimpleGrid>
      </Stack>
    </Paper>
  )
}

function Options() {
  const { t } = useTranslation('decision')
  const { f } = useLocale()
  const { live, draft } = useDesk()
  return (
    <Paper>
      <Group justify="space-between" mb="md">
        <Title order={2}>{t('options.title')}</Title>
        {live.mayWrite ? (
          <Button
            size="sm"
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden="true" />}
            onClick={() =>
              live.add('options', { title: { en: '', ar: '' }, order: `a${String(draft.options.length)}` })
            }
          >
            {t('options.add')}
          </Button>
        ) : null}
      </Group>
      <Stack gap="xl">
        {draft.options.length === 0 ? <Text c="dimmed">{t('gate.options-missing')}</Text> : null}
        {draft.options.map((row, at) => (
          <Stack key={row.id} gap="xs" component="section" aria-label={t('options.name', { number: f.number(at + 1) })}>
            <Group justify="space-between">
              <Text fw={600}>{t('options.name', { number: f.number(at + 1) })}</Text>
              <DraftRemove set="options" id={row.id} name={t('options.remove', { number: f.number(at + 1) })} />
            </Group>
            <DraftBoth set="options" row={row} field="title" />
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <DraftProse set="options" row={row} field="aboutAr" language="ar" />
              <DraftProse set="options" row={row} field="aboutEn" language="en" />
            </SimpleGrid>
          </Stack>
        ))}
      </Stack>
    </Paper>
  )
}
