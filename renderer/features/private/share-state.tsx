import { Alert, Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShareView } from '#shared/projection/colleague-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { ConfirmModal } from '#ui/parts/confirm.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { StatusDot, type Tone } from '#ui/parts/status-dot.tsx'
import { RoleNames, When } from '#ui/parts/values.tsx'

export const SHARE_TONE: Readonly<Record<ShareView['standing'], Tone>> = {
  current: 'good',
  due: 'busy',
  waits: 'waiting',
  gone: 'off',
  ended: 'off',
}

/** How a dataset is shared now, who says that they have it, and the way to end it. */
export function ShareState({ share }: { readonly share: ShareView }) {
  const { t } = useTranslation('colleagues')
  const { pick, f } = useLocale()
  const notify = useNotify()
  const [ending, setEnding] = useState(false)
  const end = useMutation({
    ...useOrpc().colleagues.end.mutationOptions(),
    onSuccess: () => {
      setEnding(false)
      notify.done(t('state.stopped'))
    },
    onError: notify.refused,
  })
  return (
    <Paper>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start">
          <div>
            <Title order={3}>{t('state.title')}</Title>
            <Text fz="sm" c="dimmed" mt={4}>
              {t('state.revision', { revision: share.revision })} · <When at={share.at} withTime /> ·{' '}
              <RoleNames roles={share.roles} />
            </Text>
          </div>
          <Group>
            <StatusDot tone={SHARE_TONE[share.standing]}>{t(`state.${share.standing}`)}</StatusDot>
            <Button variant="default" size="sm" onClick={() => setEnding(true)}>
              {t('state.stop')}
            </Button>
          </Group>
        </Group>
        {share.standing === 'waits' ? (
          <Alert color="amber" variant="light">
            {t('state.waitsText', { columns: f.list([...share.unconfirmed]) })}
          </Alert>
        ) : (
          <Text fz="sm" c="dimmed">
            {t('state.follows')}
          </Text>
        )}
        <Stack component="ul" gap={6} m={0} p={0} style={{ listStyle: 'none' }}>
          {share.readers.map(({ device, person, taken }) => (
            <li key={device}>
              <Group gap="md">
                <Text span miw="10rem">
                  <bdi>{pick(person)}</bdi>
                </Text>
                <StatusDot tone={taken === share.revision ? 'good' : 'waiting'}>
                  {taken === null ? t('state.notYet') : t('state.taken', { revision: taken })}
                </StatusDot>
              </Group>
            </li>
          ))}
        </Stack>
      </Stack>
      <ConfirmModal
        opened={ending}
        title={t('state.stopTitle', { name: share.name })}
        action={t('state.stop')}
        danger
        busy={end.isPending}
        onConfirm={() => end.mutate({ artifact: share.artifact })}
        onClose={() => setEnding(false)}
      >
        <Text>{t('state.stopText')}</Text>
      </ConfirmModal>
    </Paper>
  )
}
