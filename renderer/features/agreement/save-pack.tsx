import { Button, Checkbox, Group, Stack, Text } from '@mantine/core'
import { IconFileZip } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AgreementVersionView } from '#shared/projection/agreement-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useMadePack } from '#ui/app/made-pack.ts'
import { useNotify } from '#ui/app/notify.ts'
import { JobProgress } from '#ui/parts/job-progress.tsx'
import { useDesk } from './desk.tsx'

/** Makes the evidence pack of a version, shows how far it is, and saves it; it can be stopped. */
export function SavePack({ version }: { readonly version: AgreementVersionView }) {
  const { t } = useTranslation('agreement')
  const { agreement } = useDesk()
  const notify = useNotify()
  const make = useMutation({ ...useOrpc().agreements.evidence.mutationOptions(), onError: notify.refused })
  const name = `evidence-${agreement.id.slice(0, 8)}-v${String(version.version)}.zip`
  const { job, cancel } = useMadePack(make.data?.job, name, t('pack.saved'))
  const [approvals, setApprovals] = useState(false)
  const running = make.isPending || job?.state === 'running'
  return (
    <Stack mt="md" gap="sm">
      {version.ownApprovals > 0 ? (
        <Checkbox
          label={t('pack.approvals', { count: version.ownApprovals })}
          description={t('pack.approvalsMeaning')}
          checked={approvals}
          onChange={(event) => setApprovals(event.currentTarget.checked)}
        />
      ) : null}
      <Group gap="md" wrap="nowrap" align="center">
        <Button
          flex="none"
          leftSection={<IconFileZip size={18} aria-hidden="true" />}
          disabled={!version.fileHere}
          loading={running}
          onClick={() => make.mutate({ artifact: agreement.id, hash: version.hash, approvals })}
        >
          {t('pack.save')}
        </Button>
        <Text fz="sm" c="dimmed">
          {t('pack.about')}
        </Text>
      </Group>
      {job && job.state !== 'done' ? <JobProgress job={job} onCancel={cancel} /> : null}
    </Stack>
  )
}
