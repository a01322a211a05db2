import { Paper, SimpleGrid, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ForecastScreen } from '#shared/projection/forecast-views.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { Quantity } from '#ui/parts/values.tsx'

/** The four numbers that a decision starts from; what is not known yet says so. */
export function KeyNumbers({ screen }: { readonly screen: ForecastScreen }) {
  const { t } = useTranslation(['forecast', 'common'])
  const { f } = useLocale()
  const { totals, unit, commitDue } = screen.forecast
  const sum = (values: readonly (number | null)[]): number | null =>
    values.reduce((all, one) => (one === null ? all : (all ?? 0) + one), null)
  const forecast = sum(totals.map((one) => one.forecast))
  const committed = sum(totals.map((one) => one.committed))
  const awaiting = totals.reduce((all, one) => all + one.awaiting, 0)
  const items = [
    { name: t('key.forecast'), value: forecast, note: t('key.months', { count: totals.length }) },
    {
      name: t('key.committed'),
      value: committed,
      note: awaiting > 0 ? t('key.awaiting', { count: awaiting, date: f.date(commitDue) }) : t('key.allAnswered'),
    },
    {
      name: t('key.shortfall'),
      value: screen.shortfalls.quantity,
      note: screen.shortfalls.firstBucket ? t('key.from', { month: f.month(screen.shortfalls.firstBucket) }) : '',
      bad: (screen.shortfalls.quantity ?? 0) > 0,
    },
    { name: t('key.surplus'), value: sum(totals.map((one) => one.surplus)), note: '' },
  ]
  return (
    <SimpleGrid cols={{ base: 2, lg: 4 }}>
      {items.map((item) => (
        <Paper key={item.name} py="md">
          <Text fz="sm" c="dimmed">
            {item.name}
          </Text>
          <Text
            fz={22}
            fw={600}
            {...(item.bad ? { c: 'light-dark(var(--mantine-color-red-7), var(--mantine-color-red-3))' } : {})}
          >
            {item.value === null ? t('notYet') : <Quantity value={Math.round(item.value)} unit={unit} />}
          </Text>
          <Text fz="xs" c="dimmed" mih="1.4em">
            {item.note}
          </Text>
        </Paper>
      ))}
    </SimpleGrid>
  )
}
