import { Badge, Button, Group, Paper, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ForecastScreen } from '#shared/projection/forecast-views.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { useWords } from '#ui/parts/words.ts'
import { useSeriesName } from './series-name.ts'

type Exception = ForecastScreen['forecast']['exceptions'][number]
const FEW = 6

/** What needs somebody: what it is, whose move, by when. */
export function Exceptions({ screen }: { readonly screen: ForecastScreen }) {
  const { t } = useTranslation(['forecast', 'common'])
  const [all, setAll] = useState(false)
  const exceptions = screen.forecast.exceptions.toSorted(bySize)
  return (
    <Paper>
      <Text fw={600} mb="xs">
        {t('exceptions')}
      </Text>
      {exceptions.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {t('noExceptions')}
        </Text>
      ) : (
        <Stack gap="sm">
          {exceptions.slice(0, all ? 500 : FEW).map((one) => (
            <One key={one.id} one={one} screen={screen} />
          ))}
          {exceptions.length > FEW && !all ? (
            <Group>
              <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
                {t('showAll', { count: exceptions.length })}
              </Button>
            </Group>
          ) : null}
        </Stack>
      )}
    </Paper>
  )
}

/** What threatens supply first, a mere change of plan last; among equals the larger quantity. */
const URGENCY: readonly Exception['code'][] = [
  'forecast-stale', 'shortfall-disputed', 'shortfall', 'commit-overdue', 'commit-reopened', 'slot-overcommitted',
  'over-capacity', 'inside-lead-time', 'below-minimum', 'off-multiple', 'commit-due', 'zone-exceeded',
] // prettier-ignore
const bySize = (left: Exception, right: Exception): number =>
  URGENCY.indexOf(left.code) - URGENCY.indexOf(right.code) || (right.quantity ?? 0) - (left.quantity ?? 0)

function One({ one, screen }: { readonly one: Exception; readonly screen: ForecastScreen }) {
  const { t } = useTranslation('forecast')
  const { f, pick } = useLocale()
  const words = useWords('commerce')
  const name = useSeriesName()
  const { lead, envelope } = screen.content
  const detail = Object.fromEntries(
    Object.entries({ ...one.detail, ...(one.quantity === null ? {} : { quantity: one.quantity }) }).map(
      ([key, value]) => [
        key,
        key === 'reason' || key === 'zone'
          ? words(`${key}.${value}`) || value
          : typeof value === 'string' && /^\d{4}-\d{2}$/.test(value)
            ? f.month(value)
            : typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
              ? f.date(value as never)
              : value,
      ],
    ),
  )
  const owner = one.owner === envelope.owner.company || one.owner === lead ? screen.owner : screen.supplier
  return (
    <div>
      <Text fz="sm">{words(`exception.${one.code}`, detail)}</Text>
      <Group gap="xs" mt={2}>
        {one.place ? (
          <Text fz="xs" c="dimmed">
            {name(one.place)} · {f.month(one.place.bucket)}
          </Text>
        ) : null}
        <Text fz="xs" c="dimmed">
          {t('move', { company: pick(owner) })}
        </Text>
        {one.due ? (
          <Badge size="sm" variant="light" color={one.overdue ? 'red' : 'gray'}>
            {t(one.overdue ? 'overdue' : 'due', { date: f.date(one.due) })}
          </Badge>
        ) : null}
      </Group>
    </div>
  )
}
