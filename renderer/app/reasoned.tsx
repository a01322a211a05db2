import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** A step that is taken with a reason for all to read. */
export function Reasoned(props: {
  readonly about: string
  readonly action: string
  readonly icon: ReactNode
  readonly busy: boolean
  /** What the reason is called where it is more than one. */
  readonly label?: string
  readonly hint?: string
  readonly most?: number
  /** What stands there at first, to be changed. */
  readonly first?: string
  /** It is what is to be done next. */
  readonly next?: boolean
  readonly onSay: (reason: string) => void
}) {
  const { t } = useTranslation(['decision', 'common'])
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState(props.first ?? '')
  return (
    <Group justify="space-between">
      <Text style={{ flex: '1 1 18rem' }}>{props.about}</Text>
      <Button variant={props.next ? 'filled' : 'default'} leftSection={props.icon} onClick={() => setOpen(true)}>
        {props.action}
      </Button>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={props.action}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <Stack>
          <Textarea
            label={props.label ?? t('reason')}
            description={props.hint ?? t('reasonHint')}
            dir="auto"
            autosize
            minRows={3}
            maxLength={props.most ?? 4000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            data-autofocus
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setOpen(false)}>
              {t('common:cancel')}
            </Button>
            <Button
              disabled={reason.trim() === ''}
              loading={props.busy}
              onClick={() => {
                props.onSay(reason.trim())
                setOpen(false)
              }}
            >
              {props.action}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Group>
  )
}
