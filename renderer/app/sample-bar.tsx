import { Button, Group, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmModal } from '#ui/parts/confirm.tsx'
import { useOrpc } from './engine.tsx'
import { useNotify } from './notify.ts'
import { go, hrefOf, to } from './route.ts'
import classes from './sample-bar.module.css'

/** Says on every screen that these companies are samples, and offers the side-by-side view and the way to a real one. */
export function SampleBar() {
  const { t } = useTranslation()
  const notify = useNotify()
  const [asking, setAsking] = useState(false)
  const leave = useMutation({
    ...useOrpc().sample.leave.mutationOptions(),
    onSuccess: () => go(to.welcome()),
    onError: notify.refused,
  })
  return (
    <Group className={classes.bar} justify="space-between" gap="xs">
      <Text fz="sm">{t('sample.note')}</Text>
      <Group gap="xs">
        <Button component="a" href={hrefOf(to.sideBySide())} size="compact-sm" variant="subtle" color="sand">
          {t('sample.beside')}
        </Button>
        <Button size="compact-sm" variant="subtle" color="sand" onClick={() => setAsking(true)}>
          {t('sample.leave')}
        </Button>
      </Group>
      <ConfirmModal
        opened={asking}
        title={t('sample.leaveTitle')}
        action={t('sample.leaveAction')}
        busy={leave.isPending}
        onConfirm={() => leave.mutate({})}
        onClose={() => setAsking(false)}
      >
        <Text>{t('sample.leaveText')}</Text>
      </ConfirmModal>
    </Group>
  )
}
