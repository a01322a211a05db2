import { useTranslation } from 'react-i18next'
import type { CompanyId } from '#shared/kernel/ids.ts'
import type { IsoDate } from '#shared/kernel/time.ts'
import type { Plain } from '#shared/living/register.ts'
import { useLocale } from '#ui/parts/locale.ts'
import { useLabel } from '#ui/parts/words.ts'
import type { Place } from './control.tsx'
import { useDesk } from './desk.tsx'
import { currencyOf, kindOf, SET_OF } from './field-kind.ts'

/** Turns the value of a field into words of the person's language. */
export function useShown(): (place: Place, value: Plain) => string {
  const { companyName, nameOf, recordName, plan } = useDesk()
  const label = useLabel()
  const { f } = useLocale()
  const { t } = useTranslation('plan')
  return ({ model, set, field, row }, value) => {
    if (value === null || value === '') return t('cell.empty')
    const kind = kindOf(set, field, model)
    const currency = currencyOf(row, plan.about.currency)
    if (kind === 'company') return companyName(value as CompanyId)
    if (kind === 'records') return f.list((value as readonly string[]).map(nameOf))
    if (kind === 'record') return recordName(SET_OF[field] ?? 'milestones', value as string)
    if (typeof value === 'string' && kind === 'choice') return label(model.options?.[value], value)
    if (kind === 'date') return f.date(value as IsoDate)
    if (typeof value !== 'number') return typeof value === 'string' ? value : ''
    return kind === 'money' && currency ? f.money(value, currency) : f.number(value, 4)
  }
}
