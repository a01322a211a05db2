import { Button, Group, Modal, Stack, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { useDesk } from './desk.tsx'

/** A no with its reason; the others read it. */
export function DeclineProposal({ proposal, onClose }: { readonly proposal: string; readonly onClose: () => void }) {
  const { t } = useTranslation(['negotiation', 'common'])
  const { agreement } = useDesk()
  const notify = useNotify()
  const [reason, setReason] = useState('')
  const declining = useMutation({
    ...useOrpc().negotiation.decline.mutationOptions(),
    onError: notify.refused,
    onSettled: onClose,
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('proposal.declineAsk')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack>
        <Textarea
          label={t('proposal.reason')}
          dir="auto"
          autosize
          minRows={3}
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-autofocus
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button
            disabled={reason.trim() === ''}
            loading={declining.isPending}
            onClick={() => declining.mutate({ artifact: agreement.id, proposal, reason: reason.trim() })}
          >
            {t('proposal.decline')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
