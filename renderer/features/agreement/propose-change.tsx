import {
  Alert,
  Button,
  Group,
  Modal,
  NumberInput,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sameStanding, standingOf } from '#shared/agreement/proposed-change.ts'
import { mostOf } from '#shared/artifacts/agreement-terms.ts'
import { termText } from '#shared/agreement/term-text.ts'
import type { Draft } from '#shared/agreement/draft.ts'
import type { MoveChange, ProposedChange, Wording } from '#shared/artifacts/negotiation-event.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { DayInput } from '#ui/parts/day-input.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { WordingRuns } from './change-runs.tsx'
import { useDesk } from './desk.tsx'
import { useSubjectName } from './subject-name.ts'

type Both = { readonly en: Wording; readonly ar: Wording }

/** What the form begins with: what stands there, or, for a counter, what the other side proposed. */
export interface ProposalStart {
  readonly change: ProposedChange
  readonly answers: string | null
}

/** A change and the reason for it, sent to the other companies. */
export function ProposeChange({ start, onClose }: { readonly start: ProposalStart; readonly onClose: () => void }) {
  const { t } = useTranslation(['negotiation', 'common'])
  const { agreement, draft } = useDesk()
  const subject = useSubjectName()
  const notify = useNotify()
  const [change, setChange] = useState(start.change)
  const [rationale, setRationale] = useState('')
  const sending = useMutation({
    ...useOrpc().negotiation.propose.mutationOptions(),
    onSuccess: () => {
      notify.done(t('propose.done'))
      onClose()
    },
  })
  const standing = standingOf(draft, change)
  const nothing =
    change.kind === 'term'
      ? change.value === standing || change.value === ''
      : change.kind === 'move'
        ? (change.after ?? '') === standing
        : change.kind === 'clause'
          ? change.en === undefined && change.ar === undefined
          : change.kind === 'insert' && !change.en.text.trim() && !change.ar.text.trim()
  return (
    <Modal
      opened
      size="xl"
      onClose={onClose}
      title={t(start.answers === null ? 'propose.title' : 'propose.counter')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack>
        <Text fw={600}>
          <bdi>{subject.change(change)}</bdi>
        </Text>
        {start.answers === null && (change.kind === 'clause' || change.kind === 'remove' || change.kind === 'move') ? (
          <SegmentedControl
            aria-label={t('propose.what')}
            value={change.kind}
            onChange={(kind) => setChange(asked(draft, kind as 'clause' | 'remove' | 'move', change.clause))}
            data={[
              { value: 'clause', label: t('propose.wording') },
              { value: 'move', label: t('propose.place') },
              { value: 'remove', label: t('propose.removal') },
            ]}
          />
        ) : null}
        {change.kind === 'term' ? <TermForm change={change} onChange={setChange} /> : null}
        {change.kind === 'clause' ? <ClauseForm change={change} onChange={setChange} /> : null}
        {change.kind === 'insert' ? (
          <Wordings value={change} onChange={(both) => setChange({ ...change, ...both })} />
        ) : null}
        {change.kind === 'move' ? <MoveForm change={change} onChange={setChange} /> : null}
        {change.kind === 'remove' ? <Alert color="amber">{t('propose.removes')}</Alert> : null}
        <Textarea
          label={t('propose.rationale')}
          description={t('propose.rationaleHint')}
          dir="auto"
          autosize
          minRows={2}
          maxLength={4000}
          value={rationale}
          onChange={(event) => setRationale(event.currentTarget.value)}
        />
        <RefusalAlert refusal={sending.error ? refusalOf(sending.error) : null} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button
            disabled={nothing || rationale.trim() === ''}
            loading={sending.isPending}
            onClick={() =>
              sending.mutate({ artifact: agreement.id, change, rationale: rationale.trim(), answers: start.answers })
            }
          >
            {t('propose.send')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

/** The empty form of one kind of change of a clause, set against what stands there now. */
function asked(draft: Draft, kind: 'clause' | 'remove' | 'move', clause: string): ProposedChange {
  if (kind === 'move') {
    const standing = standingOf(draft, { kind, clause, after: null, before: '' })
    const before = typeof standing === 'string' ? standing : ''
    return { kind, clause, after: before || null, before }
  }
  const standing = standingOf(draft, { kind, clause, before: NOTHING })
  return { kind, clause, before: typeof standing === 'object' && standing !== null ? standing : NOTHING }
}
const NOTHING: Both = { en: { heading: '', text: '' }, ar: { heading: '', text: '' } }

/** Where among the other clauses it would stand. */
function MoveForm({
  change,
  onChange,
}: {
  readonly change: MoveChange
  readonly onChange: (change: MoveChange) => void
}) {
  const { t } = useTranslation('negotiation')
  const { draft } = useDesk()
  const subject = useSubjectName()
  const places = ['', ...draft.clauses.flatMap(({ id }) => (id === change.clause ? [] : [id]))]
  return (
    <Select
      label={t('propose.newPlace')}
      data={places.map((value) => ({ value, label: subject.place(value) }))}
      value={change.after ?? ''}
      allowDeselect={false}
      onChange={(value) => onChange({ ...change, after: value || null })}
    />
  )
}

type ClauseChange = Extract<ProposedChange, { kind: 'clause' }>

/** Both languages as they would read; a language that stays as it is is not part of the proposal. */
function ClauseForm(props: { readonly change: ClauseChange; readonly onChange: (change: ClauseChange) => void }) {
  const { t } = useTranslation('negotiation')
  const { change, onChange } = props
  const { kind, clause, before } = change
  const after: Both = { en: change.en ?? before.en, ar: change.ar ?? before.ar }
  const differs = (language: 'en' | 'ar', both: Both): boolean => both[language].heading !== before[language].heading || both[language].text !== before[language].text // prettier-ignore
  return (
    <>
      <Wordings
        value={after}
        onChange={(both) =>
          onChange({
            kind,
            clause,
            before,
            ...(differs('en', both) && { en: both.en }),
            ...(differs('ar', both) && { ar: both.ar }),
          })
        }
      />
      {sameStanding(before, after) ? (
        <Text fz="sm" c="dimmed">
          {t('propose.nothing')}
        </Text>
      ) : (
        <>
          <Text fz="sm" c="dimmed">
            {t('propose.changes')}
          </Text>
          <WordingRuns before={before} after={after} />
        </>
      )}
    </>
  )
}

function Wordings({ value, onChange }: { readonly value: Both; readonly onChange: (both: Both) => void }) {
  const { t } = useTranslation('negotiation')
  const set = (language: 'en' | 'ar', part: keyof Wording, text: string): void =>
    onChange({ en: value.en, ar: value.ar, [language]: { ...value[language], [part]: text } })
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} dir="ltr">
      {(['en', 'ar'] as const).map((language) => (
        <Stack key={language} gap="xs" dir={language === 'ar' ? 'rtl' : 'ltr'}>
          <TextInput
            label={t(`propose.heading.${language}`)}
            lang={language}
            maxLength={400}
            value={value[language].heading}
            onChange={(event) => set(language, 'heading', event.currentTarget.value)}
          />
          <Textarea
            label={t(`propose.text.${language}`)}
            lang={language}
            autosize
            minRows={5}
            maxRows={16}
            maxLength={20_000}
            value={value[language].text}
            onChange={(event) => set(language, 'text', event.currentTarget.value)}
          />
        </Stack>
      ))}
    </SimpleGrid>
  )
}

type TermChange = Extract<ProposedChange, { kind: 'term' }>

function TermForm(props: { readonly change: TermChange; readonly onChange: (change: TermChange) => void }) {
  const { t } = useTranslation('negotiation')
  const { pick } = useLocale()
  const { kind } = useDesk()
  const { change, onChange } = props
  const spec = kind.terms[change.term]
  if (!spec) return null
  const reads = change.value === '' ? '' : pick(termText(spec, change.value))
  const hundredths = spec.unit === 'halalas' || spec.unit === 'basis-points'
  const scale = hundredths ? 100 : 1
  if (spec.unit === 'choice')
    return (
      <Select
        label={t('propose.value')}
        data={Object.entries(spec.options ?? {}).map(([value, words]) => ({ value, label: pick(words) }))}
        value={String(change.value)}
        allowDeselect={false}
        onChange={(value) => onChange({ ...change, value: value ?? '' })}
      />
    )
  return spec.unit === 'date' ? (
    <DayInput
      label={t('propose.value')}
      required
      value={String(change.value)}
      onChange={(value) => onChange({ ...change, value: value ?? '' })}
    />
  ) : (
    <NumberInput
      label={t('propose.value')}
      description={reads}
      min={0}
      max={mostOf(spec.unit) / scale}
      allowDecimal={hundredths}
      decimalScale={hundredths ? 2 : 0}
      value={hundredths && change.value !== '' ? Number(change.value) / 100 : change.value}
      onChange={(value) => {
        const number = typeof value === 'number' ? value : Number.NaN
        onChange({ ...change, value: Number.isNaN(number) ? '' : Math.round(number * scale) }) // prettier-ignore
      }}
    />
  )
}
