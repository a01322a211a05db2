import { Badge, Paper, Text, Timeline, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RoundView } from '#shared/projection/decision-views.ts'
import { useAuthorText } from '#ui/app/author.tsx'
import { When } from '#ui/parts/values.tsx'

/** Every signed fact of a round in its order, those without effect with the reason. */
export function Trail({ round }: { readonly round: RoundView }) {
  const { t } = useTranslation('decision')
  const author = useAuthorText()
  return (
    <Paper component="section" aria-label={t('trail.title')}>
      <Title order={2} mb="md">
        {t('trail.title')}
      </Title>
      <Timeline bulletSize={14} lineWidth={2} active={round.facts.length}>
        {round.facts.map(({ id, type, by, at, reason, refusal }) => (
          <Timeline.Item
            key={id}
            title={
              <>
                {t(`fact.${type as 'round-closed'}`)}{' '}
                {refusal ? (
                  <Badge color="red" variant="light" size="sm">
                    {t('trail.noEffect')}
                  </Badge>
                ) : null}
              </>
            }
          >
            <Text fz="sm" c="dimmed">
              {author(by)} · <When at={at} withTime both={false} />
            </Text>
            {reason ? (
              <Text fz="sm" dir="auto">
                {reason}
              </Text>
            ) : null}
            {refusal ? (
              <Text fz="sm" c="red">
                {t(`refusal.${refusal}`)}
              </Text>
            ) : null}
          </Timeline.Item>
        ))}
      </Timeline>
    </Paper>
  )
}
