import { Badge, Button, Checkbox, Group, Paper, Select, Stack, Table, Text, TextInput, Title } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CapacityPlan } from '#shared/artifacts/capacity-plan.v1.ts'
import { placeOf } from '#shared/artifacts/cell-key.ts'
import { fieldAt, labelAt, valueLabelAt } from '#shared/artifacts/form-model.ts'
import type { ForecastScreen } from '#shared/projection/forecast-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { EmptyState } from '#ui/parts/empty-state.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { Num, Quantity } from '#ui/parts/values.tsx'
import { useLabel } from '#ui/parts/words.ts'
import { useSeriesName } from './series-name.ts'

const ANSWERS = ['accepted', 'elsewhere', 'moved', 'disputed'] as const
type Line = ForecastScreen['shortfalls']['lines'][number]

/** Where less is committed than is needed, whose move it is and by when; the forecast's owner answers here. */
export function Shortfalls({ screen }: { readonly screen: ForecastScreen }) {
  const { t } = useTranslation(['forecast', 'common'])
  const { f, pick } = useLocale()
  const label = useLabel()
  const name = useSeriesName()
  const notify = useNotify()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [answer, setAnswer] = useState<(typeof ANSWERS)[number]>('accepted')
  const [note, setNote] = useState('')
  const { lines, unit } = screen.shortfalls
  const send = useMutation({
    ...useOrpc().artifacts.answer.mutationOptions(),
    onSuccess: () => {
      notify.done(t('shortfall.answered'))
      setChosen(new Set())
      setNote('')
    },
    onError: notify.refused,
  })
  const toggle = (key: string) =>
    setChosen((now) => new Set(now.has(key) ? [...now].filter((one) => one !== key) : [...now, key]))
  const words = (value: string) => label(valueLabelAt(CapacityPlan, 'partner', 'answers.answer', value), value)
  if (lines.length === 0)
    return (
      <Stack>
        <Paper>
          <EmptyState
            icon={<IconCircleCheck aria-hidden="true" />}
            title={t(screen.shortfalls.quantity === null ? 'shortfall.unknown' : 'shortfall.none')}
            text={t(screen.shortfalls.quantity === null ? 'shortfall.unknownText' : 'shortfall.noneText')}
          />
        </Paper>
        <Consensus screen={screen} />
      </Stack>
    )
  return (
    <Stack>
      <Paper>
        <Table.ScrollContainer minWidth={760}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                {screen.mayAnswer ? (
                  <Table.Th w={40}>
                    <Checkbox
                      aria-label={t('shortfall.all')}
                      checked={chosen.size === lines.length}
                      indeterminate={chosen.size > 0 && chosen.size < lines.length}
                      onChange={() =>
                        setChosen(new Set(chosen.size === lines.length ? [] : lines.map(({ cell }) => cell.key)))
                      }
                    />
                  </Table.Th>
                ) : null}
                <Table.Th scope="col">{t('shortfall.where')}</Table.Th>
                <Table.Th scope="col" ta="end">
                  {t('shortfall.short')}
                </Table.Th>
                <Table.Th scope="col" ta="end">
                  {t('shortfall.of')}
                </Table.Th>
                <Table.Th scope="col">{t('shortfall.reason')}</Table.Th>
                <Table.Th scope="col">{t('shortfall.move')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {lines.slice(0, 500).map((line) => (
                <Table.Tr key={line.cell.key}>
                  {screen.mayAnswer ? (
                    <Table.Td>
                      <Checkbox
                        aria-label={`${name(line.cell)} · ${f.month(line.cell.bucket)}`}
                        checked={chosen.has(line.cell.key)}
                        onChange={() => toggle(line.cell.key)}
                      />
                    </Table.Td>
                  ) : null}
                  <Table.Td>
                    {name(line.cell)}
                    <Text fz="sm" c="dimmed">
                      {f.month(line.cell.bucket)}
                    </Text>
                  </Table.Td>
                  <Table.Td ta="end" fw={600}>
                    <Quantity value={Math.round(line.cell.shortfall ?? 0)} unit={unit} />
                  </Table.Td>
                  <Table.Td ta="end">
                    <Num value={line.cell.committed} places={0} /> {t('shortfall.outOf')}{' '}
                    <Num value={line.cell.net} places={0} />
                  </Table.Td>
                  <Table.Td maw={240}>
                    {line.reasons.join(' · ') || '—'}
                    {line.alternates.length > 0 ? (
                      <Text fz="sm" c="dimmed">
                        {label(labelAt(CapacityPlan, 'own', 'commitments.alternate'))}:{' '}
                        <bdi>{line.alternates.join(' · ')}</bdi>
                      </Text>
                    ) : null}
                  </Table.Td>
                  <Table.Td>
                    <Move line={line} screen={screen} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
        {screen.mayAnswer ? (
          <Group align="flex-end" mt="md">
            <Select
              label={label(fieldAt(CapacityPlan, 'partner', 'answers.answer')?.label)}
              allowDeselect={false}
              data={ANSWERS.map((value) => ({ value, label: words(value) }))}
              value={answer}
              onChange={(value) => setAnswer(ANSWERS.find((one) => one === value) ?? 'accepted')}
            />
            <TextInput
              label={label(fieldAt(CapacityPlan, 'partner', 'answers.note')?.label)}
              maxLength={500}
              style={{ flex: 1 }}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
            <Button
              disabled={chosen.size === 0}
              loading={send.isPending}
              onClick={() =>
                send.mutate({
                  artifact: screen.artifact.id,
                  answers: lines
                    .filter(({ cell }) => chosen.has(cell.key))
                    .map(({ cell: { sku, region, bucket } }) => ({
                      sku,
                      region,
                      bucket,
                      answer,
                      note: note.trim() || null,
                    })),
                })
              }
            >
              {t('shortfall.answer', { count: chosen.size })}
            </Button>
          </Group>
        ) : (
          <Text fz="sm" c="dimmed" mt="md">
            {t('shortfall.ownerAnswers', { company: pick(screen.owner) })}
          </Text>
        )}
      </Paper>
      <Consensus screen={screen} />
    </Stack>
  )
}

/** The answer that was given, or whose move it is and by when. */
function Move({ line, screen }: { readonly line: Line; readonly screen: ForecastScreen }) {
  const { t } = useTranslation('forecast')
  const { f, pick } = useLocale()
  const label = useLabel()
  const { exception, cell } = line
  if (cell.answer && !exception)
    return (
      <Text fz="sm">{label(valueLabelAt(CapacityPlan, 'partner', 'answers.answer', cell.answer), cell.answer)}</Text>
    )
  if (!exception) return null
  const owner = exception.owner === screen.forecast.owner ? screen.owner : screen.supplier
  return (
    <Stack gap={2} align="flex-start">
      <Text fz="sm">{pick(owner)}</Text>
      {exception.due ? (
        <Badge size="sm" variant="light" color={exception.overdue ? 'red' : 'amber'}>
          {t(exception.overdue ? 'overdue' : 'due', { date: f.date(exception.due) })}
        </Badge>
      ) : null}
    </Stack>
  )
}

function Consensus({ screen }: { readonly screen: ForecastScreen }) {
  const { t } = useTranslation('forecast')
  const { f } = useLocale()
  const name = useSeriesName()
  const agreed = Object.entries(screen.consensus).flatMap(([key, value]) => {
    const place = placeOf(key)
    return place && value.quantity !== null ? [{ key, place, ...value }] : []
  })
  return (
    <Paper>
      <Title order={2} mb="xs">
        {t('agree.title')}
      </Title>
      {agreed.length === 0 ? (
        <Text c="dimmed">{t('agree.none')}</Text>
      ) : (
        <Table>
          <Table.Tbody>
            {agreed.map((one) => (
              <Table.Tr key={one.key}>
                <Table.Th scope="row" fw={500}>
                  {name(one.place)} · {f.month(one.place.bucket)}
                </Table.Th>
                <Table.Td ta="end">
                  <Quantity value={one.quantity} unit={screen.forecast.unit} />
                </Table.Td>
                <Table.Td>{one.note ?? ''}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Paper>
  )
}
