import { NumberInput, Paper, Select, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { LEVELS } from '#shared/approvals/policy.ts'
import { WeekFields } from '#ui/parts/week-fields.tsx'
import type { PolicyPart } from './policy-part.ts'

/** The working week, and when a request is due, goes to the next level, and is void. */
export function PolicyClock({ policy, set }: PolicyPart) {
  const { t } = useTranslation('approvals')
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
  return (
    <Paper>
      <Title order={2} mb="md">
        {t('policy.clock')}
      </Title>
      <WeekFields week={week} onChange={({ days, ...part }) => set({ week: { ...week, ...part, ...(days && { days: [...days] }) } })}>
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
      </WeekFields>
    </Paper>
  )
} // prettier-ignore
