import { useQuery } from '@tanstack/react-query'
import type { JobView } from '#shared/projection/app-views.ts'
import { useClient, useOrpc } from './engine.tsx'

const EVERY_MS = 300

/** Follows a job until it ends. Pass undefined while there is none. */
export function useJob(id: string | undefined): { readonly job: JobView | undefined; readonly cancel: () => void } {
  const orpc = useOrpc()
  const client = useClient()
  const query = useQuery({
    ...orpc.jobs.get.queryOptions({ input: { id: id ?? '' } }),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data && state.data.state !== 'running' ? false : EVERY_MS),
  })
  return {
    job: id === undefined ? undefined : query.data,
    cancel: () => {
      if (id !== undefined) void client.jobs.cancel({ id })
    },
  }
}
