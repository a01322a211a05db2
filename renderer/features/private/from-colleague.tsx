import { Alert, Button, Group, Text } from '@mantine/core'
import { IconUserShare } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetView } from '#shared/projection/data-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { go, to } from '#ui/app/route.ts'
import { ConfirmModal } from '#ui/parts/confirm.tsx'
import { useLocale } from '#ui/parts/locale.ts'

/** Says of a colleague's table whose it is and whether more follows, and takes the copy out when the person wants. */
export function FromColleague(props: {
  readonly dataset: DatasetView
  readonly from: NonNullable<DatasetView['from']>
}) {
  const { t } = useTranslation('colleagues')
  const { pick, f } = useLocale()
  const notify = useNotify()
  const [removing, setRemoving] = useState(false)
  const { dataset, from } = props
  const remove = useMutation({
    ...useOrpc().colleagues.removeCopy.mutationOptions(),
    onSuccess: () => {
      notify.done(t('copy.removed'))
      go(to.privateData())
    },
    onError: notify.refused,
  })
  return (
    <>
      <Alert
        color={from.ended === null ? 'ink' : 'sand'}
        variant="light"
        icon={<IconUserShare />}
        title={
          from.ended === null
            ? `${t('copy.from', { name: pick(from.by) })} · ${t('state.revision', { revision: from.revision })}`
            : t('ended.title')
        }
      >
        <Group justify="space-between" align="flex-start">
          <Text fz="sm" style={{ flex: '1 1 24rem' }}>
            {from.ended === null
              ? t('copy.readOnly', { name: pick(from.by), when: f.moment(from.sharedAt) })
              : `${t(`copyState.${from.ended}`)}. ${t('ended.text')}`}
          </Text>
          <Button variant="default" size="sm" onClick={() => setRemoving(true)}>
            {t('copy.remove')}
          </Button>
        </Group>
      </Alert>
      <ConfirmModal
        opened={removing}
        title={t('copy.removeTitle', { name: dataset.name })}
        action={t('copy.remove')}
        danger
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ artifact: from.artifact })}
        onClose={() => setRemoving(false)}
      >
        <Text>{t('copy.removeText')}</Text>
      </ConfirmModal>
    </>
  )
}
