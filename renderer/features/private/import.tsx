import { Alert, Button, Group, Paper, Stack, Text } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOrpc } from '#ui/app/engine.tsx'
import { useJob } from '#ui/app/job.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { JobProgress } from '#ui/parts/job-progress.tsx'
import { PageHeader } from '#ui/parts/page-header.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { Defects } from './defects.tsx'
import { FileSource } from './file-source.tsx'
import { PlanForm } from './plan-form.tsx'
import type { Source } from './plan.ts'

/** A file comes into the vault: chosen, looked at, settled, read. */
export function Import() {
  const { t } = useTranslation(['private', 'common'])
  const [chosen, setChosen] = useState<{ readonly source: Source; readonly name: string } | null>(null)
  const start = useMutation(useOrpc().datasets.import.mutationOptions())
  const { job, cancel } = useJob(start.data?.job)
  const again = () => {
    start.reset()
    setChosen(null)
  }
  const running = start.data !== undefined
  return (
    <>
      <PageHeader
        title={t('common:action.importData')}
        lead={t('import.lead')}
        back={{ label: t('common:area.private'), href: hrefOf(to.privateData()) }}
      />
      {!chosen ? <FileSource onSource={(source, name) => setChosen({ source, name })} /> : null}
      {chosen && !running ? (
        <PlanForm source={chosen.source} name={chosen.name}>
          {(plan) => (
            <>
              <RefusalAlert refusal={start.error ? refusalOf(start.error) : null} />
              <Group justify="flex-end">
                <Button variant="default" onClick={again}>
                  {t('import.another')}
                </Button>
                <Button
                  loading={start.isPending}
                  disabled={!plan}
                  onClick={() => (plan ? start.mutate(plan) : undefined)}
                >
                  {t('import.start')}
                </Button>
              </Group>
              {plan ? null : (
                <Text fz="sm" c="dimmed" ta="end">
                  {t('import.incomplete')}
                </Text>
              )}
            </>
          )}
        </PlanForm>
      ) : null}
      {running && job ? (
        <Stack>
          <Paper>
            <JobProgress job={job} onCancel={cancel} />
          </Paper>
          {job.state === 'done' && job.result ? <Result dataset={job.result} /> : null}
          {job.state === 'done' ? null : (
            <Group justify="flex-end">
              {job.state === 'running' ? null : <Button onClick={() => start.reset()}>{t('import.change')}</Button>}
            </Group>
          )}
        </Stack>
      ) : null}
    </>
  )
}

function Result({ dataset: id }: { readonly dataset: string }) {
  const { t } = useTranslation(['private', 'common'])
  const list = useQuery(useOrpc().datasets.list.queryOptions())
  const dataset = list.data?.find((one) => one.id === id)
  if (!dataset) return null
  return (
    <Stack>
      <Alert role="status" color="leaf" variant="light" icon={<IconCheck />} title={t('import.done')}>
        <Stack gap="sm">
          <Text fz="sm">
            <bdi>{dataset.name}</bdi>: {t('common:rows', { count: dataset.rows })}
            {dataset.excludedCancellations > 0
              ? ` · ${t('import.excluded', { count: dataset.excludedCancellations })}`
              : ''}
            {dataset.defects > 0 ? ` · ${t('defects', { count: dataset.defects })}` : ''}
          </Text>
          <Group gap="sm">
            <Button component="a" href={hrefOf(to.dataset(id))} variant="default">
              {t('import.look')}
            </Button>
            <Button component="a" href={hrefOf(to.newDisclosure({ dataset: id }))}>
              {t('disclose')}
            </Button>
          </Group>
        </Stack>
      </Alert>
      {dataset.defects > 0 ? <Defects dataset={id} /> : null}
    </Stack>
  )
}
