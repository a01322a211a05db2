import { Button, Group, Paper, Stack, Text } from '@mantine/core'
import { IconChecks, IconSend } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ForecastScreen } from '#shared/projection/forecast-views.ts'
import { useOrpc } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { refusalOf } from '#ui/app/refusal.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { RefusalAlert } from '#ui/parts/refusal-alert.tsx'
import { CellPanel } from './cell-panel.tsx'
import { useCommitDraft, type Cell } from './commit-draft.ts'
import { CommitGrid } from './commit-grid.tsx'

/** The supplier's answers, month by month; the owner reads the same grid. */
export function Commitments({ screen }: { readonly screen: ForecastScreen }) {
  const { t } = useTranslation(['forecast', 'common'])
  const { f, pick } = useLocale()
  const notify = useNotify()
  const draft = useCommitDraft(screen)
  const [active, setActive] = useState<Cell | null>(null)
  const { forecast, mayCommit } = screen
  const commit = useMutation({
    ...useOrpc().artifacts.commit.mutationOptions(),
    onSuccess: () => {
      notify.done(t('commit.sent'))
      draft.clear()
    },
  })
  const open = forecast.series.flatMap(({ cells }) =>
    cells.filter((cell) => cell.net !== null && draft.answerOf(cell).committed === null),
  )
  return (
    <Stack>
      <Group justify="space-between" align="flex-start">
        <Text maw="44rem" c="dimmed">
          {mayCommit
            ? t('commit.lead', { date: f.date(forecast.commitDue) })
            : t('commit.leadOwner', { company: pick(screen.supplier) })}
        </Text>
        {mayCommit ? (
          <Button
            variant="default"
            disabled={open.length === 0}
            leftSection={<IconChecks size={18} aria-hidden="true" />}
            onClick={() => draft.fill(open.map((cell) => [cell, Math.round(cell.net ?? 0)]))}
          >
            {t('commit.asForecast', { count: open.length })}
          </Button>
        ) : null}
      </Group>
      <CommitGrid screen={screen} draft={draft} onActive={setActive} />
      {active ? (
        <CellPanel
          key={active.key}
          cell={forecast.series.flatMap(({ cells }) => cells).find(({ key }) => key === active.key) ?? active}
          screen={screen}
          draft={draft}
        />
      ) : (
        <Text fz="sm" c="dimmed">
          {t(mayCommit ? 'commit.hint' : 'commit.hintOwner')}
        </Text>
      )}
      <RefusalAlert refusal={commit.error ? refusalOf(commit.error) : null} />
      {mayCommit && draft.size > 0 ? (
        <Paper pos="sticky" bottom={12} py="sm" shadow="md" style={{ zIndex: 2 }}>
          <Group justify="space-between">
            <Text role="status">{t('commit.changed', { count: draft.size })}</Text>
            <Group gap="sm">
              <Button variant="default" onClick={draft.clear}>
                {t('commit.discard')}
              </Button>
              <Button
                loading={commit.isPending}
                leftSection={<IconSend size={18} aria-hidden="true" />}
                onClick={() => commit.mutate({ artifact: screen.artifact.id, commitments: [...draft.commitments()] })}
              >
                {t('commit.send')}
              </Button>
            </Group>
          </Group>
        </Paper>
      ) : null}
    </Stack>
  )
}
