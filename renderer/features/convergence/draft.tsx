import { Group, Paper, Select, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DraftBoth, DraftChoice, DraftDate, DraftProse, DraftRemove } from '#ui/app/draft-field.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { useDesk } from './desk.tsx'
import { DraftClauses } from './draft-clauses.tsx'
import { DraftRule } from './draft-rule.tsx'
import { RequestNegotiation } from './request.tsx'

/** What both companies write before they negotiate: topic, clauses, sides and rule. */
export function Draft() {
  const { t } = useTranslation('convergence')
  const { negotiation } = useDesk()
  return (
    <Stack gap="lg">
      {negotiation.request ? (
        <Text fz="sm" c="dimmed">
          {t('topic.frozen')}
        </Text>
      ) : null}
      <Topic />
      <DraftClauses />
      <DraftRule />
      <RequestNegotiation />
    </Stack>
  )
}

function Topic() {
  const { t } = useTranslation('convergence')
  const { draft } = useDesk()
  const place = { set: 'topic', row: draft.topic }
  return (
    <Paper>
      <Title order={2} mb="md">
        {t('topic.title')}
      </Title>
      <Stack>
        <DraftBoth {...place} field="title" />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <DraftProse {...place} field="questionAr" language="ar" />
          <DraftProse {...place} field="questionEn" language="en" />
          <DraftProse {...place} field="benefitsAr" language="ar" />
          <DraftProse {...place} field="benefitsEn" language="en" />
          <DraftChoice {...place} field="urgency" />
          <DraftDate {...place} field="deadline" hint={t('topic.deadlineHint')} />
        </SimpleGrid>
        <Affected />
      </Stack>
    </Paper>
  )
}

/** Documents that the topic is about, chosen among those of the channel. */
function Affected() {
  const { t } = useTranslation('convergence')
  const { pick } = useLocale()
  const { live, draft, negotiation } = useDesk()
  const named = new Set(draft.affected.map(({ values }) => values.artifact))
  const free = negotiation.documents.filter(({ id }) => !named.has(id))
  if (free.length === 0 && draft.affected.length === 0) return null
  return (
    <Stack gap="xs">
      <Text fw={600}>{t('affected.title')}</Text>
      {draft.affected.map((row) => {
        const document = negotiation.documents.find(({ id }) => id === row.values.artifact)
        const name = document ? pick(document.title) : t('affected.unknown')
        return (
          <Group key={row.id} justify="space-between">
            <bdi>{name}</bdi>
            <DraftRemove set="affected" id={row.id} name={t('affected.remove', { name })} />
          </Group>
        )
      })}
      {live.mayWrite && free.length > 0 ? (
        <Select
          label={t('affected.add')}
          searchable
          value={null}
          data={free.map(({ id, title }) => ({ value: id, label: pick(title) }))}
          onChange={(id) => void (id && live.add('affected', { artifact: id, order: `a${String(named.size)}` }))}
        />
      ) : null}
    </Stack>
  )
}
