import { Radio, Stack, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DisputeView } from '#shared/projection/dispute-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { ActModal } from './act-modal.tsx'

/** Our position, and whether we accept a path that was proposed. `before`: what we said when we did not accept it. */
export function Answer({ one, before, onClose }: { readonly one: DisputeView; readonly before: string | null; readonly onClose: () => void }) {
  const { t } = useTranslation('dispute')
  const notify = useNotify()
  const [position, setPosition] = useState(before ?? '')
  const agreed = one.content.path.source !== null
  const [path, setPath] = useState<'accepted' | 'declined' | null>(agreed || before !== null ? 'accepted' : null)
  const answering = useMutation({
    ...useOrpc().disputes.answer.mutationOptions(),
    onSuccess: () => {
      notify.done(t('answer.done'))
      onClose()
    },
  })
  return (
    <ActModal
      title={t(before === null ? 'answer.title' : 'answer.acceptPath')}
      about={t('answer.about')}
      action={t('answer.send')}
      whole={position.trim() !== '' && path !== null}
      busy={answering.isPending}
      refusal={answering.error ? refusalOf(answering.error) : null}
      onSend={() => path && answering.mutate({ artifact: one.id, dispute: one.dispute, position, path })}
      onClose={onClose}
    >
      <Textarea
        label={t('answer.position')}
        dir="auto"
        autosize
        minRows={5}
        maxLength={20_000}
        value={position}
        onChange={(event) => setPosition(event.currentTarget.value)}
        data-autofocus
      />
      {agreed || before !== null ? null : (
        <Radio.Group label={t('answer.path')} value={path} onChange={(next) => setPath(next === 'accepted' ? 'accepted' : 'declined')}>
          <Stack gap="xs" mt="xs">
            <Radio value="accepted" label={t('answer.accept')} />
            <Radio value="declined" label={t('answer.decline')} />
          </Stack>
        </Radio.Group>
      )}
    </ActModal>
  )
} // prettier-ignore
