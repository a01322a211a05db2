import { useTranslation } from 'react-i18next'
import type { TextVersionView } from '#shared/projection/negotiation-views.ts'
import { useLocale } from '#ui/parts/locale.ts'

/** What a version is called where one is chosen: its number or its name, and who made it when. */
export function useVersionName(): (version: TextVersionView) => string {
  const { t } = useTranslation('negotiation')
  const { f, pick } = useLocale()
  return ({ kind, number, name, by, at }) => {
    const made = by && at !== null ? ` · ${pick(by.person.name)} · ${f.date(at)}` : ''
    if (kind === 'draft') return t('version.draft')
    return (
      (kind === 'closed'
        ? t('version.closed', { number: f.number(number ?? 0) })
        : t('version.named', { name: name ?? '' })) + made
    )
  }
}
