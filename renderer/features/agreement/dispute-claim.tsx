import { Button, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DISPUTE_GROUNDS } from '#shared/artifacts/agreement-claim-event.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { useDesk } from './desk.tsx'

/** A no to a claim: on what ground, why, and where the counter-evidence can be seen. */
export function DisputeClaim(props: { readonly claim: string; readonly name: string; readonly onClose: () => void }) {
  const { claim, name, onClose } = props
  const { t } = useTranslation(['claims', 'common'])
  const { agreement } = useDesk()
  const notify = useNotify()
  const [ground, setGround] = useState<(typeof DISPUTE_GROUNDS)[number]>('measured-wrong')
  const [reason, setReason] = useState('')
  const [evidence, setEvidence] = useState('')
  const disputing = useMutation({
    ...useOrpc().agreements.disputeClaim.mutationOptions(),
    onSuccess: () => {
      notify.done(t('disputeDone'))
      onClose()
    },
  })
  const note = (label: string, value: string, set: (next: string) => void) => (
    <Textarea label={label} dir="auto" autosize minRows={2} maxLength={2000} value={value} onChange={(event) => set(event.currentTarget.value)} />
  ) // prettier-ignore
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('disputeAsk', { name })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack>
        <Select
          label={t('groundOf')}
          data={DISPUTE_GROUNDS.map((value) => ({ value, label: t(`ground.${value}`) }))}
          value={ground}
          allowDeselect={false}
          onChange={(next) => next && setGround(next)}
        />
        {ground === 'no-harm' ? <Text fz="sm">{t('noHarm')}</Text> : null}
        {note(t('reason'), reason, setReason)}
        {note(t('evidence'), evidence, setEvidence)}
        <RefusalAlert refusal={disputing.error ? refusalOf(disputing.error) : null} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button
            disabled={reason.trim() === '' || (ground === 'no-harm' && evidence.trim().length < 3)}
            loading={disputing.isPending}
            onClick={() =>
              disputing.mutate({
                artifact: agreement.id,
                claim,
                ground,
                reason: reason.trim(),
                evidence: evidence.trim(),
              })
            }
          >
            {t('dispute')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
