import { Button, Group, Paper, Text, Textarea, Title } from '@mantine/core'
import { IconHandStop } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '#shared/projection/convergence-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { ConfirmModal } from '#ui/parts/confirm.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { useDesk } from './desk.tsx'

/** The way out without an outcome, with the reason for the other company. */
export function EndNegotiation({ request }: { readonly request: RequestView }) {
  const { t } = useTranslation('convergence')
  const { negotiation } = useDesk()
  const notify = useNotify()
  const [reason, setReason] = useState('')
  const [asking, setAsking] = useState(false)
  const ending = useMutation({
    ...useOrpc().convergence.end.mutationOptions(),
    onSuccess: () => notify.done(t('end.done')),
    onSettled: () => setAsking(false),
  })
  if (!request.own?.mayEnd) return null
  return (
    <Paper component="section" aria-label={t('end.title')}>
      <Title order={2} mb={4}>
        {t('end.title')}
      </Title>
      <Text fz="sm" c="dimmed" mb="sm">
        {t('end.about')}
      </Text>
      <Textarea
        label={t('end.reason')}
        dir="auto"
        autosize
        minRows={2}
        maxLength={4000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Group justify="flex-end" mt="sm">
        <Button
          color="red"
          variant="light"
          leftSection={<IconHandStop size={18} aria-hidden="true" />}
          disabled={reason.trim() === ''}
          onClick={() => setAsking(true)}
        >
          {t('end.action')}
        </Button>
      </Group>
      {ending.error ? <RefusalAlert refusal={refusalOf(ending.error)} mt="md" /> : null}
      <ConfirmModal
        opened={asking}
        danger
        title={t('end.ask')}
        action={t('end.action')}
        busy={ending.isPending}
        onConfirm={() => ending.mutate({ artifact: negotiation.id, negotiation: request.hash, reason })}
        onClose={() => setAsking(false)}
      >
        <Text>{t('end.meaning')}</Text>
      </ConfirmModal>
    </Paper>
  )
}
