import { Button, Group, MultiSelect, Paper, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOrpc } from '#ui/app/engine.tsx'
import { useJob } from '#ui/app/job.ts'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { go, hrefOf, to } from '#ui/app/route.ts'
import { JobProgress } from '#ui/parts/job-progress.tsx'
import { Loading } from '#ui/parts/loading.tsx'
import { PageHeader } from '#ui/parts/page-header.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { FileSource } from './file-source.tsx'
import { PlanForm } from './plan-form.tsx'
import type { Source } from './plan.ts'
import { ReimportDifference } from './reimport-difference.tsx'

/** A newer file for a dataset: first what would change, then the person's yes or no. */
export function Reimport({ dataset: id }: { readonly dataset: string }) {
  const { t } = useTranslation(['private', 'common'])
  const orpc = useOrpc()
  const notify = useNotify()
  const list = useQuery(orpc.datasets.list.queryOptions())
  const dataset = list.data?.find((one) => one.id === id)
  const [source, setSource] = useState<Source | null>(null)
  const [key, setKey] = useState<string[] | null>(null)
  const compare = useMutation(orpc.datasets.reimport.mutationOptions())
  const { job, cancel } = useJob(compare.data?.job)
  const diff = useQuery({
    ...orpc.datasets.reimportDiff.queryOptions({ input: { job: compare.data?.job ?? '' } }),
    enabled: job?.state === 'done',
  })
  const leave = (said: string) => {
    notify.done(said)
    go(to.dataset(id))
  }
  const confirm = useMutation({
    ...orpc.datasets.confirmReimport.mutationOptions(),
    onSuccess: () => leave(t('reimport.confirmed')),
    onError: notify.refused,
  })
  const drop = useMutation({
    ...orpc.datasets.dropReimport.mutationOptions(),
    onSuccess: () => leave(t('reimport.dropped')),
    onError: notify.refused,
  })
  if (list.error) return <RefusalAlert refusal={refusalOf(list.error)} />
  if (!dataset)
    return list.data ? <RefusalAlert refusal={{ module: 'intake', code: 'no-such-dataset' }} /> : <Loading />
  const proposed = dataset.columns.filter(({ meaning }) => meaning === 'order').map(({ name }) => name)
  return (
    <>
      <PageHeader
        title={t('reimport.title')}
        lead={t('reimport.lead', { name: dataset.name })}
        back={{ label: dataset.name, href: hrefOf(to.dataset(id)) }}
      />
      {!source ? <FileSource onSource={setSource} /> : null}
      {source && !compare.data ? (
        <PlanForm source={source} name={dataset.name} known={dataset}>
          {(plan, draft) => (
            <Paper>
              <Stack>
                <MultiSelect
                  label={t('reimport.key')}
                  description={t('reimport.keyHint')}
                  data={draft.columns.map(({ name }) => name)}
                  value={key ?? proposed}
                  onChange={setKey}
                />
                <RefusalAlert refusal={compare.error ? refusalOf(compare.error) : null} />
                <Group justify="flex-end">
                  <Button
                    disabled={!plan}
                    loading={compare.isPending}
                    onClick={() => (plan ? compare.mutate({ dataset: id, plan, key: key ?? proposed }) : undefined)}
                  >
                    {t('reimport.compare')}
                  </Button>
                </Group>
              </Stack>
            </Paper>
          )}
        </PlanForm>
      ) : null}
      {job && job.state !== 'done' ? (
        <Paper>
          <JobProgress job={job} onCancel={cancel} />
          {job.state === 'running' ? null : (
            <Group justify="flex-end" mt="sm">
              <Button onClick={() => compare.reset()}>{t('import.change')}</Button>
            </Group>
          )}
        </Paper>
      ) : null}
      <RefusalAlert refusal={diff.error ? refusalOf(diff.error) : null} />
      {diff.data ? (
        <Stack>
          <ReimportDifference diff={diff.data} columns={dataset.columns} />
          <Text fz="sm" c="dimmed">
            {t('reimport.nothingYet')}
          </Text>
          <Group justify="flex-end">
            <Button variant="default" loading={drop.isPending} onClick={() => drop.mutate({ token: diff.data.token })}>
              {t('reimport.drop')}
            </Button>
            <Button loading={confirm.isPending} onClick={() => confirm.mutate({ token: diff.data.token })}>
              {t('reimport.confirm')}
            </Button>
          </Group>
        </Stack>
      ) : null}
    </>
  )
}
