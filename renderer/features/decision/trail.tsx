import { useTranslation } from 'react-i18next'
import type { RoundView } from '#shared/projection/decision-views.ts'
import { FactTrail } from '#ui/app/fact-trail.tsx'

/** Every signed fact of a round in its order, those without effect with the reason. */
export function Trail({ round }: { readonly round: RoundView }) {
  const { t } = useTranslation('decision')
  return (
    <FactTrail
      title={t('trail.title')}
      facts={round.facts.map(({ type, refusal, ...fact }) => ({
        ...fact,
        name: t(`fact.${type as 'round-closed'}`),
        refusal: refusal && t(`refusal.${refusal}`),
      }))}
    />
  )
}
