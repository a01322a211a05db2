import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeviceView } from '#shared/projection/company-views.ts'
import { useClient, useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { hrefOf, to } from '#ui/app/route.ts'
import { saveDownload } from '#ui/app/transfer.ts'
import { ConfirmModal } from '#ui/parts/confirm.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'

const REASONS = ['lost', 'left', 'compromised', 'replaced'] as const
type Reason = (typeof REASONS)[number]

/** Ends a device in every workspace, after saying what that can and cannot do. */
export function RevokeDevice(props: { readonly device: DeviceView | null; readonly onClose: () => void }) {
  const { t } = useTranslation('settings')
  const notify = useNotify()
  const [reason, setReason] = useState<Reason>('lost')
  const revoke = useMutation({
    ...useOrpc().company.revokeDevice.mutationOptions(),
    onSuccess: () => {
      notify.done(t('people.lostDone'))
      props.onClose()
    },
  })
  const { device } = props
  return (
    <ConfirmModal
      opened={device !== null}
      title={t('people.lostTitle')}
      action={t('people.lost')}
      danger
      busy={revoke.isPending}
      onConfirm={() => device && revoke.mutate({ device: device.device, reason })}
      onClose={props.onClose}
    >
      <Text>{t('people.lostText')}</Text>
      <Select
        label={t('people.lostWhy')}
        allowDeselect={false}
        data={REASONS.map((value) => ({ value, label: t(`people.reasonOf.${value}`) }))}
        value={reason}
        onChange={(value) => setReason(REASONS.find((one) => one === value) ?? 'lost')}
      />
      <RefusalAlert refusal={revoke.error ? refusalOf(revoke.error) : null} />
    </ConfirmModal>
  )
}

/** How a colleague's device, or a second one, comes in. */
export function AddDevice(props: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation(['settings', 'common'])
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={t('people.addDeviceTitle')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack>
        <Text>{t('people.addDeviceText')}</Text>
        <Group justify="flex-end">
          <Button component="a" href={hrefOf(to.openInvitation())} data-autofocus>
            {t('people.openRequest')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

/** The company's word to one of its devices, as a file: after roles changed or were lent. */
export function UpdateFile({ device }: { readonly device: DeviceView }) {
  const { t } = useTranslation('settings')
  const client = useClient()
  const notify = useNotify()
  const make = useMutation({
    mutationFn: async () => saveDownload(client, await client.company.updateFile({ device: device.device })),
    onError: notify.refused,
  })
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      title={t('people.updateHint')}
      loading={make.isPending}
      onClick={() => make.mutate()}
    >
      {t('people.update')}
    </Button>
  )
}
