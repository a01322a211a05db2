import { Badge, Paper, Text, Timeline, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '#shared/projection/convergence-views.ts'
import { useAuthorText } from '#ui/app/author.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { When } from '#ui/parts/values.tsx'

/** Every signed fact of the negotiation in its order, those without effect with the reason. */
export function Trail({ request }: { readonly request: RequestView }) {
  const { t } = useTranslation('convergence')
  const { f } = useLocale()
  const author = useAuthorText()
  return (
    <Paper component="section" aria-label={t('trail.title')}>
      <Title order={2} mb="md">
        {t('trail.title')}
      </Title>
      <Timeline bulletSize={14} lineWidth={2} active={request.facts.length}>
        {request.facts.map(({ id, type, by, at, reason, round, refusal }) => (
          <Timeline.Item
            key={id}
            title={
              <>
                {t(`fact.${type as 'offer-made'}`, { round: f.number(round ?? 0) })}{' '}
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
