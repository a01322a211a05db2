import { Paper, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DraftChoice, DraftDate } from '#ui/app/draft-field.tsx'
import { DraftAffected, DraftTopic } from '#ui/app/draft-topic.tsx'
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
  const { draft, negotiation } = useDesk()
  const place = { set: 'topic', row: draft.topic }
  return (
    <Paper>
      <Title order={2} mb="md">
        {t('topic.title')}
      </Title>
      <Stack>
        <DraftTopic row={draft.topic}>
          <DraftChoice {...place} field="urgency" />
          <DraftDate {...place} field="deadline" hint={t('topic.deadlineHint')} />
        </DraftTopic>
        <DraftAffected documents={negotiation.documents} rows={draft.affected} />
      </Stack>
    </Paper>
  )
}
