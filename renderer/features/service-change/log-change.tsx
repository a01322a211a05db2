import { Button, List, Paper, Text, Title } from '@mantine/core'
import { IconGitPullRequest } from '@tabler/icons-react'
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

/** Freezing the draft as what is decided on, first or as a revision, and what is still missing for it. */
export function LogChange() {
  const { t } = useTranslation('change')
  const { change, gates } = useDesk()
  const notify = useNotify()
  const [asking, setAsking] = useState(false)
  const logging = useMutation({
    ...useOrpc().changes.log.mutationOptions(),
    onSuccess: () => {
      notify.done(t('log.done'))
      go(to.document(change.id, 'decision'))
    },
    onSettled: () => setAsking(false),
  })
  const { current, mayLog } = change
  const kind = current ? 'revise' : 'log'
  if (current ? !current.own?.mayRevise : !mayLog) return null
  return (
    <Paper component="section" aria-label={t(`${kind}.title`)}>
      <Title order={2} mb={4}>
        {t(`${kind}.title`)}
      </Title>
      <Text fz="sm" c="dimmed" mb="sm">
        {gates.length > 0 ? t('log.gates', { count: gates.length }) : t(`${kind}.ready`)}
      </Text>
      {gates.length > 0 ? (
        <List size="sm" spacing={2}>
          {gates.map((gate) => (
            <List.Item key={gate}>{t(`gate.${gate}`)}</List.Item>
          ))}
        </List>
      ) : (
        <Button
          variant={current ? 'default' : 'filled'}
          leftSection={<IconGitPullRequest size={18} aria-hidden="true" />}
          loading={logging.isPending}
          onClick={() => setAsking(true)}
        >
          {t(`${kind}.action`)}
        </Button>
      )}
      {logging.error ? <RefusalAlert refusal={refusalOf(logging.error)} mt="md" /> : null}
      <ConfirmModal
        opened={asking}
        title={t(`${kind}.ask`)}
        action={t(`${kind}.action`)}
        busy={logging.isPending}
        onConfirm={() => logging.mutate({ artifact: change.id, revises: current?.hash ?? null })}
        onClose={() => setAsking(false)}
      >
        <Text>{t(`${kind}.meaning`)}</Text>
      </ConfirmModal>
    </Paper>
  )
}
