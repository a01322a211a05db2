import { Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DisputeView } from '#shared/projection/dispute-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { ActModal } from './act-modal.tsx'
import { usePathWords } from './path-words.ts'

/** That it was taken to the institution or court of the path, with its number there. */
export function Refer({ one, onClose }: { readonly one: DisputeView; readonly onClose: () => void }) {
  const { t } = useTranslation('dispute')
  const words = usePathWords()
  const notify = useNotify()
  const [reference, setReference] = useState('')
  const [reason, setReason] = useState('')
  const referring = useMutation({
    ...useOrpc().disputes.refer.mutationOptions(),
    onSuccess: () => {
      notify.done(t('refer.done'))
      onClose()
    },
  })
  return (
    <ActModal
      title={t('refer.action')}
      about={t('refer.about', { name: words.fallback(one.content.path.fallback) })}
      action={t('refer.send')}
      whole={reference.trim() !== ''}
      busy={referring.isPending}
      refusal={referring.error ? refusalOf(referring.error) : null}
      onSend={() => referring.mutate({ artifact: one.id, dispute: one.dispute, reference, reason })}
      onClose={onClose}
    >
      <TextInput
        label={t('refer.reference')}
        dir="auto"
        maxLength={200}
        required
        value={reference}
        onChange={(event) => setReference(event.currentTarget.value)}
        data-autofocus
      />
      <Textarea
        label={t('refer.reason')}
        dir="auto"
        autosize
        minRows={2}
        maxLength={4000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ActModal>
  )
}
