import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DisputeView } from '#shared/projection/dispute-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { ActModal } from './act-modal.tsx'
import { areWhole, FindingFields, NO_WORDS } from './finding.tsx'

/** Words that would end it, signed by us as they are proposed. */
export function ProposeSettlement({ one, onClose }: { readonly one: DisputeView; readonly onClose: () => void }) {
  const { t } = useTranslation('dispute')
  const notify = useNotify()
  const [words, setWords] = useState(NO_WORDS)
  const proposing = useMutation({
    ...useOrpc().disputes.propose.mutationOptions(),
    onSuccess: () => {
      notify.done(t('settle.proposed'))
      onClose()
    },
  })
  const { finding, terms } = words
  return (
    <ActModal
      title={t('settle.propose')}
      about={t('settle.proposeMeaning')}
      action={t('settle.proposeSend')}
      whole={areWhole(words)}
      busy={proposing.isPending}
      refusal={proposing.error ? refusalOf(proposing.error) : null}
      onSend={() => finding && proposing.mutate({ artifact: one.id, dispute: one.dispute, finding, terms })}
      onClose={onClose}
    >
      <FindingFields one={one} words={words} onChange={setWords} />
    </ActModal>
  )
}
