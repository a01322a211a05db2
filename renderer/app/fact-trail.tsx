import { Badge, Paper, Text, Timeline, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Instant } from '#shared/kernel/time.ts'
import type { AuthorView } from '#shared/projection/document-views.ts'
import { When } from '#ui/parts/values.tsx'
import { Said } from '#ui/parts/said.tsx'
import { useAuthorText } from './author.tsx'

/** Signed facts in their order, those without effect with why. */
export function FactTrail(props: {
  readonly title: string
  readonly facts: readonly {
    readonly id: string
    readonly name: string
    readonly by: AuthorView
    readonly at: Instant
    readonly reason: string
    /** Why it is without effect; null: it counts. */
    readonly refusal: string | null
  }[]
}) {
  const { t } = useTranslation('common')
  const author = useAuthorText()
  return (
    <Paper component="section" aria-label={props.title}>
      <Title order={2} mb="md">
        {props.title}
      </Title>
      <Timeline bulletSize={14} lineWidth={2} active={props.facts.length}>
        {props.facts.map(({ id, name, by, at, reason, refusal }) => (
          <Timeline.Item
            key={id}
            title={
              <>
                {name}{' '}
                {refusal ? (
                  <Badge color="red" variant="light" size="sm">
                    {t('noEffect')}
                  </Badge>
                ) : null}
              </>
            }
          >
            <Text fz="sm" c="dimmed">
              {author(by)} · <When at={at} withTime both={false} />
            </Text>
            {reason ? (
              // A block in the other direction would stand on the far side of the page, away from whoever said it.
              <Said fz="sm">{reason}</Said>
            ) : null}
            {refusal ? (
              <Text fz="sm" c="red">
                {refusal}
              </Text>
            ) : null}
          </Timeline.Item>
        ))}
      </Timeline>
    </Paper>
  )
}
