import { Button, Group, Text, Textarea } from '@mantine/core'
import { IconArrowBackUp, IconEyeOff } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContradictionView } from '#shared/projection/contradiction-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { ConfirmModal } from '#ui/parts/confirm.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { When } from '#ui/parts/values.tsx'

/** A person leaves the two values as they are, with a reason, or brings it back. */
export const LeaveOrBring = ({ one }: { readonly one: ContradictionView }) =>
  one.aside ? <Aside one={one} aside={one.aside} /> : <Leave one={one} />

function Leave({ one }: { readonly one: ContradictionView }) {
  const { t } = useTranslation('contradictions')
  const notify = useNotify()
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const leaving = useMutation({
    ...useOrpc().contradictions.setAside.mutationOptions(),
    onSuccess: () => notify.done(t('aside.done')),
    onError: notify.refused,
    onSettled: () => setAsking(false),
  })
  return (
    <Group justify="flex-end">
      <Button
        size="sm"
        variant="light"
        leftSection={<IconEyeOff size={17} aria-hidden="true" />}
        onClick={() => setAsking(true)}
      >
        {t('aside.action')}
      </Button>
      <ConfirmModal
        opened={asking}
        title={t('aside.title')}
        action={t('aside.action')}
        busy={leaving.isPending}
        disabled={reason.trim().length < 3}
        onConfirm={() => leaving.mutate({ id: one.id, seen: one.seen, reason })}
        onClose={() => setAsking(false)}
      >
        <Text fz="sm">{t('aside.meaning')}</Text>
        <Textarea
          label={t('aside.reason')}
          description={t('aside.reasonHint')}
          dir="auto"
          autosize
          minRows={2}
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </ConfirmModal>
    </Group>
  )
}

function Aside(props: { readonly one: ContradictionView; readonly aside: NonNullable<ContradictionView['aside']> }) {
  const { t } = useTranslation('contradictions')
  const { pick } = useLocale()
  const { one, aside } = props
  const notify = useNotify()
  const bringing = useMutation({
    ...useOrpc().contradictions.takeBack.mutationOptions(),
    onSuccess: () => notify.done(t('aside.backDone')),
    onError: notify.refused,
  })
  return (
    <Group justify="space-between" align="flex-start">
      <Text fz="sm" style={{ flex: '1 1 16rem' }}>
        <bdi>{t('aside.by', { name: pick(aside.by) })}</bdi> · <When at={aside.at} ago />
        <br />
        <bdi>{aside.reason}</bdi>
      </Text>
      <Button
        size="sm"
        variant="default"
        loading={bringing.isPending}
        leftSection={<IconArrowBackUp size={17} aria-hidden="true" />}
        onClick={() => bringing.mutate({ id: one.id })}
      >
        {t('aside.back')}
      </Button>
    </Group>
  )
}
