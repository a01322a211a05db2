import { Button, Group, Modal, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOrpc } from '#ui/app/engine.tsx'
import { useJob } from '#ui/app/job.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { go, to } from '#ui/app/route.ts'
import { JobProgress } from '#ui/parts/job-progress.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'

/** Makes invented orders, the only data that may leave into a dry run. */
export function Synthesise({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('dry-run')
  const [name, setName] = useState(t('nameDefault'))
  const [rows, setRows] = useState(10_000)
  const make = useMutation(useOrpc().datasets.synthesise.mutationOptions())
  const { job, cancel } = useJob(make.data?.job)
  const made = job?.state === 'done' ? job.result : undefined
  useEffect(() => {
    if (made) go(to.dataset(made))
  }, [made])
  return (
    <Modal opened onClose={onClose} title={t('makeData')}>
      <Stack
        component="form"
        onSubmit={(event) => {
          event.preventDefault()
          make.mutate({ name, rows })
        }}
      >
        <Text fz="sm">{t('makeDataText')}</Text>
        <TextInput
          label={t('name')}
          required
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NumberInput
          label={t('rows')}
          min={100}
          max={100_000}
          step={1_000}
          allowDecimal={false}
          value={rows}
          onChange={(value) => (typeof value === 'number' ? setRows(value) : undefined)}
        />
        {job?.state === 'running' ? <JobProgress job={job} onCancel={cancel} /> : null}
        <RefusalAlert refusal={make.error ? refusalOf(make.error) : (job?.refusal ?? null)} />
        <Group justify="flex-end">
          <Button type="submit" loading={make.isPending || job?.state === 'running'} disabled={name.trim() === ''}>
            {t('makeData')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
