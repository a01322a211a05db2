import { Button, Group, Paper, Select, Stack, Text, Textarea, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { claimOf } from '#shared/agreement/claim.ts'
import type { ClaimKind, Measured } from '#shared/artifacts/agreement-claim-event.ts'
import type { ClaimsView } from '#shared/projection/agreement-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { ClaimLines } from './claim-lines.tsx'
import { MeasuredDelivery, MeasuredIndex, MeasuredLevels } from './measured.tsx'
import { useDesk } from './desk.tsx'

type Choice = ClaimKind | 'late-payment'

/** A person enters what was measured, sees what the signed terms make of it, and commits to the claim. */
export function ClaimForm({ view, onClose }: { readonly view: ClaimsView; readonly onClose: () => void }) {
  const { t } = useTranslation(['claims', 'common'])
  const { f } = useLocale()
  const { agreement, kind } = useDesk()
  const notify = useNotify()
  const [choice, setChoice] = useState<Choice | null>(view.kinds[0] ?? null)
  const [measured, setMeasured] = useState<Measured | null>(null)
  const [note, setNote] = useState('')
  const proposing = useMutation({
    ...useOrpc().agreements.proposeClaim.mutationOptions(),
    onSuccess: () => {
      notify.done(t('proposed'))
      onClose()
    },
  })
  const choices: readonly Choice[] = [...view.kinds, 'late-payment']
  const computed = measured && measured.kind === choice ? claimOf(kind, view.content, measured) : null
  const isClaim = computed !== null && typeof computed !== 'string'
  return (
    <Paper component="section" aria-label={t('make')}>
      <Stack>
        <Title order={2}>{t('make')}</Title>
        <Text fz="sm" c="dimmed">
          {t('makeText')}
        </Text>
        <Select
          label={t('kind')}
          data={choices.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          value={choice}
          allowDeselect={false}
          onChange={(next) => {
            setMeasured(null)
            proposing.reset()
            if (next) setChoice(next)
          }}
        />
        {choice === 'service-credit' ? <MeasuredLevels view={view} onChange={setMeasured} /> : null}
        {choice === 'late-delivery' ? <MeasuredDelivery onChange={setMeasured} /> : null}
        {choice === 'price-adjustment' ? <MeasuredIndex onChange={setMeasured} /> : null}
        {choice === 'late-payment' ? (
          <RefusalAlert
            refusal={{
              module: 'agreements',
              code: view.content.law === 'ksa' ? 'cash-late-payment' : 'no-such-clause',
            }}
          />
        ) : null}
        {typeof computed === 'string' ? <RefusalAlert refusal={{ module: 'agreements', code: computed }} /> : null}
        {isClaim ? (
          <>
            <ClaimLines computed={computed} />
            {choice === 'price-adjustment' ? null : (
              <Text fz="xl" fw={600} role="status">
                {t('comesTo', { amount: f.money(computed.amounts[0] ?? 0) })}
              </Text>
            )}
            {computed.mayCancel ? <Text fz="sm">{t('mayCancel')}</Text> : null}
            <Textarea
              label={t('note')}
              dir="auto"
              autosize
              minRows={2}
              maxLength={2000}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
          </>
        ) : null}
        <RefusalAlert refusal={proposing.error ? refusalOf(proposing.error) : null} />
        <Text fz="sm" c="dimmed">
          {t('meaning')}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button
            disabled={!isClaim}
            loading={proposing.isPending}
            onClick={() => measured && proposing.mutate({ artifact: agreement.id, measured, note: note.trim() })}
          >
            {t('propose')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  )
}
