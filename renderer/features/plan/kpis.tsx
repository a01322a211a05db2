import { Badge, Box, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { kpiOf } from '#shared/initiatives/kpi.ts'
import type { Of } from '#shared/initiatives/plan.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { Share } from '#ui/parts/share.tsx'
import { useDesk } from './desk.tsx'
import { KpiChart } from './kpi-chart.tsx'
import { SetTable } from './set-table.tsx'

/** Measures with baseline and target: how far they got, charted, and their readings. */
export function Kpis() {
  const { t } = useTranslation('plan')
  const { plan, today, recordName } = useDesk()
  return (
    <Stack gap="xl">
      {plan.kpis.length > 0 ? (
        <SimpleGrid cols={{ base: 1, lg: 2 }}>
          {plan.kpis.map((kpi) => (
            <One key={kpi.id} kpi={kpi} />
          ))}
        </SimpleGrid>
      ) : null}
      <SetTable
        set="kpis"
        label={t('tab.kpis')}
        columns={[
          { field: 'metric', width: 220 },
          { field: 'unit', width: 110 },
          { field: 'direction', width: 170 },
          { field: 'baseline', width: 120 },
          { field: 'target', width: 120 },
          { field: 'by', width: 160 },
        ]}
        fresh={{ direction: 'up' }}
        nameOf={({ id }) => recordName('kpis', id)}
        empty={t('kpis.empty')}
        addLabel={t('kpis.add')}
      />
      {plan.kpis.length > 0 ? (
        <Stack gap="sm">
          <Title order={2}>{t('kpis.readings')}</Title>
          <SetTable
            set="readings"
            label={t('kpis.readings')}
            columns={[
              { field: 'kpi', width: 240 },
              { field: 'on', width: 160 },
              { field: 'value', width: 140 },
            ]}
            fresh={{ on: today, ...(plan.kpis.length === 1 && plan.kpis[0] ? { kpi: plan.kpis[0].id } : {}) }}
            sortBy={(row) => {
              const { kpi, on } = row.values as { readonly kpi?: string | null; readonly on?: string | null }
              const at = plan.kpis.findIndex(({ id }) => id === kpi)
              return `${String(at < 0 ? 9999 : at).padStart(4, '0')} ${on ?? '~'}`
            }}
            nameOf={({ id }) => recordName('readings', id)}
            empty={t('kpis.noReadings')}
            addLabel={t('kpis.addReading')}
          />
        </Stack>
      ) : null}
    </Stack>
  )
}

function One({ kpi }: { readonly kpi: Of<'kpis'> }) {
  const { t } = useTranslation('plan')
  const { f } = useLocale()
  const { plan, today, recordName } = useDesk()
  const { progress, gap, met, missed, readings } = kpiOf(kpi, plan.readings, today)
  const name = recordName('kpis', kpi.id)
  return (
    <Paper component="section" aria-label={name}>
      <Stack gap="xs">
        <Title order={3}>
          <bdi>{name}</bdi>
        </Title>
        {progress === null ? (
          <Text fz="sm" c="dimmed">
            {t('notComputable')}
            {gap ? `: ${t(`kpis.gap.${gap}`)}` : ''}
          </Text>
        ) : (
          <div>
            <Text fz="sm">
              {t('kpis.progress', { share: f.percent(progress, 0) })}{' '}
              <Badge size="sm" variant="light" color={met ? 'leaf' : missed ? 'red' : 'gray'}>
                {t(met ? 'kpis.met' : missed ? 'kpis.missed' : 'kpis.notYet')}
              </Badge>
            </Text>
            <Box mt={6}>
              <Share
                of={Math.max(0, Math.min(1, progress))}
                color={met ? 'leaf' : missed ? 'red' : 'ink'}
                label={t('kpis.progress', { share: f.percent(progress, 0) })}
              />
            </Box>
          </div>
        )}
        {readings.length > 0 ? <KpiChart kpi={kpi} readings={readings} label={name} /> : null}
      </Stack>
    </Paper>
  )
}
