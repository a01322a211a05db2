import { Paper } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useClient } from '#ui/app/engine.tsx'
import { useJob } from '#ui/app/job.ts'
import { useNotify } from '#ui/app/notify.ts'
import { saveDownload } from '#ui/app/transfer.ts'
import { JobProgress } from '#ui/parts/job-progress.tsx'

/** Follows an export and hands the workbook over when it is ready. */
export function ExportProgress(props: { readonly job: string; readonly onDone: () => void }) {
  const { t } = useTranslation('private')
  const client = useClient()
  const notify = useNotify()
  const { job, cancel } = useJob(props.job)
  const taken = useRef(false)
  useEffect(() => {
    if (job?.state !== 'done' || !job.result || taken.current) return
    taken.current = true
    saveDownload(client, { id: job.result, name: `${t('export')}.xlsx`, size: 0 }).then(props.onDone, notify.refused)
  })
  return job ? (
    <Paper>
      <JobProgress job={job} onCancel={cancel} />
    </Paper>
  ) : null
}
