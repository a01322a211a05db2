import { Alert, Group, Loader, Paper, Stack, Text, Title } from '@mantine/core'
import { IconEye, IconLock, IconShieldLock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { DatasetView } from '#shared/projection/data-views.ts'
import type { PreviewOutcome } from '#shared/projection/disclosure-views.ts'
import { useDatasetRows } from '#ui/app/dataset-rows.ts'
import { ForecastChart } from '#ui/parts/forecast-chart.tsx'
import { pointsOf } from '#ui/parts/forecast-points.ts'
import { HashBadge } from '#ui/parts/hash-badge.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { ReciprocityPanel } from '#ui/parts/reciprocity-panel.tsx'
import { RecordTable } from '#ui/parts/record-table.tsx'
import { useSentence } from '#ui/parts/sentence.ts'
import { SliceTable } from '#ui/parts/slice-table.tsx'
import { useWords } from '#ui/parts/words.ts'
import classes from './disclosures.module.css'
import { Report } from './report.tsx'

/** Private rows on one side, the very slice that would be sealed on the other. */
export function Preview(props: {
  readonly dataset: DatasetView
  readonly outcome: PreviewOutcome | null
  readonly busy: boolean
}) {
  const { t } = useTranslation(['disclosures', 'common'])
  const { f } = useLocale()
  const occasion = useWords('commerce')
  const rows = useDatasetRows(props.dataset.id)
  const { outcome } = props
  const view = outcome?.outcome === 'preview' ? outcome.view : null
  return (
    <Stack>
      <div className={classes.sides}>
        <section className={classes.ours} aria-labelledby="ours">
          <Group gap={8} mb={2}>
            <IconLock size={18} aria-hidden="true" />
            <Title order={2} fz="md" id="ours">
              {t('preview.ours')}
            </Title>
          </Group>
          <Text fz="sm" c="dimmed" mb="xs">
            {t('common:rows', { count: props.dataset.rows })}
          </Text>
          <RecordTable {...rows} meanings={props.dataset.columns} label={props.dataset.name} maxHeight={380} />
        </section>
        <section className={classes.theirs} aria-labelledby="theirs" aria-busy={props.busy}>
          <Group justify="space-between" gap="xs" mb={2}>
            <Group gap={8}>
              <IconEye size={18} aria-hidden="true" />
              <Title order={2} fz="md" id="theirs">
                {t('preview.theirs')}
              </Title>
              {props.busy ? <Loader size="xs" role="status" aria-label={t('common:loading')} /> : null}
            </Group>
            {view ? <HashBadge hash={view.sliceId} /> : null}
          </Group>
          <Text fz="sm" c="dimmed" mb="xs" role="status">
            {view
              ? `${t('common:rows', { count: view.slice.rows.length })} · ${t('preview.cells', { count: view.report.cells.shown })}`
              : ' '}
          </Text>
          {view ? <SliceTable slice={view.slice} label={t('preview.theirs')} maxHeight={380} /> : null}
          {outcome?.outcome === 'refused' ? <Refused outcome={outcome} /> : null}
        </section>
      </div>
      {view && view.dropped.length > 0 ? (
        <Alert color="ink" variant="light" icon={<IconShieldLock aria-hidden="true" />} title={t('preview.neverTitle')}>
          {f.list(view.dropped)}
        </Alert>
      ) : null}
      {view?.reciprocity.map((one) => (
        <ReciprocityPanel key={one.terms.companies.join() + one.other.en} view={one} preview />
      ))}
      {view?.forecast ? (
        <Paper>
          <Title order={3} mb="sm">
            {t('preview.forecast')}
          </Title>
          <ForecastChart
            label={t('preview.forecast')}
            unit={view.forecast.unit}
            points={pointsOf(view.forecast, null, (id) => occasion(`occasion.${id}`))}
            height={240}
          />
        </Paper>
      ) : null}
      {view ? <Report view={view} /> : null}
    </Stack>
  )
}

/** Everything that stands between this policy and a slice, at once. */
function Refused({ outcome }: { readonly outcome: Extract<PreviewOutcome, { outcome: 'refused' }> }) {
  const { t } = useTranslation('disclosures')
  const words = useWords('policy')
  const sentence = useSentence()
  return (
    <Alert role="alert" color="red" variant="light" title={t('preview.refused')}>
      <Stack gap="xs">
        {outcome.refusals.map((refusal, at) => (
          <Text key={at} fz="sm">
            {typeof refusal.params?.['column'] === 'string' && refusal.params['column'] !== '' ? (
              <b>
                <bdi>{refusal.params['column']}</bdi>:{' '}
              </b>
            ) : null}
            {sentence(refusal)}
          </Text>
        ))}
        {outcome.findings.map((finding, at) => (
          <Text key={`f${at}`} fz="sm">
            <bdi>{finding.column}</bdi>: {words(`pii.${finding.kind}`)} ({words(`certainty.${finding.certainty}`)}) ·{' '}
            {t('report.values', { count: finding.values })}
          </Text>
        ))}
      </Stack>
    </Alert>
  )
}
