import { Button, List, Paper, Text, Title } from '@mantine/core'
import { IconArrowsExchange } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { go, to } from '#ui/app/route.ts'
import { ConfirmModal } from '#ui/parts/confirm.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { useDesk } from './desk.tsx'

/** Freezing the draft as what is negotiated, and what is still missing for it. */
export function RequestNegotiation() {
  const { t } = useTranslation('convergence')
  const { negotiation, gates } = useDesk()
  const notify = useNotify()
  const [asking, setAsking] = useState(false)
  const requesting = useMutation({
    ...useOrpc().convergence.request.mutationOptions(),
    onSuccess: () => {
      notify.done(t('request.done'))
      go(to.document(negotiation.id, 'table'))
    },
    onSettled: () => setAsking(false),
  })
  if (!negotiation.mayRequest) return null
  return (
    <Paper>
      <Title order={2} mb={4}>
        {t('request.title')}
      </Title>
      <Text fz="sm" c="dimmed" mb="sm">
        {gates.length > 0 ? t('request.gates', { count: gates.length }) : t('request.ready')}
      </Text>
      {gates.length > 0 ? (
        <List size="sm" spacing={2}>
          {gates.map((gate) => (
            <List.Item key={gate}>{t(`gate.${gate}`)}</List.Item>
          ))}
        </List>
      ) : (
        <Button
          leftSection={<IconArrowsExchange size={18} aria-hidden="true" />}
          loading={requesting.isPending}
          onClick={() => setAsking(true)}
        >
          {t('request.action')}
        </Button>
      )}
      {requesting.error ? <RefusalAlert refusal={refusalOf(requesting.error)} mt="md" /> : null}
      <ConfirmModal
        opened={asking}
        title={t('request.ask')}
        action={t('request.action')}
        busy={requesting.isPending}
        onConfirm={() => requesting.mutate({ artifact: negotiation.id })}
        onClose={() => setAsking(false)}
      >
        <Text>{t('request.meaning')}</Text>
      </ConfirmModal>
    </Paper>
  )
}
