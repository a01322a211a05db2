import { Badge, Button, Group, Paper, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { TodayNeed } from '#shared/projection/today-views.ts'
import { hrefOf, targetRoute } from '#ui/app/route.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { When } from '#ui/parts/values.tsx'
import classes from './today.module.css'

/** One thing that waits for this person, why, until when, and the way to do it. */
export function Need({ need }: { readonly need: TodayNeed }) {
  const { t } = useTranslation('today')
  const { pick } = useLocale()
  const subject = pick(need.subject)
  const overdue = need.dueOn !== undefined && Date.parse(need.dueOn) + 86_400_000 < Date.now()
  return (
    <Paper className={classes.need} p="md" data-overdue={overdue || undefined}>
      <Stack gap={6}>
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Text fw={600}>{t(`need.${need.code}.title`, { count: need.count })}</Text>
          {need.dueOn ? (
            <Badge color={overdue ? 'red' : 'sand'} variant="light" style={{ flex: 'none' }}>
              {overdue ? t('overdue') : t('due')} <When at={need.dueOn} both={false} />
            </Badge>
          ) : null}
        </Group>
        {subject ? (
          <Text fz="sm" c="dimmed">
            <bdi>{subject}</bdi>
          </Text>
        ) : null}
        <Group justify="flex-end">
          <Button component="a" href={hrefOf(targetRoute(need.target))} size="sm" variant="light">
            {t(`need.${need.code}.action`)}
          </Button>
        </Group>
      </Stack>
    </Paper>
  )
}
