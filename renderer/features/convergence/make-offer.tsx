import { Alert, Button, Group, Modal, Stack, Textarea } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { clauseStanding } from '#shared/agreement/clause-standing.ts'
import type { ClauseValue, ClauseValues, ConvergenceClause } from '#shared/artifacts/convergence-content.ts'
import type { Exchange } from '#shared/artifacts/convergence-event.ts'
import type { OfferView, RequestView } from '#shared/projection/convergence-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { useDesk } from './desk.tsx'
import { Exchanges } from './exchanges.tsx'
import { RangeMark, useRangeText } from './range-mark.tsx'
import { ClauseInput } from './value.tsx'

type Own = NonNullable<RequestView['own']>

/** An offer of ours: a value for each clause, why, and what we give for what. Beside each value stands whether our range holds it. */
export function MakeOffer(props: {
  readonly request: RequestView
  readonly own: Own
  readonly round: number
  /** The other company's offer that this one answers. */
  readonly answers: OfferView | undefined
  readonly onClose: () => void
}) {
  const { request, own, round, answers, onClose } = props
  const { t } = useTranslation(['convergence', 'common'])
  const { f } = useLocale()
  const { negotiation } = useDesk()
  const notify = useNotify()
  const { clauses, policy } = request.content
  const last = request.offers.filter(({ by }) => by.company.id === own.company).at(-1)
  const [values, setValues] = useState<Readonly<Record<string, ClauseValue | null>>>(() => (last ?? answers)?.values ?? {}) // prettier-ignore
  const [rationale, setRationale] = useState('')
  const [tradeOffs, setTradeOffs] = useState<readonly Exchange[]>([])
  const sending = useMutation({
    ...useOrpc().convergence.offer.mutationOptions(),
    onSuccess: () => {
      notify.done(t('offer.sent'))
      onClose()
    },
  })
  const given = allGiven(clauses, values)
  const inside =
    given !== null && clauses.every((one) => clauseStanding(one, own.ranges[one.id], given[one.id]) === 'inside')
  const whole = tradeOffs.every((one) => one.given.trim() !== '' && one.received.trim() !== '')
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('offer.title', { round: f.number(round), rounds: f.number(policy.rounds) })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack
        component="form"
        onSubmit={(event) => {
          event.preventDefault()
          if (given === null) return
          sending.mutate({
            artifact: negotiation.id,
            negotiation: request.hash,
            answers: answers?.id ?? null,
            values: given,
            rationale: rationale.trim(),
            tradeOffs: [...tradeOffs],
          })
        }}
      >
        <Alert color="sand">{t('offer.leaves')}</Alert>
        {clauses.map((clause) => (
          <ValueField
            key={clause.id}
            clause={clause}
            own={own}
            value={values[clause.id] ?? null}
            onChange={(value) => setValues((all) => ({ ...all, [clause.id]: value }))}
          />
        ))}
        <Textarea
          label={t('offer.rationale')}
          dir="auto"
          autosize
          minRows={2}
          maxLength={8000}
          value={rationale}
          onChange={(event) => setRationale(event.currentTarget.value)}
        />
        <Exchanges clauses={clauses} exchanges={tradeOffs} onChange={setTradeOffs} />
        <RefusalAlert refusal={sending.error ? refusalOf(sending.error) : null} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button
            type="submit"
            leftSection={<IconSend size={18} aria-hidden="true" />}
            disabled={!inside || !whole}
            loading={sending.isPending}
          >
            {t('offer.send')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

/** Every clause's value; null while one is missing. */
function allGiven(
  clauses: readonly ConvergenceClause[],
  values: Readonly<Record<string, ClauseValue | null>>,
): ClauseValues | null {
  const given: Record<string, ClauseValue> = {}
  for (const { id } of clauses) {
    const value = values[id] ?? null
    if (value === null) return null
    given[id] = value
  }
  return given
}

function ValueField(props: {
  readonly clause: ConvergenceClause
  readonly own: Own
  readonly value: ClauseValue | null
  readonly onChange: (value: ClauseValue | null) => void
}) {
  const { clause, own, value, onChange } = props
  const { t } = useTranslation('convergence')
  const { pick } = useLocale()
  const rangeText = useRangeText()
  const range = own.ranges[clause.id]
  return (
    <Group align="flex-end" gap="sm">
      <div style={{ flex: '1 1 16rem' }}>
        <ClauseInput
          clause={clause}
          label={pick(clause.label)}
          required
          value={value}
          onChange={onChange}
          description={range ? `${t('table.range')}: ${rangeText(clause, range)[0] ?? ''}` : undefined}
        />
      </div>
      <div style={{ flex: '0 1 11rem' }}>
        {value === null ? null : <RangeMark standing={clauseStanding(clause, range, value)} />}
      </div>
    </Group>
  )
}
