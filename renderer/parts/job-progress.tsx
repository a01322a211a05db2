import { Button, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { JobView } from '#shared/projection/app-views.ts'
import { useLocale } from './locale.ts'
import { RefusalAlert } from './refusal-alert.tsx'
import { Share } from './share.tsx'

/** How far a job is, in words as well as in a bar, with the way to stop it. */
export function JobProgress(props: { readonly job: JobView; readonly onCancel?: () => void }) {
  const { job } = props
  const { t } = useTranslation()
  const { f } = useLocale()
  const name = t(`job.${job.kind}`)
  if (job.state === 'failed') return <RefusalAlert refusal={job.refusal ?? { module: 'app', code: 'unexpected' }} />
  return (
    <Stack gap="xs">
      <Group justify="space-between" wrap="nowrap">
        <Text fw={500}>{name}</Text>
        <Text fz="sm" c="dimmed" className="tabular" role="status" aria-live="polite">
          {job.state === 'running'
            ? `${f.percent(job.progress, 0)}${job.rows > 0 ? ` · ${t('rows', { count: job.rows })}` : ''}`
            : t(`jobState.${job.state}`)}
        </Text>
      </Group>
      <Share of={job.state === 'done' ? 1 : job.progress} label={name} />
      {job.state === 'running' && props.onCancel ? (
        <Group justify="flex-end">
          <Button variant="subtle" color="gray" size="compact-sm" onClick={props.onCancel}>
            {t('cancel')}
          </Button>
        </Group>
      ) : null}
    </Stack>
  )
}
