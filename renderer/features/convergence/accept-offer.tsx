import { Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { OfferView, RequestView } from '#shared/projection/convergence-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { ConfirmModal } from '#ui/parts/confirm.tsx'
import { KeyValue } from '#ui/parts/key-value.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { useDesk } from './desk.tsx'
import { useClauseText } from './value.tsx'

/** Asks before the other company's offer is accepted: from there on there is no way out. */
export function AcceptOffer(props: {
  readonly request: RequestView
  readonly offer: OfferView
  readonly opened: boolean
  readonly onClose: () => void
}) {
  const { request, offer, opened, onClose } = props
  const { t } = useTranslation('convergence')
  const { pick } = useLocale()
  const { negotiation } = useDesk()
  const value = useClauseText()
  const notify = useNotify()
  const accepting = useMutation({
    ...useOrpc().convergence.accept.mutationOptions(),
    onSuccess: () => notify.done(t('move.accepted')),
    onError: notify.refused,
    onSettled: onClose,
  })
  return (
    <ConfirmModal
      opened={opened}
      title={t('move.acceptAsk')}
      action={t('move.accept')}
      busy={accepting.isPending}
      onConfirm={() => accepting.mutate({ artifact: negotiation.id, negotiation: request.hash, offer: offer.id })}
      onClose={onClose}
    >
      <Text>{t('move.acceptMeaning')}</Text>
      <KeyValue items={request.content.clauses.map((one) => [pick(one.label), value(one, offer.values[one.id])])} />
    </ConfirmModal>
  )
}
