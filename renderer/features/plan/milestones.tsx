import { Badge, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Timed } from '#shared/initiatives/schedule.ts'
import { useDesk } from './desk.tsx'
import { SetTable } from './set-table.tsx'

const COLUMNS = [
  { field: 'titleEn', width: 230 },
  { field: 'titleAr', width: 210 },
  { field: 'start', width: 160 },
  { field: 'due', width: 160 },
  { field: 'depends', width: 230 },
  { field: 'owner', width: 200 },
  { field: 'person', width: 140 },
  { field: 'gate', width: 110 },
  { field: 'doneOn', width: 160 },
  { field: 'evidence', width: 220 },
] as const

/** Every milestone with all its fields, edited in place. */
export function Milestones() {
  const { t } = useTranslation('plan')
  const { schedule, recordName } = useDesk()
  return (
    <Stack>
      <SetTable
        set="milestones"
        label={t('tab.milestones')}
        columns={COLUMNS}
        nameOf={({ id }) => recordName('milestones', id)}
        empty={t('milestones.empty')}
        addLabel={t('milestones.add')}
        extra={{
          header: t('milestones.standing'),
          cell: ({ id }) => <Standing timed={schedule.timed.get(id)} />,
        }}
      />
    </Stack>
  )
}

const COLOR = {
  done: 'leaf',
  late: 'red',
  'due-soon': 'amber',
  'under-way': 'ink',
  ahead: 'gray',
  undated: 'gray',
} as const

/** Where a milestone stands today, and how much it may slip. */
function Standing({ timed }: { readonly timed: Timed | undefined }) {
  const { t } = useTranslation('plan')
  if (!timed) return null
  return (
    <Stack gap={2} miw={120} pt={6}>
      <Badge variant="light" color={COLOR[timed.standing]}>
        {t(`standing.${timed.standing}`)}
      </Badge>
      <Text fz="xs" c="dimmed">
        {timed.standing === 'done'
          ? null
          : timed.slack === null
            ? t('slack.none')
            : timed.slack < 0
              ? t('slack.over', { count: -timed.slack })
              : t('slack.days', { count: timed.slack })}
      </Text>
    </Stack>
  )
}
