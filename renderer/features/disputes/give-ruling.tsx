import { Button, Group, Textarea } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DisputeLevelView, DisputeView } from '#shared/projection/dispute-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { ActModal } from './act-modal.tsx'
import { areWhole, FindingFields, NO_WORDS } from './finding.tsx'

/** The ruling of our company's arbitrator: finding, terms, and reasons for all to read. */
export function GiveRuling({ one, level, onClose }: { readonly one: DisputeView; readonly level: DisputeLevelView; readonly onClose: () => void }) {
  const { t } = useTranslation('dispute')
  const notify = useNotify()
  const [words, setWords] = useState(NO_WORDS)
  const [rationale, setRationale] = useState('')
  const ruling = useMutation({
    ...useOrpc().disputes.rule.mutationOptions(),
    onSuccess: () => {
      notify.done(t('rule.done'))
      onClose()
    },
  })
  const other = level.arbitrators.find((side) => !side.own && side.ruling)?.ruling
  const { finding, terms } = words
  return (
    <ActModal
      title={t('rule.ask')}
      about={t('rule.meaning')}
      action={t('rule.send')}
      whole={areWhole(words) && rationale.trim() !== ''}
      busy={ruling.isPending}
      refusal={ruling.error ? refusalOf(ruling.error) : null}
      onSend={() => finding && ruling.mutate({ artifact: one.id, dispute: one.dispute, level: level.index, finding, terms, rationale })}
      onClose={onClose}
    >
      {other ? (
        <Group>
          <Button
            size="sm"
            variant="default"
            leftSection={<IconCopy size={16} aria-hidden="true" />}
            onClick={() => setWords({ finding: other.finding, terms: other.terms })}
          >
            {t('rule.like')}
          </Button>
        </Group>
      ) : null}
      <FindingFields one={one} words={words} onChange={setWords} />
      <Textarea
        label={t('rule.rationale')}
        description={t('rule.rationaleHint')}
        dir="auto"
        autosize
        minRows={4}
        maxLength={20_000}
        required
        value={rationale}
        onChange={(event) => setRationale(event.currentTarget.value)}
      />
    </ActModal>
  )
} // prettier-ignore
