import '@mantine/charts/styles.layer.css'
import { Box, Group, SegmentedControl, Table, Text, VisuallyHidden } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  Area,
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import classes from './forecast-chart.module.css'
import { useLocale } from './locale.ts'
import { Num } from './values.tsx'

export interface ChartPoint {
  readonly bucket: string
  readonly history: number | null
  readonly net: number | null
  readonly p10: number | null
  readonly p50: number | null
  readonly p90: number | null
  readonly committed: number | null
  /** Occasions of the month, in words. */
  readonly occasions: readonly string[]
}

const COLOR = {
  history: 'var(--forecast-history)',
  net: 'var(--forecast-net)',
  band: 'var(--forecast-band)',
  p50: 'var(--forecast-p50)',
  committed: 'var(--forecast-committed)',
} as const
/** Months of history that a chart shows; the table shows all. */
const SHOWN_HISTORY = 18

/** History, band, middle, forecast and commitments by month, as a picture or as a table. */
export function ForecastChart(props: {
  readonly points: readonly ChartPoint[]
  readonly unit: string
  readonly label: string
  readonly height?: number
  readonly compact?: boolean
  /** Cells that the lines count and the commitments cannot; said beside them. */
  readonly unforecast?: number
}) {
  const { t } = useTranslation(['forecast', 'common'])
  const { f } = useLocale()
  const [as, setAs] = useState('chart')
  const rtl = f.dir === 'rtl'
  const shown = useMemo(() => {
    const firstAhead = props.points.findIndex(
      ({ net, p50, history }) => (net !== null || p50 !== null) && history === null,
    )
    const from = Math.max(0, (firstAhead < 0 ? props.points.length : firstAhead) - SHOWN_HISTORY)
    return props.points.slice(from).map((point, at, all) => ({
      ...point,
      band: point.p10 === null || point.p90 === null ? null : [point.p10, point.p90],
      // The drawn lines meet: the last month of history is where the forecast starts.
      ahead: point.net ?? (point.history !== null && (all[at + 1]?.history ?? null) === null ? point.history : null),
    }))
  }, [props.points])
  const occasions = shown.filter((point) => point.occasions.length > 0)
  return (
    <Box className={classes.root}>
      <Group justify="space-between" mb="xs" gap="xs" wrap="wrap">
        <Group gap="md" aria-hidden="true">
          {(['history', 'net', 'band', 'p50', 'committed'] as const)
            .filter((name) => name !== 'committed' || shown.some(({ committed }) => committed !== null))
            .filter((name) => !props.compact || name !== 'p50')
            .map((name) => (
              <Group key={name} gap={6} wrap="nowrap">
                <span className={classes.key} data-name={name} />
                <Text fz="xs">{t(`chart.${name}`)}</Text>
              </Group>
            ))}
        </Group>
        {props.compact ? null : (
          <SegmentedControl
            size="xs"
            value={as}
            onChange={setAs}
            aria-label={t('chart.as')}
            data={[
              { value: 'chart', label: t('chart.chart') },
              { value: 'table', label: t('chart.table') },
            ]}
          />
        )}
      </Group>
      {as === 'chart' ? (
        <>
          <div className={classes.canvas} aria-hidden="true">
            <ResponsiveContainer width="100%" height={props.height ?? 320}>
              <ComposedChart
                data={shown}
                margin={{ top: 10, right: 12, bottom: 4, left: 12 }}
                accessibilityLayer={false}
              >
                <CartesianGrid vertical={false} stroke="var(--mithaq-line)" />
                <XAxis
                  dataKey="bucket"
                  reversed={rtl}
                  tickFormatter={(bucket: string) => f.month(bucket)}
                  tick={{ fontSize: 12, fill: 'var(--mantine-color-dimmed)' }}
                  tickLine={false}
                  axisLine={{ stroke: 'var(--mithaq-line)' }}
                  minTickGap={28}
                  tickMargin={8}
                />
                <YAxis
                  orientation={rtl ? 'right' : 'left'}
                  tickFormatter={(value: number) => f.compact(value)}
                  tick={{ fontSize: 12, fill: 'var(--mantine-color-dimmed)' }}
                  tickLine={false}
                  axisLine={false}
                  width={56}
                />
                {occasions.map(({ bucket }) => (
                  <ReferenceLine key={bucket} x={bucket} stroke="var(--forecast-occasion)" strokeDasharray="2 4" />
                ))}
                <Tooltip
                  content={({ active, payload }) =>
                    active && payload[0] ? <Hint point={payload[0].payload as ChartPoint} unit={props.unit} /> : null
                  }
                />
                <Area
                  dataKey="band"
                  stroke="none"
                  fill={COLOR.band}
                  fillOpacity={1}
                  isAnimationActive={false}
                  activeDot={false}
                />
                <Bar
                  dataKey="committed"
                  fill={COLOR.committed}
                  maxBarSize={18}
                  radius={[3, 3, 0, 0]}
                  isAnimationActive={false}
                />
                <Line
                  dataKey="p50"
                  stroke={COLOR.p50}
                  strokeWidth={1.5}
                  strokeDasharray="5 4"
                  dot={false}
                  isAnimationActive={false}
                />
                <Line dataKey="history" stroke={COLOR.history} strokeWidth={2} dot={false} isAnimationActive={false} />
                <Line
                  dataKey="ahead"
                  stroke={COLOR.net}
                  strokeWidth={2.5}
                  dot={{ r: 2.5, fill: COLOR.net, strokeWidth: 0 }}
                  isAnimationActive={false}
                />
              </ComposedChart>
            </ResponsiveContainer>
          </div>
          {props.unforecast && shown.some(({ committed }) => committed !== null) ? (
            <Text fz="xs" c="dimmed" mt={4}>
              {t('wholeNote', { count: props.unforecast })}
            </Text>
          ) : null}
          <VisuallyHidden>
            <PointTable points={props.points} unit={props.unit} label={props.label} />
          </VisuallyHidden>
          {occasions.length > 0 ? (
            <ul className={classes.occasions} aria-label={t('chart.occasions')}>
              {occasions.map(({ bucket, occasions: names }) => (
                <li key={bucket}>
                  <Text span fz="xs" c="dimmed">
                    {f.month(bucket)}
                  </Text>{' '}
                  <Text span fz="xs">
                    {names.join(t('chart.separator'))}
                  </Text>
                </li>
              ))}
            </ul>
          ) : null}
        </>
      ) : (
        <Box mah={props.height ?? 320} style={{ overflow: 'auto' }} tabIndex={0} role="region" aria-label={props.label}>
          <PointTable points={props.points} unit={props.unit} label={props.label} />
        </Box>
      )}
    </Box>
  )
}

function Hint({ point, unit }: { readonly point: ChartPoint; readonly unit: string }) {
  const { t } = useTranslation('forecast')
  const { f } = useLocale()
  const lines = (['history', 'net', 'p10', 'p50', 'p90', 'committed'] as const).filter((name) => point[name] !== null)
  return (
    <div className={classes.hint} dir={f.dir}>
      <Text fz="sm" fw={600}>
        {f.month(point.bucket)}
      </Text>
      {lines.map((name) => (
        <Group key={name} justify="space-between" gap="lg" wrap="nowrap">
          <Text fz="xs">{t(`chart.${name}`)}</Text>
          <Text fz="xs" className="tabular">
            {f.number(point[name] ?? 0, 0)} {unit}
          </Text>
        </Group>
      ))}
      {point.occasions.length > 0 ? (
        <Text fz="xs" c="dimmed">
          {point.occasions.join(t('chart.separator'))}
        </Text>
      ) : null}
    </div>
  )
}

function PointTable(props: { readonly points: readonly ChartPoint[]; readonly unit: string; readonly label: string }) {
  const { t } = useTranslation('forecast')
  const { f } = useLocale()
  const names = (['history', 'net', 'p10', 'p50', 'p90', 'committed'] as const).filter((name) =>
    props.points.some((point) => point[name] !== null),
  )
  return (
    <Table captionSide="top" stickyHeader>
      <Table.Caption>
        {props.label} · {props.unit}
      </Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('chart.month')}</Table.Th>
          {names.map((name) => (
            <Table.Th key={name} scope="col" ta="end">
              {t(`chart.${name}`)}
            </Table.Th>
          ))}
          <Table.Th scope="col">{t('chart.occasions')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {props.points.map((point) => (
          <Table.Tr key={point.bucket}>
            <Table.Th scope="row" fw={400}>
              {f.month(point.bucket)}
            </Table.Th>
            {names.map((name) => (
              <Table.Td key={name} ta="end">
                <Num value={point[name]} places={0} />
              </Table.Td>
            ))}
            <Table.Td>{point.occasions.join(t('chart.separator'))}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
