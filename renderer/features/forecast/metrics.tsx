import { Group, Paper, SimpleGrid, Stack, Table, Text, Title, Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { fieldAt, valueLabelAt } from '#shared/artifacts/form-model.ts'
import { METHOD_WORDS, SharedForecast } from '#shared/artifacts/shared-forecast.v1.ts'
import type { ForecastScreen } from '#shared/projection/forecast-views.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { useLabel, useWords } from '#ui/parts/words.ts'

type Metric = ForecastScreen['forecast']['metrics'][number]

/** How good the forecast was and how well it is answered: every figure with what it was computed from. */
export function Metrics({ screen }: { readonly screen: ForecastScreen }) {
  const { t } = useTranslation(['forecast', 'common'])
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
        {screen.forecast.metrics.map((metric) => (
          <One key={metric.id} metric={metric} />
        ))}
      </SimpleGrid>
      <Title order={2} mt="sm">
        {t('method')}
      </Title>
      <Method screen={screen} />
    </Stack>
  )
}

function One({ metric }: { readonly metric: Metric }) {
  const { t } = useTranslation('forecast')
  const { f } = useLocale()
  const words = useWords('commerce')
  const { value, numerator, denominator, window, lag } = metric
  return (
    <Paper py="md">
      <Text fz="sm" c="dimmed">
        {words(`metric.${metric.id}`)}
      </Text>
      {value === null ? (
        <Tooltip label={words('metricFact.notComputableHelp')}>
          <Text fz={22} fw={600} c="dimmed">
            {words('metricFact.notComputable')}
          </Text>
        </Tooltip>
      ) : (
        <Text fz={22} fw={600} className="tabular">
          <bdi dir="ltr">{metric.unit === 'percent' ? f.percent(value / 100) : f.number(value)}</bdi>
        </Text>
      )}
      <Text fz="xs" c="dimmed">
        {words(`metricHelp.${metric.id}`)}
      </Text>
      <Group gap={10} mt={6}>
        {numerator === null || denominator === null ? null : (
          <Text fz="xs" className="tabular">
            <bdi dir="ltr">
              {f.number(numerator)} ÷ {f.number(denominator)}
            </bdi>
          </Text>
        )}
        <Text fz="xs">{t('counted', { count: metric.counted })}</Text>
        {metric.excluded > 0 ? <Text fz="xs">{words('metricFact.excluded', { count: metric.excluded })}</Text> : null}
        {lag === null ? null : <Text fz="xs">{words('metricFact.lag', { months: lag })}</Text>}
        {window ? (
          <Text fz="xs">{words('metricFact.window', { from: f.month(window.from), to: f.month(window.to) })}</Text>
        ) : null}
      </Group>
    </Paper>
  )
}

/** The method by name, why it was chosen, and how each method did on the past. */
function Method({ screen }: { readonly screen: ForecastScreen }) {
  const { t } = useTranslation('forecast')
  const { f } = useLocale()
  const words = useWords('commerce')
  const label = useLabel()
  const { method } = screen.content
  const field = (path: string) => label(fieldAt(SharedForecast, 'slice', `method.${path}`)?.label)
  return (
    <Paper>
      <Stack gap="sm">
        <Text>
          <b>{label(METHOD_WORDS[method.id], method.id)}</b>
          {', '}
          {label(valueLabelAt(SharedForecast, 'slice', 'method.chosen', method.chosen), method.chosen)}
          {'. '}
          {t('fitted', { from: f.month(method.fittedFrom), to: f.month(method.fittedTo) })}
        </Text>
        <Text fz="sm" c="dimmed">
          {field('bands')}: {words(`bands.${method.bands}`) || method.bands}
        </Text>
        <Table maw={620}>
          <Table.Caption>{label(fieldAt(SharedForecast, 'slice', 'method.backtest')?.help ?? undefined)}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{field('backtest.method')}</Table.Th>
              <Table.Th scope="col" ta="end">
                {field('backtest.wape')}
              </Table.Th>
              <Table.Th scope="col" ta="end">
                {field('backtest.points')}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {method.backtest.map((row) => (
              <Table.Tr key={row.method}>
                <Table.Th scope="row" fw={row.method === method.id ? 600 : 400}>
                  {label(METHOD_WORDS[row.method], row.method)}
                </Table.Th>
                <Table.Td ta="end" className="tabular">
                  {row.wape === null ? words('metricFact.notComputable') : f.percent(row.wape / 100)}
                </Table.Td>
                <Table.Td ta="end" className="tabular">
                  {f.number(row.points)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Stack>
    </Paper>
  )
}
