import { Alert, Button, Group, MultiSelect, Paper, SimpleGrid, Stack, Text, Textarea } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConvergenceClause } from '#shared/artifacts/convergence-content.ts'
import { NO_RANGE, type NegotiationRange, type NegotiationRanges } from '#shared/artifacts/private-position.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { EmptyState } from '#ui/parts/empty-state.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { useDesk } from './desk.tsx'
import { OfferScores } from './offer-scores.tsx'
import { ClauseInput } from './value.tsx'

const NOTHING: NegotiationRange = { ...NO_RANGE, walkAway: null }

/** What our company accepts of each clause, where it walks away, and what its roles think of the offers: in this vault alone. */
export function Ranges() {
  const { t } = useTranslation('convergence')
  const { request } = useDesk().negotiation
  if (!request?.own)
    return <EmptyState icon={<IconLock aria-hidden="true" />} title={t('ranges.none')} text={t('ranges.noneText')} />
  return (
    <Stack gap="lg">
      <Alert color="sand" icon={<IconLock aria-hidden="true" />} title={t('ranges.private')}>
        <Text fz="sm">{t('ranges.privateText')}</Text>
        <Text fz="sm">{t('ranges.needsBound')}</Text>
      </Alert>
      <Form key={JSON.stringify(request.own.ranges)} clauses={request.content.clauses} kept={request.own.ranges} />
      {request.own.scoring ? <OfferScores key={request.own.scoring.text} scoring={request.own.scoring} /> : null}
    </Stack>
  )
}

function Form({ clauses, kept }: { readonly clauses: readonly ConvergenceClause[]; readonly kept: NegotiationRanges }) {
  const { t } = useTranslation('convergence')
  const { negotiation } = useDesk()
  const notify = useNotify()
  const [typed, setTyped] = useState<NegotiationRanges>(kept)
  const saving = useMutation({
    ...useOrpc().convergence.saveRanges.mutationOptions(),
    onSuccess: () => notify.done(t('ranges.kept')),
  })
  const changed = JSON.stringify(typed) !== JSON.stringify(kept)
  const crossed = Object.values(typed).some(isCrossed)
  return (
    <Stack
      component="form"
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate({ artifact: negotiation.id, ranges: Object.fromEntries(clauses.flatMap((one) => toKeep(one, typed[one.id]))) })
      }}
    >
      {clauses.map((clause) => (
        <OwnRange
          key={clause.id}
          clause={clause}
          range={typed[clause.id] ?? NOTHING}
          onChange={(part) => setTyped((all) => ({ ...all, [clause.id]: { ...(all[clause.id] ?? NOTHING), ...part } }))}
        />
      ))}
      <RefusalAlert refusal={saving.error ? refusalOf(saving.error) : null} />
      <Group justify="flex-end">
        <Button type="submit" disabled={!changed || crossed} loading={saving.isPending}>
          {t('ranges.save')}
        </Button>
      </Group>
    </Stack>
  )
} // prettier-ignore

/** Of a choice everything may be acceptable, so keeping it untouched says something. */
const toKeep = (
  { id, unit }: ConvergenceClause,
  range?: NegotiationRange,
): readonly (readonly [string, NegotiationRange])[] =>
  range ? [[id, range]] : unit === 'choice' ? [[id, NOTHING]] : []

/** Nothing lies between a least that is above the most. */
const isCrossed = ({ least, most }: NegotiationRange): boolean =>
  (typeof least === 'number' && typeof most === 'number' && least > most) ||
  (typeof least === 'string' && typeof most === 'string' && least > most)

function OwnRange(props: {
  readonly clause: ConvergenceClause
  readonly range: NegotiationRange
  readonly onChange: (part: Partial<NegotiationRange>) => void
}) {
  const { clause, range, onChange } = props
  const { t } = useTranslation('convergence')
  const { pick } = useLocale()
  const name = pick(clause.label)
  const input = (field: 'least' | 'most' | 'walkAway') => (
    <ClauseInput
      clause={clause}
      label={t(`ranges.${field}`)}
      value={range[field]}
      onChange={(value) => onChange({ [field]: value })}
    />
  )
  return (
    <Paper component="fieldset" aria-label={name} withBorder style={{ borderColor: 'var(--mithaq-line)' }}>
      <Text fw={600} mb="xs">
        <bdi>{name}</bdi>
      </Text>
      <Stack gap="sm">
        {clause.unit === 'choice' ? (
          <MultiSelect
            label={t('ranges.never')}
            data={clause.choices.map(({ id, label }) => ({ value: id, label: pick(label) }))}
            value={range.never.map(String)}
            onChange={(never) => onChange({ never })}
          />
        ) : (
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            {input('least')}
            {input('most')}
            {input('walkAway')}
          </SimpleGrid>
        )}
        {isCrossed(range) ? (
          <Text fz="sm" c="red" role="alert">
            {t('ranges.crossed')}
          </Text>
        ) : null}
        <Textarea
          label={t('ranges.note')}
          dir="auto"
          autosize
          minRows={2}
          maxLength={4000}
          value={range.note}
          onChange={(event) => onChange({ note: event.currentTarget.value })}
        />
      </Stack>
    </Paper>
  )
}
