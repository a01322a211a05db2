import { DateInput, type DateInputProps } from '@mantine/dates'
import '@mantine/dates/styles.layer.css'
import { useTranslation } from 'react-i18next'
import type { IsoDate } from '#shared/kernel/time.ts'
import { useLocale } from './locale.ts'

/** A day, typed or chosen, with both calendars beneath. It can be taken out again unless `required` says that there has to be one. */
export function DayInput(
  props: {
    readonly label: string
    readonly value: string | null
    readonly onChange: (day: IsoDate | null) => void
    readonly required?: boolean
    /** Beneath it while no day stands there. */
    readonly hint?: string | undefined
  } & Pick<DateInputProps, 'disabled' | 'minDate' | 'style' | 'onFocus' | 'onBlur'>,
) {
  const { label, value, onChange, required = false, hint, ...rest } = props
  const { t } = useTranslation('common')
  const { f } = useLocale()
  const day = value as IsoDate | null
  return (
    <DateInput
      {...rest}
      label={label}
      valueFormat="YYYY-MM-DD"
      value={value}
      clearable={!required}
      clearButtonProps={{ 'aria-label': t('day.clear', { name: label }) }}
      ariaLabels={{
        previousMonth: t('day.previousMonth'), nextMonth: t('day.nextMonth'),
        previousYear: t('day.previousYear'), nextYear: t('day.nextYear'),
        previousDecade: t('day.previousYears'), nextDecade: t('day.nextYears'),
        monthLevelControl: t('day.months'), yearLevelControl: t('day.years'),
      }}
      description={day ? [f.date(day), f.hijri(day)].filter(Boolean).join(' · ') : hint}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      onChange={(next) => onChange(next as IsoDate | null)}
    />
  ) // prettier-ignore
}
