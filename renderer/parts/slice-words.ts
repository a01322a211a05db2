import { useTranslation } from 'react-i18next'
import type { Cell, ColumnType } from '#shared/artifacts/table.ts'
import type { SliceScreen } from '#shared/projection/forecast-views.ts'
import { useLocale } from './locale.ts'
import { useWords } from './words.ts'

export type SliceContent = SliceScreen['slice']

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/
const DATE = /^\d{4}-\d{2}-\d{2}$/

/** A cell as text of the person's language: numbers in its digits, months and dates by name, everything else as it is. */
export function useCellText(): (value: Cell, type?: ColumnType) => string {
  const { f } = useLocale()
  const { t } = useTranslation()
  return (value, type) => {
    if (value === null) return ''
    if (type === 'boolean') return value === 1 ? t('yes') : t('no')
    if (typeof value === 'number') return f.number(value)
    if (MONTH.test(value)) return f.month(value)
    if (type === 'date' && DATE.test(value)) return f.date(value as never)
    return value
  }
}

/** The transform of a column in plain words: "Period instead of date · Month", "Sum". */
export function useTransformWords(): (transform: string) => string {
  const words = useWords('policy')
  const { f } = useLocale()
  return (transform) => {
    const [, kind = transform, option = ''] = /^([a-z-]+)(?:\((.*)\))?$/.exec(transform) ?? []
    const period = words(`period.${option}`)
    if (period) return period
    if (kind === 'generalise')
      return words(option === 'band' ? 'transform.generalise-number' : 'transform.generalise-place')
    const name = words(`measure.${kind}`) || words(`transform.${kind}`) || transform
    return option ? `${name} ${f.digits(option)}` : name
  }
}
