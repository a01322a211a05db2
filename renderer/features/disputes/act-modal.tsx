import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { RefusalView } from '#shared/projection/app-views.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'

/** One word in a dispute: what it means, what it says, and the last press that signs and sends it. */
export function ActModal(props: {
  readonly title: string
  readonly about: string
  readonly action: string
  readonly whole: boolean
  readonly busy: boolean
  readonly refusal: RefusalView | null
  readonly onSend: () => void
  readonly onClose: () => void
  readonly children?: ReactNode
}) {
  const { t } = useTranslation('common')
  return (
    <Modal opened onClose={props.onClose} size="lg" title={props.title} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack
        component="form"
        onSubmit={(event) => {
          event.preventDefault()
          if (props.whole) props.onSend()
        }}
      >
        <Text fz="sm" c="dimmed">
          {props.about}
        </Text>
        {props.children}
        <RefusalAlert refusal={props.refusal} />
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" disabled={!props.whole} loading={props.busy}>
            {props.action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
