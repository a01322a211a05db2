import { Paper, Title } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { DisputeView } from '#shared/projection/dispute-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { Reasoned } from '#ui/app/reasoned.tsx'

/** Taking it back, while nobody has answered. */
export function Withdraw({ one }: { readonly one: DisputeView }) {
  const { t } = useTranslation('dispute')
  const notify = useNotify()
  const withdrawing = useMutation({
    ...useOrpc().disputes.withdraw.mutationOptions(),
    onSuccess: () => notify.done(t('withdraw.done')),
    onError: notify.refused,
  })
  if (one.closed.withdraw !== null) return null
  return (
    <Paper component="section" aria-label={t('withdraw.title')}>
      <Title order={2} mb="sm">
        {t('withdraw.title')}
      </Title>
      <Reasoned
        about={t('withdraw.about')}
        action={t('withdraw.action')}
        icon={<IconArrowBackUp size={18} aria-hidden="true" />}
        busy={withdrawing.isPending}
        label={t('withdraw.reason')}
        hint={t('withdraw.hint')}
        onSay={(reason) => withdrawing.mutate({ artifact: one.id, dispute: one.dispute, reason })}
      />
    </Paper>
  )
}
