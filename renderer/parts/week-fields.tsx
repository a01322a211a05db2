import { MultiSelect, NumberInput, Select, SimpleGrid, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from './locale.ts'

/** Days and hours by which a clock counts. */
export interface Week {
  /** 0 is Sunday. */
  readonly days: readonly number[]
  /** Minutes after midnight. */
  readonly from: number
  readonly to: number
  /** Minutes ahead of UTC. */
  readonly utcOffset: number
}
const DAYS = [0, 1, 2, 3, 4, 5, 6] as const

/** The working week, its hours, and the zone in which they are meant; `children` stand in the same grid. */
export function WeekFields({ week, onChange, children }: { readonly week: Week; readonly onChange: (part: Partial<Week>) => void; readonly children?: ReactNode }) {
  const { t } = useTranslation('approvals')
  const { f } = useLocale()
  const time = (name: 'from' | 'to', label: string) => (
    <Select
      label={label}
      allowDeselect={false}
      data={Array.from({ length: 49 }, (_, half) => ({
        value: String(half * 30),
        label: f.digits(`${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 ? '30' : '00'}`),
      }))}
      value={String(week[name])}
      onChange={(value) => onChange({ [name]: Number(value) })}
    />
  )
  return (
    <Stack>
      <MultiSelect
        label={t('policy.days')}
        data={DAYS.map((day) => ({ value: String(day), label: t(`weekday.${day}`) }))}
        value={week.days.map(String)}
        onChange={(chosen) => onChange({ days: DAYS.filter((day) => chosen.includes(String(day))) })}
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
          onChange={(value) => onChange({ utcOffset: typeof value === 'number' ? Math.round(value * 60) : week.utcOffset })}
        />
        {children}
      </SimpleGrid>
    </Stack>
  )
} // prettier-ignore
