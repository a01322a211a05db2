import { Alert, Button, Group, Paper, Select, Stack, Text, Textarea, Title } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NO_RANGE, type PrivatePosition } from '#shared/artifacts/private-position.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { Loading } from '#ui/parts/loading.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { useDesk } from './desk.tsx'
import { RangeForm } from './range-form.tsx'
import { RedLines, useRangeOf } from './red-lines.tsx'

/** What our company would settle for: limits of terms and fallbacks of clauses, in this vault alone. */
export function OwnPosition() {
  const { t } = useTranslation('position')
  const { agreement } = useDesk()
  const found = useQuery(useOrpc().agreements.position.queryOptions({ input: { artifact: agreement.id } }))
  return (
    <Stack gap="lg">
      <Alert color="sand" icon={<IconLock aria-hidden="true" />} title={t('private')}>
        <Text fz="sm">{t('privateText')}</Text>
      </Alert>
      <RedLines />
      <RefusalAlert refusal={found.error ? refusalOf(found.error) : null} />
      {found.data ? <Form key={JSON.stringify(found.data)} kept={found.data} /> : found.error ? null : <Loading />}
    </Stack>
  )
}

function Form({ kept }: { readonly kept: PrivatePosition }) {
  const { t } = useTranslation(['position', 'common'])
  const { kind, agreement } = useDesk()
  const { nameOf } = useRangeOf()
  const notify = useNotify()
  const [typed, setTyped] = useState(kept)
  const saving = useMutation({
    ...useOrpc().agreements.savePosition.mutationOptions(),
    onSuccess: () => notify.done(t('kept')),
  })
  const names = [
    ...Object.keys(kind.terms),
    ...Object.entries(kind.tables).flatMap(([table, { columns }]) =>
      Object.keys(columns).map((column) => `${table}.${column}`),
    ),
  ]
  const ranges = names.filter((name) => Object.hasOwn(typed.ranges, name))
  const changed = JSON.stringify(typed) !== JSON.stringify(kept)
  const put = (part: Partial<PrivatePosition>): void => setTyped({ ...typed, ...part })
  return (
    <>
      <Paper>
        <Title order={2} mb={4}>
          {t('ranges.title')}
        </Title>
        <Text fz="sm" c="dimmed" mb="md">
          {t('ranges.about')}
        </Text>
        <Stack>
          {ranges.map((range) => (
            <RangeForm
              key={range}
              range={range}
              bounds={typed.ranges[range] ?? NO_RANGE}
              onChange={(bounds) => put({ ranges: { ...typed.ranges, [range]: bounds } })}
              onRemove={() =>
                put({ ranges: Object.fromEntries(Object.entries(typed.ranges).filter(([name]) => name !== range)) })
              }
            />
          ))}
          <Select
            label={t('ranges.add')}
            placeholder={t('ranges.choose')}
            searchable
            clearable
            value={null}
            data={names.filter((name) => !ranges.includes(name)).map((name) => ({ value: name, label: nameOf(name) }))}
            onChange={(range) => range && put({ ranges: { ...typed.ranges, [range]: NO_RANGE } })}
            maw={480}
          />
        </Stack>
      </Paper>
      <Fallbacks typed={typed} onChange={(clauses) => put({ clauses })} />
      <RefusalAlert refusal={saving.error ? refusalOf(saving.error) : null} />
      <Group justify="flex-end">
        <Button variant="default" disabled={!changed} onClick={() => setTyped(kept)}>
          {t('common:cancel')}
        </Button>
        <Button
          disabled={!changed}
          loading={saving.isPending}
          onClick={() => saving.mutate({ artifact: agreement.id, position: typed })}
        >
          {t('keep')}
        </Button>
      </Group>
    </>
  )
}

function Fallbacks(props: {
  readonly typed: PrivatePosition
  readonly onChange: (clauses: PrivatePosition['clauses']) => void
}) {
  const { typed, onChange } = props
  const { t } = useTranslation('position')
  const { pick, f } = useLocale()
  const { clauses } = useDesk()
  const named = clauses.map(({ id, number, heading }) => ({
    value: id,
    label: `${f.number(number)}. ${pick(heading)}`,
  }))
  const noted = named.filter(({ value }) => Object.hasOwn(typed.clauses, value))
  return (
    <Paper>
      <Title order={2} mb={4}>
        {t('clauses.title')}
      </Title>
      <Text fz="sm" c="dimmed" mb="md">
        {t('clauses.about')}
      </Text>
      <Stack>
        {noted.map(({ value, label }) => (
          <Textarea
            key={value}
            label={label}
            dir="auto"
            autosize
            minRows={2}
            maxLength={4000}
            value={typed.clauses[value] ?? ''}
            onChange={(event) => onChange({ ...typed.clauses, [value]: event.currentTarget.value })}
          />
        ))}
        <Select
          label={t('clauses.add')}
          placeholder={t('ranges.choose')}
          searchable
          clearable
          value={null}
          data={named.filter(({ value }) => !Object.hasOwn(typed.clauses, value))}
          onChange={(clause) => clause && onChange({ ...typed.clauses, [clause]: '' })}
          maw={480}
        />
      </Stack>
    </Paper>
  )
}
