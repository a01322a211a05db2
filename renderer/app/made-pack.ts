import { useEffect, useRef } from 'react'
import type { JobView } from '#shared/projection/app-views.ts'
import { useClient } from './engine.tsx'
import { useJob } from './job.ts'
import { useNotify } from './notify.ts'
import { saveDownload } from './transfer.ts'

/** Follows the job that makes a pack, and saves what comes of it, once. */
export function useMadePack(
  id: string | undefined,
  name: string,
  saved: string,
): { readonly job: JobView | undefined; readonly cancel: () => void } {
  const client = useClient()
  const notify = useNotify()
  const { job, cancel } = useJob(id)
  const taken = useRef<string>(undefined)
  useEffect(() => {
    if (job?.state !== 'done' || !job.result || taken.current === job.id) return
    taken.current = job.id
    saveDownload(client, { id: job.result, name, size: 0 }).then(() => notify.done(saved), notify.refused)
  })
  return { job, cancel }
}
