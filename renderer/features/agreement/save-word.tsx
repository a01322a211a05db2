import { Button } from '@mantine/core'
import { IconFileTypeDocx } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useClient } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { saveDownload } from '#ui/app/transfer.ts'
import { useDesk } from './desk.tsx'

/** A version as a Word file; with `from`, what differs stands in it as tracked changes. */
export function SaveWord({ from, to }: { readonly from: string | null; readonly to: string }) {
  const { t } = useTranslation('negotiation')
  const { agreement, live } = useDesk()
  const client = useClient()
  const notify = useNotify()
  const saving = useMutation({
    mutationFn: async () =>
      saveDownload(client, await client.negotiation.exportWord({ artifact: agreement.id, from, to })),
    onSuccess: () => notify.done(t('word.saved')),
    onError: notify.refused,
  })
  return (
    <Button
      variant="default"
      size="sm"
      disabled={!live.mayWrite}
      loading={saving.isPending}
      leftSection={<IconFileTypeDocx size={16} aria-hidden="true" />}
      onClick={() => saving.mutate()}
    >
      {t(from === null ? 'word.save' : 'word.saveTracked')}
    </Button>
  )
}
