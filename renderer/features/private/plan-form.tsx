import { Alert, NumberInput, Paper, Radio, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportPlan } from '#shared/contract/datasets.ts'
import type { DatasetView, ImportProbe } from '#shared/projection/data-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { refusalOf } from '#ui/app/refusal.ts'
import { Loading } from '#ui/parts/loading.tsx'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { ImportColumns } from './import-columns.tsx'
import { draftOf, planOf, type Choice, type Draft, type Source } from './plan.ts'
import { Reading } from './reading.tsx'

/** Looks at a file and lets the person settle how it is read. `children` gets the plan, undefined while it is not whole. */
export function PlanForm(props: {
  readonly source: Source
  readonly name: string
  readonly known?: DatasetView
  readonly children: (plan: ImportPlan | undefined, draft: Draft) => ReactNode
}) {
  const { t } = useTranslation(['private', 'common'])
  const orpc = useOrpc()
  const [choice, setChoice] = useState<Choice>({})
  const [draft, setDraft] = useState<Draft | null>(null)
  const probe = useQuery(orpc.datasets.probe.queryOptions({ input: { source: props.source, choice }, gcTime: 0 }))
  const { name, known } = props
  const found = probe.data
  const [looked, setLooked] = useState<ImportProbe | null>(null)
  if (found && found !== looked) {
    setLooked(found)
    setDraft(merge(draftOf(found, name, known), draft))
  }
  if (probe.error) return <RefusalAlert refusal={refusalOf(probe.error)} />
  if (!found || !draft) return <Loading />
  const plan = planOf(props.source, choice, draft)
  return (
    <Stack>
      <Paper>
        <Title order={2} mb="sm">
          {t('import.readingTitle')}
        </Title>
        <Reading probe={found} choice={choice} onChoice={setChoice} />
      </Paper>
      <Paper>
        <Title order={2}>{t('import.columnsTitle')}</Title>
        <Text c="dimmed" fz="sm" mb="sm">
          {t('classNote')}
        </Text>
        <ImportColumns columns={draft.columns} onChange={(columns) => setDraft({ ...draft, columns })} />
      </Paper>
      <Paper>
        <Stack>
          <Title order={2}>{t('import.rulesTitle')}</Title>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              label={t('import.name')}
              required
              maxLength={200}
              value={draft.name}
              onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
            />
            <TextInput
              label={t('import.system')}
              description={t('import.systemHint')}
              maxLength={200}
              value={draft.system}
              onChange={(event) => setDraft({ ...draft, system: event.currentTarget.value })}
            />
          </SimpleGrid>
          {found.cancellation ? (
            <Cancellations
              found={found.cancellation}
              value={draft.cancellations}
              onChange={(cancellations) => setDraft({ ...draft, cancellations })}
            />
          ) : null}
          <Strictness value={draft.maxDefects} onChange={(maxDefects) => setDraft({ ...draft, maxDefects })} />
        </Stack>
      </Paper>
      {props.children(plan, draft)}
    </Stack>
  )
}

/** Reading the file another way keeps what the person wrote, and what they said of columns that are still there. */
function merge(fresh: Draft, now: Draft | null): Draft {
  if (!now) return fresh
  const said = new Map(now.columns.map((column) => [column.header, column]))
  return {
    ...fresh,
    name: now.name,
    system: now.system,
    maxDefects: now.maxDefects,
    columns: fresh.columns.map((column) => {
      const old = said.get(column.header)
      return old ? { ...column, meaning: old.meaning, dataClass: old.dataClass } : column
    }),
  }
}

function Cancellations(props: {
  readonly found: NonNullable<ImportProbe['cancellation']>
  readonly value: ImportPlan['cancellations']
  readonly onChange: (value: ImportPlan['cancellations']) => void
}) {
  const { t } = useTranslation('private')
  const { cancelled, credits, negative } = props.found
  return (
    <Alert color="amber" variant="light" title={t('cancel.title')}>
      <Text fz="sm" mb="xs">
        {t('cancel.found', { cancelled, credits, negative })}
      </Text>
      <Radio.Group
        aria-label={t('cancel.title')}
        value={props.value}
        onChange={(value) => props.onChange(value === 'net' ? 'net' : value === 'keep' ? 'keep' : 'exclude')}
      >
        <Stack gap="xs">
          {(['exclude', 'net', 'keep'] as const).map((value) => (
            <Radio key={value} value={value} label={t(`cancel.${value}`)} description={t(`cancel.${value}Hint`)} />
          ))}
        </Stack>
      </Radio.Group>
    </Alert>
  )
}

function Strictness({ value, onChange }: { readonly value: number; readonly onChange: (value: number) => void }) {
  const { t } = useTranslation('private')
  return (
    <Radio.Group
      label={t('strict.title')}
      value={value === 0 ? 'refuse' : 'skip'}
      onChange={(chosen) => onChange(chosen === 'refuse' ? 0 : 100)}
    >
      <Stack gap="xs" mt={6}>
        <Radio value="refuse" label={t('strict.refuse')} />
        <Radio value="skip" label={t('strict.skip')} />
        {value > 0 ? (
          <NumberInput
            ms={32}
            w={220}
            label={t('strict.most')}
            min={1}
            max={1_000_000}
            allowDecimal={false}
            value={value}
            onChange={(next) => (typeof next === 'number' && next > 0 ? onChange(next) : undefined)}
          />
        ) : null}
      </Stack>
    </Radio.Group>
  )
}
