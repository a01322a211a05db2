import { MultiSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { LEVELS, type Level } from '#shared/approvals/policy.ts'

/** The levels that all have to approve; none: whoever's role may do it. */
export function LevelsInput({
  label,
  value,
  onChange,
}: {
  readonly label: string
  readonly value: readonly Level[]
  readonly onChange: (levels: Level[]) => void
}) {
  const { t } = useTranslation('approvals')
  return (
    <MultiSelect
      aria-label={label}
      placeholder={value.length === 0 ? t('policy.anyRole') : ''}
      data={LEVELS.map((level) => ({ value: level, label: t(`level.${level}`) }))}
      value={[...value]}
      onChange={(chosen) => onChange(LEVELS.filter((level) => chosen.includes(level)))}
    />
  )
}
