import { useTranslation } from 'react-i18next'
import type { Field } from '#shared/artifacts/field.ts'
import type { IsoDate, Instant } from '#shared/kernel/time.ts'
import type { Plain } from '#shared/living/register.ts'
import { useLocale } from './locale.ts'

/** A field's value as words in the person's language; what its definition does not know is shown as it is. */
export function useValueText(): (field: Field | undefined, value: Plain) => string {
  const { t } = useTranslation()
  const { f, pick } = useLocale()
  const text = (field: Field | undefined, value: Plain): string => {
    if (value === null || value === '') return '—'
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
    if (typeof value === 'string') {
      const option = field?.options && Object.hasOwn(field.options, value) ? field.options[value] : undefined
      if (option) return pick(option)
      if (field?.control === 'date') return f.date(value as IsoDate)
      return field?.control === 'month' ? f.month(value) : value
    }
    if (typeof value === 'number') return field?.control === 'instant' ? f.moment(value as Instant) : f.number(value)
    if (Array.isArray(value)) return (value as readonly Plain[]).map((one) => text(undefined, one)).join(t('listComma'))
    const { en, ar } = value as { readonly en?: Plain; readonly ar?: Plain }
    if (typeof en === 'string' && typeof ar === 'string') return pick({ en, ar })
    return Object.values(value as Readonly<Record<string, Plain>>)
      .map((one) => text(undefined, one))
      .join(t('listComma'))
  }
  return text
}
