import { Group, Table, Text, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { Reading } from '#shared/initiatives/kpi.ts'
import type { Of } from '#shared/initiatives/plan.ts'
import type { IsoDate } from '#shared/kernel/time.ts'
import { useLocale } from '#ui/parts/locale.ts'
import classes from './plan.module.css'

const TICK = { fontSize: 12, fill: 'var(--mantine-color-dimmed)' } as const

/** Readings over time between the lines of baseline and target; the same as a table for who does not see it. */
export function KpiChart(props: {
  readonly kpi: Of<'kpis'>
  readonly readings: readonly Reading[]
  readonly label: string
}) {
  const { t } = useTranslation('plan')
  const { f } = useLocale()
  const { kpi, readings, label } = props
  const rtl = f.dir === 'rtl'
  const points = readings.map(({ on, value }) => ({ at: Date.parse(on), value }))
  const ends = [kpi.baseline, kpi.target].filter((value) => value !== null)
  const values = [...points.map(({ value }) => value), ...ends]
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const room = (most - least || Math.abs(most) || 1) * 0.12
  const by = kpi.by === null ? [] : [Date.parse(kpi.by)]
  const times = [...points.map(({ at }) => at), ...by]
  const day = (at: number): string => f.date(new Date(at).toISOString().slice(0, 10) as IsoDate)
  return (
    <div className={classes.chart}>
      <div aria-hidden="true">
        <ResponsiveContainer width="100%" height={210}>
          <LineChart data={points} margin={{ top: 12, right: 16, bottom: 4, left: 8 }} accessibilityLayer={false}>
            <CartesianGrid vertical={false} stroke="var(--mithaq-line)" />
            <XAxis
              dataKey="at"
              type="number"
              domain={[Math.min(...times), Math.max(...times)]}
              reversed={rtl}
              tickFormatter={day}
              tick={TICK}
              tickLine={false}
              axisLine={{ stroke: 'var(--mithaq-line)' }}
              minTickGap={24}
              tickMargin={8}
            />
            <YAxis
              orientation={rtl ? 'right' : 'left'}
              domain={[least - room, most + room]}
              tickFormatter={(value: number) => f.compact(value)}
              tick={TICK}
              tickLine={false}
              axisLine={false}
              width={52}
            />
            {kpi.baseline === null ? null : (
              <ReferenceLine y={kpi.baseline} stroke="var(--kpi-baseline)" strokeDasharray="2 4" strokeWidth={1.5} />
            )}
            {kpi.target === null ? null : (
              <ReferenceLine y={kpi.target} stroke="var(--kpi-target)" strokeDasharray="6 3" strokeWidth={1.5} />
            )}
            {by.map((at) => (
              <ReferenceLine key={at} x={at} stroke="var(--kpi-target)" strokeDasharray="2 4" />
            ))}
            <Tooltip
              content={({ active, payload }) => {
                const point = active ? (payload[0]?.payload as (typeof points)[number] | undefined) : undefined
                return point ? (
                  <div className={classes.hint} dir={f.dir}>
                    <Text fz="xs" c="dimmed">
                      {day(point.at)}
                    </Text>
                    <Text fz="sm" fw={600} className="tabular">
                      {f.number(point.value)} {kpi.unit}
                    </Text>
                  </div>
                ) : null
              }}
            />
            <Line
              dataKey="value"
              stroke="var(--kpi-value)"
              strokeWidth={2.5}
              dot={{ r: 3.5, fill: 'var(--kpi-value)', strokeWidth: 0 }}
              isAnimationActive={false}
            />
          </LineChart>
        </ResponsiveContainer>
      </div>
      <Group gap="md" dir={f.dir} justify="center">
        {(['value', 'baseline', 'target'] as const).map((name) => (
          <Group key={name} gap={6} wrap="nowrap">
            <span className={classes.kpiKey} data-name={name} aria-hidden="true" />
            <Text fz="xs">
              {t(`kpis.line.${name}`)}
              {name === 'value' || kpi[name] === null ? '' : ` ${f.number(kpi[name])}`}
            </Text>
          </Group>
        ))}
      </Group>
      <VisuallyHidden dir={f.dir}>
        <Table>
          <Table.Caption>{label}</Table.Caption>
          <Table.Tbody>
            {readings.map(({ id, on, value }) => (
              <Table.Tr key={id}>
                <Table.Th scope="row">{f.date(on)}</Table.Th>
                <Table.Td>
                  {f.number(value)} {kpi.unit}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </VisuallyHidden>
    </div>
  )
}
