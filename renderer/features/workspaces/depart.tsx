import { Button, Text } from '@mantine/core'
import { IconDoorExit, IconUserMinus } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useDisclosure } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import type { MemberView, WorkspaceView } from '#shared/projection/workspace-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { ConfirmModal } from '#ui/parts/confirm.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'

/** Our own company goes: what that means is said before it happens. */
export function Leave({ workspace }: { readonly workspace: WorkspaceView }) {
  const { t } = useTranslation('workspaces')
  const notify = useNotify()
  const [asking, { open, close }] = useDisclosure()
  const leave = useMutation({
    ...useOrpc().workspaces.leave.mutationOptions(),
    onSuccess: () => {
      close()
      notify.done(t('leave.done'))
    },
  })
  return (
    <>
      <Button
        variant="subtle"
        color="red"
        size="sm"
        leftSection={<IconDoorExit size={18} aria-hidden="true" />}
        onClick={open}
      >
        {t('leave.action')}
      </Button>
      <ConfirmModal
        opened={asking}
        title={t('leave.title')}
        action={t('leave.action')}
        danger
        busy={leave.isPending}
        onConfirm={() => leave.mutate({ workspace: workspace.id })}
        onClose={close}
      >
        <Text>{t('leave.text')}</Text>
        <RefusalAlert refusal={leave.error ? refusalOf(leave.error) : null} />
      </ConfirmModal>
    </>
  )
}

/** Another company goes: by our word alone where there are two, else with the consent of all others. */
export function Remove(props: { readonly workspace: WorkspaceView; readonly member: MemberView }) {
  const { t } = useTranslation('workspaces')
  const { pick } = useLocale()
  const notify = useNotify()
  const { workspace, member } = props
  const [asking, { open, close }] = useDisclosure()
  const remove = useMutation({
    ...useOrpc().workspaces.removeCompany.mutationOptions(),
    onSuccess: () => {
      close()
      notify.done(t('remove.done'))
    },
  })
  const others = workspace.members.filter(({ own, left, company }) => !own && !left && company !== member.company)
  const action = member.removal && !member.removal.own ? t('remove.consent') : t('remove.action')
  if (member.removal?.own) return null
  return (
    <>
      <Button
        variant="subtle"
        color="red"
        size="sm"
        leftSection={<IconUserMinus size={18} aria-hidden="true" />}
        onClick={open}
      >
        {action}
      </Button>
      <ConfirmModal
        opened={asking}
        title={t('remove.title', { company: pick(member.name) })}
        action={action}
        danger
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ workspace: workspace.id, company: member.company })}
        onClose={close}
      >
        <Text>{t('remove.text')}</Text>
        <Text>{others.length === 0 ? t('remove.alone') : t('remove.consents')}</Text>
        <RefusalAlert refusal={remove.error ? refusalOf(remove.error) : null} />
      </ConfirmModal>
    </>
  )
}
