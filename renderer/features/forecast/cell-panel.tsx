import { Badge, Button, Group, Paper, Select, SimpleGrid, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CapacityPlan, COMMIT_WORDS } from '#shared/artifacts/capacity-plan.v1.ts'
import { labelAt } from '#shared/artifacts/form-model.ts'
import type { ForecastScreen } from '#shared/projection/forecast-views.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { Quantity } from '#ui/parts/values.tsx'
import { useLabel, useWords } from '#ui/parts/words.ts'
import { AgreeModal } from './agree.tsx'
import type { Cell, CommitDraft, Status } from './commit-draft.ts'
import { useSeriesName } from './series-name.ts'

const STATUSES = ['proposed', 'committed', 'shortfall'] as const satisfies readonly Status[]

/** Everything about one cell: band, zone, state; and for the supplier the status, the reason and the line. */
export function CellPanel(props: {
  readonly cell: Cell
  readonly screen: ForecastScreen
  readonly draft: CommitDraft
}) {
  const { t } = useTranslation(['forecast', 'common'])
  const { f } = useLocale()
  const words = useWords('commerce')
  const label = useLabel()
  const name = useSeriesName()
  const [agreeing, setAgreeing] = useState(false)
  const { cell, draft, screen } = props
  const { unit } = screen.forecast
  const answer = draft.answerOf(cell)
  const field = (path: string) => label(labelAt(CapacityPlan, 'own', `commitments.${path}`))
  const agreed = screen.consensus[cell.key]
  return (
    <Paper>
      <Group justify="space-between" mb="sm">
        <Text fw={600}>
          {name(cell)} · {f.month(cell.bucket)}
        </Text>
        <Group gap="xs">
          {cell.zone ? (
            <Badge variant="light" color="gray">
              {words(`zone.${cell.zone}`)}
            </Badge>
          ) : null}
          {cell.promises.some(({ commitment }) => commitment.status === 'auto') ? (
            <Badge variant="light" color="sand">
              {label(COMMIT_WORDS.auto)}
            </Badge>
          ) : null}
          <Badge variant="light" color={cell.state === 'short' ? 'red' : cell.state === 'covered' ? 'leaf' : 'gray'}>
            {words(`state.${cell.state}`)}
          </Badge>
          <Button size="compact-sm" variant="default" onClick={() => setAgreeing(true)}>
            {t('agree.action')}
          </Button>
        </Group>
      </Group>
      <SimpleGrid cols={{ base: 2, sm: 4 }} mb="sm">
        {(
          [
            ['net', cell.net],
            ['band', null],
            ['committed', cell.committed],
            ['agreed', agreed?.quantity ?? null],
          ] as const
        ).map(([key, value]) => (
          <div key={key}>
            <Text fz="xs" c="dimmed">
              {t(`cell.${key}`)}
            </Text>
            <Text fz="sm">
              {key === 'band' && cell.p10 !== null && cell.p90 !== null ? (
                <bdi dir="ltr">
                  {f.number(cell.p10, 0)} – {f.number(cell.p90, 0)}
                </bdi>
              ) : (
                <Quantity value={value === null ? null : Math.round(value)} unit={unit} />
              )}
            </Text>
          </div>
        ))}
      </SimpleGrid>
      {screen.mayCommit && cell.net !== null ? (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Select
            label={field('status')}
            allowDeselect={false}
            data={STATUSES.map((value) => ({ value, label: label(COMMIT_WORDS[value]) }))}
            value={answer.status}
            onChange={(value) => draft.set(cell, { status: STATUSES.find((one) => one === value) ?? 'committed' })}
          />
          <TextInput
            label={field('reason')}
            maxLength={500}
            value={answer.reason}
            onChange={(event) => draft.set(cell, { reason: event.currentTarget.value })}
          />
          <TextInput
            label={field('alternate')}
            maxLength={400}
            value={answer.alternate}
            onChange={(event) => draft.set(cell, { alternate: event.currentTarget.value })}
          />
          <TextInput
            label={field('resource')}
            maxLength={120}
            value={answer.resource}
            onChange={(event) => draft.set(cell, { resource: event.currentTarget.value })}
          />
        </SimpleGrid>
      ) : (
        cell.promises.flatMap(({ commitment }, at) =>
          (['reason', 'alternate'] as const).map((name) =>
            commitment[name] ? (
              <Text key={`${at}${name}`} fz="sm">
                {field(name)}: <bdi>{commitment[name]}</bdi>
              </Text>
            ) : null,
          ),
        )
      )}
      <AgreeModal cell={cell} screen={screen} opened={agreeing} onClose={() => setAgreeing(false)} />
    </Paper>
  )
}
