import { MultiSelect, NumberInput, Paper, Select, SimpleGrid, Stack, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { LEVELS } from '#shared/approvals/policy.ts'
import { useLocale } from '#ui/parts/locale.ts'
import type { PolicyPart } from './policy-part.ts'

/** The working week, and when a request is due, goes to the next level, and is void. */
export function PolicyClock({ policy, set }: PolicyPart) {
  const { t } = useTranslation('approvals')
  const { f } = useLocale()
  const { week } = policy
  const hours = (name: 'dueAfter' | 'escalateAfter' | 'expireAfter') => (
    <NumberInput
      label={t(`policy.${name}`)}
      min={1}
      max={1000}
      allowDecimal={false}
      value={policy[name]}
      onChange={(value) => set({ [name]: typeof value === 'number' && value >= 1 ? value : policy[name] })}
    />
  )
  const time = (name: 'from' | 'to', label: string) => (
    <Select
      label={label}
      allowDeselect={false}
      data={Array.from({ length: 49 }, (_, half) => ({
        value: String(half * 30),
        label: f.digits(`${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 ? '30' : '00'}`),
      }))}
      value={String(week[name])}
      onChange={(value) => set({ week: { ...week, [name]: Number(value) } })}
    />
  )
  return (
    <Paper>
      <Title order={2} mb="md">
        {t('policy.clock')}
      </Title>
      <Stack>
        <MultiSelect
          label={t('policy.days')}
          data={([0, 1, 2, 3, 4, 5, 6] as const).map((day) => ({ value: String(day), label: t(`weekday.${day}`) }))}
          value={week.days.map(String)}
          onChange={(chosen) =>
            set({ week: { ...week, days: [0, 1, 2, 3, 4, 5, 6].filter((day) => chosen.includes(String(day))) } })
          }
        />
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          {time('from', t('policy.start'))}
          {time('to', t('policy.end'))}
          <NumberInput
            label={t('policy.offset')}
            min={-12}
            max={14}
            step={0.5}
            value={week.utcOffset / 60}
            onChange={(value) =>
              set({ week: { ...week, utcOffset: typeof value === 'number' ? Math.round(value * 60) : week.utcOffset } })
            }
          />
          {hours('dueAfter')}
          {hours('escalateAfter')}
          <Select
            label={t('policy.escalateTo')}
            allowDeselect={false}
            data={LEVELS.map((level) => ({ value: level, label: t(`level.${level}`) }))}
            value={policy.escalateTo}
            onChange={(value) => set({ escalateTo: LEVELS.find((level) => level === value) ?? policy.escalateTo })}
          />
          {hours('expireAfter')}
        </SimpleGrid>
      </Stack>
    </Paper>
  )
}
