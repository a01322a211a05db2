import {
  Button,
  Fieldset,
  Group,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DIMENSIONS, type Dimension } from '#shared/artifacts/decision-content.ts'
import { ROLES, type Role } from '#shared/kernel/ids.ts'
import type { RoleScoresView, RoundView } from '#shared/projection/decision-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { useAppState } from '#ui/app/state.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { useDesk } from './desk.tsx'
import { RubricPanel } from './rubric-panel.tsx'

type Sheet = Readonly<
  Record<string, Readonly<Record<Dimension, number | ''>> & { rationale: string; evidence: string }>
>

const emptyLine = { vision: '', purpose: '', fit: '', legend: '', rationale: '', evidence: '' } as const

const sheetOf = (round: RoundView, kept: RoleScoresView | undefined): Sheet =>
  Object.fromEntries(
    round.content.options.map(({ id }) => {
      const one = kept?.options[id]
      return [id, one ? { ...one.scores, rationale: one.rationale, evidence: one.evidence.join('; ') } : emptyLine]
    }),
  )

/** One role's points for every option in the four dimensions, with its reasons: kept in the vault, sent to nobody. */
export function ScoreSheet(props: {
  readonly round: RoundView
  readonly kept: RoleScoresView | undefined
  readonly taken: readonly Role[]
  readonly onDone: () => void
}) {
  const { round, kept, taken, onDone } = props
  const { t } = useTranslation(['decision', 'common'])
  const { pick, f } = useLocale()
  const { decision } = useDesk()
  const free = ROLES.filter((role) => role === kept?.role || !taken.includes(role))
  const own = useAppState().person?.roles ?? []
  const [role, setRole] = useState<Role>(kept?.role ?? free.find((one) => own.includes(one)) ?? free[0] ?? 'ceo')
  const rubric = useQuery(useOrpc().scoring.rubric.queryOptions({ input: { role } }))
  const [written, setWeight] = useState<number | string | undefined>(kept?.weight)
  const weight = written ?? rubric.data?.rubric.weight ?? 1
  const [sheet, setSheet] = useState(() => sheetOf(round, kept))
  const saving = useMutation({ ...useOrpc().decisions.saveScores.mutationOptions(), onSuccess: onDone })
  const whole = Object.values(sheet).every((line) => DIMENSIONS.every((name) => line[name] !== ''))
  const change = (option: string, field: Dimension | 'rationale' | 'evidence', value: string | number): void =>
    setSheet({ ...sheet, [option]: { ...(sheet[option] ?? emptyLine), [field]: value } })
  const save = (): void =>
    saving.mutate({
      artifact: decision.id,
      round: round.hash,
      role,
      weight: Number(weight) || 1,
      options: Object.fromEntries(
        Object.entries(sheet).map(([option, line]) => [
          option,
          {
            scores: { vision: Number(line.vision), purpose: Number(line.purpose), fit: Number(line.fit), legend: Number(line.legend) },
            rationale: line.rationale,
            evidence: line.evidence.split(';').map((one) => one.trim()).filter(Boolean),
          },
        ]),
      ),
    }) // prettier-ignore
  return (
    <Stack
      component="form"
      onSubmit={(event) => {
        event.preventDefault()
        if (whole) save()
      }}
    >
      <Group grow align="flex-start">
        <Select
          label={t('score.role')}
          data={free.map((one) => ({ value: one, label: t(`common:role.${one}`) }))}
          value={role}
          allowDeselect={false}
          disabled={kept !== undefined}
          onChange={(next) => next && setRole(next)}
          data-autofocus
        />
        <NumberInput
          label={t('score.weight')}
          description={t('score.weightHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          min={1}
          max={1000}
          allowDecimal={false}
          value={weight}
          onChange={setWeight}
        />
      </Group>
      <RubricPanel role={role} />
      {round.content.options.map((option) => (
        <Fieldset key={option.id} legend={<Text fw={600}>{pick(option.title)}</Text>}>
          <SimpleGrid cols={{ base: 2, sm: 4 }}>
            {DIMENSIONS.map((name) => (
              <NumberInput
                key={name}
                label={t(`dimensions.${name}`)}
                description={f.percent(round.content.policy.dimensions[name] / 100, 0)}
                min={0}
                max={100}
                allowDecimal={false}
                clampBehavior="strict"
                value={sheet[option.id]?.[name] ?? ''}
                onChange={(value) => change(option.id, name, value)}
              />
            ))}
          </SimpleGrid>
          <Textarea
            mt="sm"
            label={t('score.rationale')}
            dir="auto"
            autosize
            minRows={1}
            maxLength={8000}
            value={sheet[option.id]?.rationale ?? ''}
            onChange={(event) => change(option.id, 'rationale', event.currentTarget.value)}
          />
          <TextInput
            mt="sm"
            label={t('score.evidence')}
            description={t('score.evidenceHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            dir="auto"
            maxLength={4000}
            value={sheet[option.id]?.evidence ?? ''}
            onChange={(event) => change(option.id, 'evidence', event.currentTarget.value)}
          />
        </Fieldset>
      ))}
      <RefusalAlert refusal={saving.error ? refusalOf(saving.error) : null} />
      <Group justify="flex-end">
        {whole ? null : (
          <Text fz="sm" c="dimmed">
            {t('score.missing')}
          </Text>
        )}
        <Button variant="default" onClick={onDone}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" disabled={!whole} loading={saving.isPending}>
          {t('score.save')}
        </Button>
      </Group>
    </Stack>
  )
}
