import { ActionIcon, Button, Group, Stack, Text } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { DisputeCalendar } from '#shared/artifacts/dispute-content.ts'
import { addDays, dateOf, type Instant } from '#shared/kernel/time.ts'
import { DayInput } from '#ui/parts/day-input.tsx'
import { useLocale } from '#ui/parts/locale.ts'
import { WeekFields } from '#ui/parts/week-fields.tsx'

type Off = DisputeCalendar['off'][number]

/** By which days and hours the windows of a path are counted. */
export function CalendarFields({ calendar, onChange }: { readonly calendar: DisputeCalendar; readonly onChange: (calendar: DisputeCalendar) => void }) {
  const { t } = useTranslation('dispute')
  const { f } = useLocale()
  const { off } = calendar
  const change = (at: number, next: Off): void => onChange({ ...calendar, off: off.with(at, next) })
  const tomorrow = addDays(dateOf(Date.now() as Instant), 1)
  return (
    <Stack>
      <WeekFields
        week={calendar}
        onChange={({ days, ...part }) =>
          onChange({ ...calendar, ...part, ...(days && days.length > 0 && { days: [...days] }) })
        }
      />
      <Text fw={500} fz="sm">
        {t('new.off')}
      </Text>
      {off.map((one, at) => {
        const number = f.number(at + 1)
        return (
          // oxlint-disable-next-line react/no-array-index-key -- rows have no other name, and are only added and removed here
          <Group key={at} align="flex-start" component="section" aria-label={t('new.offName', { number })}>
            <DayInput
              required
              label={t('new.offFrom')}
              value={one.from}
              onChange={(from) => from && change(at, { from, to: one.to < from ? from : one.to })}
            />
            <DayInput
              required
              label={t('new.offTo')}
              value={one.to}
              minDate={one.from}
              onChange={(to) => to && to >= one.from && change(at, { ...one, to })}
            />
            <ActionIcon
              variant="subtle"
              color="red"
              mt={30}
              aria-label={t('new.offRemove', { number })}
              onClick={() => onChange({ ...calendar, off: off.toSpliced(at, 1) })}
            >
              <IconTrash size={16} aria-hidden="true" />
            </ActionIcon>
          </Group>
        )
      })}
      <Group>
        <Button
          size="sm"
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden="true" />}
          onClick={() => onChange({ ...calendar, off: [...off, { from: tomorrow, to: tomorrow }] })}
        >
          {t('new.offAdd')}
        </Button>
      </Group>
    </Stack>
  )
} // prettier-ignore
