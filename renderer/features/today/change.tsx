import { Anchor, Badge, Group, Stack, Text } from '@mantine/core'
import { IconArrowDownRight, IconArrowUpRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { TodayChange } from '#shared/projection/today-views.ts'
import { hrefOf, targetRoute } from '#ui/app/route.ts'
import { useCodeWords } from '#ui/parts/code-words.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { Quantity, When } from '#ui/parts/values.tsx'
import { PlanMoves } from './plan-moves.tsx'
import classes from './today.module.css'

/** One change: who did what to what, and the effect on quantity and months. */
export function Change({ change }: { readonly change: TodayChange }) {
  const { t } = useTranslation('today')
  const { f, pick } = useLocale()
  const words = useCodeWords()
  const { quantityEffect: effect, bucketEffect: buckets } = change
  const first = buckets[0]
  const last = buckets.at(-1)
  const months =
    first && last
      ? first === last
        ? f.month(first)
        : t('monthRange', { from: f.month(first), to: f.month(last) })
      : ''
  const Direction = effect !== null && effect < 0 ? IconArrowDownRight : IconArrowUpRight
  const actor = [pick(change.by), pick(change.company)].filter(Boolean).join(t('comma'))
  return (
    <article className={classes.change}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="md">
        <Stack gap={3} style={{ minWidth: 0 }}>
          <Text fw={500}>{words(change.code)}</Text>
          <Anchor href={hrefOf(targetRoute(change.target))} fz="sm">
            <bdi>{pick(change.subject)}</bdi>
          </Anchor>
          <Text fz="sm" c="dimmed">
            {actor ? `${actor} · ` : ''}
            <When at={change.at} ago />
          </Text>
          {change.dates ? <PlanMoves effect={change.dates} /> : null}
        </Stack>
        {effect !== null || months ? (
          <Stack gap={4} align="flex-end" style={{ flex: 'none' }}>
            {effect !== null ? (
              <Badge
                size="lg"
                variant="light"
                color={effect < 0 ? 'red' : 'leaf'}
                leftSection={<Direction size={15} aria-hidden="true" />}
              >
                <Quantity value={effect} unit={change.unit} signed />
              </Badge>
            ) : null}
            {months ? (
              <Text fz="xs" c="dimmed">
                {months}
              </Text>
            ) : null}
          </Stack>
        ) : null}
      </Group>
    </article>
  )
}
