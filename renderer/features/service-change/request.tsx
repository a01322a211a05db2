import { Badge, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ChangeTextView } from '#shared/projection/change-views.ts'
import { KeyValue } from '#ui/parts/key-value.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { Said } from '#ui/parts/said.tsx'

/** What is decided on, as it was frozen: what is asked for, what changes, what was considered instead. */
export function Request({ text }: { readonly text: ChangeTextView }) {
  const { t } = useTranslation(['change', 'common'])
  const { f, pick } = useLocale()
  const { topic, changes, options } = text.content
  const { neededBy, urgency, affected } = topic
  return (
    <Paper component="section" aria-label={t('request.title')}>
      <Group justify="space-between" mb="xs">
        <Title order={2}>{t('request.title')}</Title>
        <Badge color={urgency === 'high' ? 'red' : 'gray'} variant="light">
          {t(`urgency.${urgency}`)}
        </Badge>
      </Group>
      <Stack gap="md">
        <Said>{pick(topic.question)}</Said>
        {pick(topic.benefits) ? (
          <div>
            <Text fw={600}>{t('request.benefits')}</Text>
            <Said>{pick(topic.benefits)}</Said>
          </div>
        ) : null}
        <div>
          <Text fw={600} mb={4}>
            {t('changes.title')}
          </Text>
          <KeyValue items={changes.map(({ place, text: said }) => [pick(place), pick(said)])} />
        </div>
        {options.length > 0 ? (
          <div>
            <Text fw={600} mb={4}>
              {t('options.title')}
            </Text>
            <KeyValue items={options.map(({ title, about }) => [pick(title), pick(about) || '—'])} />
          </div>
        ) : null}
        {affected.length > 0 || neededBy ? (
          <Text fz="sm" c="dimmed">
            {neededBy ? t('request.neededBy', { day: f.date(neededBy) }) : null}
            {neededBy && affected.length > 0 ? ' · ' : null}
            {affected.length > 0
              ? `${t('common:affected.title')}: ${f.list(affected.map(({ title }) => pick(title)))}`
              : null}
          </Text>
        ) : null}
      </Stack>
    </Paper>
  )
}
