import { Alert, Group, Paper, Select, SimpleGrid, Stack, Text } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ForecastScreen } from '#shared/projection/forecast-views.ts'
import { ForecastChart } from '#ui/parts/forecast-chart.tsx'
import { pointsOf, unforecastIn } from '#ui/parts/forecast-points.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { useWords } from '#ui/parts/words.ts'
import { KeyNumbers } from './key-numbers.tsx'
import { useSeriesName } from './series-name.ts'
import { Exceptions } from './exceptions.tsx'

const WHOLE = '*'

/** The picture: history, band and commitments of the whole or of one series, with the calendar and what needs somebody. */
export function Overview({ screen }: { readonly screen: ForecastScreen }) {
  const { t } = useTranslation(['forecast', 'common'])
  const { f, pick } = useLocale()
  const words = useWords('commerce')
  const name = useSeriesName()
  const [chosen, setChosen] = useState(WHOLE)
  const { forecast, content } = screen
  const series = forecast.series.find(({ key }) => key === chosen)
  const assumptions = content.assumptions.map(({ statement }) => statement).filter(Boolean)
  return (
    <Stack>
      <KeyNumbers screen={screen} />
      <Paper>
        <Group justify="space-between" mb="md" align="flex-end">
          <Select
            label={t('series')}
            searchable
            allowDeselect={false}
            w={340}
            maw="100%"
            nothingFoundMessage={t('nothingFound')}
            data={[
              { value: WHOLE, label: t('whole') },
              ...forecast.series.map((one) => ({ value: one.key, label: name(one) })),
            ]}
            value={chosen}
            onChange={(value) => setChosen(value ?? WHOLE)}
          />
          <Text fz="sm" c="dimmed">
            {t('unitNote', { unit: forecast.unit })}
          </Text>
        </Group>
        {series?.gap ? (
          <Alert color="gray" variant="light" icon={<IconInfoCircle />} mb="sm">
            {words(`gap.${series.gap}`)}
          </Alert>
        ) : null}
        <ForecastChart
          label={`${pick(screen.artifact.title)}: ${series ? name(series) : t('whole')}`}
          unit={forecast.unit}
          unforecast={series ? 0 : unforecastIn(forecast)}
          points={pointsOf(forecast, series?.key ?? null, (id) => words(`occasion.${id}`))}
        />
        {forecast.partialMonth ? (
          <Text fz="xs" c="dimmed" mt="xs">
            {t('partial', { month: f.month(forecast.partialMonth) })}
          </Text>
        ) : null}
      </Paper>
      <SimpleGrid cols={{ base: 1, md: assumptions.length > 0 ? 2 : 1 }}>
        <Exceptions screen={screen} />
        {assumptions.length > 0 ? (
          <Paper>
            <Text fw={600} mb="xs">
              {t('assumptions')}
            </Text>
            <Stack gap={6}>
              {assumptions.map((statement) => (
                <Text key={statement} fz="sm">
                  <bdi>{statement}</bdi>
                </Text>
              ))}
            </Stack>
          </Paper>
        ) : null}
      </SimpleGrid>
    </Stack>
  )
}
