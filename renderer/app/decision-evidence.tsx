import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { IconFileZip } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { JobProgress } from '#ui/parts/job-progress.tsx'
import { useOrpc } from './engine.tsx'
import { useMadePack } from './made-pack.ts'
import { useNotify } from './notify.ts'

/** Makes the evidence pack of what all have signed, shows how far it is, and saves it; it can be stopped. `round`: for the file's name. */
export function DecisionEvidence({ artifact, round }: { readonly artifact: string; readonly round: number }) {
  const { t } = useTranslation('evidence')
  const notify = useNotify()
  const make = useMutation({ ...useOrpc().decisions.evidence.mutationOptions(), onError: notify.refused })
  const name = `evidence-${artifact.slice(0, 8)}-r${String(round)}.zip`
  const { job, cancel } = useMadePack(make.data?.job, name, t('pack.saved'))
  return (
    <Paper component="section" aria-label={t('pack.title')}>
      <Title order={2} mb="sm">
        {t('pack.title')}
      </Title>
      <Stack gap="sm">
        <Group justify="space-between">
          <Text style={{ flex: '1 1 18rem' }}>{t('pack.about')}</Text>
          <Button
            leftSection={<IconFileZip size={18} aria-hidden="true" />}
            loading={make.isPending || job?.state === 'running'}
            onClick={() => make.mutate({ artifact })}
          >
            {t('pack.save')}
          </Button>
        </Group>
        {job && job.state !== 'done' ? <JobProgress job={job} onCancel={cancel} /> : null}
      </Stack>
    </Paper>
  )
}
