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
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ROLES, type Role } from '#shared/kernel/ids.ts'
import type { Bilingual } from '#shared/projection/bilingual.ts'
import type { OptionScoreView, RoleScoresView } from '#shared/projection/decision-views.ts'
import type { LensName } from '#shared/scoring/rubric.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import type { TextPlace } from './ask-model.tsx'
import { useOrpc } from './engine.tsx'
import { Proposal } from './proposal.tsx'
import { refusalOf } from './refusal.ts'
import { RubricPanel } from './rubric-panel.tsx'
import { useAppState } from './state.ts'

/** What is scored, on which dimensions, and what keeps a sheet in the vault: the rest is the same for every protocol. */
export interface ScoredBy<D extends LensName> {
  readonly of: TextPlace
  readonly subjects: readonly { readonly id: string; readonly title: Bilingual }[]
  /** In percent. */
  readonly weights: Readonly<Record<D, number>>
  readonly nameOf: (dimension: D) => string
  readonly save: (sheet: NewSheet<D>) => void
  readonly saving: { readonly error: unknown; readonly isPending: boolean }
}
export interface NewSheet<D extends LensName> {
  readonly role: Role
  readonly weight: number
  readonly options: Record<string, { scores: Record<D, number>; rationale: string; evidence: string[]; taken?: { proposal: string; lenses: D[] } }>
} // prettier-ignore

/** The sheet while it is written: what may be put into it from beside it. */
export interface OpenSheet<D extends string> {
  /** Whether these points stand there because somebody took them over. */
  readonly isTaken: (id: string, dimension: D, points: number) => boolean
  readonly takeOver: (taken: TakenOver<D>) => void
}
/** Points of a proposal that a person takes over, with the reason that came with them. */
export interface TakenOver<D extends string> {
  readonly proposal: string
  readonly option: string
  readonly lens: D
  readonly points: number
  readonly rationale: string
}

interface Line {
  readonly points: Readonly<Record<string, number | ''>>
  readonly rationale: string
  readonly evidence: string
  readonly taken: { readonly proposal: string; readonly lenses: readonly string[] } | undefined
}
const EMPTY: Line = { points: {}, rationale: '', evidence: '', taken: undefined }

const lineOf = (one: OptionScoreView<string> | undefined): Line =>
  one ? { points: one.scores, rationale: one.rationale, evidence: one.evidence.join('; '), taken: one.taken } : EMPTY

/** One role's points for everything that is scored, with its reasons: kept in the vault, sent to nobody. */
export function ScoreSheet<D extends LensName>(props: {
  readonly scored: ScoredBy<D>
  readonly kept: RoleScoresView<D> | undefined
  readonly taken: readonly Role[]
  readonly onCancel: () => void
}) {
  const { scored, kept, taken, onCancel } = props
  const { subjects, weights, nameOf, save, saving } = scored
  const dimensions = Object.keys(weights) as D[]
  const { t } = useTranslation(['decision', 'common'])
  const { pick, f } = useLocale()
  const free = ROLES.filter((role) => role === kept?.role || !taken.includes(role))
  const own = useAppState().person?.roles ?? []
  const [role, setRole] = useState<Role>(kept?.role ?? free.find((one) => own.includes(one)) ?? free[0] ?? 'ceo')
  const rubric = useQuery(useOrpc().scoring.rubric.queryOptions({ input: { role } }))
  const [written, setWeight] = useState<number | string | undefined>(kept?.weight)
  const weight = written ?? rubric.data?.rubric.weight ?? 1
  const [sheet, setSheet] = useState(() => new Map(subjects.map(({ id }) => [id, lineOf(kept?.options[id])])))
  const whole = [...sheet.values()].every(({ points }) => dimensions.every((name) => typeof points[name] === 'number'))
  const change = (id: string, part: Partial<Line>): void =>
    setSheet(new Map(sheet).set(id, { ...(sheet.get(id) ?? EMPTY), ...part }))
  const takeOver = ({ proposal, option, lens, points, rationale }: TakenOver<D>): void => {
    const line = sheet.get(option) ?? EMPTY
    const reason = `${nameOf(lens)}: ${rationale}`
    const reasons = line.rationale.includes(reason)
      ? line.rationale
      : [line.rationale, reason].filter(Boolean).join('\n')
    const before = line.taken?.proposal === proposal ? line.taken.lenses.filter((one) => one !== lens) : []
    const taken = { proposal, lenses: [...before, lens] }
    change(option, { points: { ...line.points, [lens]: points }, rationale: reasons.slice(0, 8000), taken })
  }
  const isTaken = (id: string, lens: D, points: number): boolean =>
    sheet.get(id)?.taken?.lenses.includes(lens) === true && sheet.get(id)?.points[lens] === points
  const keep = (): void =>
    save({
      role,
      weight: Number(weight) || 1,
      options: Object.fromEntries(
        [...sheet].map(([id, { points, rationale, evidence, taken: from }]) => [
          id,
          {
            scores: Object.fromEntries(dimensions.map((name) => [name, Number(points[name])])) as Record<D, number>,
            rationale,
            evidence: evidence.split(';').map((one) => one.trim()).filter(Boolean),
            ...(from ? { taken: { proposal: from.proposal, lenses: dimensions.filter((name) => from.lenses.includes(name)) } } : {}),
          },
        ]),
      ),
    }) // prettier-ignore
  return (
    <Stack
      component="form"
      onSubmit={(event) => {
        event.preventDefault()
        if (whole) keep()
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
      <RubricPanel role={role} lenses={dimensions} nameOf={nameOf} />
      <Proposal scored={scored} role={role} sheet={{ isTaken, takeOver }} />
      {subjects.map(({ id, title }) => (
        <Fieldset key={id} legend={<Text fw={600}>{pick(title)}</Text>}>
          <SimpleGrid cols={{ base: 2, sm: 4 }}>
            {dimensions.map((name) => (
              <NumberInput
                key={name}
                label={nameOf(name)}
                description={f.percent(weights[name] / 100, 0)}
                min={0}
                max={100}
                allowDecimal={false}
                clampBehavior="strict"
                value={sheet.get(id)?.points[name] ?? ''}
                onChange={(value) =>
                  change(id, { points: { ...sheet.get(id)?.points, [name]: typeof value === 'number' ? value : '' } })
                }
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
            value={sheet.get(id)?.rationale ?? ''}
            onChange={(event) => change(id, { rationale: event.currentTarget.value })}
          />
          <TextInput
            mt="sm"
            label={t('score.evidence')}
            description={t('score.evidenceHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            dir="auto"
            maxLength={4000}
            value={sheet.get(id)?.evidence ?? ''}
            onChange={(event) => change(id, { evidence: event.currentTarget.value })}
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
        <Button variant="default" onClick={onCancel}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" disabled={!whole} loading={saving.isPending}>
          {t('score.save')}
        </Button>
      </Group>
    </Stack>
  )
}
