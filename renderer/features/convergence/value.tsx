import { NumberInput, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { mostOfClause, type ClauseUnit, type ClauseValue, type ConvergenceClause } from '#shared/artifacts/convergence-content.ts' // prettier-ignore
import type { IsoDate } from '#shared/kernel/time.ts'
import { DayInput } from '#ui/parts/day-input.tsx'
import { useLocale } from '#ui/parts/locale.ts'

/** By how much a value is greater in the text than on the screen: halalas and basis points are hundredths. */
const scaleOf = (unit: ClauseUnit): number => (unit === 'halalas' || unit === 'basis-points' ? 100 : 1)

/** A clause's value in the person's language. */
export function useClauseText(): (clause: ConvergenceClause, value: ClauseValue | null | undefined) => string {
  const { f, pick } = useLocale()
  const { t } = useTranslation('convergence')
  return (clause, value) => {
    if (value === null || value === undefined) return '—'
    if (typeof value === 'string') {
      const chosen = clause.choices.find(({ id }) => id === value)
      return chosen ? pick(chosen.label) : clause.unit === 'date' ? f.date(value as IsoDate) : value
    }
    switch (clause.unit) {
      case 'halalas':
        return f.money(value)
      case 'basis-points':
        return f.percent(value / 10_000, 2)
      case 'days':
        return t('days', { count: value })
      default:
        return f.number(value)
    }
  }
}

/** Takes one value of a clause. */
export function ClauseInput(props: {
  readonly clause: ConvergenceClause
  readonly label: string
  readonly value: ClauseValue | null
  readonly onChange: (value: ClauseValue | null) => void
  readonly description?: string | undefined
  readonly required?: boolean
}) {
  const { clause, label, value, onChange, description, required } = props
  const { t } = useTranslation('convergence')
  const { pick } = useLocale()
  const { unit } = clause
  const scale = scaleOf(unit)
  const shared = { label, description, withAsterisk: required ?? false, inputWrapperOrder: ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[] } // prettier-ignore
  if (unit === 'choice') {
    const data = clause.choices.map((one) => ({ value: one.id, label: pick(one.label) }))
    return <Select {...shared} data={data} clearable={!required} value={typeof value === 'string' ? value : null} onChange={onChange} /> // prettier-ignore
  }
  if (unit === 'date')
    return <DayInput label={label} required={required ?? false} hint={description} value={typeof value === 'string' ? value : null} onChange={onChange} /> // prettier-ignore
  return (
    <NumberInput
      {...shared}
      min={0}
      max={mostOfClause(unit) / scale}
      allowDecimal={scale > 1}
      decimalScale={scale > 1 ? 2 : 0}
      thousandSeparator=","
      suffix={unit === 'halalas' ? ` ${t('riyal')}` : unit === 'basis-points' ? ' %' : ''}
      value={typeof value === 'number' ? value / scale : ''}
      onChange={(next) => onChange(typeof next === 'number' ? Math.round(next * scale) : null)}
    />
  )
}
