import { useTranslation } from 'react-i18next'
import type { DisputeView } from '#shared/projection/dispute-views.ts'
import { FactTrail } from '#ui/app/fact-trail.tsx'

/** Every signed fact of the dispute, those without effect with why. */
export function Trail({ one }: { readonly one: DisputeView }) {
  const { t } = useTranslation('dispute')
  return (
    <FactTrail
      title={t('trail.title')}
      facts={one.facts.map(({ id, type, by, at, text, finding, refusal }) => ({
        id,
        name: finding ? `${t(`trail.${type}`)} · ${t(`finding.${finding}`)}` : t(`trail.${type}`),
        by,
        at,
        reason: text,
        refusal: refusal && t(`refusal.${refusal}`),
      }))}
    />
  )
}
