import { useTranslation } from 'react-i18next'
import type { DisputeView } from '#shared/projection/dispute-views.ts'
import { useLocale } from '#ui/parts/locale.ts'

/** What the record of an award waits for once a dispute was referred; null: it was not, or it has ended. */
export function useAwardWaits({ clock, parties, awards }: DisputeView): string | null {
  const { t } = useTranslation('dispute')
  const { f, pick } = useLocale()
  if (clock.stage !== 'referred') return null
  const missing = parties.filter(({ company }) => !awards.some(({ by }) => by.company.id === company))
  if (missing.length === 0) return t('award.differ')
  if (missing.some(({ own }) => own)) return t('award.waits')
  return t('award.recorded', { names: f.list(missing.map(({ name }) => pick(name))) })
}
