import { Button, List, Paper, Stack, Text, Textarea, Title } from '@mantine/core'
import { IconGavel } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { ConfirmModal } from '#ui/parts/confirm.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { useDesk } from './desk.tsx'

/** Putting the draft to the vote, at first or again, and what is still missing for it. */
export function OpenRound() {
  const { t } = useTranslation('decision')
  const { decision, gates, round } = useDesk()
  const notify = useNotify()
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const opening = useMutation({
    ...useOrpc().decisions.open.mutationOptions(),
    onSuccess: () => {
      setReason('')
      notify.done(t('open.done'))
    },
    onSettled: () => setAsking(false),
  })
  if (!decision.mayOpen) return null
  const again = round !== undefined
  return (
    <Paper>
      <Title order={2} mb={4}>
        {t(again ? 'open.again' : 'open.title')}
      </Title>
      <Text fz="sm" c="dimmed" mb="sm">
        {gates.length > 0 ? t('open.gates', { count: gates.length }) : t(again ? 'open.readyAgain' : 'open.ready')}
      </Text>
      {gates.length > 0 ? (
        <List size="sm" spacing={2}>
          {gates.map((gate) => (
            <List.Item key={gate}>{t(`gate.${gate}`)}</List.Item>
          ))}
        </List>
      ) : (
        <Stack align="flex-start">
          {again ? (
            <Textarea
              label={t('open.reason')}
              description={t('open.reasonHint')}
              dir="auto"
              autosize
              minRows={2}
              maxLength={4000}
              w="100%"
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          ) : null}
          <Button
            leftSection={<IconGavel size={18} aria-hidden="true" />}
            disabled={again && reason.trim() === ''}
            loading={opening.isPending}
            onClick={() => setAsking(true)}
          >
            {t('open.action')}
          </Button>
        </Stack>
      )}
      {opening.error ? <RefusalAlert refusal={refusalOf(opening.error)} mt="md" /> : null}
      <ConfirmModal
        opened={asking}
        title={t('open.ask')}
        action={t('open.action')}
        busy={opening.isPending}
        onConfirm={() => opening.mutate({ artifact: decision.id, reason: reason.trim() })}
        onClose={() => setAsking(false)}
      >
        <Text>{t('open.meaning')}</Text>
      </ConfirmModal>
    </Paper>
  )
}
