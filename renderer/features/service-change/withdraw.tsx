import { Button, Group, Textarea } from '@mantine/core'
import { IconHandStop } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChangeTextView } from '#shared/projection/change-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { ConfirmModal } from '#ui/parts/confirm.tsx'
import { useDesk } from './desk.tsx'

/** The way out without an outcome, with the reason for the other company. */
export function Withdraw({ text }: { readonly text: ChangeTextView }) {
  const { t } = useTranslation('change')
  const { change } = useDesk()
  const notify = useNotify()
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const withdrawing = useMutation({
    ...useOrpc().changes.withdraw.mutationOptions(),
    onSuccess: () => notify.done(t('withdraw.done')),
    onError: notify.refused,
    onSettled: () => setAsking(false),
  })
  if (!text.own?.mayWithdraw) return null
  return (
    <Group justify="flex-end">
      <Button variant="subtle" color="red" leftSection={<IconHandStop size={18} aria-hidden="true" />} onClick={() => setAsking(true)}>
        {t('withdraw.action')}
      </Button>
      <ConfirmModal
        opened={asking}
        danger
        title={t('withdraw.ask')}
        action={t('withdraw.action')}
        busy={withdrawing.isPending}
        disabled={reason.trim() === ''}
        onConfirm={() => withdrawing.mutate({ artifact: change.id, change: text.hash, reason })}
        onClose={() => setAsking(false)}
      >
        <Textarea
          label={t('withdraw.reason')}
          description={t('withdraw.reasonHint')}
          dir="auto"
          autosize
          minRows={2}
          maxLength={4000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </ConfirmModal>
    </Group>
  )
} // prettier-ignore
