import { useTranslation } from 'react-i18next'
import type { RequestView } from '#shared/projection/convergence-views.ts'
import { FactTrail } from '#ui/app/fact-trail.tsx'
import { useLocale } from '#ui/parts/locale.ts'

/** Every signed fact of the negotiation in its order, those without effect with the reason. */
export function Trail({ request }: { readonly request: RequestView }) {
  const { t } = useTranslation('convergence')
  const { f } = useLocale()
  return (
    <FactTrail
      title={t('trail.title')}
      facts={request.facts.map(({ type, round, refusal, ...fact }) => ({
        ...fact,
        name: t(`fact.${type as 'offer-made'}`, { round: f.number(round ?? 0) }),
        refusal: refusal && t(`refusal.${refusal}`),
      }))}
    />
  )
}
